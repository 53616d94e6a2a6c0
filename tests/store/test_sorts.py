"""Orders of columns on both databases, each by an index."""

from datetime import timedelta

import pytest

from leadboard.domain.filters import read
from leadboard.domain.sorting import Sort
from leadboard.store import board, db
from leadboard.store.db import Database
from leadboard.store.tables import Lead, utcnow
from tests.conftest import Team
from tests.store.test_filters import statements

pytestmark = pytest.mark.usefixtures("any_database")

ORDERS: dict[Sort, list[str]] = {
    Sort.FIT: ["Next", "Best", "Alpha", "Beta", "Unscored"],
    Sort.VALUE: ["Beta", "Best", "Unscored", "Alpha", "Next"],
    Sort.NEWEST: ["Unscored", "Next", "Best", "Beta", "Alpha"],
    Sort.LONGEST: ["Alpha", "Beta", "Best", "Next", "Unscored"],
}


@pytest.fixture
async def leads(any_database: Database, team: Team) -> dict[str, Lead]:
    now = utcnow()
    rows = {
        "Alpha": {"fit_score": 50, "value": 5, "stage_at": now - timedelta(days=9)},
        "Beta": {"fit_score": 50, "value": 900, "stage_at": now - timedelta(days=8)},
        "Best": {"fit_score": 90, "value": 70, "stage_at": now - timedelta(hours=2)},
        "Next": {"fit_score": 1, "queued_first": True, "stage_at": now - timedelta(minutes=3)},
        "Unscored": {"value": 6, "stage_at": now},
    }
    async with db.begin(team.id) as tx:
        made = {
            name: Lead(workspace_id=team.id, key=name, name=name, country="NO", **row) for name, row in rows.items()
        }
        tx.add_all([*made.values(), Lead(workspace_id=team.id, key="x", name="Gone", value=999, deleted_at=now)])
    return made


@pytest.mark.usefixtures("leads")
async def test_a_window_is_the_beginning_of_its_order_filtered_or_not(team: Team) -> None:
    for narrow in (read("").filter, read("country=NO").filter):
        async with db.read(team.id) as tx:
            first = {sort: (await board.windows(tx, {"harvested": 3}, narrow, sort))["harvested"] for sort in Sort}
            whole = {sort: (await board.windows(tx, {"harvested": 30}, narrow, sort))["harvested"] for sort in Sort}

        assert {sort: [row.name for row in rows] for sort, rows in whole.items()} == ORDERS
        assert first == {sort: rows[:3] for sort, rows in whole.items()}


async def test_who_is_next_to_a_lead_is_so_in_the_order_of_its_board(team: Team, leads: dict[str, Lead]) -> None:
    async with db.read(team.id) as tx:
        for sort, order in ORDERS.items():
            ids = [leads[name].id for name in order]
            found = [await board.neighbours(tx, leads[name], sort=sort) for name in order]
            assert found == list(zip([None, *ids[:-1]], [*ids[1:], None], strict=True))


@pytest.mark.usefixtures("leads")
async def test_no_order_reads_more_than_its_window(team: Team, any_database: Database) -> None:
    if not any_database.url.startswith("sqlite"):
        pytest.skip("PostgreSQL plans by what is in the table")
    with statements(any_database) as sent:
        async with db.read(team.id) as tx:
            for sort in Sort:
                await board.windows(tx, {"harvested": 30}, sort=sort)
    async with any_database.reader.connect() as connection:
        for statement, parameters in sent:
            if statement.startswith("SELECT"):
                rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plan = [row[-1] for row in rows]
                assert len(plan) == 1, "it is not sorted beside"
                assert "USING INDEX ix_lead_" in plan[0]
