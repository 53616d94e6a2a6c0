"""What a lead and its contacts learn from the company's website, each value with its passport."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from leadboard.domain.identity import registrable_domain
from leadboard.domain.site import Found, Person, SiteFacts
from leadboard.domain.site.text import compact, unique
from leadboard.domain.titles import authority
from leadboard.engine.agents.base import Known, LeadFacts
from leadboard.engine.agents.sector import sector_of

SURE_ENOUGH = 0.5
"""Confidence from which a claim fills a field of the lead; below it only says that something was seen."""

_ADDRESSES = 3
_PLACE = ("address", "state", "country")
_MOST_TECHNOLOGIES = 20
_SHORT = 140
_HEADCOUNT = re.compile(r"(?P<least>\d+)(?:-(?P<most>\d+)|(?P<open>\+))?")
_COPIED = ("industry", "address", "city", "state", "country", "phone", "email", "linkedin", "description")


@dataclass(frozen=True)
class ClaimDraft:
    """One value read on a page: `source` is the page's URL, `snippet` the words it stands in, `confidence` 0 to 1."""

    field: str
    value: str
    source: str
    method: str
    snippet: str
    confidence: float


@dataclass(frozen=True)
class ContactDraft:
    """A person named on the website; what is not known is empty, `phone` is in E.164."""

    name: str
    title: str
    email: str
    phone: str
    linkedin: str
    source: str
    snippet: str
    confidence: float


def claims_of(site: SiteFacts, lead: LeadFacts) -> list[ClaimDraft]:
    """Everything the website says about the company, the surest of each field first, each value of a page once.

    Fields: company_name, description, industry, headcount, address, city, state, country, phone, email, the networks
    (linkedin, ...), technology, founded, hiring, service, customer, person (with the title), news.
    """
    return _ordered([*_industry(site, lead), *_read(site, lead), *_named(site)])


def read_claims(site: SiteFacts, lead: LeadFacts) -> list[ClaimDraft]:
    """The claims that stand on the pages as they are: those that the lead is filled from, but for the industry,
    which is classified."""
    return _ordered(_read(site, lead))


@lru_cache(maxsize=4)  # the analysis asks first, and so does who keeps the claims
def _read(site: SiteFacts, lead: LeadFacts) -> tuple[ClaimDraft, ...]:
    return (
        *_described(site),
        *_placed(site),
        *_reached(site, lead),
        *map(_claim, (*site.company_names[:1], *site.socials, *site.technologies, *site.founded)),
        *map(_claim, (*site.headcount, *site.hiring)),
        *(_claim(service.found) for service in site.services),
        *(_claim(customer.found) for customer in site.customers),
    )


def _named(site: SiteFacts) -> Iterator[ClaimDraft]:
    """People with their titles, and news: nothing of the lead is filled from them."""
    for person in _own_people(site):
        called = f"{person.name}, {person.title}" if person.title else person.name
        yield replace(_claim(person.found), value=called)
    for news in site.news:
        yield replace(_claim(news.found), field="news", value=news.title)


def _ordered(drafts: Iterable[ClaimDraft]) -> list[ClaimDraft]:
    ordered = sorted(drafts, key=lambda draft: -draft.confidence)
    return list(unique(ordered, lambda draft: (draft.field, draft.value, draft.source)))


def contacts_of(site: SiteFacts) -> list[ContactDraft]:
    """The people of the company named on its website, those who decide first, each once.

    Customers who are quoted are not its people, nor are mere names. An address that is plainly made of a person's name
    is theirs; the company's own number is nobody's.
    """
    switchboard = _switchboard(site)
    drafts = [_contact(person, site, switchboard) for person in _own_people(site)]
    return sorted(drafts, key=lambda draft: (-authority(draft.title).points, not draft.email, -draft.confidence))


def _own_people(site: SiteFacts) -> list[Person]:
    quoted = {compact(quote.person) for quote in site.testimonials} | {compact(one.person) for one in site.customers}
    return [
        person
        for person in site.people
        if compact(person.name) not in quoted and (person.title or person.found.confidence >= SURE_ENOUGH)
    ]


def facts_for_lead(claims: Iterable[ClaimDraft]) -> dict[str, Any]:
    """The columns of the lead that the claims fill, from the surest claim of each.

    The parts of a place come from one address. Write a column only where it is empty and unlocked.
    """
    best: dict[str, ClaimDraft] = {}
    sure = sorted((claim for claim in claims if claim.confidence >= SURE_ENOUGH), key=lambda claim: -claim.confidence)
    for claim in sure:
        best.setdefault(claim.field, claim)
    if city := best.get("city"):
        beside = {part: _beside(city, part, sure) for part in _PLACE}
        best = {name: claim for name, claim in best.items() if name not in _PLACE}
        best |= {part: claim for part, claim in beside.items() if claim}
    facts: dict[str, Any] = {name: best[name].value for name in _COPIED if name in best}
    facts |= _headcount(best.get("headcount")) | _founded(best.get("founded")) | _short(best.get("description"))
    if technologies := [claim.value for claim in sure if claim.field == "technology"]:
        facts["technologies"] = list(dict.fromkeys(technologies))[:_MOST_TECHNOLOGIES]
    if "hiring" in best:
        facts["is_hiring"] = True
    return facts


def listed_facts(lead: LeadFacts, claims: Iterable[ClaimDraft]) -> LeadFacts:
    """The lead without the values that earlier claims of its website put there: those are no word of the list."""
    learned = facts_for_lead(claims)
    unknown = LeadFacts()
    return replace(
        lead,
        **{
            field.name: getattr(unknown, field.name)
            for field in fields(lead)
            if field.name in learned and _same(getattr(lead, field.name), learned[field.name])
        },
    )


def _same(value: Any, learned: Any) -> bool:
    return list(value) == learned if isinstance(value, tuple) else value == learned


def _claim(found: Found) -> ClaimDraft:
    return ClaimDraft(found.field, found.value, found.url, found.method, found.snippet, found.confidence)


def _described(site: SiteFacts) -> Iterator[ClaimDraft]:
    page = next((page for page in site.pages if page.description == site.description), None)
    if page and site.description:
        yield ClaimDraft("description", site.description, page.url, "meta", site.description[:240], 0.7)


def _industry(site: SiteFacts, lead: LeadFacts) -> Iterator[ClaimDraft]:
    """What the site alone says: where the list says something else, both claims stand."""
    sector = sector_of(Known(LeadFacts(name=lead.name, domain=lead.domain), date.min, site))
    if sector:
        said = sector.statement
        yield ClaimDraft("industry", sector.name, said["source"], "words", said["snippet"], said["confidence"])


def _placed(site: SiteFacts) -> Iterator[ClaimDraft]:
    for address in site.addresses[:_ADDRESSES]:
        whole = _claim(address.found)
        parts = {"city": address.city, "state": address.region, "country": address.country, "address": address.text}
        for name, value in parts.items():
            if value:
                yield replace(whole, field=name, value=value)


def _reached(site: SiteFacts, lead: LeadFacts) -> Iterator[ClaimDraft]:
    """Numbers and addresses of the company: one of a person, or at another domain, is less likely the company's."""
    personal = {person.email for person in site.people} | {person.phone for person in site.people}
    personal -= {_switchboard(site)}
    home = registrable_domain(lead.domain or lead.website)
    for found in (*site.phones, *site.emails):
        own = found.value in personal or any(_is_made_of(found.value, person.name) for person in site.people)
        share = 0.7 if own else 1.0
        if found.field == "email" and home and registrable_domain(found.value) != home:
            share *= 0.7
        yield replace(_claim(found), confidence=round(found.confidence * share, 3))


def _switchboard(site: SiteFacts) -> str:
    """The number that most pages show first."""
    shown = Counter(page.phones[0].value for page in site.pages if page.phones)
    return max(shown, key=lambda number: shown[number], default="") if len(site.pages) > 1 else ""


def _contact(person: Person, site: SiteFacts, switchboard: str) -> ContactDraft:
    email = person.email or next((found.value for found in site.emails if _is_made_of(found.value, person.name)), "")
    phone = "" if person.phone == switchboard else person.phone
    found = person.found
    return ContactDraft(
        person.name, person.title, email, phone, person.linkedin, found.url, found.snippet, found.confidence
    )


def _is_made_of(email: str, name: str) -> bool:
    """Whether the part before the @ is first and last name, or the first letter and the last name."""
    parts = [part for part in map(compact, name.split()) if part]
    if len(parts) < 2 or len(parts[-1]) < 3:
        return False
    return compact(email.partition("@")[0]) in (parts[0] + parts[-1], parts[0][0] + parts[-1])


def _beside(city: ClaimDraft, name: str, claims: Sequence[ClaimDraft]) -> ClaimDraft | None:
    """The part `name` of the address a city was read in."""
    same = (claim for claim in claims if (claim.source, claim.snippet) == (city.source, city.snippet))
    return next((claim for claim in same if claim.field == name), None)


def _headcount(claim: ClaimDraft | None) -> dict[str, Any]:
    match = _HEADCOUNT.fullmatch(claim.value) if claim else None
    if not match:
        return {}
    least = int(match["least"])
    most = int(match["most"]) if match["most"] else None if match["open"] else least
    return {"headcount_min": least, "headcount_max": most}


def _founded(claim: ClaimDraft | None) -> dict[str, Any]:
    return {"founded_year": int(claim.value)} if claim and claim.value.isdecimal() else {}


def _short(claim: ClaimDraft | None) -> dict[str, Any]:
    """What the company does in one line: its description, or the first sentence of it, when that is short."""
    if not claim:
        return {}
    sentence = re.split(r"(?<=[.!?])\s", claim.value, maxsplit=1)[0]
    text = claim.value if len(claim.value) <= _SHORT else sentence
    return {"what": text} if len(text) <= _SHORT else {}
