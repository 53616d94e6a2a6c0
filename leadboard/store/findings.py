"""What a run found out about a lead: claims with their passports, contacts, and fields nobody had filled."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from leadboard.store.db import Tx
from leadboard.store.tables import Claim, Contact, Lead

CONTACT_FIELDS = ("name", "title", "email", "phone", "linkedin")


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
        (claim.field, claim.value, claim.source): claim
        for claim in (await tx.exec(select(Claim).where(Claim.lead_id == lead.id))).all()
    }
    fresh: dict[tuple[str, str, str], dict[str, Any]] = {}
    for claim in claims:
        passport = {**claim, "seen_at": tx.now, "run_id": run_id}
        key = (claim["field"], claim["value"], claim["source"])
        if (old := known.get(key)) is None:
            fresh.setdefault(key, {**passport, "lead_id": lead.id})
        elif not old.locked_by_human:
            for name, value in passport.items():
                setattr(old, name, value)
    await tx.insert_many(Claim, fresh.values())


async def keep_contacts(tx: Tx, lead: Lead, people: Sequence[Mapping[str, Any]]) -> None:
    """Store people (name, title, email, phone, linkedin, source) once each; somebody known only gains what lacks."""
    here = select(Contact).where(Contact.lead_id == lead.id, col(Contact.deleted_at).is_(None))
    known: dict[str, Contact] = {}
    for contact in (await tx.exec(here)).all():
        known |= dict.fromkeys(_keys(contact.email, contact.name), contact)
    for person in people:
        keys = _keys(person["email"], person["name"])
        contact = next((known[key] for key in keys if key in known), None)
        if contact is None and keys:
            contact = Contact(
                workspace_id=tx.workspace, lead_id=lead.id, key=keys[0], source=person["source"], created_at=tx.now
            )
            tx.add(contact)
        if contact is not None:
            for name in CONTACT_FIELDS:
                if not getattr(contact, name) and person[name]:
                    setattr(contact, name, person[name])
            known |= dict.fromkeys(keys, contact)
    await tx.flush()


def _keys(email: str, name: str) -> list[str]:
    """By what a person is known within a company, the surer first."""
    return [key for key in (email.strip().lower(), " ".join(name.casefold().split())) if key]


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == []
