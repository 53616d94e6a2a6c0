"""What is known of a person or a company while it is enriched: each value with its passport."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from leadboard.domain.found import AskedCompany, AskedPerson
from leadboard.domain.services import Known
from leadboard.domain.waterfall.passport import IMPORT, MANUAL, Passport, origin


class Completeness(StrEnum):
    """The badge of a record: all of what makes it useful, some of it, or nothing."""

    FULL = "full"
    PARTIAL = "partial"
    MISSING = "missing"


_IMPORTED = origin(IMPORT)


@dataclass(frozen=True, kw_only=True)
class Record:
    """What persons and companies share. `passports` are those of single fields; every other value has `origin`.

    `locked`: fields that a person set, empty ones among them; `refs`: service -> the id it gave the record.
    """

    fields: ClassVar[tuple[str, ...]]
    """Every field with a value of its own."""
    badge: ClassVar[tuple[str, ...]]
    """What makes it complete."""

    passports: Mapping[str, Passport] = field(default_factory=dict)
    origin: Passport = _IMPORTED
    locked: frozenset[str] = frozenset()
    refs: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """The value of a field, "" when it is not known."""
        return getattr(self, name)

    def passport(self, name: str) -> Passport | None:
        """The passport of a field's value; None when it has no value."""
        if not self.value(name):
            return None
        if name in self.passports:
            return self.passports[name]
        return origin(MANUAL, self.origin.seen_at) if name in self.locked else self.origin

    @property
    def completeness(self) -> Completeness:
        """The badge."""
        known = [name for name in self.badge if self.value(name)]
        if len(known) == len(self.badge):
            return Completeness.FULL
        return Completeness.PARTIAL if known else Completeness.MISSING

    def may_write(self, name: str, *, force: bool = False, fresh: Collection[str] = ()) -> bool:
        """Whether a machine may set a field: an empty one, or with `force` one that no person is behind.

        `fresh`: the services that found something in this pass; what one of them has set stays.
        """
        if name in self.locked:
            return False
        held = self.passport(name)
        return held is None or (force and not held.by_people and held.source not in fresh)


@dataclass(frozen=True, kw_only=True)
class PersonRecord(Record):
    """A person at a company. Empty is "not known"; `company` and `domain` are those of the company."""

    fields: ClassVar[tuple[str, ...]] = (
        *("first_name", "last_name", "title", "email", "phone", "linkedin", "company", "domain"),
    )
    badge: ClassVar[tuple[str, ...]] = ("email", "linkedin", "domain")

    first_name: str = ""
    last_name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    linkedin: str = ""
    company: str = ""
    domain: str = ""

    def known(self, service: str) -> frozenset[Known]:
        """What is known of the person that this service may be asked by."""
        return _known(
            {
                Known.PERSON_NAME: self.first_name and self.last_name,
                Known.COMPANY_NAME: self.company,
                Known.DOMAIN: self.domain,
                Known.LINKEDIN: self.linkedin,
                Known.EMAIL: self.email,
                Known.REF: self.refs.get(service, ""),
            }
        )

    def asked(self, service: str) -> AskedPerson:
        """The question about the person for this service."""
        return AskedPerson(
            first_name=self.first_name,
            last_name=self.last_name,
            linkedin=self.linkedin,
            email=self.email,
            company=AskedCompany(name=self.company, domain=self.domain),
            ref=self.refs.get(service, ""),
        )


@dataclass(frozen=True, kw_only=True)
class CompanyRecord(Record):
    """A company. Empty is "not known"; every value is a text as services write it ("11-50"), in the words of claims.

    What a company has many of (technologies) is no field of it: such facts are claims of their own.
    """

    fields: ClassVar[tuple[str, ...]] = (
        *("name", "domain", "industry", "headcount", "description", "address", "city", "state", "country"),
        *("phone", "email", "linkedin", "founded", "revenue", "funding", "funding_date"),
    )
    badge: ClassVar[tuple[str, ...]] = ("industry", "headcount", "description")

    name: str = ""
    domain: str = ""
    industry: str = ""
    headcount: str = ""
    description: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    linkedin: str = ""
    founded: str = ""
    revenue: str = ""
    funding: str = ""
    funding_date: str = ""

    def known(self, service: str) -> frozenset[Known]:
        """What is known of the company that this service may be asked by."""
        return _known(
            {
                Known.COMPANY_NAME: self.name,
                Known.DOMAIN: self.domain,
                Known.LINKEDIN: self.linkedin,
                Known.REF: self.refs.get(service, ""),
            }
        )

    def asked(self, service: str) -> AskedCompany:
        """The question about the company for this service."""
        return AskedCompany(
            name=self.name,
            domain=self.domain,
            country=self.country,
            linkedin=self.linkedin,
            ref=self.refs.get(service, ""),
        )


def _known(values: Mapping[Known, str]) -> frozenset[Known]:
    return frozenset(known for known, value in values.items() if value)
