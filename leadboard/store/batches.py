"""Batches of enrichment: asked for, worked on record by record, paused when money ends, and gone on with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import bindparam, case, func, update
from sqlmodel import col, select

from leadboard.domain.asks import AskStatus
from leadboard.domain.batches import UNDER_WAY, BatchStatus, Entity, RecordStatus, signature
from leadboard.domain.waterfall.gate import Judgement, Status
from leadboard.domain.waterfall.next_step import Passed, Why
from leadboard.domain.waterfall.receipt import Saved, receipt
from leadboard.domain.waterfall.roles import Role
from leadboard.domain.work import Workflow
from leadboard.errors import Refused
from leadboard.store import asks, work
from leadboard.store.budgets import Scope
from leadboard.store.db import Tx
from leadboard.store.tables import Ask, Batch, BatchRecord, Lead, Saving
from leadboard.store.tenancy import Prepared, PreparedUpdate

TOPIC = "batch"
MOST_ERRORS = 50
"""Sentences that are kept of what went wrong."""


class Entry(NamedTuple):
    """A record of a batch."""

    n: int
    entity: str
    entity_id: UUID
    outcome: str
    als: int | None


_WAITING = Prepared(
    select(*(getattr(BatchRecord, name) for name in Entry._fields))
    .where(
        col(BatchRecord.batch_id) == bindparam("batch"),
        col(BatchRecord.status) == RecordStatus.WAITING,
    )
    .order_by(col(BatchRecord.n))
    .limit(bindparam("many"))
)
_COUNT = PreparedUpdate(
    update(Batch)
    .where(col(Batch.id) == bindparam("batch"))
    .values(processed=Batch.processed + bindparam("first"), accepted=Batch.accepted + bindparam("accepted"))
)
_STATUS = Prepared(select(Batch.status).where(col(Batch.id) == bindparam("batch")))


async def request(
    tx: Tx,
    entity: Entity,
    ids: Sequence[UUID],
    *,
    user_id: UUID | None,
    by: str,
    cap_micros: int | None = None,
    force: bool = False,
    forecast: Mapping[str, Any] | None = None,
    discovery_id: UUID | None = None,
) -> tuple[Batch, bool]:
    """Ask for a batch; while one over the same records is under way, that one is joined. Says whether it is new."""
    ids = list(dict.fromkeys(ids))
    if not ids:
        raise Refused("Nothing is selected to enrich.")
    signed = signature(entity, ids, force)
    there = (await tx.exec(select(Batch).where(Batch.signature == signed, col(Batch.ended_at).is_(None)))).first()
    if there is not None:
        return there, False
    batch = Batch(
        id=uuid4(),
        workspace_id=tx.workspace,
        entity=entity,
        signature=signed,
        force=force,
        total=len(ids),
        cap_micros=cap_micros,
        forecast=dict(forecast) if forecast else None,
        discovery_id=discovery_id,
        user_id=user_id,
        by=by,
        created_at=tx.now,
    )
    tx.add(batch)
    await tx.flush()
    await add_records(tx, batch.id, entity, ids, after=0)
    tx.record("batch_requested", by=by, shown=True, batch=str(batch.id), entity=entity, records=len(ids))
    tx.touch(TOPIC)
    await enqueue(tx, batch)
    return batch, True


async def enqueue(tx: Tx, batch: Batch) -> None:
    """Have it worked on, from where it stands."""
    await work.enqueue(
        tx,
        Workflow.BATCH,
        str(tx.workspace),
        str(batch.id),
        workflow_id=f"batch-{batch.id}-{tx.now.timestamp()}",
    )


async def add_records(tx: Tx, batch_id: UUID, entity: Entity, ids: Sequence[UUID], *, after: int) -> None:
    """More records, numbered from `after` on."""
    rows = [
        {
            "batch_id": batch_id,
            "n": after + place,
            "entity": entity,
            "entity_id": each,
            "status": RecordStatus.WAITING,
            "outcome": "",
            "als": None,
            "reasons": [],
            "missed": [],
            "error": "",
        }
        for place, each in enumerate(ids, start=1)
    ]
    await tx.insert_many(BatchRecord, rows)


async def include(tx: Tx, batch_id: UUID, contact_ids: Sequence[UUID]) -> None:
    """Take contacts in that were found on the way, those that are not in it yet."""
    if not contact_ids:
        return
    batch = await tx.get_one(Batch, (tx.workspace, batch_id), with_for_update=True)
    inside = select(BatchRecord.entity_id).where(
        BatchRecord.batch_id == batch_id, col(BatchRecord.entity_id).in_(contact_ids)
    )
    known = set((await tx.exec(inside)).all())
    fresh = [each for each in contact_ids if each not in known]
    await add_records(tx, batch_id, Entity.CONTACT, fresh, after=batch.total)
    batch.total += len(fresh)
    tx.touch(TOPIC)


async def locked(tx: Tx, batch_id: UUID | str) -> Batch:
    """A batch, kept from changing; `NotFound` for one that is none."""
    batch = await tx.find(Batch, batch_id)
    await tx.refresh(batch, with_for_update=True)
    return batch


async def is_cancelled(tx: Tx, batch_id: UUID) -> bool:
    """Whether a person ended it."""
    return any(status == BatchStatus.CANCELLED for (status,) in await tx.rows(_STATUS, batch=batch_id))


async def waiting(tx: Tx, batch_id: UUID, many: int) -> list[Entry]:
    """The next records that wait for their turn."""
    return [Entry(*row) for row in await tx.rows(_WAITING, batch=batch_id, many=many)]


async def finished_contacts(tx: Tx, batch_id: UUID) -> list[Entry]:
    """The contacts that went through the first pass."""
    statement = select(*(getattr(BatchRecord, name) for name in Entry._fields)).where(
        BatchRecord.batch_id == batch_id,
        BatchRecord.entity == Entity.CONTACT,
        BatchRecord.status == RecordStatus.DONE,
        col(BatchRecord.outcome) != "",
    )
    return [Entry(*row) for row in (await tx.exec(statement.order_by(col(BatchRecord.n)))).all()]


async def calls_under_way(tx: Tx, batch_id: UUID) -> Sequence[Ask]:
    """The calls for it that have not come back."""
    return (await tx.exec(select(Ask).where(Ask.batch_id == batch_id, Ask.status == AskStatus.ASKED))).all()


async def premium_calls(tx: Tx, batch_id: UUID) -> int:
    """Premium calls that were made for it."""
    statement = select(func.count()).select_from(Ask).where(Ask.batch_id == batch_id, Ask.tier == 2)
    return (await tx.exec(statement)).one()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a record ended: its outcome and provisional ALS, why it was not accepted, and who could not be asked."""

    entry: Entry
    outcome: str = ""
    als: int | None = None
    reasons: Sequence[str] = ()
    missed: Sequence[Passed] = ()
    error: str = ""


async def end_records(tx: Tx, batch_id: UUID, ended: Sequence[Ended]) -> None:
    """Say how records ended; the second pass says it anew, and counts them no second time."""
    for each in ended:
        tx.update_later(BatchRecord, _ending(batch_id, each))
    first = sum(not each.entry.outcome for each in ended)
    accepted = sum((each.outcome == Status.ACCEPTED) - (each.entry.outcome == Status.ACCEPTED) for each in ended)
    if first or accepted:
        await tx.change(_COUNT, batch=batch_id, first=first, accepted=accepted)
    if ended:
        tx.touch(TOPIC)


def _ending(batch_id: UUID, ended: Ended) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "n": ended.entry.n,
        "status": RecordStatus.FAILED if ended.error else RecordStatus.DONE,
        "outcome": ended.outcome,
        "als": ended.als,
        "reasons": list(ended.reasons),
        "missed": [_kept(each) for each in ended.missed],
        "error": ended.error,
    }


def begin(tx: Tx, batch: Batch) -> None:
    """Say that it is being worked on."""
    batch.status, batch.why, batch.resume_at = BatchStatus.RUNNING, "", None
    batch.started_at = batch.started_at or tx.now
    tx.touch(TOPIC)


def note(batch: Batch, errors: Sequence[str], alerts: Sequence[str]) -> None:
    """Keep what went wrong, each sentence once."""
    batch.errors = list(dict.fromkeys([*batch.errors, *errors]))[:MOST_ERRORS]
    batch.alerts = list(dict.fromkeys([*batch.alerts, *alerts]))[:MOST_ERRORS]


def pause(tx: Tx, batch: Batch, why: str, resume_at: datetime | None) -> None:
    """Stop until `resume_at`, or until a person goes on with it."""
    batch.status, batch.why, batch.resume_at = BatchStatus.PAUSED, why, resume_at
    tx.record("batch_paused", by="", shown=True, batch=str(batch.id), why=why)
    tx.touch(TOPIC)


async def resume(tx: Tx, batch: Batch, by: str = "") -> None:
    """Go on with a batch that is paused. `Refused` for any other."""
    if batch.status != BatchStatus.PAUSED:
        raise Refused("This batch is not paused, so there is nothing to go on with.", status=409)
    batch.status, batch.why, batch.resume_at = BatchStatus.PENDING, "", None
    tx.record("batch_resumed", by=by, shown=True, batch=str(batch.id))
    tx.touch(TOPIC)
    await enqueue(tx, batch)


def cancel(tx: Tx, batch: Batch, by: str) -> None:
    """End it where it stands: what was found stays."""
    if batch.status not in UNDER_WAY:
        raise Refused("This batch has ended.", status=409)
    batch.status, batch.why, batch.ended_at = BatchStatus.CANCELLED, "", tx.now
    tx.record("batch_cancelled", by=by, shown=True, batch=str(batch.id))
    tx.touch(TOPIC)


def complete(tx: Tx, batch: Batch, receipt: Mapping[str, Any]) -> None:
    """End it with what it came to."""
    batch.status, batch.receipt, batch.ended_at = BatchStatus.COMPLETE, dict(receipt), tx.now
    tx.record(
        "batch_complete", by="", shown=True, batch=str(batch.id), accepted=batch.accepted, records=batch.processed
    )
    tx.touch(TOPIC)


def fail(tx: Tx, batch: Batch, sentence: str) -> None:
    """End it because of a fault of ours."""
    batch.status, batch.why, batch.ended_at = BatchStatus.FAILED, sentence, tx.now
    tx.touch(TOPIC)


async def count_spent(tx: Tx, batch: Batch) -> None:
    """Bring what it shows as spent up to its log rows."""
    spent = func.coalesce(func.sum(Ask.micros), 0)
    premium = func.coalesce(func.sum(case((col(Ask.tier) == 2, 1), else_=0)), 0)
    statement = select(spent, premium).where(Ask.batch_id == batch.id)
    batch.spent_micros, batch.premium = (await tx.exec(statement)).one()


def budget_of(batch: Batch) -> Scope:
    """The budget of the batch itself: of no day, but counted from its first one on."""
    return Scope(f"batch {batch.id}", "batch", batch.cap_micros, batch.created_at.date())


async def receipt_of(tx: Tx, batch: Batch) -> dict[str, Any]:
    """What it came to, from its log rows, its records and the calls it spared."""
    calls = await asks.past_calls(tx, Ask.batch_id == batch.id)
    records = select(BatchRecord.outcome, BatchRecord.reasons, BatchRecord.missed).where(
        BatchRecord.batch_id == batch.id,
        BatchRecord.entity == Entity.CONTACT,
        col(BatchRecord.outcome).in_(list(Status)),
    )
    ended = (await tx.exec(records)).all()
    spared = (await tx.exec(select(Saving).where(Saving.batch_id == batch.id))).all()
    judgements = [Judgement(Status(outcome), 0.0, (), tuple(reasons)) for outcome, reasons, _ in ended]
    passed = [_passed(each) for _, _, missed in ended for each in missed]
    saved = [Saved(row.why, row.service, row.calls, row.micros) for row in spared]
    return receipt(calls, judgements, saved, passed).to_data()


def _kept(passed: Passed) -> dict[str, str]:
    return {"role": passed.role, "service": passed.service, "why": passed.why, "sentence": passed.sentence}


def _passed(kept: Mapping[str, str]) -> Passed:
    return Passed(Role(kept["role"]), kept["service"], Why(kept["why"]), kept["sentence"])


async def due(tx: Tx) -> Sequence[Batch]:
    """Paused batches whose time has come, kept from changing."""
    statement = select(Batch).where(
        Batch.status == BatchStatus.PAUSED, col(Batch.resume_at) <= tx.now, col(Batch.ended_at).is_(None)
    )
    return (await tx.exec(statement.with_for_update())).all()


async def recent(tx: Tx, limit: int = 10) -> Sequence[Batch]:
    """The batches asked for last, those under way first."""
    open_first = case((col(Batch.ended_at).is_(None), 0), else_=1)
    return (await tx.exec(select(Batch).order_by(open_first, col(Batch.created_at).desc()).limit(limit))).all()


async def leads_of(tx: Tx, lead_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the ids that are leads here."""
    statement = select(Lead.id).where(col(Lead.id).in_(lead_ids), col(Lead.deleted_at).is_(None))
    here = set((await tx.exec(statement)).all())
    return [each for each in lead_ids if each in here]
