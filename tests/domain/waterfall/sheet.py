"""The services of the sheet's own table, by the names it gives their parts."""

from datetime import UTC, datetime

from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.waterfall.roles import SITE, Role

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

_NAMED = ((Known.LINKEDIN,), (Known.PERSON_NAME, Known.COMPANY_NAME))
_COMPANY = frozenset({"industry", "headcount", "description", "city", "country"})


def service(name: str, task: Task, micros: int, *sets: tuple[Known, ...], gives: frozenset[str]) -> Service:
    offer = Offer(task, gives, needs(*sets), micros)
    return Service(name, name.replace("_", " ").capitalize(), "", KeyKind.PAID, (offer,), Pace(10))


_MAIL = frozenset({"email", "title", "linkedin"})

SERVICES = {
    each.name: each
    for each in (
        service("person_data", Task.PERSON, 3_000, *_NAMED, gives=_MAIL),
        service("finder_1", Task.PERSON, 2_000, *_NAMED, gives=_MAIL),
        service("finder_2", Task.PERSON, 5_000, (Known.LINKEDIN,), gives=_MAIL),
        service("finder_3", Task.PERSON, 1_000, (Known.LINKEDIN,), gives=_MAIL),
        service("company_data", Task.COMPANY, 3_000, (Known.DOMAIN,), gives=_COMPANY),
        service("email_verify", Task.VERIFY, 50_000, (Known.EMAIL,), gives=frozenset()),
        service("premium", Task.PERSON, 160_000, gives=_MAIL | {"phone"}),
        SITE,
    )
}

ORDER = {
    Role.PERSON_DATA: ("person_data",),
    Role.EMAIL_FINDER: ("finder_1", "finder_2", "finder_3"),
    Role.COMPANY_DATA: ("company_data",),
    Role.SITE_CRAWL: (SITE.name,),
    Role.EMAIL_VERIFY: ("email_verify",),
    Role.PREMIUM: ("premium",),
}
