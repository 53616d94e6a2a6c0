"""Scores of leads and their contacts, stored with their receipts and the version of the profile they were made with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from leadboard.domain import als, fit
from leadboard.domain.company import Company, Person
from leadboard.domain.icp import Icp
from leadboard.store.db import Tx
from leadboard.store.tables import Contact, Lead


class ScoredLead(Protocol):
    """What scoring reads of a lead: a row, or the columns of one."""

    @property
    def what(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def industry(self) -> str: ...
    @property
    def headcount_min(self) -> int | None: ...
    @property
    def headcount_max(self) -> int | None: ...
    @property
    def city(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def technologies(self) -> Sequence[str]: ...
    @property
    def tags(self) -> Sequence[str]: ...
    @property
    def is_hiring(self) -> bool | None: ...
    @property
    def funding_stage(self) -> str: ...
    @property
    def funding_date(self) -> date | None: ...


class ScoredContact(Protocol):
    """What scoring reads of a contact."""

    @property
    def title(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def email_status(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def phone_verified(self) -> bool: ...
    @property
    def linkedin(self) -> str: ...
    @property
    def personal_email(self) -> str: ...
    @property
    def role_started(self) -> date | None: ...


def company_of(lead: ScoredLead) -> Company:
    """A lead as the rules of scoring know it."""
    return Company(
        industry=lead.industry,
        headcount_min=lead.headcount_min,
        headcount_max=lead.headcount_max,
        country=lead.country,
        state=lead.state,
        city=lead.city,
        description=" ".join(text for text in (lead.what, lead.description) if text),
        tags=tuple(lead.tags),
        technologies=tuple(lead.technologies),
        signals=signals_of(lead),
        is_hiring=lead.is_hiring,
        funding_date=lead.funding_date,
    )


def signals_of(lead: ScoredLead) -> tuple[str, ...]:
    """The lead's signals as `kind:value`."""
    signals = ["hiring:yes"] if lead.is_hiring else []
    if lead.funding_stage:
        signals.append(f"funding:{lead.funding_stage.lower().replace(' ', '_')}")
    return tuple(signals)


def person_of(contact: ScoredContact) -> Person:
    """A contact as the rules of scoring know it."""
    return Person(
        title=contact.title,
        email=contact.email,
        email_status=contact.email_status,
        phone=contact.phone,
        phone_verified=contact.phone_verified,
        linkedin=contact.linkedin,
        personal_email=contact.personal_email,
        role_started=contact.role_started,
    )


def rate(tx: Tx, lead: Lead, contacts: Sequence[Contact], version: int, icp: Icp | None) -> None:
    """Score a lead and all its contacts against the profile in force.

    Without a profile there is no fit score; ALS has its own defaults.
    """
    company = company_of(lead)
    people = [person_of(contact) for contact in contacts]
    if icp is not None:
        _set(lead, fit_values(company, people, version, icp, tx))
    for contact, person in zip(contacts, people, strict=True):
        _set(contact, als_values(company, person, icp, tx))


def rate_contact(tx: Tx, lead: Lead, contact: Contact, icp: Icp | None) -> None:
    """Score one contact of a lead."""
    _set(contact, als_values(company_of(lead), person_of(contact), icp, tx))


def _set(row: Lead | Contact, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def als_values(company: Company, person: Person, icp: Icp | None, tx: Tx) -> dict[str, Any]:
    """The columns of a contact that hold its ALS."""
    scored = als.score(person, company, icp or Icp(), tx.now.date())
    return {"als_score": scored.total, "als_tier": scored.tier, "als_receipt": scored.to_data(), "als_at": tx.now}


def fit_values(company: Company, people: Iterable[Person], version: int, icp: Icp, tx: Tx) -> dict[str, Any]:
    """The columns of a lead that hold its fit score."""
    receipt = fit.score(fit.Known(company, icp, tx.now.date(), tuple(people)))
    return {
        "fit_score": receipt.overall,
        "fit_icp_version": version,
        "fit_receipt": receipt.to_data(),
        "fit_at": tx.now,
    }
