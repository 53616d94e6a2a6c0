"""How fast leads are enriched, against bare DBOS that does as many steps and nothing in them.

Protocol: tests/bench/enrich.md.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from dbos import DBOS
from sqlmodel import col, select

from leadboard import memory
from leadboard.bench.scene import Blocks, Neighbour, enriching, figures, in_new_database, workspace_of
from leadboard.bench.sites import GeneratedSites
from leadboard.domain.stages import AGENTS, Column
from leadboard.domain.work import Queue, Workflow
from leadboard.engine import runtime
from leadboard.store import db, runs, work
from leadboard.store.db import Database
from leadboard.store.tables import ColumnTotal
from leadboard.store.tenancy import Prepared

STEPS = len(AGENTS) + 2
"""Of one enrichment: the website, each agent, the end."""

LOOK = 0.25
"""Seconds between two looks at how many have ended."""

_ENDED = Prepared(select(ColumnTotal.leads).where(col(ColumnTotal.column).in_((Column.ENRICHED, Column.ATTENTION))))


@dataclass(frozen=True)
class Took:
    """So many leads took so many seconds; how late the event loop, and an idle process beside it, came to each of their
    ticks, in seconds."""

    leads: int
    seconds: float
    late: list[float]
    beside: list[float]


async def run(leads: int) -> dict[str, Any]:
    """Enrich `leads` generated websites, between two halves of the floor: as many workflows of as many empty steps."""
    before = await in_new_database(_floor, leads - leads // 2)
    ours = await in_new_database(_enrich, leads)
    after = await in_new_database(_floor, leads // 2) if leads > 1 else Took(0, 0.0, [], [])
    floor = Took(leads, before.seconds + after.seconds, before.late + after.late, before.beside + after.beside)
    return {**_figures(ours), "floor": _figures(floor)}


def _figures(took: Took) -> dict[str, Any]:
    return {
        "leads_per_second": round(took.leads / took.seconds, 2),
        **figures(took.late),
        "longest_block_beside_ms": figures(took.beside)["longest_block_ms"],
        "seconds": round(took.seconds, 2),
        "leads": took.leads,
    }


async def _measured(leads: int, finished: Callable[[], Awaitable[int]]) -> Took:
    """Wait until all are finished."""
    began = time.perf_counter()
    async with Neighbour() as neighbour, Blocks() as blocks:
        while await finished() < leads:
            await asyncio.sleep(LOOK)
        took = time.perf_counter() - began
    return Took(leads, took, blocks.late, neighbour.late)


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
    workspace = await workspace_of(sites)
    async with enriching(database, sites):
        async with db.begin(workspace) as tx:
            await runs.request(tx, await runs.idle(tx, await runs.ids(tx)), "bench")

        async def finished() -> int:
            async with db.read(workspace) as tx:
                return sum(leads for (leads,) in await tx.rows(_ENDED))

        return await _measured(leads, finished)
