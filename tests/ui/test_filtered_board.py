"""Filtered boards: what they read and say, that they follow every change, and that nothing is done beside them."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from leadboard.domain.filters import LeadFilter, read
from leadboard.domain.stages import Column, Stage, Status
from leadboard.store import db
from leadboard.store.db import Database
from leadboard.store.tables import Lead
from leadboard.ui import live
from leadboard.ui.board.state import BoardState
from leadboard.ui.board.view import BoardView
from leadboard.ui.sales.view import SalesView
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of
from tests.ui.test_board_view import names, statements, store


def view(team: Team, query: str, kind: type[BoardView] = BoardView) -> BoardView:
    return kind(team.id, team.slug, "EUR", filter=read(query).filter)


@pytest.fixture
async def leads(database: Database, team: Team) -> list[UUID]:
    return await store(
        team,
        {"name": "Oslo", "country": "NO", "value": 100_00, "status": Status.PENDING_ENRICHMENT},
        {"name": "Bergen", "country": "NO", "value": 200_00},
        {"name": "Malmö", "country": "SE", "value": 400_00},
        {"name": "Halden", "country": "NO", "column": Column.ENRICHED, "stage": Stage.ENRICHED},
        {"name": "Lund", "country": "SE", "column": Column.ATTENTION, "stage": Stage.FAILED},
    )


@pytest.mark.usefixtures("leads")
async def test_counts_values_and_cards_are_those_of_the_filtered_leads(team: Team) -> None:
    shown = await view(team, "country=NO").read(BoardView(team.id, "", "").parts())

    assert names(shown["harvested"].cards) == ["Bergen", "Oslo"]
    assert (shown["harvested"].count, shown["harvested"].value, shown["harvested"].label) == (
        "2",
        "€300",
        "Harvested, 2 leads",
    )
    assert (shown["leads"], shown["matching"], shown["waiting"], shown["summary"]) == (5, 3, 1, "1 waiting")
    assert shown["harvested"].cards[0].href.endswith("?country=NO")
    assert {segment.key: segment.count for segment in shown["segments"]}["enriched"] == "1"


@pytest.mark.usefixtures("leads")
async def test_a_column_that_a_filter_empties_says_so_and_one_that_was_empty_does_not(team: Team) -> None:
    shown = await view(team, "country=NO").read(BoardView(team.id, "", "").parts())

    hidden, empty = shown["attention"], shown["analysis"]
    assert (hidden.count, hidden.empty, hidden.filtered) == ("0 of 1", "No lead here matches.", True)
    assert (empty.count, empty.filtered) == ("0", False)


@pytest.mark.usefixtures("leads")
async def test_a_board_of_some_stages_shows_and_reads_only_these(team: Team, database: Database) -> None:
    with statements(database) as sent:
        shown = await view(team, "stage=enriched", SalesView).read(SalesView(team.id, "", "").parts())

    assert [segment.key for segment in shown["segments"]] == ["enriched"]
    assert {key for key in SalesView.columns if shown[key].hidden} == set(SalesView.columns) - {"enriched"}
    assert (shown["matching"], shown["leads"]) == (1, 1)
    assert sum("LIMIT" in statement and "FROM lead" in statement for statement, _ in sent) == 1


@pytest.mark.usefixtures("leads")
async def test_an_unfiltered_board_counts_nothing(team: Team, database: Database) -> None:
    with statements(database) as sent:
        shown = await view(team, "").read(BoardView(team.id, "", "").parts())

    assert "matching" not in shown
    assert not any("count(" in statement for statement, _ in sent)


class Desk:
    """Tabs that look at boards, over the recorded wire."""

    def __init__(self, views: live.Live, wire: Wire, team: Team) -> None:
        self.views, self.wire, self.team = views, wire, team

    async def look(self, tab: str, query: str) -> None:
        await self.views.join(live.Watcher(tab, self.team.viewer.user_id), view(self.team, query))

    async def change(self, lead_id: UUID, **new: Any) -> None:
        async with db.begin(self.team.id) as tx:
            lead = await tx.find(Lead, lead_id)
            for name, value in new.items():
                setattr(lead, name, value)
        for room in list(self.views._rooms.values()):
            while room.pump:
                await room.pump

    def shown(self, tab: str) -> dict[str, Any]:
        """What a tab has by now."""
        seen: dict[str, Any] = {}
        for values in self.wire.got(tab):
            seen |= values
        return seen


@pytest.fixture
async def desk(database: Database, views: live.Live, wire: Wire, team: Team) -> AsyncIterator[Desk]:
    stop = database.bus.listen(views.heard)
    yield Desk(views, wire, team)
    stop()


async def test_a_lead_comes_and_goes_as_it_starts_and_stops_to_match(desk: Desk, leads: list[UUID]) -> None:
    for tab, query in (("ada", "country=NO"), ("ben", "country=NO"), ("eve", "country=SE&tag=vip"), ("all", "")):
        await desk.look(tab, query)
    assert len(desk.views._rooms) == 3, "who looks through the same filter shares a room"

    await desk.change(leads[2], country="NO", tags=["vip"])
    for tab in ("ada", "ben"):
        assert [card["name"] for card in desk.shown(tab)["harvested"]["cards"]] == ["Bergen", "Malmö", "Oslo"]
        assert (desk.shown(tab)["harvested"]["value"], desk.shown(tab)["matching"]) == ("€700", 4)
    assert desk.shown("eve")["matching"] == 0

    await desk.change(leads[2], country="SE")
    assert [card["name"] for card in desk.shown("eve")["harvested"]["cards"]] == ["Malmö"]
    assert (desk.shown("ada")["harvested"]["count"], desk.shown("ada")["matching"]) == ("2", 3)

    await desk.change(leads[1], column=Column.ENRICHED, stage=Stage.ENRICHED)
    ada = desk.shown("ada")
    assert (ada["harvested"]["count"], ada["enriched"]["count"], ada["matching"]) == ("1", "2", 3)


async def test_only_the_columns_in_the_news_are_counted_again(
    desk: Desk, leads: list[UUID], database: Database
) -> None:
    await desk.look("ada", "country=NO")
    with statements(database) as sent:
        await desk.change(leads[4], percent=50)
    (counted,) = [parameters for statement, parameters in sent if "count(" in statement]
    assert [each for each in counted if each in tuple(Column)] == ["attention"]


async def test_what_is_done_to_all_is_done_to_those_that_match(
    pages: Pages, team: Team, leads: list[UUID], wire: Wire
) -> None:
    session, name = await session_of(team.owner), BoardState.get_full_name()
    at = f"/w/{team.slug}/board?country=SE"
    assert await pages.call(f"{name}.look", {}, session, at, tab="t") is None
    assert await pages.call(f"{name}.enrich_all", {}, session, at, tab="t") is None
    async with db.read(team.id) as tx:
        assert {(await tx.find(Lead, lead_id)).status for lead_id in leads[1:2]} == {Status.NEW}
        assert (await tx.find(Lead, leads[2])).status == Status.PENDING_ENRICHMENT
    assert await pages.call(f"{name}.cancel_all", {}, session, at, tab="t") is None
    async with db.read(team.id) as tx:
        assert (await tx.find(Lead, leads[0])).status == Status.PENDING_ENRICHMENT, "it does not match"
        assert (await tx.find(Lead, leads[2])).status == Status.HARVESTED


async def test_nothing_is_done_to_all_when_the_page_shows_another_filter(
    pages: Pages, team: Team, leads: list[UUID]
) -> None:
    session, name = await session_of(team.owner), BoardState.get_full_name()
    assert await pages.call(f"{name}.look", {}, session, f"/w/{team.slug}/board?country=SE", tab="t") is None
    await pages.call(f"{name}.enrich_all", {}, session, f"/w/{team.slug}/board", tab="t")
    async with db.read(team.id) as tx:
        assert (await tx.find(Lead, leads[2])).status == Status.NEW


async def test_a_filter_of_the_address_is_in_the_state_and_small(pages: Pages, team: Team) -> None:
    session, name = await session_of(team.viewer), BoardState.get_full_name()
    at = f"/w/{team.slug}/board?stage=review&size=x&q=a&owner={UUID(int=7)}"
    assert await pages.call(f"{name}.look", {}, session, at, tab="t") is None
    (tree,) = pages.manager.states.values()
    state = await tree.get_state(BoardState)

    assert state._filter == LeadFilter(q="a", owner=(str(UUID(int=7)),))
    assert state.left_out == ["“x” is no range like 50-500, so it was left out."]
    assert [chip.name for chip in state.chips] == ["Text", "Owner"]
