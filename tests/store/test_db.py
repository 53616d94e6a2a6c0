"""Transactions: totals, event numbers, people before machines."""

import asyncio
import random

import pytest
from sqlalchemy import func
from sqlmodel import select

from leadboard.errors import NotFound
from leadboard.store import db
from leadboard.store.db import Counted
from leadboard.store.tables import ColumnTotal, Event, Lead
from tests.conftest import Team


def lead(team: Team, name: str, **values: object) -> Lead:
    return Lead(workspace_id=team.id, key=name, name=name, **values)


async def totals(team: Team) -> dict[str, tuple[int, int]]:
    async with db.read(team.id) as tx:
        rows = (await tx.exec(select(ColumnTotal))).all()
        return {row.column: (row.leads, row.value) for row in rows if row.leads or row.value}


async def counted(team: Team) -> dict[str, tuple[int, int]]:
    async with db.read(team.id) as tx:
        rows = await tx.exec(
            select(Lead.column, func.count(), func.coalesce(func.sum(Lead.value), 0))
            .where(Lead.deleted_at.is_(None))  # type: ignore[union-attr]
            .group_by(Lead.column)
        )
        return {column: (many, int(value)) for column, many, value in rows}


async def test_totals_follow_whatever_happens_to_leads(any_database, team):
    dice = random.Random(7)
    for _ in range(60):
        async with db.begin(team.id) as tx:
            present = list((await tx.exec(select(Lead).where(Lead.deleted_at.is_(None)))).all())  # type: ignore
            match dice.choice(["add", "add", "bulk", "move", "value", "delete", "nothing"]):
                case "add":
                    tx.add(lead(team, f"n{dice.random()}", value=dice.choice([None, 5, 700])))
                case "bulk":
                    rows = [{"key": f"b{dice.random()}", "name": "b", "value": 3, "column": "intake"} for _ in range(3)]
                    await tx.insert_many(Lead, rows)
                case "move" if present:
                    dice.choice(present).column = dice.choice(["intake", "analysis", "enriched"])
                    await tx.flush()
                    dice.choice(present).column = "strategy"
                case "value" if present:
                    dice.choice(present).value = dice.choice([None, 10, 20_000])
                case "delete" if present:
                    dice.choice(present).deleted_at = tx.now
    assert await totals(team) == await counted(team)
    assert sum(many for many, _ in (await totals(team)).values()) > 5


async def test_totals_follow_leads_that_are_updated_without_their_rows(any_database, team):
    dice = random.Random(11)
    leads = [lead(team, f"lead {n}", value=dice.choice([None, 100 * n])) for n in range(8)]
    async with db.begin(team.id) as tx:
        tx.add_all(leads)
    was = {one.id: Counted(one.column, one.value, one.status) for one in leads}
    for _ in range(20):
        changed = dice.sample(leads, 3)
        rows = [
            {
                "id": one.id,
                "column": dice.choice(["harvested", "analysis", "enriched"]),
                "status": dice.choice(["pending_enrichment", "enriching", "enriched"]),
            }
            for one in changed
        ]
        async with db.begin(team.id) as tx:
            await tx.update_leads(rows, [was[row["id"]] for row in rows])
            assert {f"lead:{row['id']}" for row in rows} <= tx.topics
            assert {f"column:{row['column']}" for row in rows} <= tx.topics
            assert {f"column:{was[row['id']].column}" for row in rows} <= tx.topics
        was |= {row["id"]: Counted(row["column"], was[row["id"]].value, row["status"]) for row in rows}
        now = await totals(team)
        waiting = now.pop("pending_enrichment", (0, 0))[0]
        assert now == await counted(team)
        assert waiting == sum(one.column == "harvested" and one.status == "pending_enrichment" for one in was.values())


async def test_no_lead_of_another_workspace_is_updated(any_database, team, other_team):
    theirs = lead(other_team, "theirs")
    async with db.begin(other_team.id) as tx:
        tx.add(theirs)
    async with db.begin(team.id) as tx:
        row = {"id": theirs.id, "column": "analysis", "status": "enriching"}
        await tx.update_leads([row], [Counted("harvested", None, "new")])
    async with db.read(other_team.id) as tx:
        assert (await tx.find(Lead, theirs.id)).column == "harvested"


async def test_a_rolled_back_transaction_leaves_neither_rows_nor_totals_nor_events(any_database, team):
    async def fail() -> None:
        async with db.begin(team.id) as tx:
            tx.add(lead(team, "a", value=9))
            tx.record("lead_created")
            await tx.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await totals(team) == {}
    async with db.read(team.id) as tx:
        assert (await tx.exec(select(Event))).all() == []


async def test_event_numbers_are_gapless_in_commit_order_under_concurrent_writers(any_database, team):
    heard: list[object] = []
    any_database.bus.listen(lambda workspace, topics: heard.append(workspace))

    async def write(i: int) -> None:
        try:
            async with db.begin(team.id, people=i % 3 == 0) as tx:
                tx.record("a", by=str(i), shown=True)
                await asyncio.sleep(0.001 * (i % 4))
                tx.record("b", by=str(i))
                if i % 7 == 0:
                    raise KeyError(i)
        except KeyError:
            pass

    await asyncio.gather(*(write(i) for i in range(40)))
    async with db.read(team.id) as tx:
        events = (await tx.exec(select(Event).order_by(Event.n))).all()  # type: ignore[arg-type]
    assert [event.n for event in events] == list(range(1, 2 * 34 + 1))
    pairs = list(zip(events[::2], events[1::2], strict=True))
    assert all((a.kind, b.kind) == ("a", "b") and a.actor == b.actor for a, b in pairs)
    assert heard == [team.id] * 34


async def test_a_foreign_a_missing_and_a_malformed_id_are_the_same_not_found(any_database, team, other_team):
    async with db.begin(team.id) as tx:
        mine = lead(team, "mine")
        tx.add(mine)
    sentences = set()
    for bad in (mine.id, "7", "", None, 3, "00000000-0000-0000-0000-000000000000"):
        async with db.read(other_team.id) as tx:
            with pytest.raises(NotFound) as refusal:
                await tx.find(Lead, bad)  # type: ignore[arg-type]
            sentences.add(refusal.value.sentence)
    assert len(sentences) == 1


async def test_people_overtake_machines_that_wait_for_the_writer(database, team):
    order: list[str] = []

    async def write(name: str, people: bool) -> None:
        async with db.begin(team.id, people=people) as tx:
            order.append(name)
            tx.record("x")
            await asyncio.sleep(0.005)

    machines = [asyncio.create_task(write(f"m{i}", False)) for i in range(4)]
    await asyncio.sleep(0.001)
    await asyncio.gather(*machines, write("person", True))
    assert order.index("person") == 1


async def test_a_writer_that_gives_up_waiting_does_not_block_the_others(database, team):
    async def write() -> None:
        async with db.begin(team.id) as tx:
            tx.record("x")
            await asyncio.sleep(0.01)

    first = asyncio.create_task(write())
    waiting = [asyncio.create_task(write()) for _ in range(3)]
    await asyncio.sleep(0.002)
    waiting[0].cancel()
    await asyncio.gather(first, waiting[1], waiting[2])
    async with db.read(team.id) as tx:
        assert len((await tx.exec(select(Event))).all()) == 3


@pytest.mark.parametrize(
    "told", [{"name": "Ærø"}, {"many": 2**70}, {"half": "\ud83d"}, {"deep": [None, True, 1.5, {"a": []}]}]
)
async def test_what_is_stored_as_json_comes_back_as_it_was(database, team, told):
    async with db.begin(team.id) as tx:
        tx.record("agent_start", **told)
    async with db.read(team.id) as tx:
        assert (await tx.exec(select(Event.data).order_by(Event.n.desc()))).first() == told
