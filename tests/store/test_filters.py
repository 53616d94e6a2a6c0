"""Filters over leads, on both databases: which leads they hold, what columns of them count, and by which index."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from leadboard.domain.filters import LeadFilter, read
from leadboard.domain.identity import normalise_name
from leadboard.domain.sorting import Sort
from leadboard.domain.stages import ENRICHMENT_COLUMNS, Column, Status
from leadboard.store import board, db
from leadboard.store.db import Database
from leadboard.store.tables import Lead, utcnow
from tests.conftest import Team

pytestmark = pytest.mark.usefixtures("any_database")

LEADS: dict[str, dict[str, Any]] = {
    "Østra Bakery AS": {"industry": "Food", "country": "NO", "fit_score": 82, "value": 900_000, "tags": ["vip"]},
    "50% Off": {"industry": "Retail", "country": "SE", "fit_score": 40, "headcount_min": 51, "headcount_max": 200},
    "50 Shades": {"industry": "Retail", "country": "DE", "fit_score": 39, "value": 0, "owner_name": "Ben Oduya"},
    "snake_case": {"domain": "Mixed-Case.example", "fit_score": 100, "tags": ["a,b", 'say "vip"', "Zürich"]},
    "Plain": {"value": 1_000_000, "headcount_max": 5, "owner_name": "Ada Moreno", "tags": [",", "VIP"]},
}


HELD: dict[str, set[str]] = {
    "q=BAKERY": {"Østra Bakery AS"},
    "q=ØSTRA": {"Østra Bakery AS"},
    "q=østra bak": {"Østra Bakery AS"},
    "q=50%25": {"50% Off"},
    "q=50": {"50% Off", "50 Shades"},
    "q=%25": {"50% Off"},
    "q=_": {"snake_case"},
    "q=mixed-case.ex": {"snake_case"},
    "q=/": set(),
    "q=\\": set(),
    "q=' OR 1=1 --": set(),
    "industry=Retail": {"50% Off", "50 Shades"},
    "industry=Retail&industry=Food": {"50% Off", "50 Shades", "Østra Bakery AS"},
    "country=NO&country=Germany": {"Østra Bakery AS", "50 Shades"},
    "score=strong": {"Østra Bakery AS", "snake_case"},
    "score=fair": {"50% Off"},
    "score=weak&score=none": {"50 Shades", "Plain"},
    "size=200-300": {"50% Off"},
    "size=100-110": {"50% Off"},
    "size=-5": {"Plain"},
    "size=0-": {"50% Off", "Plain"},
    "size=201-": set(),
    "value=9000-10000": {"Østra Bakery AS", "Plain"},
    "value=0-": {"Østra Bakery AS", "Plain", "50 Shades"},
    "value=-0": {"50 Shades"},
    "value=1000000000000-": set(),
    "owner=Ben Oduya": {"50 Shades"},
    "owner=none": {"Østra Bakery AS", "50% Off", "snake_case"},
    "owner=0199a6c2-0c55-7d7a-9a4e-2f6d6a9b7c11": set(),
    "tag=vip": {"Østra Bakery AS"},
    "tag=VIP": {"Plain"},
    "tag=a,b": {"snake_case"},
    "tag=,": {"Plain"},
    'tag=say "vip"': {"snake_case"},
    "tag=Zürich": {"snake_case"},
    "tag=vip&tag=,": {"Østra Bakery AS", "Plain"},
    "stage=harvested&industry=Food": {"Østra Bakery AS"},
    "stage=enriched": set(),
    "industry=Retail&country=SE&score=fair": {"50% Off"},
    "industry=Retail&country=NO": set(),
}
"""Query of an address -> the leads it holds."""


@pytest.fixture
async def leads(any_database: Database, team: Team) -> None:
    async with db.begin(team.id) as tx:
        for name, lead in LEADS.items():
            tx.add(Lead(workspace_id=team.id, key=name, name=name, name_key=normalise_name(name), **lead))
        tx.add(Lead(workspace_id=team.id, key="gone", name="Gone bakery", tags=["vip"], deleted_at=utcnow()))


async def names(team: Team, wanted: LeadFilter, column: str = "harvested") -> list[str]:
    async with db.read(team.id) as tx:
        return [row.name for row in (await board.windows(tx, {column: 30}, wanted))[column]]


@pytest.mark.usefixtures("leads")
async def test_a_filter_holds_the_leads_it_means(team: Team) -> None:
    assert {query: set(await names(team, read(query).filter)) for query in HELD} == HELD
    assert not any(read(query).left_out for query in HELD)


@pytest.mark.usefixtures("leads")
async def test_filtered_columns_stand_in_the_order_of_their_board(team: Team) -> None:
    assert await names(team, read("owner=none").filter) == ["snake_case", "Østra Bakery AS", "50% Off"]
    async with db.read(team.id) as tx:
        rows = (await board.windows(tx, {"harvested": 2}, read("value=0-").filter, Sort.VALUE))["harvested"]
    assert [row.name for row in rows] == ["Plain", "Østra Bakery AS"]


@pytest.mark.usefixtures("leads")
async def test_totals_count_what_the_filter_holds(team: Team) -> None:
    async with db.begin(team.id) as tx:
        tx.add(Lead(workspace_id=team.id, key="w", name="W", country="NO", status=Status.PENDING_ENRICHMENT, value=5))
        tx.add(Lead(workspace_id=team.id, key="e", name="E", country="NO", column=Column.ENRICHED, value=7))
    async with db.read(team.id) as tx:
        counted = await board.matching_totals(tx, read("country=NO").filter, ("harvested", "enriched", "review"))
        some = await board.matching_totals(tx, read("country=NO").filter, ("enriched",))

    assert counted == {"harvested": (2, 900_005), "enriched": (1, 7), "review": (0, 0), "pending_enrichment": (1, 0)}
    assert some == {"enriched": (1, 7)}


@pytest.mark.usefixtures("leads")
async def test_choices_are_what_leads_say(team: Team, other_team: Team) -> None:
    async with db.read(team.id) as tx:
        told = await board.choices(tx)
    async with db.read(other_team.id) as tx:
        theirs = await board.choices(tx)

    assert told.industry == [("Food", 1), ("Retail", 2)]
    assert told.country == [("DE", 1), ("NO", 1), ("SE", 1)]
    assert told.owner == [("Ada Moreno", 1), ("Ben Oduya", 1)]
    assert {tag for tag, _ in told.tag} == {"vip", "a,b", 'say "vip"', "Zürich", ",", "VIP"}
    assert theirs == ([], [], [], [])


@pytest.mark.usefixtures("leads")
async def test_another_workspace_is_never_counted_or_shown(team: Team, other_team: Team) -> None:
    wanted = read("score=strong&score=fair&score=weak&score=none").filter
    assert await names(other_team, wanted) == []
    async with db.read(other_team.id) as tx:
        assert await board.matching_totals(tx, wanted, ("harvested",)) == {
            "harvested": (0, 0),
            "pending_enrichment": (0, 0),
        }


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that reading sends."""
    sent: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        sent.append((statement, parameters))

    event.listen(database.reader.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.reader.sync_engine, "before_cursor_execute", note)


EACH = (
    "q=x",
    "industry=Food",
    "country=NO",
    "size=5-9",
    "score=fair",
    "value=5-",
    "owner=none",
    "tag=vip",
    "q=x&tag=a",
)


@pytest.mark.usefixtures("leads")
async def test_a_lead_that_a_filter_does_not_hold_is_not_even_read(team: Team, any_database: Database) -> None:
    if not any_database.url.startswith("sqlite"):
        pytest.skip("PostgreSQL plans by what is in the table")
    with statements(any_database) as sent:
        async with db.read(team.id) as tx:
            for wanted in (read(query).filter for query in EACH):
                for sort in Sort:
                    await board.windows(tx, {"harvested": 30}, wanted, sort)
                await board.matching_totals(tx, wanted, ENRICHMENT_COLUMNS)
    async with any_database.reader.connect() as connection:
        for statement, parameters in sent:
            if statement.startswith("SELECT"):
                rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plan = [row[-1] for row in rows if "lead" in row[-1] and "json_each" not in row[-1]]
                follows = "COVERING INDEX ix_lead_filter" if "deleted_at" in statement else "(workspace_id=? AND id=?)"
                assert plan, statement
                assert all(follows in step for step in plan), (statement, plan)
