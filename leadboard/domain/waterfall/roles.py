"""Which part each service plays in the waterfall, and in which order those of a part are asked.

The order is configuration: cheaper first is not implied, and prices are those of the services' offers.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum, StrEnum

from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.waterfall.passport import WEBSITE
from leadboard.errors import Refused


class Tier(IntEnum):
    """When a part has its turn. Tier 0 is what is already here: the database, then the cache."""

    STANDARD = 1
    PREMIUM = 2


class Role(StrEnum):
    """A part of the waterfall."""

    PERSON_DATA = "person_data"
    EMAIL_FINDER = "email_finder"
    SIGNALS = "signals"
    PEOPLE = "people"
    COMPANY_DATA = "company_data"
    SITE_CRAWL = "site_crawl"
    EMAIL_VERIFY = "email_verify"
    PREMIUM = "premium"


TASKS = {
    Role.PERSON_DATA: Task.PERSON,
    Role.EMAIL_FINDER: Task.PERSON,
    Role.SIGNALS: Task.SIGNALS,
    Role.PEOPLE: Task.PEOPLE,
    Role.COMPANY_DATA: Task.COMPANY,
    Role.SITE_CRAWL: Task.COMPANY,
    Role.EMAIL_VERIFY: Task.VERIFY,
    Role.PREMIUM: Task.PERSON,
}
"""What a service of each part is asked."""

LABELS = {
    Role.PERSON_DATA: "Person data",
    Role.EMAIL_FINDER: "E-mail finder",
    Role.SIGNALS: "Signals",
    Role.PEOPLE: "People at a company",
    Role.COMPANY_DATA: "Company data",
    Role.SITE_CRAWL: "Website",
    Role.EMAIL_VERIFY: "E-mail verification",
    Role.PREMIUM: "Premium",
}

PERSON_ROLES = {Tier.STANDARD: (Role.PERSON_DATA, Role.EMAIL_FINDER), Tier.PREMIUM: (Role.PREMIUM,)}
"""The parts that a person goes through, by tier."""

COMPANY_ROLES = (Role.COMPANY_DATA, Role.SITE_CRAWL)
"""The parts that a company goes through."""

SITE = Service(
    name=WEBSITE,
    label="Website",
    site="",
    key=KeyKind.NONE,
    offers=(
        Offer(
            Task.COMPANY,
            gives=frozenset(
                {"industry", "headcount", "description", "address", "city", "state", "country", "phone", "email"}
            ),
            needs=needs((Known.DOMAIN,)),
        ),
    ),
    pace=Pace(calls=2),
)
"""Reading the company's website ourselves, as if it were a service: nobody is paid for it."""

Order = Mapping[Role, tuple[str, ...]]
"""Part -> names of services in the order in which they are asked."""

DEFAULT_ORDER: Order = {
    Role.PERSON_DATA: ("apollo",),
    Role.EMAIL_FINDER: ("hunter", "prospeo", "findymail", "leadmagic"),
    Role.SIGNALS: ("job_boards", "sec_edgar", "hn_algolia"),
    Role.PEOPLE: ("apollo", "hunter", "prospeo", "ai_ark"),
    Role.COMPANY_DATA: ("apollo", "hunter", "leadmagic", "wikidata"),
    Role.SITE_CRAWL: (WEBSITE,),
    Role.EMAIL_VERIFY: ("millionverifier", "zerobounce"),
    Role.PREMIUM: ("ai_ark",),
}


def for_kinds(chosen: Mapping[str, Order], kinds: Sequence[str]) -> Order:
    """The order for a kind of lead, given as itself and every wider one, the narrowest first: of each part, the one
    that was chosen for the narrowest of them, else `DEFAULT_ORDER`."""
    order = dict(DEFAULT_ORDER)
    for kind in reversed(kinds):
        order |= chosen.get(kind, {})
    return order


def only(order: Order, names: Collection[str]) -> Order:
    """The order without services that cannot be asked at all, for want of a key: the first one left is the first."""
    return {role: tuple(name for name in services if name in names) for role, services in order.items()}


def chosen(role: Role, names: Sequence[str], services: Mapping[str, Service]) -> tuple[str, ...]:
    """The order of a part as a person wants it. `Refused` where a service is named twice, or cannot play the part."""
    for at, name in enumerate(names):
        service = services.get(name)
        if service is None:
            raise Refused(f"There is no service “{name}”.", field=role)
        if name in names[:at]:
            raise Refused(f"{service.label} stands in the order twice. Leave one of them out.", field=role)
        if service.offer(TASKS[role]) is None:
            said = f"{service.label} does not do this: {LABELS[role].lower()}. Leave it out of the order."
            raise Refused(said, field=role)
    return tuple(names)
