"""Says that this process is there, and takes over the work of those that are not.

Only the silence of others counts, measured by this process's own clock: clocks of machines may differ, and while this
process itself could not speak (database away, machine asleep) everybody seems silent, so it then starts to listen anew.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog
from sqlalchemy.exc import DBAPIError

from leadboard.store import executors
from leadboard.store.db import Database

BEAT_SECONDS = 5.0
_SILENT_BEATS = 3
"""Whoever misses so many is dead."""

SILENT_SECONDS = _SILENT_BEATS * BEAT_SECONDS

TakeOver = Callable[[list[str]], Awaitable[None]]

log = structlog.get_logger(__name__)


class Heartbeat:
    """Beats every `beat` seconds from `start()` to `stop()`.

    `take_over(ids)` returns the work of dead executors to their queues; it may be asked twice for the same one.
    """

    def __init__(
        self,
        database: Database,
        executor_id: str,
        take_over: TakeOver,
        *,
        beat: float = BEAT_SECONDS,
    ) -> None:
        self._database = database
        self._me = executor_id
        self._take_over = take_over
        self._beat_seconds = beat
        self._silence = Silence(_SILENT_BEATS * beat, longest_gap=_SILENT_BEATS * beat)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Write the first beat, before any work may belong to this executor, and go on beating."""
        await self._say()
        self._task = asyncio.create_task(self._keep_beating(), name="heartbeat")

    async def stop(self) -> None:
        """Stop beating and leave in good order: others take over what is left within a beat."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        async with self._database.begin() as tx:
            await executors.left(tx, self._me)

    async def _say(self) -> None:
        async with self._database.begin() as tx:
            await executors.seen(tx, self._me)

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(self._beat_seconds)
            try:
                await self._beat()
            except (DBAPIError, OSError) as error:
                self._silence.listen_anew()
                log.warning("heartbeat_missed", executor=self._me, error=str(error))

    async def _beat(self) -> None:
        await self._say()
        async with self._database.read() as tx:
            others = await executors.known(tx)
        others.pop(self._me, None)
        dead = self._silence.dead(others, time.monotonic())
        if dead:
            log.info("taking_over", executor=self._me, dead=dead)
            await self._take_over(dead)
            async with self._database.begin() as tx:
                await executors.remove(tx, dead)


class Silence:
    """Who has not spoken for `seconds`, as far as one listener can know."""

    def __init__(self, seconds: float, longest_gap: float) -> None:
        self._seconds = seconds
        self._longest_gap = longest_gap
        self._heard: dict[str, tuple[datetime, float]] = {}
        self._listened_at: float | None = None

    def listen_anew(self) -> None:
        """Forget what was heard: this listener was deaf for a while."""
        self._heard.clear()

    def dead(self, said: dict[str, datetime], now: float) -> list[str]:
        """The executors whose last word (`said`) has stood for too long at `now`, in seconds; those that left first."""
        if self._listened_at is not None and now - self._listened_at > self._longest_gap:
            self.listen_anew()
        self._listened_at = now
        self._heard = {
            who: self._heard[who] if who in self._heard and self._heard[who][0] == word else (word, now)
            for who, word in said.items()
        }
        return sorted(
            who for who, (word, since) in self._heard.items() if word == executors.LEFT or now - since >= self._seconds
        )
