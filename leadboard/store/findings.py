"""What a run found out about a lead: claims with their passports, contacts, and fields nobody had filled.

Columns are read and written, not whole rows: finding out what changed of rows took longer than all the statements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select

from leadboard.domain.company import Company, Person
from leadboard.domain.icp import Icp
from leadboard.store import scores
from leadboard.store.db import Tx
from leadboard.store.going import GoingLead
from leadboard.store.tables import Claim, Contact, Lead
from leadboard.store.tenancy import Prepared

CONTACT_FIELDS = ("name", "title", "email", "phone", "linkedin")


@dataclass(slots=True)
class _Known:
    """What is read of the lead: the columns that a run may fill."""

    name: str
    domain: str
    website: str
    what: str
    description: str
    industry: str
    headcount_min: int | None
    headcount_max: int | None
    city: str
    state: str
    country: str
    address: str
    phone: str
    email: str
    linkedin: str
    founded_year: int | None
    technologies: list[str]
    tags: list[str]
    is_hiring: bool | None
    funding_stage: str
    funding_date: date | None
    value: int | None
    locked: list[str]


_LEAD = Prepared(
    select(*(getattr(Lead, each.name) for each in fields(_Known))).where(col(Lead.id) == bindparam("lead"))
)
_CLAIMS = Prepared(
    select(  # type: ignore[call-overload]
        Claim.id, Claim.field, Claim.value, Claim.source, Claim.locked_by_human
    ).where(col(Claim.lead_id) == bindparam("lead"))
)


@dataclass(slots=True)
class _Someone:
    """What is read of a contact, without an id one to be stored, and the columns it gained."""

    id: UUID | None = None
    key: str = ""
    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    linkedin: str = ""
    email_status: str = ""
    phone_verified: bool = False
    personal_email: str = ""
    role_started: date | None = None
    gained: dict[str, str] = field(default_factory=dict)

    def learn(self, person: Mapping[str, Any]) -> None:
        """Take from the same person what lacks."""
        for name in CONTACT_FIELDS:
            if person[name] and not getattr(self, name):
                setattr(self, name, person[name])
                self.gained[name] = person[name]


_CONTACTS = Prepared(
    select(*(getattr(Contact, each.name) for each in fields(_Someone) if each.name in Contact.model_fields)).where(
        col(Contact.lead_id) == bindparam("lead"), col(Contact.deleted_at).is_(None)
    )
)


async def fill(tx: Tx, lead: GoingLead, values: Mapping[str, Any]) -> Company:
    """Set fields of the lead that are empty and that no person has locked; returns what is known of it then."""
    [row] = await tx.rows(_LEAD, lead=lead.id)
    known = _Known(*row)
    for name, value in values.items():
        if name not in known.locked and _empty(getattr(known, name)) and not _empty(value):
            lead.more[name] = value
            setattr(known, name, value)
    return scores.company_of(known)


async def keep_claims(tx: Tx, lead_id: UUID, run_id: UUID | None, claims: Sequence[Mapping[str, Any]]) -> None:
    """Store claims (field, value, source, method, snippet, confidence) once each; seen again, they are refreshed.

    A claim locked by a person stays as it is.
    """
    known = {
        (field, value, source): (claim_id, locked)
        for claim_id, field, value, source, locked in await tx.rows(_CLAIMS, lead=lead_id)
    }
    fresh: dict[tuple[str, str, str], dict[str, Any]] = {}
    again: dict[UUID, dict[str, Any]] = {}
    for claim in claims:
        passport = {**claim, "seen_at": tx.now, "run_id": run_id}
        key = (claim["field"], claim["value"], claim["source"])
        claim_id, locked = known.get(key, (None, False))
        if claim_id is None:
            fresh.setdefault(key, {**passport, "lead_id": lead_id})
        elif not locked:
            again[claim_id] = {**passport, "id": claim_id}
    await tx.insert_many(Claim, fresh.values())
    await tx.update_many(Claim, again.values())


async def keep_contacts(
    tx: Tx, lead_id: UUID, people: Sequence[Mapping[str, Any]], company: Company, icp: Icp | None
) -> list[Person]:
    """Store people (name, title, email, phone, linkedin, source) once each; somebody known only gains what lacks.

    Returns all contacts of the lead, each of which is scored anew.
    """
    contacts = [_Someone(*row) for row in await tx.rows(_CONTACTS, lead=lead_id)]
    known = {key: contact for contact in contacts for key in _keys(contact.email, contact.name)}
    for person in people:
        keys = _keys(person["email"], person["name"])
        contact = next((known[key] for key in keys if key in known), None)
        if contact is None and keys:
            contact = _Someone(key=keys[0], gained={"source": person["source"]})
            contacts.append(contact)
        if contact is not None:
            contact.learn(person)
            known |= dict.fromkeys(keys, contact)
    everyone = [scores.person_of(contact) for contact in contacts]
    pairs = [
        (contact, contact.gained | scores.als_values(company, person, icp, tx))
        for contact, person in zip(contacts, everyone, strict=True)
    ]
    await tx.update_many(Contact, [{**row, "id": contact.id} for contact, row in pairs if contact.id])
    fresh = {**dict.fromkeys(CONTACT_FIELDS, ""), "lead_id": lead_id, "created_at": tx.now}
    await tx.insert_many(Contact, [{**fresh, **row, "key": contact.key} for contact, row in pairs if not contact.id])
    return everyone


def _keys(email: str, name: str) -> list[str]:
    """By what a person is known within a company, the surer first."""
    return [key for key in (email.strip().lower(), " ".join(name.casefold().split())) if key]


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == []
