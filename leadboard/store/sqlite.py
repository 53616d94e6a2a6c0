"""The writing connection of SQLite: what may wait does so in a thread, what is quick is done on the spot.

A statement inside a transaction that holds the write lock waits for nobody and takes less time than the way to a
thread and back, of which there would be twenty in a small transaction.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from aiosqlite import Connection

_QUICK = frozenset({"execute", "fetchall", "fetchone", "close"})
"""Not `commit`, which waits for the disk, nor `executemany`, whose length nobody knows."""

_LONGEST_TURN = 0.005
"""Seconds of quick statements in a row, after which whoever else has something to do gets a turn."""


class WritingConnection(Connection):
    """A connection to a file whose quick statements inside a transaction do not go through its thread."""

    def __init__(self, path: str) -> None:
        super().__init__(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
        self._thread.daemon = True
        self._turn_began = 0.0

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if fn.__name__ != "cursor" and not (fn.__name__ in _QUICK and self._conn.in_transaction):
            result = await super()._execute(fn, *args, **kwargs)
            self._turn_began = time.perf_counter()
            return result
        if time.perf_counter() - self._turn_began > _LONGEST_TURN:
            await asyncio.sleep(0)
            self._turn_began = time.perf_counter()
        return fn(*args, **kwargs)
