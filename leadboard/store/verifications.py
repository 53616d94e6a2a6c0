"""Verifications of e-mail addresses: asked for one contact at a time, kept with the contact, and told to the team."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, func, select

from leadboard.domain.asks import AskStatus
from leadboard.domain.found import EmailStatus
from leadboard.domain.waterfall import verification
from leadboard.domain.work import Workflow
from leadboard.store import icps, scores, work
from leadboard.store.db import Tx
from leadboard.store.tables import Ask, Contact, Lead

REQUESTED = "verification_requested"
ENDED = "email_verified"
STOPPED = "verification_stopped"
CHANGED = "The address changed meanwhile. Verify the new one."


async def standing(tx: Tx, contact_ids: Iterable[UUID]) -> Sequence[tuple[Contact, Lead]]:
    """Those of the contacts that are here, each with its lead."""
    statement = select(Contact, Lead).where(
        col(Contact.id).in_(list(contact_ids)),
        col(Lead.id) == Contact.lead_id,
        col(Contact.deleted_at).is_(None),
        col(Lead.deleted_at).is_(None),
    )
    return (await tx.exec(statement.order_by(col(Contact.name)))).all()


def is_due(tx: Tx, contact: Contact) -> bool:
    """Whether the contact has an address that is to be verified now."""
    return bool(contact.email) and verification.is_due(contact.email_status, contact.verified_at, tx.now)


async def request(tx: Tx, contact: Contact, user_id: UUID | None, by: str) -> None:
    """Have the address of a contact verified."""
    tx.record(REQUESTED, contact.lead_id, by=by, contact=str(contact.id), name=_called(contact))
    await work.enqueue(
        tx,
        Workflow.VERIFY,
        str(tx.workspace),
        str(contact.id),
        str(user_id or ""),
        workflow_id=f"verify-{contact.id}-{tx.now.timestamp()}",
        priority=work.FIRST,
    )


async def answered_at(tx: Tx, question: str) -> datetime | None:
    """When a question was last put and answered."""
    statement = select(func.max(Ask.asked_at)).where(Ask.question == question, Ask.status == AskStatus.SUCCESS)
    return (await tx.exec(statement)).first()


async def keep(tx: Tx, contact_id: UUID, email: str, status: EmailStatus, service: str, at: datetime) -> None:
    """Keep what a service said of an address at a moment, and score the contact by it. One that has another address by
    now is left alone: nothing was said of that one."""
    for contact, lead in await standing(tx, [contact_id]):
        if contact.email != email:
            _stop(tx, contact, CHANGED)
            continue
        contact.email_status, contact.verified_at, contact.verified_by = status, at, service
        _, icp = await icps.in_force(tx)
        scores.rate_contact(tx, lead, contact, icp)
        tx.record(ENDED, lead.id, contact=str(contact.id), name=_called(contact), status=status)


async def stop(tx: Tx, contact_id: UUID, why: str) -> None:
    """Say why an address could not be verified."""
    for contact, _ in await standing(tx, [contact_id]):
        _stop(tx, contact, why)


def _stop(tx: Tx, contact: Contact, why: str) -> None:
    tx.record(STOPPED, contact.lead_id, shown=True, contact=str(contact.id), name=_called(contact), why=why)


def _called(contact: Contact) -> str:
    return contact.name or contact.email
