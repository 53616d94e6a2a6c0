"""The websites of the demo world's companies: most are good, a handful are as bad as real ones are."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from leadboard.sandbox.services.base import Asked, Reply
from leadboard.sandbox.site_pages import Site, design, draw, missing
from leadboard.sandbox.site_words import HOSTILE
from leadboard.sandbox.world import World

HTML = {"Content-Type": "text/html; charset=utf-8"}
SLOW = 2.0
"""Seconds that each page of a slow site takes."""
_ROBOTS = "User-agent: *\nDisallow: /admin/\nSitemap: https://{domain}/sitemap.xml\n"
_CLOSED = "User-agent: *\nDisallow: /\n"
_CLIENTS = frozenset({"agency", "accountant", "recruiter", "it", "packaging", "logistics", "saas_hr", "saas_sales"})
"""Sectors that name whom they work for."""


class Flaw(StrEnum):
    """What is wrong with a website."""

    NONE = ""
    NO_TEAM = "no_team"
    """It names nobody."""
    THIN = "thin"
    """One page with hardly anything on it."""
    SLOW = "slow"
    CLOSED = "closed"
    """Its robots.txt lets nobody in."""
    GONE = "gone"
    """The server answers that it is out of order."""
    HOSTILE = "hostile"
    """It tells whoever reads it what to do."""


_FLAWS = {
    **dict.fromkeys((5, 19, 33), Flaw.NO_TEAM),
    **dict.fromkeys((11, 40), Flaw.THIN),
    24: Flaw.SLOW,
    37: Flaw.CLOSED,
    46: Flaw.GONE,
    29: Flaw.HOSTILE,
}
"""Of fifty companies, those with a flaw."""


class Served(NamedTuple):
    """What a website answers, and after how many seconds."""

    reply: Reply
    seconds: float = 0.0


def answer(asked: Asked) -> Served | None:
    """What the website of this host answers; None where there is no such host."""
    domain = asked.host.removeprefix("www.")
    if domain not in asked.world.by_domain:
        return None
    flaw = flaws(asked.world)[domain]
    if flaw is Flaw.GONE:
        return Served(Reply(503, "<h1>Service unavailable</h1>", HTML))
    if asked.path == "/robots.txt":
        return Served(Reply(200, _CLOSED if flaw is Flaw.CLOSED else _ROBOTS.format(domain=domain)))
    site = site_of(asked.world, domain, asked.today)
    page = _thin(site) if flaw is Flaw.THIN and asked.path == "/" else draw(site, asked.path)
    if page is None or (flaw is Flaw.THIN and asked.path != "/"):
        return Served(Reply(404, missing(site), HTML))
    return Served(Reply(200, page, HTML), SLOW if flaw is Flaw.SLOW else 0.0)


@lru_cache(maxsize=4)
def flaws(world: World) -> dict[str, Flaw]:
    """Domain -> what is wrong with its website."""
    return {each.domain: _FLAWS.get(number % 50, Flaw.NONE) for number, each in enumerate(world.companies)}


@lru_cache(maxsize=512)
def site_of(world: World, domain: str, today: date) -> Site:
    """The website of a company as it is on a day."""
    company, flaw = world.by_domain[domain], flaws(world)[domain]
    neighbours = [
        each.name
        for each in world.companies
        if company.sector in _CLIENTS and each.city == company.city and each.sector not in (company.sector, "cafe")
    ]
    site = design(company, world.people[domain], world.jobs(domain), world.news(domain), neighbours, today)
    match flaw:
        case Flaw.NO_TEAM:
            return replace(site, shown=(), team=("", ""))
        case Flaw.HOSTILE:
            return replace(site, extra=_hostile(site))
    return site


def _thin(site: Site) -> str:
    company = site.company
    return f"<!doctype html><title>{company.name}</title><h1>{company.name}</h1><p>New website coming soon.</p>"


def _hostile(site: Site) -> str:
    seen, hidden, comment = (site.say(text) for text in HOSTILE)
    return f'<section><p>{seen}</p><p style="display:none">{hidden}</p><!-- {comment} --></section>'
