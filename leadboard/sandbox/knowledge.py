"""What each service knows of the demo world. No two know the same: one has never heard of a company, the next has an
old title or made an address up. So a search over several of them has something to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from leadboard.domain.words import shared_word
from leadboard.sandbox.names import SECTORS
from leadboard.sandbox.world import Company, Mailbox, Person, World, address

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares (0 to 1): of `companies` that a service knows, of `people` at those, of their `emails`; of titles that are
    `stale`, and of addresses that it `guessed` by a pattern that is not the company's. `sure` is how sure it says to be
    of an address, from and to."""

    companies: float
    people: float
    emails: float
    stale: float
    guessed: float
    sure: tuple[float, float]


HABITS: Mapping[str, Habits] = {
    "apollo": Habits(0.92, 0.80, 0.60, 0.12, 0.06, (0.55, 0.97)),
    "hunter": Habits(0.85, 0.60, 0.70, 0.05, 0.10, (0.34, 0.98)),
    "prospeo": Habits(0.80, 0.75, 0.55, 0.10, 0.04, (0.60, 0.95)),
    "findymail": Habits(0.78, 0.70, 0.65, 0.06, 0.02, (0.80, 0.95)),
    "leadmagic": Habits(0.75, 0.65, 0.60, 0.15, 0.05, (0.60, 0.95)),
    "ai_ark": Habits(0.85, 0.70, 0.45, 0.20, 0.10, (0.40, 0.90)),
    "clay": Habits(0.88, 0.75, 0.0, 0.10, 0.0, (0.0, 0.0)),
}
"""Service -> what it is good and bad at."""
_GAPS = {"description": 0.1, "headcount": 0.05, "phone": 0.25, "founded": 0.2, "revenue": 0.4, "street": 0.35}
"""Field -> share of known companies of which a service does not have it."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A person as one service has them: `email` "" where it has none, `sure` of it from 0 to 1, `checked` where it
    asked the mail server itself; `linkedin` and `phone` as far as it has them."""

    person: Person
    title: str
    email: str
    sure: float
    checked: bool
    linkedin: str
    phone: str


@lru_cache(maxsize=8192)
def knows(world: World, service: str, company: Company) -> bool:
    """Whether a service has heard of a company."""
    return world.chance(service, company.domain).random() < HABITS[service].companies


@lru_cache(maxsize=8192)
def outline(world: World, service: str, company: Company) -> Mapping[str, Any]:
    """What a service says of a company it knows: with gaps (None), and now and then with another headcount."""
    chance = world.chance(service, "outline", company.domain)
    said = {name: None if chance.random() < gap else getattr(company, name) for name, gap in _GAPS.items()}
    if said["headcount"] and chance.random() < 0.25:
        said["headcount"] = max(round(company.headcount * chance.uniform(0.6, 1.4)), 1)
    return said


@lru_cache(maxsize=32768)
def glimpse(world: World, service: str, person: Person) -> Glimpse | None:
    """What a service has of a person; None where it does not know them."""
    habits, company = HABITS[service], world.by_domain[person.domain]
    chance = world.chance(service, person.email)
    if not knows(world, service, company) or chance.random() >= habits.people:
        return None
    email = person.email if chance.random() < habits.emails and company.mail_host != "none" else ""
    made_up = chance.random() < habits.guessed
    if email and made_up:
        email = address(company, person.first_name, person.last_name, "{last}.{first}")
    low, high = habits.sure
    return Glimpse(
        person=person,
        title=chance.choice(SECTORS[company.sector].staff) if chance.random() < habits.stale else person.title,
        email=email,
        sure=round(chance.uniform(low, (low + high) / 2) if made_up else chance.triangular(low, high, high), 2),
        checked=bool(email) and world.mailbox(email) is Mailbox.WORKS,
        linkedin=person.linkedin if chance.random() < 0.85 else "",
        phone=person.phone if chance.random() < 0.5 else "",
    )


def companies(world: World, service: str, found: Iterable[Company]) -> list[Company]:
    """Those of the companies that a service knows."""
    return [company for company in found if knows(world, service, company)]


def team(world: World, service: str, company: Company | None) -> list[Glimpse]:
    """Everybody at a company whom a service knows, whoever decides first."""
    people = world.people[company.domain] if company else ()
    return [seen for person in people if (seen := glimpse(world, service, person))]


def with_title(seen: Iterable[Glimpse], titles: Iterable[str]) -> list[Glimpse]:
    """Those whose title says one of the titles or nearly so; all of them where none is given."""
    titles = tuple(titles)
    return [each for each in seen if not titles or any(shared_word(each.title, title) for title in titles)]


@lru_cache(maxsize=65536)
def ref(world: World, service: str, of: str) -> str:
    """The id that a service has for a domain or an address."""
    return f"{world.chance(service, 'ref', of).getrandbits(96):024x}"


@lru_cache(maxsize=32)
def by_ref(world: World, service: str) -> Mapping[str, str]:
    """Domain or address by the id that a service has for it."""
    return {ref(world, service, of): of for of in (*world.by_domain, *world.by_email)}


def page(found: list[T], number: int, size: int) -> list[T]:
    """The page of this number, counted from 1."""
    return found[(max(number, 1) - 1) * size :][:size]
