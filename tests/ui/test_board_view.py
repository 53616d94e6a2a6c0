"""The board as it is read from a real database."""

import dataclasses
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import select

from leadboard.domain.icp import Icp
from leadboard.domain.stages import COLUMN_OF, Column, Stage, Status
from leadboard.store import db, icps
from leadboard.store.db import Database, Tx
from leadboard.store.import_rows import score_again
from leadboard.store.tables import Event, Lead, utcnow
from leadboard.ui.board.entries import TELLERS, entry
from leadboard.ui.board.view import ACTIVITY, WINDOW, BoardView
from leadboard.ui.display import Card
from tests.conftest import Team

pytestmark = pytest.mark.usefixtures("database")


def view(team: Team, **shown: int) -> BoardView:
    return BoardView(team.id, team.slug, "EUR", tuple(shown.items()))


async def store(team: Team, *leads: dict[str, Any]) -> list[UUID]:
    """Store leads with these fields."""
    async with db.begin(team.id) as tx:
        made = [Lead(workspace_id=team.id, **({"key": f"{n}.example", "name": f"Lead {n:04}"} | lead))
                for n, lead in enumerate(leads)]  # fmt: skip
        tx.add_all(made)
    return [lead.id for lead in made]


def names(cards: list[Card]) -> list[str]:
    return [card.name for card in cards]


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that reading sends."""
    sent: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        sent.append((statement, parameters))

    event.listen(database.reader.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.reader.sync_engine, "before_cursor_execute", note)


async def test_an_empty_board_says_how_leads_come(team: Team) -> None:
    board = await view(team).read(view(team).parts())

    assert board["leads"] == board["waiting"] == 0
    assert (board["busy"], board["summary"], board["entries"]) == (False, "", [])
    assert [segment.share for segment in board["segments"]] == [0] * 9
    for column in Column:
        shown = board[column.value]
        assert (shown.count, shown.cards, shown.more, shown.loading) == ("0", [], 0, False)
        assert shown.empty


async def test_a_score_of_an_earlier_profile_says_so_on_the_card_until_it_is_new(team: Team) -> None:
    for version, profile in enumerate((Icp(industry=("labs",)), Icp(industry=("toys",))), start=1):
        async with db.begin(team.id) as tx:
            assert (await icps.save(tx, profile, "Ada"))[0].version == version
    ids = await store(
        team,
        {"name": "Old", "fit_score": 69, "fit_icp_version": 1},
        {"name": "New", "fit_score": 50, "fit_icp_version": 2},
        {"name": "Unscored"},
    )

    board = await view(team).read(view(team).parts())

    assert [(card.name, card.fit, card.old) for card in board["harvested"].cards] == [
        ("Old", 69, "ICP 1"),
        ("New", 50, ""),
        ("Unscored", -1, ""),
    ]
    assert board["harvested"].cards[0].spoken.startswith("Fit 69 of 100, fair, by ICP 1.")
    async with db.begin(team.id) as tx:
        await score_again(tx, [await tx.find(Lead, ids[0])])
    board = await view(team).read(frozenset({Column.HARVESTED}))
    assert {card.old for card in board["harvested"].cards} == {""}


async def test_leads_stand_by_priority_then_fit_then_name(team: Team) -> None:
    await store(
        team,
        {"name": "Beta", "fit_score": 50},
        {"name": "Alpha", "fit_score": 50},
        {"name": "Unscored"},
        {"name": "Best", "fit_score": 90},
        {"name": "First", "fit_score": 1, "queued_first": True},
    )
    board = await view(team).read(frozenset({Column.HARVESTED}))

    assert names(board["harvested"].cards) == ["First", "Best", "Alpha", "Beta", "Unscored"]
    assert [card.next for card in board["harvested"].cards] == [True, False, False, False, False]


async def test_a_column_shows_a_window_and_says_how_many_more(team: Team) -> None:
    await store(team, *({"value": 100_00} for _ in range(WINDOW + 12)))
    first = (await view(team).read(frozenset({Column.HARVESTED})))["harvested"]
    longer = (await view(team, harvested=2 * WINDOW).read(frozenset({Column.HARVESTED})))["harvested"]

    assert (len(first.cards), first.more, first.count) == (WINDOW, 12, "42")
    assert (len(longer.cards), longer.more) == (WINDOW + 12, 0)
    assert longer.cards[:WINDOW] == first.cards
    assert (first.value, first.label) == ("€4k", "Harvested, 42 leads")


async def test_only_the_columns_asked_for_are_read(team: Team, database: Database) -> None:
    await store(team, {})
    with statements(database) as sent:
        board = await view(team).read(frozenset({Column.ENRICHED}))

    assert "enriched" in board
    assert not board.keys() & {"harvested", "entries"}
    assert sum("FROM lead" in statement for statement, _ in sent) == 1


async def test_totals_follow_the_leads(team: Team) -> None:
    ids = await store(
        team,
        {"stage": Stage.HARVESTED, "value": 50_00},
        {"stage": Stage.HARVESTED, "status": Status.PENDING_ENRICHMENT},
        {"column": Column.ANALYSIS, "stage": Stage.HARVESTED, "status": Status.ENRICHING},
        {"column": Column.ATTENTION, "stage": Stage.FAILED},
    )
    board = await view(team).read(view(team).parts())
    assert (board["leads"], board["waiting"], board["busy"]) == (4, 1, True)
    assert board["summary"] == "1 working · 1 waiting"
    shares = {segment.key: segment.share for segment in board["segments"]}
    assert (shares["harvested"], shares["analysis"], shares["enriched"]) == (100, 63, 0)

    async with db.begin(team.id) as tx:
        for lead_id in ids:
            (await tx.find(Lead, lead_id)).deleted_at = tx.now
    gone = await view(team).read(view(team).parts())
    assert (gone["leads"], gone["busy"], gone["harvested"].count, gone["harvested"].value) == (0, False, "0", "")


async def test_a_card_says_everything_in_one_sentence(team: Team) -> None:
    working = {"column": Column.ANALYSIS, "status": Status.ENRICHING, "agent": "Web research", "percent": 40}
    await store(team, {"name": "Halden", "fit_score": 82, "value": 6_400_000, "owner_name": "Ben Oduya"} | working)
    (card,) = (await view(team).read(frozenset({Column.ANALYSIS})))["analysis"].cards

    assert card.spoken == "Fit 82 of 100, strong. €64k. Ben Oduya. In Analysis. Web research, 40%."
    assert (card.agent, card.percent, card.band, card.owner.initials) == ("Web research", 40, "strong", "BO")
    assert card.href == f"/w/{team.slug}/board/{card.id}"
    assert card.revision > 0, "it came here just now"


async def test_a_card_without_anything_still_reads_well(team: Team) -> None:
    await store(team, {"name": "Nameless"})
    (card,) = (await view(team).read(frozenset({Column.HARVESTED})))["harvested"].cards

    assert card.spoken == "Fit not scored. In Harvested."
    assert (card.value, card.place, card.owner.initials, card.fit, card.band) == ("", "", "", -1, "none")


async def test_an_agent_shows_only_while_it_works(team: Team) -> None:
    await store(team, {"agent": "Web research", "column": Column.ATTENTION, "error": "The website does not answer."})
    (card,) = (await view(team).read(frozenset({Column.ATTENTION})))["attention"].cards

    assert (card.agent, card.error) == ("", "The website does not answer.")
    assert card.spoken.endswith("In Needs attention. The website does not answer.")


@pytest.mark.parametrize(
    ("column", "age", "overdue"),
    [
        (Column.HARVESTED, timedelta(days=6), False),
        (Column.HARVESTED, timedelta(days=8), True),
        (Column.ANALYSIS, timedelta(minutes=9), False),
        (Column.ANALYSIS, timedelta(minutes=11), True),
        (Column.ENRICHED, timedelta(days=8), True),
    ],
)
async def test_a_card_says_when_it_stays_longer_than_usual(
    column: Column, age: timedelta, overdue: bool, team: Team
) -> None:
    await store(team, {"column": column, "stage_at": utcnow() - age})
    (card,) = (await view(team).read(frozenset({column})))[column.value].cards

    assert card.overdue is overdue
    assert card.revision == 0, "it did not come here just now"


def size(card: Card) -> int:
    return len(json.dumps(dataclasses.asdict(card), ensure_ascii=False).encode())


async def test_cards_are_small(team: Team) -> None:
    usual = {
        "name": "Halden Instruments Scandinavia",
        "what": "Spectrometers and software for food safety laboratories in Northern Europe",
        "owner_name": "Annemarie Featherstonehaugh",
        "city": "Fredrikstad",
        "country": "NO",
        "fit_score": 82,
        "value": 6_400_000,
        "error": "The website does not answer. Check the address, then try again.",
    }
    novel = dict.fromkeys(("name", "what", "owner_name", "city", "country", "error"), "x" * 20_000)
    await store(team, usual, novel)
    cards = (await view(team).read(frozenset({Column.HARVESTED})))["harvested"].cards

    assert max(size(card) for card in cards if not card.name.startswith("xxx")) < 1000
    assert max(size(card) for card in cards) < 2000


async def test_reading_costs_the_same_whatever_the_board_holds(team: Team, database: Database) -> None:
    everything = view(team).parts()
    await store(team, *({"column": column} for column in Column))
    with statements(database) as few:
        await view(team).read(everything)
    await store(team, *({"key": f"more-{n}", "column": list(Column)[n % 9]} for n in range(600)))
    with statements(database) as many:
        await view(team).read(everything)

    assert len(many) == len(few) <= 1 + 2 + 9 + 2, (
        "begin, totals and the profile's version, a window for each column, events and their names"
    )


async def test_every_statement_of_the_board_follows_an_index(team: Team, database: Database) -> None:
    lead, *_ = await store(team, *({"column": list(Column)[n % 9]} for n in range(90)))
    async with db.begin(team.id) as tx:
        await record(tx, lead)
    with statements(database) as sent:
        await view(team).read(view(team).parts())
    async with database.reader.connect() as connection:
        plans = {}
        for statement, parameters in sent:
            if statement.startswith("SELECT"):
                rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans[statement] = " | ".join(row[-1] for row in rows)

    assert len(plans) >= 3
    for statement, plan in plans.items():
        assert "SCAN" not in plan, (statement, plan)
        assert "TEMP B-TREE" not in plan, (statement, plan)
    assert any("ix_lead_board" in plan for plan in plans.values())
    assert any("ix_event_activity" in plan for plan in plans.values())


async def test_another_workspace_is_never_read(team: Team, other_team: Team) -> None:
    await store(team, {"name": "North only", "value": 100_00})
    board = await view(other_team).read(view(other_team).parts())

    assert (board["leads"], board["harvested"].cards, board["harvested"].value) == (0, [], "")


def test_news_concerns_the_columns_it_names(team: Team) -> None:
    topics = frozenset({"column:analysis", "lead:1", "activity"})

    assert view(team).concerned(topics) == {Column.ANALYSIS, ACTIVITY}
    assert view(team).concerned(frozenset({"icp"})) == view(team).parts(), "it makes every score old"
    assert view(team).concerned(frozenset({"lead:1", "imports"})) == frozenset()


# The activity


async def record(tx: Tx, lead: UUID) -> None:
    """Every kind of event that the panel tells, as the verbs record them."""
    tx.record("member_joined", by="Ida Berg", shown=True, role="viewer")
    tx.record("icp_saved", by="Ida Berg", shown=True, version=3)
    tx.record("leads_scored", shown=True, leads=1284, version=3)
    tx.record(
        "import_done", by="Ida Berg", shown=True, read=1284, created=1200, updated=60, skipped=20, failed=4, job="j1"
    )
    tx.record("import_reverted", by="Ida Berg", shown=True, file="leads.csv", job="j1")
    tx.record("enrichment_requested", lead, by="Ben Oduya", shown=True, leads=1)
    tx.record("enrichment_requested", by="Ben Oduya", shown=True, leads=40)
    tx.record("enrichment_cancelled", lead, by="Ben Oduya", shown=True, leads=1)
    tx.record("enrichment_cancelled", by="Ben Oduya", shown=True, leads=2)
    tx.record("lead_enriched", lead, shown=True, confidence=0.874)
    tx.record("lead_enrichment_failed", lead, shown=True, error="The website does not answer.")
    tx.record("lead_enrichment_failed", lead, shown=True, error="HTTP 500 came back.")


TOLD = [
    "Ida Berg joined as viewer",
    "Ida Berg saved ICP version 3",
    "1,284 leads scored against ICP version 3",
    "Ida Berg imported 1,284 rows: 1,200 created, 60 updated, 20 skipped, 4 failed",
    "Ida Berg reverted the import of leads.csv",
    "Ben Oduya started enrichment of Halden",
    "Ben Oduya started enrichment of 40 leads",
    "Ben Oduya stopped the enrichment of Halden",
    "Ben Oduya stopped the enrichment of 2 leads",
    "Halden enriched, confidence 87%",
    "Halden needs attention: the website does not answer",
    "Halden needs attention: HTTP 500 came back",
]


async def test_the_activity_tells_every_kind_in_a_sentence(team: Team) -> None:
    (lead,) = await store(team, {"name": "Halden"})
    async with db.begin(team.id) as tx:
        await record(tx, lead)
    entries = (await view(team).read(frozenset({ACTIVITY})))["entries"]
    told = ["".join(part.text for part in each.parts) for each in reversed(entries)]

    assert told == TOLD
    links = {"".join(part.text for part in each.parts): each.link for each in entries}
    assert links["Halden enriched, confidence 87%"].href == f"/w/{team.slug}/board/{lead}"
    assert links[TOLD[3]].href == f"/w/{team.slug}/import/j1"
    assert all(bool(each.link.label) == bool(each.link.href) for each in entries)


@pytest.fixture
async def bare(team: Team) -> AsyncIterator[list[Any]]:
    """An event of every told kind without any data, as an older version might have left it."""
    async with db.begin(team.id) as tx:
        for kind in TELLERS:
            tx.record(kind, shown=True)
    async with db.read(team.id) as tx:
        yield list((await tx.exec(select(Event))).all())


async def test_an_event_without_data_is_told_as_well(bare: list[Any]) -> None:
    assert len(bare) == len(TELLERS)
    for each in bare:
        told = entry(each, "north", "")
        assert told is not None, each.kind
        assert "".join(part.text for part in told.parts).strip(), each.kind


async def test_a_move_names_the_columns_it_touches(team: Team, database: Database) -> None:
    heard: list[Any] = []
    (lead,) = await store(team, {"status": Status.HARVESTED, "stage": Stage.HARVESTED})
    database.bus.listen(lambda workspace, topics: heard.append(topics))
    async with db.begin(team.id) as tx:
        found = await tx.find(Lead, lead)
        found.stage, found.column = Stage.ENRICHED, COLUMN_OF[Stage.ENRICHED]

    assert view(team).concerned(heard[-1]) == {Column.HARVESTED, Column.ENRICHED}
