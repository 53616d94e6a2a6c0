"""The runtime: every name has its workflow, the dead are found and their work taken over, the clock asks once."""

import asyncio
import inspect
import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from dbos import DBOS
from sqlmodel import select

from leadboard.bench.loopback import SiteServer
from leadboard.bench.sites import GeneratedSites
from leadboard.domain.stages import AGENTS
from leadboard.domain.work import QUEUE_OF, Queue, Workflow
from leadboard.engine import housekeeping, runtime
from leadboard.engine.heartbeat import Silence
from leadboard.engine.schedule import JOBS, Clock, floor
from leadboard.engine.workflows import WORKFLOWS
from leadboard.store import db, executors, work
from leadboard.store.tables import Package
from tests.conftest import make_team
from tests.support.enrichment import events, happened, make_leads, request_all, settled, until, worker_process, working

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_every_name_of_durable_work_is_registered_once_and_has_a_queue_that_is_served():
    names = [name for name, _ in WORKFLOWS]
    assert Counter(names) == Counter(Workflow)
    assert set(QUEUE_OF) == set(Workflow)
    assert set(runtime.AT_ONCE) == set(runtime.POLLING) == set(Queue)


def test_the_private_method_of_dbos_that_recovery_rests_on_is_still_there():
    parameters = inspect.signature(DBOS._recover_pending_workflows).parameters
    assert list(parameters) == ["executor_ids"]


def test_only_long_silence_is_death_and_only_for_somebody_who_listened_all_the_time():
    silence = Silence(15, longest_gap=15)
    said = {"a": NOON, "b": NOON}
    assert silence.dead(said, 0) == []
    for now in (5, 10):
        said["b"] += timedelta(seconds=5)
        assert silence.dead(said, now) == []
    said["b"] += timedelta(seconds=5)
    assert silence.dead(said, 15) == ["a"]
    assert silence.dead(said, 100) == []
    assert silence.dead(said, 105) == []
    silence.listen_anew()
    assert silence.dead(said, 114) == []
    assert silence.dead(said | {"c": executors.LEFT}, 116) == ["c"]
    assert silence.dead(said, 129) == ["a", "b"]


@pytest.mark.parametrize(
    ("moment", "minutes", "start"),
    [
        ("2026-03-01T12:07:59+00:00", 5, "2026-03-01T12:05Z"),
        ("2026-03-01T13:05:00+01:00", 5, "2026-03-01T12:05Z"),
        ("2026-03-01T23:59:59+00:00", 1440, "2026-03-01T00:00Z"),
    ],
)
def test_the_period_of_a_moment_is_the_same_in_every_process(moment, minutes, start):
    assert floor(datetime.fromisoformat(moment), timedelta(minutes=minutes)) == start


async def test_many_clocks_ask_once_a_period(ready):
    ready.clock = lambda: NOON
    for clock in (Clock(ready), Clock(ready)):
        for job in JOBS:
            await clock.tick(job)
    ready.clock = lambda: NOON + timedelta(minutes=5)
    await Clock(ready).tick(JOBS[0])
    asked = Counter(each.name for each in work.current().list_workflows())
    assert asked == {job.workflow: 1 for job in JOBS} | {JOBS[0].workflow: 2}


async def test_a_clean_stop_leaves_nothing_half_done_and_the_next_start_goes_on(ready, team, pool):
    sites = GeneratedSites(12)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    async with working(ready, sites, pool):
        await until(lambda: happened(team.id, "agent_end"))
    async with db.read() as tx:
        assert (await executors.known(tx)) == {"embedded": executors.LEFT}
    assert await asyncio.to_thread(lambda: "threads are there again") == "threads are there again"
    async with working(ready, sites, pool):
        leads = await settled(team.id, ids)
    assert {lead.status for lead in leads} == {"enriched"}
    ends = Counter(
        (event.lead_id, event.data["agent_name"]) for event in await events(team.id) if event.kind == "agent_end"
    )
    assert set(ends.values()) == {1}
    assert len(ends) == 12 * len(AGENTS)


async def test_a_run_whose_workflow_broke_is_settled_and_finished_workflows_are_forgotten(
    ready, team, pool, monkeypatch
):
    async def broken(self: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("leadboard.engine.enrich.Enrichment.work", broken)
    monkeypatch.setattr("leadboard.engine.enrich.Enrichment.give_up", broken)
    ids = await make_leads(team.id, GeneratedSites(1).domains)
    await request_all(team.id)
    async with working(ready, {}, pool):
        await until(lambda: _ended("ERROR"))
        await housekeeping.settle_runs()
        [lead] = await settled(team.id, ids)
        assert (lead.status, lead.error) == ("enrichment_failed", housekeeping.BROKEN)
    await housekeeping.forget_workflows()
    assert len(work.current().list_workflows(name=Workflow.ENRICH)) == 1
    later = datetime.now(UTC) + housekeeping.KEPT + timedelta(minutes=1)
    ready.clock = lambda: later
    await housekeeping.forget_workflows()
    assert work.current().list_workflows(name=Workflow.ENRICH) == []


async def _ended(status: str) -> bool:
    return bool(await work.current().list_workflows_async(status=status))


@pytest.fixture
async def scaled(postgres_url: str) -> AsyncIterator[db.Database]:
    """A PostgreSQL database, used by the app's own role, and the client in use."""
    database, client = db.open_database(postgres_url), work.connect(postgres_url)
    db.use(database)
    work.use(client)
    yield database
    work.use(None)
    client.destroy()
    await database.dispose()


@pytest.mark.timeout(300)
async def test_a_worker_takes_over_what_a_killed_one_was_at(scaled):
    team = await make_team("north")
    sites = GeneratedSites(40)
    ids = await make_leads(team.id, sites.domains)
    async with (
        SiteServer(sites) as server,
        worker_process(scaled.url, server.port, 40, runtime.new_executor_id(), beat=2) as survivor,
        worker_process(scaled.url, server.port, 40, runtime.new_executor_id(), beat=2) as victim,
    ):
        await request_all(team.id)
        await until(_both_at_work)
        victim.send_signal(signal.SIGKILL)
        leads = await settled(team.id, ids, seconds=150)
        assert survivor.returncode is None
        await until(lambda: _executors(1))
    assert {lead.status for lead in leads} == {"enriched"}
    log = await events(team.id)
    assert Counter(event.lead_id for event in log if event.kind == "lead_enriched") == dict.fromkeys(ids, 1)
    assert [event.n for event in log] == list(range(1, len(log) + 1))
    async with db.read(team.id) as tx:
        assert len((await tx.exec(select(Package))).all()) == len(ids)


async def _both_at_work() -> bool:
    running = await work.current().list_workflows_async(status="PENDING")
    return len({workflow.executor_id for workflow in running}) == 2


async def _executors(many: int) -> bool:
    async with db.read() as tx:
        return len(await executors.known(tx)) == many
