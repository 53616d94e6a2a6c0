"""How fast leads are enriched, against bare DBOS that does as many steps and nothing in them.

Protocol: tests/bench/enrich.md.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from dbos import DBOS
from sqlmodel import col, select

from leadboard import memory
from leadboard.bench.loopback import LoopbackResolver
from leadboard.bench.sites import GeneratedSites
from leadboard.domain.stages import AGENTS, Column
from leadboard.domain.work import Queue, Workflow
from leadboard.engine import runtime
from leadboard.engine.reader_process import ReaderProcess
from leadboard.engine.tools import Tools
from leadboard.store import db, runs, work
from leadboard.store.db import Database
from leadboard.store.migrate import migrate
from leadboard.store.tables import ColumnTotal, Feed, Lead, Workspace
from leadboard.store.tenancy import Prepared

STEPS = len(AGENTS) + 2
"""Of one enrichment: the website, each agent, the end."""

TICK = 0.005
LOOK = 0.25
"""Seconds between two looks at how many have ended."""

_ENDED = Prepared(select(ColumnTotal.leads).where(col(ColumnTotal.column).in_((Column.ENRICHED, Column.ATTENTION))))


class Blocks:
    """How long the event loop was kept from its work, in seconds, sampled by a task that only sleeps."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Blocks":
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()

    async def _watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            self.late.append(time.perf_counter() - before - TICK)


@dataclass(frozen=True)
class Took:
    """So many leads took so many seconds; how late the event loop came to each of its ticks, in seconds."""

    leads: int
    seconds: float
    late: list[float]


async def run(leads: int) -> dict[str, Any]:
    """Enrich `leads` generated websites, between two halves of the floor: as many workflows of as many empty steps."""
    before = await _in_new_database(_floor, leads - leads // 2)
    ours = await _in_new_database(_enrich, leads)
    after = await _in_new_database(_floor, leads // 2) if leads > 1 else Took(0, 0.0, [])
    floor = Took(leads, before.seconds + after.seconds, before.late + after.late)
    return {**_figures(ours), "floor": _figures(floor)}


def _figures(took: Took) -> dict[str, Any]:
    late = sorted(took.late)
    return {
        "leads_per_second": round(took.leads / took.seconds, 2),
        "longest_block_ms": round(late[-1] * 1000, 1),
        "p50_block_ms": round(statistics.median(late) * 1000, 2),
        "p99_block_ms": round(late[int(len(late) * 0.99)] * 1000, 1),
        "seconds": round(took.seconds, 2),
        "leads": took.leads,
    }


async def _in_new_database(measure: Callable[[Database, int], Awaitable[Took]], leads: int) -> Took:
    with tempfile.TemporaryDirectory(prefix="leadboard-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'leadboard.db'}"
        await asyncio.to_thread(migrate, url)
        await asyncio.to_thread(work.migrate, url)
        database, client = db.open_database(url), work.connect(url)
        db.use(database)
        work.use(client)
        try:
            return await measure(database, leads)
        finally:
            client.destroy()
            await database.dispose()


async def _measured(leads: int, finished: Callable[[], Awaitable[int]]) -> Took:
    """Wait until all are finished."""
    began = time.perf_counter()
    async with Blocks() as blocks:
        while await finished() < leads:
            await asyncio.sleep(LOOK)
    return Took(leads, time.perf_counter() - began, blocks.late)


async def _floor(database: Database, leads: int) -> Took:
    """Bare DBOS: same file and settings, same queue, as many steps that do nothing."""
    done = 0

    async def nothing() -> bool:
        return True

    async def workflow(workspace_id: str, run_id: str) -> None:
        nonlocal done
        for number in range(STEPS):
            await DBOS.run_step_async({"name": str(number)}, nothing)
        done += 1

    sys.setswitchinterval(runtime.TURN_SECONDS)
    engine = work.system_engine(database.url, runtime.CONNECTIONS)
    DBOS(config=runtime.settings(engine, "floor"))
    DBOS.workflow(name=Workflow.ENRICH)(workflow)
    DBOS.launch()
    await DBOS.register_queue_async(
        Queue.ENRICHMENT,
        worker_concurrency=runtime.AT_ONCE[Queue.ENRICHMENT],
        polling_interval_sec=runtime.POLLING[Queue.ENRICHMENT],
    )
    memory.settle()
    async with database.begin() as tx:
        for number in range(leads):
            await work.enqueue(tx, Workflow.ENRICH, "", str(number), workflow_id=f"floor-{number}")

    async def finished() -> int:
        return done

    took = await _measured(leads, finished)
    await asyncio.to_thread(DBOS.destroy, destroy_registry=True)
    runtime.free_threads()
    engine.dispose()
    return took


async def _enrich(database: Database, leads: int) -> Took:
    sites = GeneratedSites(leads)
    workspace = await _workspace(sites)
    async with _served(leads) as port, ReaderProcess(LoopbackResolver(frozenset(sites), {80: port})) as reader:
        await reader.ready()
        working = runtime.Runtime(database, Tools(reader), executor_id="embedded")
        await working.start()
        memory.settle()
        async with db.begin(workspace) as tx:
            await runs.request(tx, await runs.idle(tx, await runs.ids(tx)), "bench")

        async def finished() -> int:
            async with db.read(workspace) as tx:
                return sum(leads for (leads,) in await tx.rows(_ENDED))

        took = await _measured(leads, finished)
        await working.stop()
        return took


async def _workspace(sites: GeneratedSites) -> UUID:
    """A workspace with a lead for each website."""
    workspace = Workspace(slug="bench", name="Bench")
    async with db.begin(workspace.id) as tx:
        tx.add(workspace)
        await tx.flush()
        tx.add(Feed(workspace_id=workspace.id))
        await tx.insert_many(
            Lead,
            [
                {"key": domain, "name": sites.company(domain).name, "domain": domain, "website": f"http://{domain}/"}
                for domain in sites.domains
            ],
        )
    return workspace.id


@asynccontextmanager
async def _served(count: int) -> AsyncIterator[int]:
    """The websites, in a process of their own; yields its port."""
    command = [sys.executable, "-u", "-m", "leadboard.bench.sites", "--count", str(count), "--port", "0"]
    server = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        said = (await server.stdout.readline()).decode()
        yield int(said.rsplit(" ", 1)[1])
    finally:
        server.kill()
        await server.wait()
