"""Writes what many runs have to say in one transaction: while one is under way, the next collects.

A transaction costs the same whether one run speaks or eight, and on SQLite they would wait for each other anyway.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from leadboard.store import db
from leadboard.store.db import Tx
from leadboard.store.going import GoingLead, GoingRun, going

GATHER_SECONDS = 0.03
"""How long the first of them waits for others. Nobody sees it on a card; longer, and runs wait more than they save."""

T = TypeVar("T")
Verb = Callable[[Tx, GoingRun, GoingLead], T]


@dataclass(eq=False)
class _Wish(Generic[T]):
    run_id: UUID
    verb: Verb[T]
    done: asyncio.Future[T | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Scribe:
    """One for a process."""

    def __init__(self) -> None:
        self._waiting: defaultdict[UUID, list[_Wish[Any]]] = defaultdict(list)
        self._pens: defaultdict[UUID, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def write(self, workspace: UUID, run_id: UUID, verb: Verb[T]) -> T | None:
        """Apply a verb to a run and its lead, both locked, and commit; None when the run is over.

        Whoever gets the pen writes for everyone who waits for it; a verb that raises spoils only its own wish.
        """
        mine = _Wish(run_id, verb)
        waiting = self._waiting[workspace]
        waiting.append(mine)
        async with self._pens[workspace]:
            if not mine.done.done():
                await asyncio.sleep(GATHER_SECONDS)
                wishes = waiting[:]
                waiting.clear()
                try:
                    await self._write(workspace, wishes)
                finally:
                    waiting += [wish for wish in wishes if not wish.done.done() and wish is not mine]
        return await mine.done

    async def _write(self, workspace: UUID, wishes: Sequence[_Wish[Any]]) -> None:
        try:
            outcomes = await _apply(workspace, wishes)
        except Exception as error:
            if len(wishes) == 1:
                wishes[0].done.set_exception(error)
                return
            for wish in wishes:
                await self._write(workspace, [wish])
            return
        for wish, outcome in zip(wishes, outcomes, strict=True):
            if not wish.done.cancelled():
                wish.done.set_result(outcome)


async def _apply(workspace: UUID, wishes: Sequence[_Wish[Any]]) -> list[Any]:
    async with db.begin(workspace) as tx, going(tx, [wish.run_id for wish in wishes]) as alive:
        return [wish.verb(tx, *alive[wish.run_id]) if wish.run_id in alive else None for wish in wishes]
