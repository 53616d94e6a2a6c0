"""The database: engines, transactions, and the few statements that are not ORM.

`begin()` is the only way to write and `read()` the only way to look. A transaction belongs to one workspace; what its
verbs record is numbered as its last statements and told to the bus after the commit.
"""

import asyncio
import heapq
import itertools
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid4

import orjson
from sqlalchemy import Insert, Select, Update, bindparam, event, insert, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.inspection import inspect
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from leadboard.domain.stages import Column as BoardColumn
from leadboard.domain.stages import SalesColumn, Status
from leadboard.errors import NotFound
from leadboard.store.bus import Bus
from leadboard.store.sqlite import BEGIN_READING, BEGIN_WRITING, PATIENCE, ReadingConnection, WritingConnection
from leadboard.store.tables import ColumnTotal, Event, Feed, Lead, utcnow
from leadboard.store.tenancy import OutsideWorkspace, Prepared, PreparedUpdate, TenantSession

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Recorded:
    """An event before it has its number."""

    kind: str
    lead_id: UUID | None
    actor: str
    shown: bool
    data: dict[str, Any]


class Counted(NamedTuple):
    """What column totals depend on, of a lead that is not deleted."""

    column: str
    value: int | None
    status: str


_KEY_NAMES_WORKSPACE = {"every_workspace": True}
"""A row is asked for by its workspace and id: there is nothing left to narrow."""


class Tx(AsyncSession):
    """One transaction in one workspace. `now` is its moment: verbs never ask a clock."""

    sync_session_class = TenantSession

    def __init__(self, engine: AsyncEngine, workspace: UUID | None, user: UUID | None, now: datetime) -> None:
        super().__init__(
            engine, expire_on_commit=False, info={"workspace": workspace, "user": user, "totals": {}, "topics": set()}
        )
        self.now = now
        self._recorded: list[Recorded] = []
        self._later: dict[tuple[type[SQLModel], frozenset[str]], list[dict[str, Any]]] = {}

    @property
    def workspace(self) -> UUID:
        """The workspace everything here belongs to."""
        workspace = self.info["workspace"]
        if workspace is None:
            raise OutsideWorkspace("This transaction is of no workspace.")
        return workspace

    async def find(self, table: type[Row], row_id: UUID | str, noun: str = "") -> Row:
        """A row by its id; `NotFound` for a missing, malformed or foreign one."""
        try:
            key = row_id if isinstance(row_id, UUID) else UUID(row_id)
        except (ValueError, AttributeError, TypeError):
            raise NotFound(noun or table.__name__.lower()) from None
        row = await self.get(table, (self.workspace, key), execution_options=_KEY_NAMES_WORKSPACE)
        if row is None or getattr(row, "deleted_at", None) is not None:
            raise NotFound(noun or table.__name__.lower())
        return row

    async def rows(self, prepared: Prepared, **given: Any) -> Sequence[Any]:
        """The rows of a statement that was put together once, in this workspace."""
        return (await self.rows_of_each(prepared, (given,)))[0]

    async def rows_of_each(self, prepared: Prepared, given: Iterable[Mapping[str, Any]]) -> list[Sequence[Any]]:
        """The rows of such a statement for each of these parameters."""
        return await self.run_sync(_rows, prepared.statement, [{"workspace": self.workspace, **each} for each in given])

    async def change(self, prepared: PreparedUpdate, **given: Any) -> Sequence[Any]:
        """Run an update that was put together once, in this workspace; what it returns, if it does."""
        return await self.run_sync(_changed, prepared.statement, {"workspace": self.workspace, **given})

    def record(self, kind: str, lead_id: UUID | None = None, *, by: str = "", shown: bool = False, **data: Any) -> None:
        """Put an event in the log with this transaction. `data` is plain JSON; `shown`: tell it in the activity."""
        self._recorded.append(Recorded(kind, lead_id, by, shown, data))
        if lead_id is not None:
            self.touch(f"lead:{lead_id}")
        if shown:
            self.touch("activity")

    def touch(self, topic: str) -> None:
        """Name something this transaction changes, so that the views that show it are read again after the commit."""
        self.info["topics"].add(topic)

    async def insert_many(self, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert many rows at once, each stamped with the workspace; columns left out take their defaults."""
        stamped = [{"id": uuid4(), **row, "workspace_id": self.workspace} for row in rows]
        if not stamped:
            return
        if "id" not in inspect(table).columns:
            for row in stamped:
                del row["id"]
        if table is Lead:
            for row in stamped:
                _count(self.info, row.get("column", "harvested"), 1, row.get("value") or 0)
        await self.run_sync(_write, insert(table), stamped)

    async def update_many(self, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
        """Update many rows by their key, each in the columns it has; never for what column totals depend on."""
        rows = list(rows)
        if table is Lead and any(row.keys() & {"column", "value", "deleted_at"} for row in rows):
            raise OutsideWorkspace("Columns, values and deletions of leads change through rows, which are counted.")
        if table is Lead and rows:
            self.info["topics"].update(f"column:{column}" for column in (*BoardColumn, *SalesColumn))
        await self._update(table, rows)

    def update_later(self, table: type[SQLModel], row: Mapping[str, Any]) -> None:
        """Update a row by its key when this transaction ends, in one statement with all that are alike. Never a lead's,
        and never what is read again before the end."""
        given = {f"_{name}": value for name, value in row.items()} | {"_workspace_id": self.workspace}
        self._later.setdefault((table, frozenset((*row, "workspace_id"))), []).append(given)

    async def update_leads(self, rows: Sequence[Mapping[str, Any]], was: Sequence[Counted]) -> None:
        """Update leads that are locked but not in the session, each row with id, column and status, and count them.

        `was` is what each was before. Values and deletions stay as they are.
        """
        for row, before in zip(rows, was, strict=True):
            _count_lead(self.info, before.column, before.value, before.status, -1)
            _count_lead(self.info, row["column"], before.value, row["status"], 1)
            self.touch(f"lead:{row['id']}")
        await self._update(Lead, rows)

    async def _update(self, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
        alike: dict[frozenset[str], list[dict[str, Any]]] = {}
        for row in rows:
            given = {f"_{name}": value for name, value in row.items()} | {"_workspace_id": self.workspace}
            alike.setdefault(frozenset((*row, "workspace_id")), []).append(given)
        for names, same in alike.items():
            await self.run_sync(_write, _update_of(table, names), same)  # type: ignore[arg-type]

    async def end(self) -> None:
        """Write totals and events as the last statements, whose rows stay locked only for the commit, and commit."""
        await self.run_sync(self._end)

    def _end(self, session: Session) -> None:
        session.flush()
        for (table, names), rows in self._later.items():
            _write(session, _update_of(table, names), rows)  # type: ignore[arg-type]
        if self.info["totals"]:
            self._write_totals(session.connection())
        if self._recorded:
            self._write_events(session.connection())
        session.commit()

    def _write_totals(self, connection: Connection) -> None:
        rows = [
            {"workspace_id": self.workspace, "column": column, "leads": leads, "value": value}
            for column, (leads, value) in sorted(self.info["totals"].items())
            if leads or value
        ]
        if rows:
            connection.execute(_ADD_TO_TOTAL[connection.dialect.name], rows)

    def _write_events(self, connection: Connection) -> None:
        many = len(self._recorded)
        last = connection.execute(_NEXT_NUMBERS, {"workspace": self.workspace, "many": many}).scalar_one()
        rows = [
            {
                "workspace_id": self.workspace,
                "n": last - many + place,
                "id": uuid4(),
                "kind": what.kind,
                "lead_id": what.lead_id,
                "actor": what.actor,
                "shown": what.shown,
                "data": what.data,
                "at": self.now,
            }
            for place, what in enumerate(self._recorded, start=1)
        ]
        connection.execute(_NEW_EVENTS, rows)

    @property
    def topics(self) -> frozenset[str]:
        """What this transaction changed that a view may show."""
        return frozenset(self.info["topics"])


def _rows(
    session: Session, statement: Select[*tuple[Any, ...]], given: Sequence[Mapping[str, Any]]
) -> list[Sequence[Any]]:
    connection = session.connection()
    return [connection.execute(statement, each).all() for each in given]


def _changed(session: Session, statement: Update, given: Mapping[str, Any]) -> Sequence[Any]:
    session.flush()
    result = session.connection().execute(statement, given)
    return result.all() if result.returns_rows else ()


def _write(session: Session, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]) -> None:
    session.connection().execute(statement, rows)


def _add_to_total(dialect: Any) -> Any:
    new = dialect.insert(ColumnTotal)
    return new.on_conflict_do_update(
        index_elements=["workspace_id", "column"],
        set_={"leads": ColumnTotal.leads + new.excluded.leads, "value": ColumnTotal.value + new.excluded.value},
    )


@lru_cache(maxsize=256)
def _update_of(table: type[SQLModel], names: frozenset[str]) -> Update:
    """The statement that updates these columns of a row by its key, which is among them."""
    columns, keys = inspect(table).columns, {column.name for column in inspect(table).primary_key}
    statement = update(table).values({name: bindparam(f"_{name}") for name in sorted(names - keys)})
    return statement.where(*(columns[key] == bindparam(f"_{key}") for key in sorted(keys)))


# Made once: putting these together takes longer than running them, and every transaction ends with them.
_ADD_TO_TOTAL = {"sqlite": _add_to_total(sqlite), "postgresql": _add_to_total(postgresql)}
_NEXT_NUMBERS = (
    update(Feed)
    .where(col(Feed.workspace_id) == bindparam("workspace"))
    .values(n=Feed.n + bindparam("many"))
    .returning(col(Feed.n))
)
_NEW_EVENTS = insert(Event)


def _count(info: dict[Any, Any], column: str, leads: int, value: int) -> None:
    was = info["totals"].get(column, (0, 0))
    info["totals"][column] = (was[0] + leads, was[1] + value)
    info["topics"].add(f"column:{column}")


@event.listens_for(TenantSession, "before_flush")
def _count_leads(session: TenantSession, flush: UOWTransaction, instances: object) -> None:
    """Follow each lead that appears, leaves or changes column, value or status, whoever changes it."""
    for lead in (*session.new, *session.dirty, *session.deleted):
        if isinstance(lead, Lead):
            if lead not in session.new and _was(lead, "deleted_at") is None:
                _count_lead(session.info, _was(lead, "column"), _was(lead, "value"), _was(lead, "status"), -1)
            if lead not in session.deleted and lead.deleted_at is None:
                _count_lead(session.info, lead.column, lead.value, lead.status, 1)
            session.info["topics"].add(f"lead:{lead.id}")


def _count_lead(info: dict[Any, Any], column: str, value: int | None, status: str, sign: int) -> None:
    _count(info, column, sign, sign * (value or 0))
    if status == Status.PENDING_ENRICHMENT and column == BoardColumn.HARVESTED:
        _count(info, Status.PENDING_ENRICHMENT, sign, 0)


def _was(row: SQLModel, name: str) -> Any:
    """The stored value of an attribute, before what this flush changes."""
    history = inspect(row).attrs[name].history
    return history.deleted[0] if history.deleted else getattr(row, name)


class Turnstile:
    """One writer at a time, and people before machines: a click never waits behind a queue of workflow steps."""

    def __init__(self) -> None:
        self._busy = False
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    @asynccontextmanager
    async def turn(self, people: bool) -> AsyncIterator[None]:
        """Wait for the turn and keep it for the block."""
        if self._busy:
            mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting, (0 if people else 1, next(self._order), mine))
            try:
                await mine
            except asyncio.CancelledError:
                if mine.done() and not mine.cancelled():
                    self._pass_on()
                raise
        self._busy = True
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, following = heapq.heappop(self._waiting)
            if not following.done():
                following.set_result(None)
                return
        self._busy = False


@dataclass
class Database:
    """The engines of one database, its bus and its clock."""

    url: str
    writer: AsyncEngine
    reader: AsyncEngine
    bus: Bus
    clock: Callable[[], datetime] = utcnow
    turnstile: Turnstile | None = field(default=None)

    @asynccontextmanager
    async def begin(
        self, workspace: UUID | None = None, *, user: UUID | None = None, people: bool = False
    ) -> AsyncIterator[Tx]:
        """A transaction that writes. Committed when the block ends, rolled back when it raises."""
        async with self._turn(people), Tx(self.writer, workspace, user, self.clock()) as tx:
            yield tx
            await tx.end()
        if tx.topics:
            self.bus.publish(tx.workspace, tx.topics)

    @asynccontextmanager
    async def read(self, workspace: UUID | None = None, *, user: UUID | None = None) -> AsyncIterator[Tx]:
        """A transaction that only looks."""
        async with Tx(self.reader, workspace, user, self.clock()) as tx:
            yield tx

    @asynccontextmanager
    async def _turn(self, people: bool) -> AsyncIterator[None]:
        if self.turnstile is None:
            yield
        else:
            async with self.turnstile.turn(people):
                yield

    async def dispose(self) -> None:
        """Close every connection."""
        await self.writer.dispose()
        await self.reader.dispose()


def open_database(url: str, *, bus: Bus | None = None, clock: Callable[[], datetime] = utcnow) -> Database:
    """The database behind a URL: `sqlite:///path` (one writer, five readers) or `postgresql+psycopg://`."""
    bus = bus or Bus()
    if url.startswith("sqlite"):
        address = url.replace("sqlite://", "sqlite+aiosqlite://", 1) if "aiosqlite" not in url else url
        path = make_url(address).database or ""
        writer = _sqlite(address, BEGIN_WRITING, "FULL", size=1, async_creator=lambda: WritingConnection(path))
        reader = _sqlite(address, BEGIN_READING, "NORMAL", size=5, async_creator=lambda: ReadingConnection(path))
        return Database(url, writer, reader, bus, clock, Turnstile())
    engine = create_async_engine(url, pool_size=10, max_overflow=5, pool_pre_ping=True, json_serializer=_as_json)
    return Database(url, engine, engine, bus, clock)


def _as_json(value: Any) -> str:
    """A value as JSON; what the fast encoder refuses (half a surrogate pair, a number beyond 64 bits) is rare."""
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        return json.dumps(value)


def _sqlite(url: str, begin: str, synchronous: str, size: int, **options: Any) -> AsyncEngine:
    pool = {"poolclass": AsyncAdaptedQueuePool, "pool_size": size, "max_overflow": 0}
    engine = create_async_engine(url, json_serializer=_as_json, **pool, **options)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(PATIENCE)
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"synchronous={synchronous}", "cache_size=-20000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@event.listens_for(TenantSession, "after_begin")
def _say_who(session: TenantSession, transaction: object, connection: Connection) -> None:
    """Tell PostgreSQL's row-level security whose rows this transaction may see."""
    if connection.dialect.name == "postgresql":
        who = {"w": str(session.info["workspace"] or ""), "u": str(session.info["user"] or "")}
        connection.execute(text("SELECT set_config('app.workspace', :w, true), set_config('app.user', :u, true)"), who)


_current: Database | None = None


def use(database: Database | None) -> None:
    """Make this the process's database (composition root and tests)."""
    global _current
    _current = database


def current() -> Database:
    """The process's database."""
    if _current is None:
        raise RuntimeError("No database is open: the composition root opens one with db.use().")
    return _current


def begin(
    workspace: UUID | None = None, *, user: UUID | None = None, people: bool = False
) -> AbstractAsyncContextManager[Tx]:
    """`Database.begin` of the process's database."""
    return current().begin(workspace, user=user, people=people)


def read(workspace: UUID | None = None, *, user: UUID | None = None) -> AbstractAsyncContextManager[Tx]:
    """`Database.read` of the process's database."""
    return current().read(workspace, user=user)
