"""What a person may do with enrichment, and what not."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import select

from leadboard.actions import runs
from leadboard.errors import NotFound, Refused
from leadboard.store import db, work
from leadboard.store.tables import Event, Lead
from tests.conftest import Team

SPEND = [
    lambda me, team, ids: runs.enrich(me, team.slug, ids),
    lambda me, team, ids: runs.enrich_column(me, team.slug, "harvested"),
    lambda me, team, ids: runs.enrich_harvested(me, team.slug),
    lambda me, team, ids: runs.retry(me, team.slug, ids[0]),
    lambda me, team, ids: runs.cancel(me, team.slug, ids),
    lambda me, team, ids: runs.cancel_column(me, team.slug, "harvested"),
    lambda me, team, ids: runs.cancel_all(me, team.slug),
    lambda me, team, ids: runs.prioritise(me, team.slug, ids[0]),
]


@pytest.fixture(autouse=True)
async def client(database: db.Database) -> AsyncIterator[work.Client]:
    """The client in use."""
    asking = work.connect(database.url)
    work.use(asking)
    yield asking
    work.use(None)
    asking.destroy()


async def leads(team: Team, many: int, **values: object) -> list[str]:
    async with db.begin(team.id) as tx:
        rows = [Lead(workspace_id=team.id, key=f"{n}{values}", name=f"Lead {n:04}", **values) for n in range(many)]
        tx.add_all(rows)
    return [str(row.id) for row in rows]


async def log(team: Team) -> list[tuple[str, str, bool, int | None]]:
    async with db.read(team.id) as tx:
        found = (await tx.exec(select(Event).order_by(Event.n))).all()
    return [(event.kind, event.actor, event.lead_id is not None, event.data.get("leads")) for event in found]


async def test_one_lead_is_asked_for_and_told_once(team):
    ids = await leads(team, 3)
    assert await runs.enrich(team.member, team.slug, ids[:1]) == runs.Asked(1, 0)
    assert await runs.enrich(team.member, team.slug, [*ids, ids[0]]) == runs.Asked(2, 1)
    assert await log(team) == [
        ("enrichment_requested", team.member.name, True, 1),
        ("enrichment_requested", team.member.name, False, 2),
    ]


async def test_a_column_of_many_is_asked_for_in_the_order_of_the_board_and_told_in_one_line(team, client, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 7)
    await leads(team, 20)
    await leads(team, 2, column="attention", stage="failed", status="enrichment_failed", error="x")
    first = await leads(team, 1, queued_first=True)
    assert await runs.enrich_harvested(team.member, team.slug) == runs.Asked(21, 0)
    assert await log(team) == [("enrichment_requested", team.member.name, False, 21)]
    async with db.read(team.id) as tx:
        names = {str(lead.run_id): lead.name for lead in (await tx.exec(select(Lead))).all()}
        put_first = str((await tx.find(Lead, first[0])).run_id)
    queue = sorted(client.list_workflows(), key=lambda each: (each.priority, each.created_at))
    assert queue[0].workflow_id == put_first
    assert [names[each.workflow_id] for each in queue[1:]] == [f"Lead {n:04}" for n in range(20)]


async def test_cancel_gives_back_what_was_asked_for(team, client):
    ids = await leads(team, 5)
    await runs.enrich(team.member, team.slug, ids)
    assert await runs.cancel(team.member, team.slug, ids[:2]) == 2
    assert await runs.cancel_column(team.member, team.slug, "harvested") == 3
    assert await runs.cancel_all(team.member, team.slug) == 0
    assert {each.status for each in client.list_workflows()} == {"CANCELLED"}
    assert await runs.enrich_harvested(team.member, team.slug) == runs.Asked(5, 0)


async def test_a_failed_lead_is_retried(team):
    [failed] = await leads(team, 1, column="attention", stage="failed", status="enrichment_failed", error="x")
    await runs.retry(team.member, team.slug, failed)
    async with db.read(team.id) as tx:
        lead = await tx.find(Lead, failed)
    assert (lead.column, lead.status, lead.error) == ("harvested", "pending_enrichment", "")
    with pytest.raises(Refused, match="did not fail"):
        await runs.retry(team.member, team.slug, failed)


@pytest.mark.parametrize("act", SPEND)
async def test_a_viewer_may_not_spend_and_nothing_changes(team, client, act):
    ids = await leads(team, 1, status="enrichment_failed")
    with pytest.raises(Refused) as refusal:
        await act(team.viewer, team, ids)
    assert refusal.value.status == 403
    assert client.list_workflows() == []


@pytest.mark.parametrize("act", SPEND)
async def test_somebody_from_elsewhere_finds_no_workspace(team, other_team, client, act):
    ids = await leads(team, 1, status="enrichment_failed")
    with pytest.raises(NotFound):
        await act(other_team.owner, team, ids)
    assert client.list_workflows() == []


@pytest.mark.parametrize("bad", ["", "7", "00000000-0000-0000-0000-000000000000", None])
async def test_a_foreign_a_missing_and_a_malformed_id_are_not_found_and_nothing_is_asked(team, other_team, client, bad):
    mine, theirs = await leads(team, 1), await leads(other_team, 1)
    for ids in ([*mine, bad], [*mine, *theirs]):
        with pytest.raises(NotFound):
            await runs.enrich(team.member, team.slug, ids)
    with pytest.raises(NotFound):
        await runs.enrich_column(team.member, team.slug, "kitchen")
    assert client.list_workflows() == []
