"""The log of calls to outside services: a row is there before its call is made, and says afterwards what it brought.

It is the cache too: what it answered within the window is not asked again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import bindparam, case, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlmodel import col, select

from leadboard.domain.asks import ANSWERED, WINDOW, AskStatus, Spared
from leadboard.domain.budgets import Kind
from leadboard.domain.services import Task
from leadboard.domain.waterfall.rates import Counted, History, PastCall
from leadboard.store import budgets
from leadboard.store.budgets import CapReached, Reserved, Scope
from leadboard.store.db import Tx
from leadboard.store.tables import Ask, Saving, Subscription
from leadboard.store.tables.spend import NO_BATCH
from leadboard.store.tenancy import Prepared

TOPIC = "spend"


@dataclass(frozen=True, slots=True)
class About:
    """What a call is for: the record (`contact`, `lead` or `search`), and who set it off."""

    entity: str
    entity_id: UUID | None = None
    lead_id: UUID | None = None
    batch_id: UUID | None = None
    discovery_id: UUID | None = None
    user_id: UUID | None = None
    segment: str = ""
    tier: int = 1


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended. `answer` is what it found, as JSON; `useful`: what was looked for was among it, any hit unless
    said otherwise."""

    status: AskStatus
    hit: bool = False
    micros: int = 0
    duration_ms: int = 0
    answer: dict[str, Any] | None = None
    raw: str = ""
    code: str = ""
    error: str = ""
    fields_written: tuple[str, ...] = ()
    useful: bool | None = None


class Earlier(NamedTuple):
    """A call of the same question within the window."""

    id: UUID
    status: str
    micros: int
    reserved_micros: int
    answer: dict[str, Any] | None
    batch_id: UUID | None
    discovery_id: UUID | None
    asked_at: datetime
    demo: bool


@dataclass(frozen=True, slots=True)
class Going:
    """A call under way, with the money that is set aside for it."""

    id: UUID
    reserved: Reserved


_EARLIER = Prepared(
    select(Ask.question, *(getattr(Ask, name) for name in Earlier._fields))
    .where(
        col(Ask.question).in_(bindparam("questions", expanding=True)),
        col(Ask.asked_at) > bindparam("since"),
        col(Ask.status).in_((AskStatus.ASKED, *ANSWERED)),
    )
    .order_by(col(Ask.asked_at))
)
_ASKED = Prepared(
    select(Ask.entity_id, Ask.service, Ask.task, Ask.hit, Ask.demo).where(  # type: ignore[call-overload]
        col(Ask.entity_id).in_(bindparam("entities", expanding=True)),
        col(Ask.asked_at) > bindparam("since"),
        col(Ask.status).in_(ANSWERED),
    )
)
_PAYS = Prepared(select(Subscription.status))


async def earlier(tx: Tx, questions: Sequence[str]) -> dict[str, Earlier]:
    """Of each question the last call within the window that is under way or was answered."""
    found = await tx.rows(_EARLIER, questions=questions, since=tx.now - WINDOW)
    return {question: Earlier(*row) for question, *row in found}


class Answered(NamedTuple):
    """A service that answered about a record within the window: whether it knew something, and whether that was the
    demo world, whose word counts only as long as it is the one to ask."""

    service: str
    task: Task
    hit: bool
    demo: bool


async def asked_of(tx: Tx, entity_id: UUID) -> list[Answered]:
    """Who answered about a record within the window."""
    return (await asked_of_each(tx, [entity_id])).get(entity_id, [])


async def asked_of_each(tx: Tx, entity_ids: Sequence[UUID]) -> dict[UUID, list[Answered]]:
    """The same of many records."""
    asked: dict[UUID, list[Answered]] = {}
    for entity_id, service, task, hit, demo in await tx.rows(_ASKED, entities=entity_ids, since=tx.now - WINDOW):
        asked.setdefault(entity_id, []).append(Answered(service, Task(task), hit, demo))
    return asked


async def subscription_status(tx: Tx) -> str:
    """How the workspace's subscription is, "" for one that never was looked at."""
    return next((status for (status,) in await tx.rows(_PAYS)), "")


@dataclass(frozen=True, slots=True)
class Beginning:
    """A call that is to be made: its question's key, what it is for, and what it costs at most."""

    service: str
    task: Task
    question: str
    about: About
    price: int
    demo: bool


async def begin(tx: Tx, calls: Sequence[Beginning], scopes: Sequence[Scope]) -> list[Going | CapReached]:
    """Set the prices aside and write the rows of those calls that there is money for."""
    going: list[Going | CapReached] = []
    rows = []
    for call, held in zip(
        calls, await budgets.reserve_each(tx, Kind.PROVIDERS, scopes, [call.price for call in calls]), strict=True
    ):
        if isinstance(held, CapReached):
            going.append(held)
        else:
            going.append(fresh := Going(uuid4(), held))
            rows.append(_row(fresh.id, call, tx.now))
    await tx.insert_many(Ask, rows)
    tx.touch(TOPIC)
    return going


def _row(ask_id: UUID, call: Beginning, now: datetime) -> dict[str, Any]:
    about = call.about
    return {
        "id": ask_id,
        "service": call.service,
        "task": call.task,
        "question": call.question,
        "entity": about.entity,
        "entity_id": about.entity_id,
        "lead_id": about.lead_id,
        "batch_id": about.batch_id,
        "discovery_id": about.discovery_id,
        "user_id": about.user_id,
        "segment": about.segment,
        "tier": about.tier,
        "demo": call.demo,
        "status": AskStatus.ASKED,
        "reserved_micros": call.price,
        "asked_at": now,
    }


async def end(tx: Tx, ended: Iterable[tuple[Going, Ended]]) -> None:
    """Say what calls brought, and pay what they cost."""
    ended = list(ended)
    await budgets.settle_all(tx, [(going.reserved, end.micros) for going, end in ended])
    for going, end in ended:
        tx.update_later(Ask, {"id": going.id, **_ending(end), "ended_at": tx.now})
    tx.touch(TOPIC)


def _ending(ended: Ended) -> dict[str, Any]:
    return {
        "status": ended.status,
        "hit": ended.hit,
        "useful": ended.hit if ended.useful is None else ended.useful,
        "fields_written": list(ended.fields_written),
        "micros": ended.micros,
        "reserved_micros": 0,
        "duration_ms": ended.duration_ms,
        "answer": ended.answer,
        "raw": ended.raw,
        "code": ended.code,
        "error": ended.error,
    }


def _sparing(dialect: Any) -> Any:
    new = dialect.insert(Saving)
    return new.on_conflict_do_update(
        index_elements=["workspace_id", "day", "service", "why", "batch_id"],
        set_={"calls": Saving.calls + new.excluded.calls, "micros": Saving.micros + new.excluded.micros},
    )


_SPARE = {"sqlite": _sparing(sqlite), "postgresql": _sparing(postgresql)}


async def spare(tx: Tx, spared: Iterable[tuple[str, Spared, int]], batch_id: UUID | None = None) -> None:
    """Count calls that were not made: the service, why, and what it would have cost."""
    place = {"workspace_id": tx.workspace, "day": tx.now.date(), "batch_id": batch_id or NO_BATCH, "calls": 1}
    rows = [{**place, "service": service, "why": why, "micros": micros} for service, why, micros in spared]
    if rows:
        await tx.run_sync(_spare, rows)
        tx.touch(TOPIC)


def _spare(session: Session, rows: list[dict[str, Any]]) -> None:
    connection = session.connection()
    connection.execute(_SPARE[connection.dialect.name], rows)


async def left_behind(tx: Tx, before: datetime) -> Sequence[Ask]:
    """Calls under way that were made before a moment: their process must have ended over them."""
    statement = select(Ask).where(Ask.status == AskStatus.ASKED, col(Ask.asked_at) < before)
    return (await tx.exec(statement.with_for_update())).all()


async def calls_of_batch(tx: Tx, batch_id: UUID) -> Sequence[tuple[str, str, str]]:
    """Service, code of failure and our sentence of each call that was made for a batch, in the order they ended."""
    statement = (
        select(Ask.service, Ask.code, Ask.error)
        .where(Ask.batch_id == batch_id, col(Ask.ended_at).is_not(None))
        .order_by(col(Ask.ended_at), col(Ask.id))
    )
    return (await tx.exec(statement)).all()


async def past_calls(tx: Tx, *narrow: Any) -> list[PastCall]:
    """Calls of the log that were answered, as receipts count them: `narrow` says which."""
    columns = (Ask.entity_id, Ask.service, Ask.task, Ask.segment, Ask.hit, Ask.useful, Ask.micros, Ask.duration_ms)
    statement = select(*columns).where(col(Ask.status).in_(ANSWERED), *narrow)  # type: ignore[call-overload]
    return [
        PastCall(str(record), service, Task(task), segment, hit, useful, micros, ms / 1000)
        for record, service, task, segment, hit, useful, micros, ms in (await tx.exec(statement)).all()
    ]


async def history(tx: Tx) -> History:
    """How often each service knew something within the window, by task and kind of lead: counted by the database."""
    number = func.count()
    hits, useful = (func.sum(case((col(each), 1), else_=0)) for each in (Ask.hit, Ask.useful))
    statement = (
        select(  # type: ignore[call-overload]
            Ask.service, Ask.task, Ask.segment, number, hits, useful, func.sum(Ask.duration_ms)
        )
        .where(col(Ask.asked_at) > tx.now - WINDOW, col(Ask.status).in_(ANSWERED))
        .group_by(Ask.service, Ask.task, Ask.segment)
    )
    return History.counted(
        Counted(service, Task(task), segment, calls, found, wanted, ms / 1000)
        for service, task, segment, calls, found, wanted, ms in (await tx.exec(statement)).all()
    )
