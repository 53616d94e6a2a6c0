"""One lead with everything known about it, as its page shows it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.orm import selectinload
from sqlmodel import col, select

from leadboard.store.db import Tx
from leadboard.store.tables import Claim, Contact, Event, ImportJob, ImportRow, Lead, Package, Run

_CLAIMS = (
    select(Claim)
    .where(col(Claim.lead_id) == bindparam("lead"))
    .order_by(col(Claim.field), col(Claim.confidence).desc(), col(Claim.value))
)
_CONTACTS = (
    select(Contact)
    .where(col(Contact.lead_id) == bindparam("lead"), col(Contact.deleted_at).is_(None))
    .order_by(col(Contact.als_score).desc(), col(Contact.name))
    .limit(100)
)


async def get(tx: Tx, lead_id: UUID | str) -> Lead:
    """The lead; `NotFound` for a missing, foreign or deleted one."""
    return await tx.find(Lead, lead_id, "lead")


async def claims(tx: Tx, lead: Lead) -> Sequence[Claim]:
    """Every claim about the lead, the surest of each field first."""
    return (await tx.exec(_CLAIMS, params={"lead": lead.id})).all()


async def contacts(tx: Tx, lead: Lead) -> Sequence[Contact]:
    """The people at the lead, best ALS first."""
    return (await tx.exec(_CONTACTS, params={"lead": lead.id})).all()


async def package(tx: Tx, lead: Lead) -> Package | None:
    """The prospect package of its last run."""
    return await tx.get(Package, (tx.workspace, lead.id))


async def current_run(tx: Tx, lead: Lead) -> Run | None:
    """The run that works on it, or the last that did, with its parts."""
    whole = [selectinload(Run.parts)]  # type: ignore[arg-type]
    return await tx.get(Run, (tx.workspace, lead.run_id), options=whole) if lead.run_id else None


async def imported(tx: Tx, lead: Lead, limit: int = 20) -> list[tuple[ImportRow, ImportJob]]:
    """The rows of imports that said something about the lead, newest first."""
    statement = (
        select(ImportRow, ImportJob)
        .join(ImportJob, col(ImportJob.id) == col(ImportRow.job_id))
        .where(ImportRow.lead_id == lead.id, col(ImportRow.outcome).in_(("created", "updated")))
        .order_by(col(ImportJob.created_at).desc(), col(ImportRow.n))
        .limit(limit)
    )
    return [(row, job) for row, job in (await tx.exec(statement)).all()]


async def timeline(tx: Tx, lead: Lead, limit: int = 100) -> Sequence[Event]:
    """What happened to the lead, newest first."""
    statement = select(Event).where(Event.lead_id == lead.id).order_by(col(Event.n).desc()).limit(limit)
    return (await tx.exec(statement)).all()
