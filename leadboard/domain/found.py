"""What is asked of outside services and what they found, in our own words. Empty texts and None are "not known"."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Search:
    """Which companies are looked for: any of the industries, any of the places, all of the rest that is given.

    `places` are names of countries, their codes, regions or cities; a headcount of 0 is open at that end.
    """

    industries: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    specialities: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    headcount_min: int = 0
    headcount_max: int = 0
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedCompany:
    """The company a service is asked about; `country` is ISO alpha-2, `titles` those of the people looked for there,
    and `ref` the id that this very service gave the company, if it did."""

    name: str = ""
    domain: str = ""
    country: str = ""
    linkedin: str = ""
    titles: tuple[str, ...] = ()
    ref: str = ""


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """The person a service is asked about; `ref` is the id that this very service gave them, if it did."""

    first_name: str = ""
    last_name: str = ""
    linkedin: str = ""
    email: str = ""
    company: AskedCompany = AskedCompany()
    ref: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a company. `field` is a word of the claims (`industry`, `headcount`, `city`, ...), `source` the
    address where a reader can see it, `confidence` 0..1."""

    field: str
    value: str
    confidence: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A company as a service knows it; `ref` is the service's own id of it."""

    name: str
    domain: str = ""
    facts: tuple[Fact, ...] = ()
    ref: str = ""


class EmailStatus(StrEnum):
    """What a verification says of an address. Only `valid` is ever written to."""

    VALID = "valid"
    INVALID = "invalid"
    VALID_CATCH_ALL = "valid_catch_all"
    CATCH_ALL = "catch_all"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person as a service knows them; `confidence` (0..1) is about the person, `email_confidence` the address."""

    first_name: str = ""
    last_name: str = ""
    title: str = ""
    email: str = ""
    email_confidence: float = 0.0
    email_status: EmailStatus = EmailStatus.UNKNOWN
    phone: str = ""
    linkedin: str = ""
    company: str = ""
    domain: str = ""
    confidence: float = 0.0
    source: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address takes mail, and the service's own word for why."""

    status: EmailStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FoundSignal:
    """Something that happened at a company: `kind` (hiring, funding, news, launch, trial, age, mail, ...) and `value`
    make the text `kind:value` of a score; `source` is the address where a reader can see it."""

    kind: str
    value: str
    title: str = ""
    at: date | None = None
    source: str = ""
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What one question brought: nothing found is an empty one.

    `micros`: what it cost, in millionths of a US dollar; `next`: hand it back for the next page, "" at the end;
    `raw`: what the service sent, shortened, without our key.
    """

    items: tuple[T, ...] = ()
    micros: int = 0
    next: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """What a service said when its key was tried: `sentence` is ours, `left` calls or credits where it tells."""

    ok: bool
    sentence: str
    left: int | None = None
