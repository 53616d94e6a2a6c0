"""The profile that a saved website proposes, without network and without a model."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from leadboard.commands.site import read_pages
from leadboard.domain.vocabulary.industries import INDUSTRY_BY_KEY
from leadboard.engine.skills.base import Context
from leadboard.engine.skills.discover import Discovery, discover
from leadboard.engine.skills.from_site import from_site
from leadboard.engine.skills.parse_website import Website
from leadboard.errors import Refused

_LABELS = {
    "icp_industries": "Industries",
    "icp_sizes": "People",
    "icp_revenue_ranges": "Revenue",
    "icp_locations": "Places",
    "icp_technologies": "Technologies",
    "icp_signals": "Signals",
    "icp_titles": "Titles",
    "icp_pain_points": "Pains",
}


def read_icp(path: Path, url: str, region: str = "") -> Discovery:
    """The profile of the website whose pages were saved in `path`; what cannot be read of it is in `unread`.

    Raises Refused for an address or a folder that cannot be used, and when there is too little to read.
    """
    read, unread = [], []
    for name, page in read_pages(path, url, region):
        if isinstance(page, Refused):
            unread.append(f"{name}: {page.sentence}")
        else:
            read.append(page)
    if not read:
        raise Refused(f"No page in {path} can be read. {unread[0]}", code="unreadable_site")
    context = Context(datetime.now(UTC).date())
    found = asyncio.run(discover(Website(url=url, read=tuple(read)), enrich=from_site, context=context))
    return found.model_copy(update={"unread": tuple(unread)})


def as_text(found: Discovery) -> Iterator[str]:
    """The profile for a reader, line by line."""
    yield f"{found.company_name or found.domain} ({found.domain}), {len(found.pages)} pages read"
    yield from (f"Not read: {sentence}" for sentence in found.unread)
    yield ""
    yield f"Proposed profile, confidence {found.confidence:.2f}, data quality {found.data_quality}"
    yield from _fields(found)
    yield from (f"  {sentence}" for sentence in found.recommendations)
    yield ""
    yield from _rest(found)


def _fields(found: Discovery) -> Iterator[str]:
    for field, label in _LABELS.items():
        values = getattr(found.icp, field) if found.icp else ()
        yield f"  {label + ':':<14}{', '.join(map(_named, values)) or 'not known'}"
        for reason in found.evidence:
            if reason.field == field:
                said = ", ".join(reason.companies) or "; ".join(reason.words)
                count = f"{reason.count} of {reason.known}: " if reason.known else ""
                yield f"{'':<16}{_named(reason.value)} ({count}{said})"


def _rest(found: Discovery) -> Iterator[str]:
    if found.weights:
        yield "Weights of the lead score: " + ", ".join(_weight(*one) for one in found.weights.weights.items())
    if found.portfolio:
        names = ", ".join(one.company_name for one in found.portfolio.companies)
        yield f"Clients named: {names or 'none'}"
    if found.services:
        yield f"Services: {', '.join(one.name for one in found.services.services) or 'none found'}"
    if found.company_size:
        people = found.company_size.team_size or found.company_size.size_range or "not known"
        yield f"People of the company itself: {people}"
    if found.missing:
        yield f"Missing, because their step failed: {', '.join(found.missing)}"


def _named(value: str) -> str:
    return INDUSTRY_BY_KEY[value].label if value in INDUSTRY_BY_KEY else value


def _weight(component: str, weight: int) -> str:
    return f"{component.replace('_', ' ')} {weight}"
