"""Writes what the records of a batch have to say, of all that wait for it in one transaction.

A transaction costs nearly the same for one record as for four, and they would wait for each other anyway.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from leadboard.domain.asks import Spared
from leadboard.domain.services import Task
from leadboard.domain.waterfall.next_step import Why
from leadboard.engine.asking import Asker, Back, Begun
from leadboard.engine.waterfall.base import Cancelled, Turn
from leadboard.errors import Refused
from leadboard.store import asks, batches, credits, db
from leadboard.store.credits import CreditsExhausted
from leadboard.store.db import Tx


@dataclass(eq=False)
class _Wish:
    turn: Turn
    done: "asyncio.Future[Begun | None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Pen:
    """One for a batch. Whoever gets it writes for everyone who waits."""

    def __init__(self, asker: Asker, batch_id: UUID) -> None:
        self._asker = asker
        self._batch_id = batch_id
        self._waiting: list[_Wish] = []
        self._lock = asyncio.Lock()

    async def write(self, turn: Turn) -> Begun | None:
        """Write a turn and commit. Returns the call under way, or why there is none; None for a record that ended."""
        mine = _Wish(turn)
        self._waiting.append(mine)
        async with self._lock:
            if not mine.done.done():
                await asyncio.sleep(0)
                wishes, self._waiting = self._waiting, []
                await self._write(wishes)
        return await mine.done

    async def _write(self, wishes: Sequence[_Wish]) -> None:
        """All in one; where that fails, each for itself, so that one spoils only its own."""
        try:
            async with db.begin(self._asker.workspace) as tx:
                outcomes = await self._turns(tx, [wish.turn for wish in wishes])
        except Exception as error:
            if len(wishes) > 1:
                for wish in wishes:
                    await self._write([wish])
            else:
                wishes[0].done.set_exception(error)
            return
        for wish, outcome in zip(wishes, outcomes, strict=True):
            wish.done.set_result(outcome)

    async def _turns(self, tx: Tx, turns: Sequence[Turn]) -> list[Begun | None]:
        await self._keep(tx, turns)
        ending = [turn for turn in turns if turn.call is None]
        asking = [turn for turn in turns if turn.call is not None]
        outcomes: dict[int, Begun | None] = dict(await self._end(tx, ending))
        outcomes |= await self._begin(tx, asking)
        return [outcomes[id(turn)] for turn in turns]

    async def _keep(self, tx: Tx, turns: Sequence[Turn]) -> None:
        """What came back."""
        calls = []
        for turn in turns:
            if turn.back is not None:
                written = await turn.record.keep(tx, turn.back.outcome)
                useful = "email" in written if turn.record.task is Task.PERSON else None
                if turn.back.going is not None:
                    calls.append(Back(turn.back.going, turn.back.call, turn.back.outcome, written, useful))
        if calls:
            await self._asker.end_each(tx, calls)

    async def _end(self, tx: Tx, turns: Sequence[Turn]) -> list[tuple[int, Refused | None]]:
        """Records that ask nothing more, as far as the credits go."""
        charges = [turn.record.charge for turn in turns]
        charged = await credits.charge_accepted(tx, [each for each in charges if each is not None])
        ended: list[tuple[int, Refused | None]] = []
        finished, spared = [], []
        for turn, charge in zip(turns, charges, strict=True):
            if charge is not None and charge not in charged:
                ended.append((id(turn), CreditsExhausted()))
                continue
            spared += [
                (passed.service, Spared.WINDOW if passed.why is Why.WINDOW else Spared.ORDER, passed.micros)
                for passed in turn.following.passed
                if passed.micros
            ]
            finished.append(await turn.record.finish(tx, turn.following))
            ended.append((id(turn), None))
        await asks.spare(tx, spared, self._batch_id)
        await batches.end_records(tx, self._batch_id, [each for each in finished if each is not None])
        return ended

    async def _begin(self, tx: Tx, turns: Sequence[Turn]) -> dict[int, Begun]:
        """The next calls."""
        if not turns:
            return {}
        if await batches.is_cancelled(tx, self._batch_id):
            return {id(turn): Cancelled() for turn in turns}
        calls = [turn.call for turn in turns if turn.call is not None]
        begun = await self._asker.begin_each(tx, calls)
        return {id(turn): each for turn, each in zip(turns, begun, strict=True)}
