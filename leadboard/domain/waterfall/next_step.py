"""The waterfall itself: which service is asked next about one record, and why the others are passed over.

One call at a time: the answer is merged into the record, and the question is put again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from leadboard.domain.services import Known, Offer, Service, Task
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord, Record
from leadboard.domain.waterfall.roles import COMPANY_ROLES, PERSON_ROLES, TASKS, Order, Role, Tier

_OF_PERSON = frozenset({"email", "first_name", "last_name", "company", "domain", "title", "linkedin"})
"""What is looked for about a person; a phone number only where it is said."""
_OF_COMPANY = frozenset({"industry", "headcount", "description"})
_TOLD_WITH = frozenset({"first_name", "last_name", "company", "domain"})
"""What every answer about a person says beside what its offer names."""

ENOUGH = 3
"""People of a company that are looked for and enriched, those who decide first."""

_WORDS = {
    Known.COMPANY_NAME: "the company’s name",
    Known.DOMAIN: "the company’s domain",
    Known.PERSON_NAME: "first and last name",
    Known.LINKEDIN: "the LinkedIn address",
    Known.EMAIL: "the e-mail address",
    Known.TITLE: "a title",
    Known.REF: "its own id of it",
}


class Why(StrEnum):
    """Why a service is passed over."""

    ASKED = "asked"
    DISABLED = "disabled"
    BREAKER = "breaker"
    INPUTS = "inputs"
    LINKEDIN = "linkedin"
    WINDOW = "window"
    FOUND = "found"
    KNOWN = "known"
    ANSWERED = "answered"


_SAID = {
    Why.ASKED: "{} was asked just now.",
    Why.DISABLED: "{} is switched off for the rest of this batch.",
    Why.BREAKER: "{} failed too often in a row, and is left alone for the rest of this batch.",
    Why.LINKEDIN: "{} is asked only with a LinkedIn address: without one, the first e-mail finder is the last.",
    Why.WINDOW: "{} has said what it knows within the last 90 days.",
    Why.FOUND: "{} is not needed: an earlier service found the address.",
    Why.KNOWN: "{} knows nothing that is missing.",
    Why.ANSWERED: "{} is not needed: a service knew the company.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """The call to make: `micros` is its price, in millionths of a US dollar, if it finds something, or for any answer
    where `always` says so."""

    role: Role
    service: str
    task: Task
    micros: int
    always: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A service that is not asked. `micros`: what asking it would have cost, at most; 0 where it could not be asked,
    or would have found nothing again."""

    role: Role
    service: str
    why: Why
    sentence: str
    micros: int = 0


@dataclass(frozen=True, slots=True)
class Next:
    """The call to make, None when there is none left, and the services before it (or all) that are passed over."""

    step: Step | None
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True)
class Asked:
    """How it stands with the services: name -> whether its answer found something.

    `window`: those with an answer about this record in the last 90 days, even an empty one; `now`: those asked in this
    pass, however it ended; `closed`: those that are not asked in this batch any more (`Why.DISABLED` or
    `Why.BREAKER`).
    """

    window: Mapping[str, bool] = field(default_factory=dict)
    now: Mapping[str, bool] = field(default_factory=dict)
    closed: Mapping[str, Why] = field(default_factory=dict)

    @property
    def fresh(self) -> frozenset[str]:
        """The services that found something in this pass: what they set is not looked for again."""
        return frozenset(service for service, hit in self.now.items() if hit)

    def hit(self, service: str) -> bool:
        """Whether a service has found something, now or in the window."""
        return self.now.get(service, False) or self.window.get(service, False)


NOTHING_ASKED = Asked()


def next_for_person(
    record: PersonRecord,
    order: Order,
    services: Mapping[str, Service],
    asked: Asked = NOTHING_ASKED,
    *,
    tier: Tier = Tier.STANDARD,
    mobile: bool = False,
    force: bool = False,
) -> Next:
    """The next call about a person in a tier: data about the person, then finders of the address until there is one.

    `order` names services that can be asked at all (`roles.only`), `services` has each of them by name; `mobile`: a
    phone number is wanted too; `force`: as if the values of services were not there.
    """
    return _first(turns_for_person(record, order, services, asked, tier=tier, mobile=mobile, force=force))


def next_for_company(
    record: CompanyRecord,
    order: Order,
    services: Mapping[str, Service],
    asked: Asked = NOTHING_ASKED,
    *,
    force: bool = False,
) -> Next:
    """The next call about a company: data about it, and its website where no service knew it. Parameters as above."""
    return _first(turns_for_company(record, order, services, asked, force=force))


def next_for_people(
    record: CompanyRecord, people: int, order: Order, services: Mapping[str, Service], asked: Asked = NOTHING_ASKED
) -> Next:
    """The next call for people at a company where so many who decide are known. Parameters as above."""
    return _first(turns_for_people(record, people, order, services, asked))


def next_for_signals(
    record: CompanyRecord,
    kinds: Collection[str],
    order: Order,
    services: Mapping[str, Service],
    asked: Asked = NOTHING_ASKED,
) -> Next:
    """The next call for what happens at a company: only services that know of one of these kinds. Parameters as
    above."""

    def why(role: Role, at: int, offer: Offer) -> Why | None:
        return None if offer.gives & frozenset(kinds) else Why.KNOWN

    return _first(_turns(record, (Role.SIGNALS,), order, services, asked, why))


def turns_for_person(
    record: PersonRecord,
    order: Order,
    services: Mapping[str, Service],
    asked: Asked,
    *,
    tier: Tier = Tier.STANDARD,
    mobile: bool = False,
    force: bool = False,
) -> Iterator[Step | Passed]:
    """Every service in its turn: its call as things stand now, or why it is passed over. Parameters as above."""
    wanted = _wanted(record, _OF_PERSON | ({"phone"} if mobile else frozenset()), asked, force)

    def why(role: Role, at: int, offer: Offer) -> Why | None:
        if role is Role.EMAIL_FINDER and at and not record.linkedin:
            return Why.LINKEDIN
        if role is Role.EMAIL_FINDER and "email" not in wanted:
            source = record.passport("email")
            return Why.FOUND if source and source.source in asked.fresh else Why.KNOWN
        return None if wanted & (offer.gives | _TOLD_WITH) else Why.KNOWN

    return _turns(record, PERSON_ROLES[tier], order, services, asked, why)


def turns_for_company(
    record: CompanyRecord, order: Order, services: Mapping[str, Service], asked: Asked, *, force: bool = False
) -> Iterator[Step | Passed]:
    """Every service in its turn, as above."""
    wanted = _wanted(record, _OF_COMPANY, asked, force)
    answered = any(asked.hit(name) for name in order.get(Role.COMPANY_DATA, ()))

    def why(role: Role, at: int, offer: Offer) -> Why | None:
        if role is Role.SITE_CRAWL and answered:
            return Why.ANSWERED
        return None if wanted & offer.gives else Why.KNOWN

    return _turns(record, COMPANY_ROLES, order, services, asked, why)


def turns_for_people(
    record: CompanyRecord, people: int, order: Order, services: Mapping[str, Service], asked: Asked
) -> Iterator[Step | Passed]:
    """Every service that lists the people of a company in its turn, until `ENOUGH` who decide are known."""
    known = Why.KNOWN if people >= ENOUGH else None
    return _turns(record, (Role.PEOPLE,), order, services, asked, lambda role, at, offer: known)


def _wanted(record: Record, fields: frozenset[str], asked: Asked, force: bool) -> frozenset[str]:
    """The fields that an answer could set; what was found in this pass is not looked for again."""
    fresh = asked.fresh
    return frozenset(name for name in fields if record.may_write(name, force=force, fresh=fresh))


class _NotNeeded(Protocol):
    """Whether an offer, `at` this place of its part, is not needed, and why."""

    def __call__(self, role: Role, at: int, offer: Offer) -> Why | None: ...


def _turns(
    record: PersonRecord | CompanyRecord,
    roles: Sequence[Role],
    order: Order,
    services: Mapping[str, Service],
    asked: Asked,
    not_needed: _NotNeeded,
) -> Iterator[Step | Passed]:
    for role, at, service, offer in _in_order(roles, order, services):
        if why := _why_not(record, service, offer, asked) or not_needed(role, at, offer):
            yield _passed(role, service, offer, why, asked)
        else:
            yield Step(role, service.name, offer.task, offer.micros, offer.always)


def _first(turns: Iterable[Step | Passed]) -> Next:
    """The first call, and who is passed over before it."""
    passed: list[Passed] = []
    for turn in turns:
        if isinstance(turn, Step):
            return Next(turn, tuple(passed))
        passed.append(turn)
    return Next(None, tuple(passed))


def _in_order(
    roles: Sequence[Role], order: Order, services: Mapping[str, Service]
) -> Iterator[tuple[Role, int, Service, Offer]]:
    for role in roles:
        for at, name in enumerate(order.get(role, ())):
            if offer := services[name].offer(TASKS[role]):
                yield role, at, services[name], offer


def _why_not(record: PersonRecord | CompanyRecord, service: Service, offer: Offer, asked: Asked) -> Why | None:
    """Why a service cannot be asked about a record, or need not be since it was."""
    if service.name in asked.now:
        return Why.ASKED
    if service.name in asked.window:
        return Why.WINDOW
    if service.name in asked.closed:
        return asked.closed[service.name]
    known = record.known(service.name)
    return None if not offer.needs or any(each <= known for each in offer.needs) else Why.INPUTS


def _passed(role: Role, service: Service, offer: Offer, why: Why, asked: Asked) -> Passed:
    saved = why is Why.FOUND or (why is Why.WINDOW and (offer.always or asked.window[service.name]))
    sentence = _needs(service, offer) if why is Why.INPUTS else _SAID[why].format(service.label)
    return Passed(role, service.name, why, sentence, offer.micros if saved else 0)


def _needs(service: Service, offer: Offer) -> str:
    """What a service would have to be told."""
    told = [each for each in offer.needs if Known.REF not in each] or offer.needs
    sets = (" and ".join(_WORDS[known] for known in Known if known in each) for each in told)
    return f"{service.label} needs {', or '.join(sets)}."
