"""Contacts as the waterfall reads and writes them: a record with the passports of its values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select

from leadboard.domain.drafts import contact_key
from leadboard.domain.waterfall import normalise
from leadboard.domain.waterfall.passport import IMPORT, MANUAL, WEBSITE, Passport, origin
from leadboard.domain.waterfall.record import PersonRecord
from leadboard.store.db import Tx
from leadboard.store.tables import Contact, Lead

_FORMS_OF_ADDRESS = re.compile(r"^(?:(?:mr|mrs|ms|miss|dr|prof|sir|herr|frau)\b\.?\s+)+", re.IGNORECASE)

COLUMNS = ("first_name", "last_name", "title", "email", "phone", "linkedin")
"""The fields of a record that are columns of a contact; company and domain are its lead's."""


async def of_lead(tx: Tx, lead_id: UUID) -> Sequence[Contact]:
    """The people at a lead, best ALS first."""
    statement = select(Contact).where(Contact.lead_id == lead_id, col(Contact.deleted_at).is_(None))
    return (await tx.exec(statement.order_by(col(Contact.als_score).desc(), col(Contact.name)))).all()


async def standing(tx: Tx, contact_ids: Sequence[UUID]) -> dict[UUID, tuple[Contact, Lead]]:
    """Contacts with their leads; those are left out of which either was deleted."""
    statement = select(Contact, Lead).where(
        col(Contact.id).in_(contact_ids),
        col(Lead.id) == Contact.lead_id,
        col(Contact.deleted_at).is_(None),
        col(Lead.deleted_at).is_(None),
    )
    return {contact.id: (contact, lead) for contact, lead in (await tx.exec(statement)).all()}


def record_of(contact: Contact, lead: Lead) -> PersonRecord:
    """What is known of a contact, by whom. What stands in its own list came with it; the rest from its services."""
    first, last = contact.first_name, contact.last_name
    if not (first and last):
        first, last = parts_of(contact.name)
    return PersonRecord(
        first_name=first,
        last_name=last,
        title=contact.title,
        email=contact.email,
        phone=contact.phone,
        linkedin=contact.linkedin,
        company=lead.name,
        domain=lead.domain,
        passports={name: Passport.from_data(said) for name, said in contact.passports.items()},
        origin=origin(_origin(contact.source), contact.created_at),
        locked=frozenset(contact.locked),
        refs=contact.refs,
    )


def parts_of(name: str) -> tuple[str, str]:
    """First and last name of somebody who is called so; one word is a first name."""
    words = _FORMS_OF_ADDRESS.sub("", name).split()
    return (words[0], " ".join(words[1:])) if words else ("", "")


def _origin(source: str) -> str:
    return WEBSITE if "://" in source else MANUAL if source == MANUAL else IMPORT


def columns_of(record: PersonRecord, written: Iterable[str]) -> dict[str, Any]:
    """The columns of a contact that change with what was written to its record."""
    written = set(written)
    values: dict[str, Any] = {name: record.value(name) for name in COLUMNS if name in written}
    if written & {"first_name", "last_name"}:
        values |= {"first_name": record.first_name, "last_name": record.last_name}
        values["name"] = f"{record.first_name} {record.last_name}".strip()
    if "title" in written:
        values["seniority"] = normalise.seniority(record.title) or ""
    if "email" in written:
        values |= {"email_status": "", "verified_at": None, "verified_by": ""}
    return values


def passport_columns(record: PersonRecord) -> dict[str, Any]:
    """The columns that say where the values are from."""
    return {
        "passports": {name: passport.to_data() for name, passport in record.passports.items()},
        "refs": dict(record.refs),
    }


def write(tx: Tx, contact: Contact, values: Mapping[str, Any]) -> None:
    """Change columns of a contact, in the row that was read as well."""
    if values:
        tx.update_later(Contact, {**values, "id": contact.id})
        tx.touch(f"lead:{contact.lead_id}")
        for name, value in values.items():
            set_committed_value(contact, name, value)


async def add(tx: Tx, lead: Lead, record: PersonRecord, source: str, values: Mapping[str, Any]) -> UUID:
    """A new contact of a lead, with these other columns."""
    contact_id, name = uuid4(), f"{record.first_name} {record.last_name}".strip()
    row = {name: record.value(name) for name in COLUMNS} | passport_columns(record)
    seniority = normalise.seniority(record.title) or ""
    about = {"id": contact_id, "lead_id": lead.id, "key": contact_key(record.email, name), "name": name}
    when = {"source": source, "seniority": seniority, "created_at": tx.now}
    await tx.insert_many(Contact, [{**row, **about, **when, **values}])
    tx.touch(f"lead:{lead.id}")
    return contact_id


def same_person(contacts: Iterable[Contact], record: PersonRecord) -> Contact | None:
    """Who of the contacts it is, by address, profile or name."""
    name = f"{record.first_name} {record.last_name}".strip().casefold()
    for contact in contacts:
        if record.email and contact.email == record.email:
            return contact
        if record.linkedin and contact.linkedin.rstrip("/") == record.linkedin.rstrip("/"):
            return contact
        if name and " ".join(contact.name.split()).casefold() == name:
            return contact
    return None
