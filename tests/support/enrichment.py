"""Leads over websites on loopback, and the runtime that works on them: in this process or in one that can be killed."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

from sqlmodel import col, func, select

from leadboard.bench.loopback import LoopbackResolver, Sites, SiteServer
from leadboard.bench.sites import GeneratedSites
from leadboard.engine.heartbeat import BEAT_SECONDS
from leadboard.engine.model.gateway import Gateway
from leadboard.engine.parse_pool import ParsePool
from leadboard.engine.reader_process import ReaderProcess
from leadboard.engine.runtime import Runtime
from leadboard.engine.site_reader import SiteReader
from leadboard.engine.tools import Tools
from leadboard.providers.fetcher import Fetcher
from leadboard.store import db, runs, work
from leadboard.store.tables import Event, Lead


async def make_leads(workspace: UUID, domains: Iterable[str]) -> list[UUID]:
    """Store a harvested lead for each domain, in this order."""
    async with db.begin(workspace) as tx:
        leads = [
            Lead(
                workspace_id=workspace, key=domain, name=f"Lead {place:03}", domain=domain, website=f"http://{domain}/"
            )
            for place, domain in enumerate(domains)
        ]
        tx.add_all(leads)
    return [lead.id for lead in leads]


async def request_all(workspace: UUID, by: str = "Ada") -> int:
    """Ask for the enrichment of every idle lead."""
    async with db.begin(workspace) as tx:
        leads = await runs.idle(tx, await runs.ids(tx))
        await runs.request(tx, leads, by)
    return len(leads)


@asynccontextmanager
async def working(
    database: db.Database,
    sites: Sites,
    pool: ParsePool,
    executor_id: str = "embedded",
    model: Gateway | None = None,
) -> AsyncIterator[SiteServer]:
    """A runtime at work in this process, over these websites."""
    async with SiteServer(sites) as server, Fetcher(server.resolver) as fetcher:
        tools = Tools(SiteReader(fetcher, pool), model=model)
        runtime = Runtime(database, tools, executor_id=executor_id)
        await runtime.start()
        try:
            yield server
        finally:
            await runtime.stop()


async def settled(workspace: UUID, ids: Iterable[UUID], seconds: float = 60) -> list[Lead]:
    """The leads once none of them is being enriched any more."""
    wanted = col(Lead.id).in_(list(ids))
    busy = col(Lead.status).in_(("pending_enrichment", "enriching"))
    at_work = select(func.count()).select_from(Lead).where(wanted, busy)

    async def at_rest() -> bool:
        async with db.read(workspace) as tx:
            return (await tx.exec(at_work)).one() == 0

    await until(at_rest, seconds)
    async with db.read(workspace) as tx:
        return list((await tx.exec(select(Lead).where(wanted).order_by(Lead.name))).all())


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    """Wait for something that the store says. It is asked often, so a question should cost little."""
    async with asyncio.timeout(seconds):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)


async def events(workspace: UUID, lead_id: UUID | None = None) -> list[Event]:
    """The log in order, of one lead or of the whole workspace."""
    async with db.read(workspace) as tx:
        found = (await tx.exec(select(Event).order_by(Event.n))).all()
    return [event for event in found if lead_id is None or event.lead_id == lead_id]


async def happened(workspace: UUID, kind: str, least: int = 1) -> bool:
    """Whether the log holds so many events of a kind."""
    async with db.read(workspace) as tx:
        return (await tx.exec(select(func.count()).select_from(Event).where(Event.kind == kind))).one() >= least


async def worker(url: str, port: int, count: int, executor_id: str, beat: float) -> None:
    """What a worker process does, until it is killed; it says when it is ready."""
    database, client = db.open_database(url), work.connect(url)
    db.use(database)
    work.use(client)
    async with ReaderProcess(LoopbackResolver(frozenset(GeneratedSites(count)), {80: port})) as reader:
        runtime = Runtime(database, Tools(reader), executor_id=executor_id, beat_seconds=beat)
        await runtime.start()
        print("ready", flush=True)
        await asyncio.Event().wait()


@asynccontextmanager
async def worker_process(
    url: str, port: int, count: int, executor_id: str = "embedded", beat: float = BEAT_SECONDS
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker in a process of its own, ready when this yields."""
    given = json.dumps([url, port, count, executor_id, beat])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.enrichment", given, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip() == b"ready"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(worker(*json.loads(sys.argv[1])))
