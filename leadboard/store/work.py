"""Asking for durable work: a workflow is enqueued by its name, in the transaction of the wish that wants it.

DBOS keeps its tables in the app's own database, so a rollback removes wish and workflow alike. Nothing here runs
workflows: that is `engine.runtime`, in the processes that do background work.
"""

from collections.abc import Sequence
from typing import Any

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer
from sqlalchemy import Engine, create_engine, event

from leadboard.domain.work import QUEUE_OF, Workflow
from leadboard.store.db import Tx

APPLICATION = "leadboard"
"""Name and version of the application in DBOS's tables, for ever the same: another one would strand running work."""

SERIALIZER = DBOSPortableJSONSerializer()
"""JSON instead of pickle: whoever writes into the database must not be able to run code here."""

FIRST, ORDINARY = 1, 10
"""Priorities: a smaller number leaves its queue earlier."""


def system_engine(url: str, connections: int) -> Engine:
    """DBOS's own connections to the app's database. SQLite: writers wait for each other instead of failing."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=connections, max_overflow=0, pool_pre_ping=True)
    engine = create_engine(url.replace("sqlite+aiosqlite", "sqlite"), pool_size=connections, max_overflow=0)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("journal_mode=WAL", "busy_timeout=30000", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def migrate(url: str, *, app_role: str = "") -> None:
    """Bring DBOS's tables to this version; on PostgreSQL `app_role` may then use them."""
    DBOS.migrate(url.replace("sqlite+aiosqlite", "sqlite"), application_role=app_role or None)


class Client(DBOSClient):
    """Asks for work from any process; it connects when it is first used."""

    def __init__(self, url: str) -> None:
        self._engine = system_engine(url, connections=2)
        super().__init__(
            system_database_engine=self._engine, serializer=SERIALIZER, application_name=APPLICATION, lazy=True
        )

    def destroy(self) -> None:
        """Close every connection."""
        super().destroy()
        self._engine.dispose()


def connect(url: str) -> Client:
    """A client for the database behind `url`."""
    return Client(url)


_client: Client | None = None


def use(client: Client | None) -> None:
    """Make this the process's client (composition root and tests)."""
    global _client
    _client = client


def current() -> Client:
    """The process's client."""
    if _client is None:
        raise RuntimeError("No client for durable work: the composition root makes one with work.use().")
    return _client


async def enqueue(tx: Tx, workflow: Workflow, *ids: str, workflow_id: str, priority: int = ORDINARY) -> None:
    """Ask for a workflow with these ids as arguments, in the caller's transaction. The same id asks once."""
    client, connection = current(), await tx.connection()
    await connection.run_sync(
        lambda sync: client.enqueue_in_transaction(
            sync,
            {
                "workflow_name": workflow,
                "queue_name": QUEUE_OF[workflow],
                "workflow_id": workflow_id,
                "priority": priority,
            },
            *ids,
        )
    )


async def cancel(workflow_ids: Sequence[str]) -> None:
    """Take workflows off their queues and end running ones at their next step. Call it after the commit that says so.

    The store's word counts: a workflow that was missed here finds its wish withdrawn and stops by itself.
    """
    if workflow_ids:
        await current().cancel_workflows_async(list(workflow_ids))
