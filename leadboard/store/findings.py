"""What a run found out about a lead: claims with their passports, contacts, and fields nobody had filled."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select

from leadboard.store.db import Tx
from leadboard.store.tables import Claim, Contact, Lead
from leadboard.store.tenancy import Prepared

CONTACT_FIELDS = ("name", "title", "email", "phone", "linkedin")

_CLAIMS = Prepared(
    select(  # type: ignore[call-overload]
        Claim.id, Claim.field, Claim.value, Claim.source, Claim.locked_by_human
    ).where(col(Claim.lead_id) == bindparam("lead"))
)
_CONTACTS = select(Contact).where(col(Contact.lead_id) == bindparam("lead"), col(Contact.deleted_at).is_(None))


def fill(lead: Lead, values: Mapping[str, Any]) -> None:
    """Set fields of the lead that are empty and that no person has locked."""
    for name, value in values.items():
        if name not in lead.locked and _empty(getattr(lead, name)) and not _empty(value):
            setattr(lead, name, value)


async def keep_claims(tx: Tx, lead: Lead, run_id: UUID, claims: Sequence[Mapping[str, Any]]) -> None:
    """Store claims (field, value, source, method, snippet, confidence) once each; seen again, they are refreshed.

    A claim locked by a person stays as it is.
    """
    known = {
        (field, value, source): (claim_id, locked)
        for claim_id, field, value, source, locked in await tx.rows(_CLAIMS, lead=lead.id)
    }
    fresh: dict[tuple[str, str, str], dict[str, Any]] = {}
    again: dict[UUID, dict[str, Any]] = {}
    for claim in claims:
        passport = {**claim, "seen_at": tx.now, "run_id": run_id}
        key = (claim["field"], claim["value"], claim["source"])
        claim_id, locked = known.get(key, (None, False))
        if claim_id is None:
            fresh.setdefault(key, {**passport, "lead_id": lead.id})
        elif not locked:
            again[claim_id] = {**passport, "id": claim_id}
    await tx.insert_many(Claim, fresh.values())
    await tx.update_many(Claim, again.values())


async def keep_contacts(tx: Tx, lead: Lead, people: Sequence[Mapping[str, Any]]) -> list[Contact]:
    """Store people (name, title, email, phone, linkedin, source) once each; somebody known only gains what lacks.

    Returns all contacts of the lead.
    """
    contacts = list((await tx.exec(_CONTACTS, params={"lead": lead.id})).all())
    known: dict[str, Contact] = {}
    for contact in contacts:
        known |= dict.fromkeys(_keys(contact.email, contact.name), contact)
    for person in people:
        keys = _keys(person["email"], person["name"])
        contact = next((known[key] for key in keys if key in known), None)
        if contact is None and keys:
            contact = Contact(
                workspace_id=tx.workspace, lead_id=lead.id, key=keys[0], source=person["source"], created_at=tx.now
            )
            tx.add(contact)
            contacts.append(contact)
        if contact is not None:
            for name in CONTACT_FIELDS:
                if not getattr(contact, name) and person[name]:
                    setattr(contact, name, person[name])
            known |= dict.fromkeys(keys, contact)
    return contacts


def _keys(email: str, name: str) -> list[str]:
    """By what a person is known within a company, the surer first."""
    return [key for key in (email.strip().lower(), " ".join(name.casefold().split())) if key]


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == []
