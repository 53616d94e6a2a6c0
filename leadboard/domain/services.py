"""The outside services that know companies and people: what each is asked, what it needs, gives and costs.

Prices are what the contract sheets say; an installation may know better ones (`prices` of the settings).
"""

from dataclasses import dataclass
from enum import StrEnum


class Task(StrEnum):
    """What a service is asked, one call each."""

    COMPANIES = "companies"
    """Companies that match what is looked for, a page at a time."""
    COMPANY = "company"
    """Facts of one company."""
    PEOPLE = "people"
    """People at one company."""
    PERSON = "person"
    """The e-mail address of one person, and what else is known."""
    VERIFY = "verify"
    """Whether an e-mail address takes mail."""
    SIGNALS = "signals"
    """What happens at one company: open roles, funding, news, mentions."""


class KeyKind(StrEnum):
    """Whether a service asks for a key, and what that costs."""

    NONE = "none"
    OPTIONAL = "optional"
    """It answers without a key, and more often with one."""
    FREE = "free"
    PAID = "paid"


class Known(StrEnum):
    """What has to be known before a service can be asked."""

    COMPANY_NAME = "company_name"
    DOMAIN = "domain"
    PERSON_NAME = "person_name"
    LINKEDIN = "linkedin"
    EMAIL = "email"
    TITLE = "title"
    """Titles of the people looked for."""
    REF = "ref"
    """The id that this very service gave in an earlier answer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One task of a service. `needs`: any one of these sets has to be known; `micros`: US dollars in millionths, paid
    for an answer that found something, or for every call where `always` says so."""

    task: Task
    gives: frozenset[str] = frozenset()
    needs: tuple[frozenset[Known], ...] = ()
    micros: int = 0
    always: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `calls` in `seconds`, and `together` at the same time."""

    calls: int
    seconds: float = 1.0
    together: int = 4


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `identified`: it refuses callers who do not say who they are; `note`: what its terms ask of us."""

    name: str
    label: str
    site: str
    key: KeyKind
    offers: tuple[Offer, ...]
    pace: Pace
    identified: bool = False
    note: str = ""

    def offer(self, task: Task) -> Offer | None:
        """Its offer for a task; None when it has none."""
        return next((offer for offer in self.offers if offer.task is task), None)

    def can_be_asked(self, *, key: bool, demo: bool, contact: bool) -> bool:
        """Whether a workspace can ask it: with its own key, in the demo world, or because the service wants none and,
        where it does, is told whom to write to."""
        public = self.key in (KeyKind.NONE, KeyKind.OPTIONAL)
        return key or demo or (public and (contact or not self.identified))


def needs(*sets: tuple[Known, ...]) -> tuple[frozenset[Known], ...]:
    """What has to be known: any one of these sets."""
    return tuple(map(frozenset, sets))
