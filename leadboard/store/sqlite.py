"""The connections of SQLite: what may wait does so in a thread, what is quick is done on the spot.

The way to a thread and back takes longer than a small statement, and a small transaction would go it twenty times. A
statement inside a transaction that holds the write lock waits for nobody, so it is quick, and so is taking that lock
when nobody has it; one that only reads never waits, but may be long.
"""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from aiosqlite import Connection

_QUICK = frozenset({"execute", "executemany", "fetchall", "fetchone", "close"})
"""Not `commit`, which waits for the disk."""

_FEW = 20
"""Rows of an `executemany` that is quick."""

BEGIN_READING = "BEGIN DEFERRED"
"""It takes no lock yet."""

BEGIN_WRITING = "BEGIN IMMEDIATE"

PATIENCE = "PRAGMA busy_timeout=30000"
_NO_PATIENCE = "PRAGMA busy_timeout=0"

_STEPS = 1000
_SMALL = 20
"""Thousands of steps of SQLite's machine, about a millisecond: a window of thirty leads takes a tenth of it."""

_LONGEST_TURN = 0.005
"""Seconds of quick statements in a row, after which whoever else has something to do gets a turn."""


class WritingConnection(Connection):
    """A connection to a file whose quick statements inside a transaction do not go through its thread."""

    def __init__(self, path: str) -> None:
        super().__init__(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
        self._thread.daemon = True
        self._turn_began = 0.0

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if fn.__name__ == "execute" and args[0] == BEGIN_WRITING:
            cursor = self._begin_now(fn)
            if cursor is not None:
                return cursor
        elif self._is_quick(fn, args):
            await self._take_turns()
            return fn(*args, **kwargs)
        result = await super()._execute(fn, *args, **kwargs)
        self._turn_began = time.perf_counter()
        return result

    def _begin_now(self, execute: Callable[..., sqlite3.Cursor]) -> sqlite3.Cursor | None:
        """Begin if nobody else writes; None when somebody does, whom only the thread can wait for."""
        self._conn.execute(_NO_PATIENCE)
        try:
            return execute(BEGIN_WRITING)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return None
        finally:
            self._conn.execute(PATIENCE)
            self._turn_began = time.perf_counter()

    async def _take_turns(self) -> None:
        if time.perf_counter() - self._turn_began > _LONGEST_TURN:
            await asyncio.sleep(0)
            self._turn_began = time.perf_counter()

    def _is_quick(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        match fn.__name__:
            case "cursor":
                return True
            case "rollback" if not self._conn.in_transaction:
                return True
            case "executemany" if len(args[1]) > _FEW:
                return False
            case name:
                return self._conn.in_transaction and name in _QUICK


class ReadingConnection(Connection):
    """A connection to a file that answers small statements on the spot and takes the others to its thread, once each.

    Nobody can tell beforehand which is which, so a statement begins on the spot with so many steps of the database's
    machine, and one that needs more begins anew in the thread.
    """

    def __init__(self, path: str) -> None:
        super().__init__(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
        self._thread.daemon = True
        self._rows: list[Any] = []

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        match fn.__name__:
            case "execute":
                cursor, self._rows = await self._run(fn, *args)
                return cursor
            case "fetchall":
                return self._rows
            case "cursor" | "rollback":
                return fn(*args, **kwargs)
            case "close" if isinstance(fn.__self__, sqlite3.Cursor):  # type: ignore[attr-defined]
                return fn(*args, **kwargs)
            case _:
                return await super()._execute(fn, *args, **kwargs)

    async def _run(self, execute: Callable[..., sqlite3.Cursor], *args: Any) -> tuple[sqlite3.Cursor, list[Any]]:
        if self._conn.in_transaction or args[0] == BEGIN_READING:
            asked = itertools.count()
            self._conn.set_progress_handler(lambda: next(asked) >= _SMALL, _STEPS)
            try:
                return _with_rows(execute, *args)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
            finally:
                self._conn.set_progress_handler(None, 0)
        return await super()._execute(_with_rows, execute, *args)


def _with_rows(execute: Callable[..., sqlite3.Cursor], *args: Any) -> tuple[sqlite3.Cursor, list[Any]]:
    cursor = execute(*args)
    return cursor, cursor.fetchall()
