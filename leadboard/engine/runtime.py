"""Runs the work in this process: launches DBOS, keeps the heartbeat and the clock going, and stops in good order."""

import asyncio
import functools
import secrets
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSConfig
from sqlalchemy import Engine

from leadboard.domain.work import Queue
from leadboard.engine.heartbeat import BEAT_SECONDS, Heartbeat
from leadboard.engine.schedule import Clock
from leadboard.engine.tools import Tools
from leadboard.engine.workflows import Body, register
from leadboard.store import work
from leadboard.store.db import Database

THREADS = 2
"""Of DBOS, which makes them the loop's default executor: what may be slow needs one of its own. One works and one can
wait for it (the stop does). They take turns with the loop for Python itself, so more of them get less done and keep the
loop waiting longer."""

CONNECTIONS = 10
DRAIN_SECONDS = 10

AT_ONCE = {Queue.ENRICHMENT: 24, Queue.FILES: 2, Queue.BATCHES: 4, Queue.HOUSE: 1}
"""Workflows of a queue that one process runs at once. Enrichments mostly wait, and the more there are the more of them
share a transaction: 24 get a tenth more done than 16, and 32 no more than 24."""

POLLING = {Queue.ENRICHMENT: 0.2, Queue.FILES: 0.4, Queue.BATCHES: 0.4, Queue.HOUSE: 5.0}
"""Seconds between two looks at a queue: what waits this long has been shown as waiting at once, and while others work a
look takes 4 ms of a core from them."""

LISTENING = 0.2
"""Seconds between two looks for messages, which nobody here sends: a stop waits for the last look."""


def new_executor_id() -> str:
    """An id for one start of one worker. Two processes must never share one: each would take the other's work."""
    return f"worker-{secrets.token_hex(8)}"


def settings(engine: Engine, executor_id: str) -> DBOSConfig:
    """How DBOS runs here: in the app's database, in JSON, and silent towards the outside."""
    return {
        "name": work.APPLICATION,
        "application_version": work.APPLICATION,
        "executor_id": executor_id,
        "system_database_engine": engine,
        "serializer": work.SERIALIZER,
        "run_migrations": False,
        "max_executor_threads": THREADS,
        "notification_listener_polling_interval_sec": LISTENING,
        "enable_otlp": False,
        "log_level": "WARNING",
    }


def free_threads() -> None:
    """Give the loop a pool of its own again: DBOS leaves it one that has ended."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())


class Runtime:
    """The background work of one process, on the loop that starts it.

    `executor_id` is fixed where only one process can run (what it left unfinished is resumed at once) and new at every
    start elsewhere (others take over what it leaves). The database must be migrated, `db.use` and `work.use` called.
    """

    def __init__(
        self,
        database: Database,
        tools: Tools,
        *,
        executor_id: str,
        beat_seconds: float = BEAT_SECONDS,
    ) -> None:
        self._database = database
        self._tools = tools
        self._executor_id = executor_id
        self._engine = work.system_engine(database.url, CONNECTIONS)
        self._heartbeat = Heartbeat(database, executor_id, self._take_over, beat=beat_seconds)
        self._clock = Clock(database)
        self._running: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Take up work; unfinished work of this executor goes on first."""
        await self._heartbeat.start()
        for queue, many in AT_ONCE.items():  # before the launch: DBOS looks for new queues once a second
            await work.current().register_queue_async(
                queue,
                worker_concurrency=many,
                polling_interval_sec=POLLING[queue],
                on_conflict="always_update",
            )
        DBOS(config=settings(self._engine, self._executor_id))
        register(self._tools, self._watched)
        DBOS.launch()
        self._clock.start()

    async def stop(self) -> None:
        """Take up nothing new, let what runs end for 10 s, cut the rest: it resumes at its step."""
        self._clock.stop()
        drain = DRAIN_SECONDS if self._running else 0  # to look whether something runs takes DBOS a second
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=drain)
        free_threads()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._engine.dispose()
        await self._heartbeat.stop()

    async def _take_over(self, dead: list[str]) -> None:
        """Return what dead executors were at to its queues. Only what still is theirs, so twice does no harm."""
        await asyncio.to_thread(DBOS._recover_pending_workflows, dead)

    def _watched(self, body: Body) -> Body:
        @functools.wraps(body)
        async def watched(*ids: str) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._running.add(task)
            try:
                await body(*ids)
            finally:
                self._running.discard(task)

        return watched
