"""What saving a profile costs those who work on a board of many leads, against the same work with nothing going on.

Protocol: tests/bench/icp.md.
"""

import asyncio
import random
import time
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select

from leadboard.actions import icps
from leadboard.bench.dropping import drag, seller
from leadboard.bench.scene import enriching, in_new_database, workspace_of
from leadboard.bench.sites import GeneratedSites
from leadboard.domain import fit
from leadboard.domain.icp import normalise
from leadboard.domain.stages import Column, Stage, Status
from leadboard.store import db
from leadboard.store.db import Database
from leadboard.store.scores import company_of
from leadboard.store.tables import Lead

PROFILE = {
    "industry": ["Medical Devices", "Biotechnology"],
    "company_size": {"min": 50, "max": 500},
    "geographies": ["Norway", "Germany"],
    "modalities": ["spectroscopy"],
    "signals": ["hiring:yes"],
}
DRAGS = 50
SAMPLE = 1000
"""Drags and leads of the floor."""
LOOK = 0.25
"""Seconds between two looks at how many have been scored."""


async def run(leads: int = 20_000) -> dict[str, Any]:
    """Save a profile in a workspace of so many leads while cards are dragged; times in milliseconds."""
    return await in_new_database(_measure, leads)


async def _measure(database: Database, leads: int) -> dict[str, Any]:
    sites = GeneratedSites(1)
    workspace = await workspace_of(sites)
    me, cards = await seller(workspace)
    await _fill(workspace, leads)
    async with enriching(database, sites):
        floor = {
            "leads_per_second": await _in_memory(workspace),
            **await drag(me, cards, lambda number: number < DRAGS),
        }
        began = time.perf_counter()
        version, _ = await icps.save(me, "bench", PROFILE)
        answered = time.perf_counter() - began
        began = time.perf_counter()
        scoring = asyncio.create_task(_scored(workspace, version))
        ours = await drag(me, cards, lambda _: not scoring.done())
        seconds = time.perf_counter() - began
    return {
        "leads": leads,
        "answered_ms": round(answered * 1000, 1),
        "seconds": round(seconds, 2),
        "leads_per_second": round(leads / seconds),
        **ours,
        "floor": floor,
    }


async def _fill(workspace: UUID, leads: int) -> None:
    dice = random.Random(1)
    rows = [
        {
            "key": f"listed-{number}.example",
            "name": f"Listed {number}",
            "industry": dice.choice(["Medical Devices", "Biotechnology", "Software", "Bakeries"]),
            "headcount_min": (size := dice.choice([5, 40, 200, 900])),
            "headcount_max": size * 2,
            "country": dice.choice(["NO", "DE", "US", ""]),
            "what": dice.choice(["Spectroscopy for food labs", "Bread and cakes", ""]),
            "is_hiring": dice.random() < 0.3,
            "stage": Stage.ENRICHED,
            "status": Status.ENRICHED,
            "column": Column.ENRICHED,
        }
        for number in range(leads)
    ]
    for start in range(0, leads, 2000):
        async with db.begin(workspace) as tx:
            await tx.insert_many(Lead, rows[start : start + 2000])


async def _scored(workspace: UUID, version: int) -> None:
    """Wait until every lead has been scored against the version."""
    waiting = select(func.count()).where(col(Lead.fit_icp_version) < version)
    while True:
        async with db.read(workspace) as tx:
            if (await tx.exec(waiting)).one() == 0:
                return
        await asyncio.sleep(LOOK)


async def _in_memory(workspace: UUID) -> int:
    """Leads a second that are scored when nothing is read, kept or waited for."""
    profile = normalise(PROFILE)
    async with db.read(workspace) as tx:
        today = tx.now.date()
        companies = [company_of(lead) for lead in (await tx.exec(select(Lead).limit(SAMPLE))).all()]
    began = time.perf_counter()
    for company in companies:
        fit.score(fit.Known(company, profile, today, ()))
    return round(len(companies) / (time.perf_counter() - began))
