"""How soon a dropped card is in the store while leads are enriched, against the same drags with nothing else going on.

Protocol: tests/bench/drop.md.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, takewhile
from statistics import quantiles
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select

from leadboard.actions import moves, runs
from leadboard.bench.scene import Blocks, enriching, figures, in_new_database, workspace_of
from leadboard.bench.sites import GeneratedSites
from leadboard.domain.rights import Principal, Role
from leadboard.domain.stage_needs import Answers, LostReason
from leadboard.domain.stages import SALES_COLUMNS, Column, Stage, Status
from leadboard.store import db
from leadboard.store.db import Database
from leadboard.store.tables import Lead, Membership, User

CARDS = 40
"""That are dragged about."""
ANSWERS = Answers(lost_reason=LostReason.NO_BUDGET, meeting_at="2026-11-24T10:00")
"""For the stages that ask."""
GAP = 0.08
"""Seconds between two drags."""
FIRST = 2
"""So many leads are enriched before the first drag: everything is under way then."""


@dataclass
class Card:
    """A card as its browser shows it."""

    id: str
    version: int = 1
    column: str = Column.ENRICHED


async def run(drags: int = 200, leads: int = 500) -> dict[str, Any]:
    """Drag a card so many times while so many leads are enriched; times in milliseconds."""

    async def measure(database: Database, leads: int) -> dict[str, Any]:
        return await _measure(database, leads, drags)

    return await in_new_database(measure, leads)


async def _measure(database: Database, leads: int, drags: int) -> dict[str, Any]:
    sites = GeneratedSites(leads)
    workspace = await workspace_of(sites)
    me, cards = await seller(workspace)
    async with enriching(database, sites):
        floor = await drag(me, cards, lambda number: number < drags)
        await runs.enrich_column(me, "bench", Column.HARVESTED)
        while (before := await _enriched(workspace)) < FIRST:
            await asyncio.sleep(0.1)
        ours = await drag(me, cards, lambda number: number < drags)
        meanwhile = await _enriched(workspace) - before
    return {"drags": drags, "leads": leads, "enriched_meanwhile": meanwhile, **ours, "floor": floor}


async def seller(workspace: UUID) -> tuple[Principal, list[Card]]:
    """Somebody who may move leads, and the cards they move."""
    user = User(email="v@bench.example", name="V", password_hash="")
    leads = [
        Lead(
            workspace_id=workspace,
            key=f"sold-{number}.example",
            name=f"Sold {number}",
            value=random.Random(number).randrange(1_000_000),
            stage=Stage.ENRICHED,
            status=Status.ENRICHED,
            column=Column.ENRICHED,
        )
        for number in range(CARDS)
    ]
    async with db.begin(workspace) as tx:
        tx.add(user)
        await tx.flush()
        tx.add(Membership(workspace_id=workspace, user_id=user.id, role=Role.OWNER, accepted_at=tx.now))
        tx.add_all(leads)
    return Principal(user.id, user.name), [Card(str(lead.id)) for lead in leads]


async def drag(me: Principal, cards: list[Card], goes_on: Callable[[int], bool]) -> dict[str, float]:
    """Drag cards to columns they are not in, one every `GAP` seconds, while it `goes_on` after so many; from the drop
    to the answer of the store."""
    dice, took = random.Random(1), list[float]()
    async with Blocks() as blocks:
        for number in takewhile(goes_on, count()):
            card = cards[number % len(cards)]
            card.column = dice.choice([column for column in SALES_COLUMNS if column != card.column])
            began = time.perf_counter()
            await moves.move(me, "bench", card.id, card.version, card.column, ANSWERS)
            took.append(time.perf_counter() - began)
            card.version += 1
            await asyncio.sleep(GAP)
    cuts = quantiles(took, n=20)
    return {
        "p50_ms": round(cuts[9] * 1000, 1),
        "p95_ms": round(cuts[18] * 1000, 1),
        "longest_ms": round(max(took) * 1000, 1),
        **figures(blocks.late),
    }


async def _enriched(workspace: UUID) -> int:
    """How many of the leads with a website have been enriched."""
    async with db.read(workspace) as tx:
        ended = select(func.count()).where(col(Lead.website) != "", col(Lead.stage) == Stage.ENRICHED)
        return (await tx.exec(ended)).one()
