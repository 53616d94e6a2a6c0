"""The connections of SQLite: small statements on the spot, long ones in the thread, both right."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from leadboard.store.sqlite import BEGIN_WRITING, ReadingConnection, WritingConnection

LONG = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 200000) SELECT max(x), :mark FROM n"


@pytest.fixture
async def reading(tmp_path: Path) -> AsyncIterator[ReadingConnection]:
    path = str(tmp_path / "some.db")
    with sqlite3.connect(path) as first:
        first.execute("PRAGMA journal_mode=WAL")
        first.execute("CREATE TABLE lead (n INTEGER PRIMARY KEY, name TEXT)")
        first.executemany("INSERT INTO lead VALUES (?, ?)", [(n, f"lead {n}") for n in range(100)])
    connection = ReadingConnection(path)
    await connection
    connection.isolation_level = None
    await connection.execute("BEGIN DEFERRED")
    yield connection
    await connection.close()


async def threads_of(connection: ReadingConnection, sql: str, *given: object) -> tuple[list[str], list[object]]:
    """In which threads a statement ran, and its rows."""
    ran: list[str] = []
    await connection.create_function("mark", 1, lambda x: ran.append(threading.current_thread().name) or x)
    cursor = await connection.execute(sql, given)
    rows: list[object] = [tuple(row) for row in await cursor.fetchall()]
    await cursor.close()
    return ran, rows


async def test_a_small_statement_runs_on_the_spot(reading: ReadingConnection) -> None:
    ran, rows = await threads_of(reading, "SELECT mark(name) FROM lead WHERE n < 3")

    assert rows == [("lead 0",), ("lead 1",), ("lead 2",)]
    assert set(ran) == {threading.current_thread().name}


async def test_a_long_statement_ends_in_the_thread_and_says_everything_once(reading: ReadingConnection) -> None:
    ran, rows = await threads_of(reading, LONG.replace(":mark", "mark(max(x))"))

    assert rows == [(200_000, 200_000)]
    assert set(ran) == {reading._thread.name}


async def test_a_statement_run_often_stays_small(reading: ReadingConnection) -> None:
    for _ in range(2_000):
        ran, _ = await threads_of(reading, "SELECT mark(count(*)) FROM lead")
        assert ran == [threading.current_thread().name]


async def test_what_is_read_in_one_transaction_is_of_one_moment(reading: ReadingConnection, tmp_path: Path) -> None:
    async def count() -> object:
        return (await threads_of(reading, "SELECT count(*) FROM lead"))[1][0]

    before = await count()
    with sqlite3.connect(tmp_path / "some.db") as writer:
        writer.execute("INSERT INTO lead VALUES (1000, 'new')")
    assert await count() == before == (100,)

    await reading.rollback()
    await reading.execute("BEGIN DEFERRED")
    assert await count() == (101,)


async def test_a_wrong_statement_says_what_is_wrong(reading: ReadingConnection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table: leads"):
        await reading.execute("SELECT * FROM leads")


@pytest.mark.parametrize(("many", "on_the_spot"), [(3, True), (2_000, False)])
async def test_few_rows_are_written_on_the_spot_and_many_in_the_thread(
    tmp_path: Path, many: int, on_the_spot: bool
) -> None:
    connection = WritingConnection(str(tmp_path / "some.db"))
    await connection
    connection.isolation_level = None
    ran: list[str] = []
    await connection.create_function("mark", 1, lambda x: ran.append(threading.current_thread().name) or x)
    await connection.execute("CREATE TABLE lead (n INTEGER)")
    await connection.execute("BEGIN IMMEDIATE")
    await connection.executemany("INSERT INTO lead VALUES (mark(?))", [(n,) for n in range(many)])
    await connection.commit()

    assert len(ran) == many
    assert (set(ran) == {threading.current_thread().name}) is on_the_spot
    await connection.close()


async def test_the_write_lock_is_taken_on_the_spot_when_nobody_has_it_and_waited_for_in_the_thread(
    tmp_path: Path,
) -> None:
    path = tmp_path / "some.db"
    connection = WritingConnection(str(path))
    await connection
    connection.isolation_level = None
    ran: list[tuple[str, str]] = []
    await connection.set_trace_callback(lambda sql: ran.append((sql, threading.current_thread().name)))
    await connection.execute("CREATE TABLE lead (n INTEGER)")
    here, there = threading.current_thread().name, connection._thread.name

    await connection.execute(BEGIN_WRITING)
    await connection.rollback()
    assert ran[-1] == ("ROLLBACK", there)
    assert (BEGIN_WRITING, here) in ran
    assert (BEGIN_WRITING, there) not in ran

    other = sqlite3.connect(path, isolation_level=None)
    other.execute(BEGIN_WRITING)
    waiting = asyncio.create_task(connection.execute(BEGIN_WRITING))
    while (BEGIN_WRITING, there) not in ran:  # noqa: ASYNC110 -- the thread says it, not the loop
        await asyncio.sleep(0.005)
    other.execute("COMMIT")
    await waiting
    assert connection.in_transaction
    await connection.close()
    other.close()
