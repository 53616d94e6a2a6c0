"""What several benches stand on: a new database, a workspace of generated websites, and the runtime at work on it."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import TypeVar
from uuid import UUID

from leadboard import memory
from leadboard.bench.loopback import LoopbackResolver
from leadboard.bench.sites import GeneratedSites
from leadboard.engine import runtime
from leadboard.engine.reader_process import ReaderProcess
from leadboard.engine.tools import Tools
from leadboard.store import db, work
from leadboard.store.db import Database
from leadboard.store.migrate import migrate
from leadboard.store.tables import Feed, Lead, Workspace

TICK = 0.005

T = TypeVar("T")


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


class Neighbour:
    """How late an idle process was meanwhile, in seconds: what the machine takes from everybody on it."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "Neighbour":
        pipe = subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(sys.executable, "-c", _TICKS, stdin=pipe, stdout=pipe)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        ticks = (await self._process.communicate(b""))[0]
        self.late = [float(late) for late in ticks.split()]


_TICKS = f"""
import select, sys, time
while True:
    before = time.perf_counter()
    if select.select([sys.stdin], [], [], {TICK})[0]:
        break
    print(time.perf_counter() - before - {TICK})
"""


def figures(late: list[float]) -> dict[str, float]:
    """How long the loop was kept from its work, in milliseconds, by what `Blocks` noted."""
    late = sorted(late)
    return {
        "longest_block_ms": round(late[-1] * 1000, 1),
        "p50_block_ms": round(median(late) * 1000, 2),
        "p99_block_ms": round(late[int(len(late) * 0.99)] * 1000, 1),
    }


async def in_new_database(measure: Callable[[Database, int], Awaitable[T]], leads: int) -> T:
    """Measure with so many leads on a database of its own, in use by this process."""
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


async def workspace_of(sites: GeneratedSites) -> UUID:
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
async def enriching(database: Database, sites: GeneratedSites) -> AsyncIterator[None]:
    """The embedded runtime over these websites, which are served over loopback."""
    async with _served(len(sites)) as port, ReaderProcess(LoopbackResolver(frozenset(sites), {80: port})) as reader:
        await reader.ready()
        working = runtime.Runtime(database, Tools(reader), executor_id="embedded")
        await working.start()
        memory.settle()
        try:
            yield
        finally:
            await working.stop()


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
