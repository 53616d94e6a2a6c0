"""Runs in the store: a wish and its workflow stand or fall together, and every verb may be said twice."""

from collections.abc import AsyncIterator
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from leadboard.domain.package import AgentResult
from leadboard.domain.stages import AGENTS, Stage
from leadboard.errors import Refused
from leadboard.store import db, runs, work
from leadboard.store.going import going
from leadboard.store.tables import Event, Lead, Package, Run
from tests.conftest import Team


@pytest.fixture
async def client(any_database: db.Database) -> AsyncIterator[work.Client]:
    """The client in use."""
    asking = work.connect(any_database.url)
    work.use(asking)
    yield asking
    work.use(None)
    asking.destroy()


async def harvested(team: Team, many: int = 1) -> list[UUID]:
    async with db.begin(team.id) as tx:
        leads = [Lead(workspace_id=team.id, key=str(n), name=f"Lead {n}") for n in range(many)]
        tx.add_all(leads)
    return [lead.id for lead in leads]


async def request(team: Team, ids: list[UUID]) -> list[str]:
    async with db.begin(team.id) as tx:
        leads = await runs.idle(tx, ids)
        await runs.request(tx, leads, "Ada")
        return [str(lead.run_id) for lead in leads]


async def under_way(team: Team, run_ids: list[str]) -> set[UUID]:
    async with db.begin(team.id) as tx, going(tx, [UUID(run_id) for run_id in run_ids]) as alive:
        return set(alive)


def asked(client: work.Client) -> dict[str, tuple[str, int | None]]:
    return {each.workflow_id: (each.status, each.priority) for each in client.list_workflows()}


async def test_a_wish_and_its_workflow_commit_together(any_database, team, client):
    ids = await harvested(team, 3)
    run_ids = await request(team, ids)
    assert asked(client) == dict.fromkeys(run_ids, ("ENQUEUED", work.ORDINARY))
    [one, *_] = client.list_workflows()
    assert one.input["args"][0] == str(team.id)
    async with db.read(team.id) as tx:
        leads = (await tx.exec(select(Lead))).all()
    assert {(lead.status, lead.column) for lead in leads} == {("pending_enrichment", "harvested")}


async def test_a_rollback_removes_both(any_database, team, client):
    ids = await harvested(team)

    async def fail() -> None:
        async with db.begin(team.id) as tx:
            await runs.request(tx, await runs.idle(tx, ids), "Ada")
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert asked(client) == {}
    async with db.read(team.id) as tx:
        assert (await tx.exec(select(Run))).all() == []


async def test_a_lead_being_enriched_is_not_asked_for_twice(any_database, team, client):
    ids = await harvested(team, 2)
    assert len(await request(team, ids[:1])) == 1
    assert len(await request(team, ids)) == 1
    assert len(asked(client)) == 2


async def test_a_prioritised_lead_goes_first_and_a_waiting_run_is_replaced(any_database, team, client):
    ids = await harvested(team)
    [old] = await request(team, ids)
    async with db.begin(team.id) as tx:
        replaced = await runs.prioritise(tx, await tx.find(Lead, ids[0]), True, "Ada")
    await work.cancel(replaced)
    assert replaced == [old]
    assert sorted(asked(client).values()) == [("CANCELLED", work.ORDINARY), ("ENQUEUED", work.FIRST)]
    async with db.begin(team.id) as tx:
        assert await runs.prioritise(tx, await tx.find(Lead, ids[0]), True, "Ada") == []


async def test_only_a_failed_lead_can_be_retried(any_database, team, client):
    ids = await harvested(team)
    async with db.begin(team.id) as tx:
        with pytest.raises(Refused, match="did not fail"):
            await runs.retry(tx, await tx.find(Lead, ids[0]), "Ada")


async def test_verbs_said_twice_change_nothing_the_second_time(any_database, team, client):
    [run_id] = await request(team, await harvested(team))
    result = AgentResult("lead_intake", True, 0.1, {"cleaned_text": "x"})
    for _ in range(2):
        async with db.begin(team.id) as tx, going(tx, [UUID(run_id)]) as alive:
            runs.start(tx, *alive[UUID(run_id)])
        async with db.begin(team.id) as tx, going(tx, [UUID(run_id)]) as alive:
            runs.end_agent(tx, *alive[UUID(run_id)], result, AGENTS[1])
    async with db.read(team.id) as tx:
        kinds = [event.kind for event in (await tx.exec(select(Event).order_by(Event.n))).all()]
        lead = (await tx.exec(select(Lead))).one()
    assert kinds == ["lead_enrichment_start", "agent_start", "agent_end", "agent_start"]
    assert (lead.stage, lead.agent, lead.percent) == ("analysis", "Company analysis", 3)


async def test_the_start_of_an_agent_of_an_earlier_stage_never_moves_a_card_back(any_database, team, client):
    [run_id] = await request(team, await harvested(team))
    stages, columns = [], []
    for agent, following in pairwise(AGENTS):
        async with db.begin(team.id) as tx, going(tx, [UUID(run_id)]) as alive:
            run, lead = alive[UUID(run_id)]
            runs.start(tx, run, lead)
            runs.end_agent(tx, run, lead, AgentResult(agent.id, True, 0.1, {}), following)
            stages.append(list(Stage).index(Stage(lead.stage)))
            columns.append(lead.column)
    assert stages == sorted(stages)
    assert list(dict.fromkeys(columns)) == ["analysis", "qualification", "refinement", "strategy", "messaging"]


async def test_a_failed_run_ends_and_says_why(any_database, team, client):
    [run_id] = await request(team, await harvested(team))
    async with db.begin(team.id) as tx, going(tx, [UUID(run_id)]) as alive:
        runs.fail(tx, *alive[UUID(run_id)], "The website is closed.")
    async with db.read(team.id) as tx:
        lead = (await tx.exec(select(Lead))).one()
    assert await under_way(team, [run_id]) == set()
    assert (lead.status, lead.column, lead.error) == ("enrichment_failed", "attention", "The website is closed.")


async def test_a_cancelled_run_is_over_and_its_lead_stands_where_it_stood(any_database, team, client):
    ids = await harvested(team, 2)
    await request(team, ids)
    async with db.begin(team.id) as tx:
        other = (await tx.find(Lead, ids[1])).run_id
        tx.add(Package(workspace_id=team.id, lead_id=ids[1], run_id=other))
    async with db.begin(team.id) as tx:
        ended = await runs.cancel(tx, await runs.busy(tx, ids))
    await work.cancel(ended)
    assert {status for status, _ in asked(client).values()} == {"CANCELLED"}
    async with db.read(team.id) as tx:
        leads = (await tx.exec(select(Lead).order_by(Lead.name))).all()
    assert await under_way(team, ended) == set()
    assert [(lead.status, lead.column) for lead in leads] == [("harvested", "harvested"), ("enriched", "enriched")]


async def test_unknown_runs_are_not_alive(any_database, team, client):
    assert await under_way(team, [str(uuid4())]) == set()
