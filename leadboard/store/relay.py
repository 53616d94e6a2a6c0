"""News between processes over PostgreSQL: what one commits, the others hear (NOTIFY), some milliseconds after it.

Notifying happens after the commit and together for all that is committed meanwhile: inside transactions it would let
the whole cluster commit one after the other. No view depends on a message: whoever lost the connection reads everything
in use anew, and so does who finds that a workspace's event number went on, for its process may have died untold.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, NoReturn, Self
from uuid import UUID, uuid4

import psycopg
import structlog
from sqlalchemy import make_url
from sqlmodel import select

from leadboard.store.bus import Topics
from leadboard.store.db import Database
from leadboard.store.tables import Feed

CHANNEL = "leadboard_news"
LONGEST = 7_000
"""Bytes of one message, of the 8,000 that PostgreSQL takes; what would be longer says that anything may be new."""
LOOK_SECONDS = 5.0
PAUSE_SECONDS = 0.5
"""Before a connection that was lost is tried again."""
_KEEPALIVE: dict[str, Any] = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}

log = structlog.get_logger(__name__)

Used = Callable[[], Iterable[UUID]]


class Relay:
    """`async with Relay(database, used)`: tells other processes what this one commits, and hears them for the
    workspaces `used` here, those that somebody looks at."""

    def __init__(self, database: Database, used: Used, look_seconds: float = LOOK_SECONDS) -> None:
        self._database = database
        self._address = make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._used = used
        self._look_seconds = look_seconds
        self._me = uuid4().hex
        self._news: dict[UUID, Topics] = {}
        self._waiting = asyncio.Event()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._stack.callback(self._database.bus.forward(self._collect))
        for work in (self._tell, self._listen, self._look):
            task = asyncio.create_task(self._again(work))
            self._stack.push_async_callback(_ended, task)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def _collect(self, workspace_id: UUID, topics: Topics) -> None:
        known = self._news.get(workspace_id, frozenset())
        self._news[workspace_id] = None if topics is None or known is None else known | topics
        self._waiting.set()

    async def _again(self, work: Callable[[], Awaitable[NoReturn]]) -> NoReturn:
        """Do it for ever, over one connection after the other."""
        while True:
            try:
                await work()
            except (psycopg.Error, OSError) as error:
                log.warning("news between processes cut", error=str(error)[:200])
            except Exception:
                log.exception("news between processes failed")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(self._address, autocommit=True, **_KEEPALIVE)

    async def _tell(self) -> NoReturn:
        """Send what is collected; while that is under way, the next collects."""
        async with await self._connected() as connection:
            while True:
                await self._waiting.wait()
                self._waiting.clear()
                news, self._news = self._news, {}
                try:
                    for workspace_id, topics in news.items():
                        message = self._message(workspace_id, topics)
                        await connection.execute("select pg_notify(%s, %s)", (CHANNEL, message))
                except BaseException:
                    for workspace_id, topics in news.items():
                        self._collect(workspace_id, topics)
                    raise

    def _message(self, workspace_id: UUID, topics: Topics) -> str:
        def packed(topics: Topics) -> str:
            told = None if topics is None else sorted(topics)
            return json.dumps({"from": self._me, "workspace": workspace_id.hex, "topics": told})

        message = packed(topics)
        return message if len(message) <= LONGEST else packed(None)

    async def _listen(self) -> NoReturn:
        """Hear what others tell; what was told while nobody listened can be anything."""
        async with await self._connected() as connection:
            await connection.execute(f"listen {CHANNEL}")
            for workspace_id in self._used():
                self._database.bus.hear(workspace_id)
            async for told in connection.notifies():
                self._hear(json.loads(told.payload))
        raise OSError("The connection that listens has ended.")

    def _hear(self, told: dict[str, Any]) -> None:
        if told["from"] != self._me:
            topics = None if told["topics"] is None else frozenset[str](told["topics"])
            self._database.bus.hear(UUID(told["workspace"]), topics)

    async def _look(self) -> NoReturn:
        """Hear of what somebody committed and could not tell any more."""
        known: dict[UUID, int] = {}
        while True:
            numbers = {workspace_id: await self._number(workspace_id) for workspace_id in self._used()}
            for workspace_id, number in numbers.items():
                if number != known.get(workspace_id, number):
                    self._database.bus.hear(workspace_id)
            known = numbers
            await asyncio.sleep(self._look_seconds)

    async def _number(self, workspace_id: UUID) -> int:
        async with self._database.read(workspace_id) as tx:
            return (await tx.exec(select(Feed.n))).first() or 0


@asynccontextmanager
async def between_processes(database: Database, used: Used = tuple) -> AsyncIterator[None]:
    """News to and from other processes, for as long as the block runs. A SQLite file has one process only."""
    if database.url.startswith("sqlite"):
        yield
        return
    async with Relay(database, used):
        yield


async def _ended(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
