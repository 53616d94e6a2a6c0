"""How fast records go through the waterfall, against the same calls made bare and the same rows inserted.

Protocol: tests/bench/waterfall.md.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import insert
from sqlmodel import SQLModel, col, select

from leadboard.bench.scene import Blocks, figures, in_new_database
from leadboard.domain.batches import TOGETHER, UNDER_WAY, Entity
from leadboard.engine import runtime
from leadboard.engine.tools import Tools
from leadboard.providers.wire import Wire
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.transport import in_process
from leadboard.sandbox.world import Person, World
from leadboard.store import batches, credits, db
from leadboard.store.db import Database
from leadboard.store.tables import Ask, Batch, BatchRecord, Contact, Credit, Feed, Lead, Workspace

LOOK = 0.5
"""Seconds between two looks at whether the batch has ended."""


@dataclass
class Heard(httpx.AsyncBaseTransport):
    """The demo world, and what it was asked."""

    world: httpx.AsyncBaseTransport
    requests: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return await self.world.handle_async_request(request)


@dataclass(frozen=True)
class Ran:
    """A batch that has ended: what it took, what it asked, and the rows it left behind."""

    batch: Batch
    seconds: float
    late: list[float]
    requests: Sequence[httpx.Request]
    rows: Sequence[tuple[type[SQLModel], list[dict[str, Any]]]]


async def run(records: int) -> dict[str, Any]:
    """Enrich `records` people of a demo world of their own, twice; then make the calls of the first time bare."""
    world = World(companies=max(records // 2, 50))
    people = [person for everybody in world.people.values() for person in everybody][:records]
    first, second = await in_new_database(lambda database, _: _enrich(database, world, people), len(people))
    floor = await in_new_database(lambda database, _: _bare(database, world, first), len(people))
    return {
        "records_per_second": round(len(people) / first.seconds, 1),
        "calls_per_second": round(len(first.requests) / first.seconds, 1),
        "seconds": round(first.seconds, 2),
        "records": len(people),
        "calls": len(first.requests),
        "accepted": first.batch.accepted,
        "spent_usd": first.batch.spent_micros / 1e6,
        **figures(first.late),
        "again": {
            "calls": len(second.requests),
            "spent_usd": second.batch.spent_micros / 1e6,
            "seconds": round(second.seconds, 2),
        },
        "floor": {"records_per_second": round(len(people) / floor, 1), "seconds": round(floor, 2)},
        "ratio": round(floor / first.seconds, 2),
    }


async def _enrich(database: Database, world: World, people: Sequence[Person]) -> tuple[Ran, Ran]:
    workspace, ids = await _store(world, people)
    heard = Heard(in_process(Sandbox(world)))
    tools = Tools(None, demo_wire=Wire(transport=heard, paced=False))  # type: ignore[arg-type]
    working = runtime.Runtime(database, tools, executor_id="embedded")
    await working.start()
    try:
        first = await _batch(workspace, ids, heard)
        return first, await _batch(workspace, ids, heard)
    finally:
        await working.stop()


async def _store(world: World, people: Iterable[Person]) -> tuple[UUID, list[UUID]]:
    """A demo workspace with these people as contacts, of whom name, title and profile are known."""
    people = list(people)
    workspace = Workspace(slug="bench", name="Bench", demo=True)
    leads = {domain: uuid4() for domain in dict.fromkeys(person.domain for person in people)}
    rows = [{"id": key, "key": name, "name": world.by_domain[name].name, "domain": name} for name, key in leads.items()]
    contacts = [_contact(person, leads[person.domain]) for person in people]
    async with db.begin(workspace.id) as tx:
        tx.add(workspace)
        await tx.flush()
        tx.add(Feed(workspace_id=workspace.id))
        await credits.subscription(tx)
        await credits.adjust(tx, len(people), "For the measurement", "bench", "Bench")
        await tx.insert_many(Lead, rows)
        await tx.insert_many(Contact, contacts)
    return workspace.id, [row["id"] for row in contacts]


def _contact(person: Person, lead_id: UUID) -> dict[str, Any]:
    known = {"name": person.name, "title": person.title, "linkedin": person.linkedin}
    return {"id": uuid4(), "lead_id": lead_id, "key": person.name.casefold(), "source": "list.csv", **known}


async def _batch(workspace: UUID, ids: list[UUID], heard: Heard) -> Ran:
    heard.requests.clear()
    began = time.perf_counter()
    async with Blocks() as blocks:
        async with db.begin(workspace) as tx:
            batch, _ = await batches.request(tx, Entity.CONTACT, ids, user_id=None, by="Bench")
        while (batch := await _look(workspace, batch.id)).status in UNDER_WAY:
            await asyncio.sleep(LOOK)
        took = time.perf_counter() - began
    if batch.ended_at is None or batch.processed < len(ids):
        raise RuntimeError(f"The batch did not end: {batch.status}, {batch.why}")
    return Ran(batch, took, blocks.late, tuple(heard.requests), await _rows(workspace, batch.id))


async def _look(workspace: UUID, batch_id: UUID) -> Batch:
    async with db.read(workspace) as tx:
        return await tx.get_one(Batch, (workspace, batch_id))


async def _rows(workspace: UUID, batch_id: UUID) -> list[tuple[type[SQLModel], list[dict[str, Any]]]]:
    """What a batch wrote: its log, its records and the credits."""
    async with db.read(workspace) as tx:
        logged = (await tx.exec(select(Ask).where(Ask.batch_id == batch_id))).all()
        records = (await tx.exec(select(BatchRecord).where(BatchRecord.batch_id == batch_id))).all()
        charged = (await tx.exec(select(Credit).where(col(Credit.delta) < 0))).all()
    return [(type(rows[0]), [row.model_dump() for row in rows]) for rows in (logged, records, charged) if rows]


async def _bare(database: Database, world: World, ours: Ran) -> float:
    """The same calls with httpx alone, so many at a time, and the same rows, each in a transaction as it comes."""
    async with db.begin(ours.batch.workspace_id) as tx:
        tx.add(Workspace(id=ours.batch.workspace_id, slug="bench", name="Bench", demo=True))
        await tx.flush()
        tx.add(Batch(**ours.batch.model_dump()))
    calls, rows = iter(ours.requests), _each(ours.rows)
    began = time.perf_counter()
    async with httpx.AsyncClient(transport=in_process(Sandbox(world))) as client:
        await asyncio.gather(*(_worker(database, client, calls, rows) for _ in range(TOGETHER)))
    return time.perf_counter() - began


def _each(
    tables: Sequence[tuple[type[SQLModel], list[dict[str, Any]]]],
) -> Iterator[tuple[type[SQLModel], dict[str, Any]]]:
    for table, rows in tables:
        for row in rows:
            yield table, row


async def _worker(
    database: Database,
    client: httpx.AsyncClient,
    calls: Iterator[httpx.Request],
    rows: Iterator[tuple[type[SQLModel], dict[str, Any]]],
) -> None:
    """Make a call, then write a row; in the end the rows that are left."""
    for call in calls:
        content = call.content
        answer = await client.request(call.method, call.url, headers=call.headers, content=content)
        answer.raise_for_status() if answer.status_code >= 500 else answer.read()
        await _write(database, next(rows, None))
    for row in rows:
        await _write(database, row)


async def _write(database: Database, row: tuple[type[SQLModel], dict[str, Any]] | None) -> None:
    if row is not None:
        async with database.writer.begin() as connection:
            await connection.execute(insert(row[0]), [row[1]])
