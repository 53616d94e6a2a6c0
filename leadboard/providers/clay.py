"""Clay: companies and people by its beta search. What may be asked about companies is answered by a catalogue first;
then the search is made, and run a page at a time. Clay keeps the place of a search, so a page is never asked twice."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from leadboard.domain.found import Answer, AskedCompany, FoundCompany, FoundPerson, Health, Search
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.words import word_set
from leadboard.providers.base import Misasked, Provider
from leadboard.providers.reading import facts, first, home, names_of, number, part, parted, rows, text, texts

PER_PAGE = 50
"""Rows of a page: more is not given to free accounts."""
CREDIT = 50_000
"""Micro-USD of a data credit, taken for a page with something in it."""
_FIELDS = {
    "industries": ("industries", "industry", "industries_include"),
    "words": ("description_keywords", "company_description_keywords", "keywords"),
    "places": ("country_names", "countries", "location_countries_include", "locations", "locations_include"),
    "sizes": ("sizes", "company_sizes", "employee_ranges"),
}
"""Names under which the catalogue may have what we look for, the best first."""
T = TypeVar("T")
_ENDS = re.compile(r"(\d+)\s*(?:[-–]\s*(\d+)|\+)?")


class Clay(Provider):
    """Clay's public API, version 0."""

    service = Service(
        name="clay",
        label="Clay",
        site="https://www.clay.com",
        key=KeyKind.PAID,
        offers=(
            Offer(
                Task.COMPANIES,
                gives=word_set("description industry headcount city country linkedin revenue"),
                micros=CREDIT,
            ),
            Offer(Task.PEOPLE, gives=frozenset({"title", "linkedin"}), needs=needs((Known.DOMAIN,)), micros=CREDIT),
        ),
        pace=Pace(calls=4),
        note="Clay's search is a beta, and its terms do not allow its data to be sold on.",
    )
    base_url = "https://api.clay.com/public/v0/"
    missing = frozenset()
    """A search that is not there was dropped: that is no empty result."""

    def headers(self) -> Mapping[str, str]:
        """The key travels in a header."""
        return {"clay-api-key": self._key}

    async def check(self) -> Health:
        """Whose key it is; free."""
        reply = await self.get("me")
        match reply and reply.data:
            case {"workspace": {**workspace}}:
                name = text(workspace.get("name"))
                return Health(True, f"The key works for the workspace {name}." if name else "The key works.")
        raise self.garbled(reply)

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Companies that match as far as Clay's catalogue has words for it: the catalogue, the search and each page are
        a question each."""
        step, _, rest = cursor.partition(" ")
        if step == "run":
            return await self._run(Task.COMPANIES, rest, _company)
        if step == "make":
            return await self._make(Task.COMPANIES, {"source_type": "companies", "filters": json.loads(rest)})
        reply = await self.get("search/filters-mode/fields", source_type="companies")
        match reply and reply.data:
            case {"fields": list(fields)}:
                filters = _filters(search, {text(field.get("name")): field for field in rows(fields)})
                if not filters:
                    raise Misasked("Clay has no words for what this profile looks for.")
                return self.answer(Task.COMPANIES, (), reply, next=f"make {json.dumps(filters)}", micros=0)
        raise self.garbled(reply)

    async def people(self, asked: AskedCompany, cursor: str = "") -> Answer[FoundPerson]:
        """People at the company, those with the titles where any are given. No addresses."""
        _, _, run = cursor.partition(" ")
        if not run:
            filters = {"company_identifier": [asked.domain], "job_title_keywords": list(asked.titles)}
            given = {name: values for name, values in filters.items() if values}
            return await self._make(Task.PEOPLE, {"source_type": "people", "filters": given})
        return await self._run(Task.PEOPLE, run, lambda said: _person(said, asked))

    async def _make(self, task: Task, wanted: Mapping[str, Any]) -> Answer[Any]:
        """Make the search; nothing is found or paid before it runs."""
        reply = await self.post("search/filters-mode", wanted)
        match reply and reply.data:
            case {"search_id": str(search)} if search:
                return self.answer(task, (), reply, next=f"run {search}", micros=0)
        raise self.garbled(reply)

    async def _run(self, task: Task, search: str, read: Callable[[dict[str, Any]], T | None]) -> Answer[T]:
        """The next page of a search. Asked once: asking again after a cut would skip a page, and pay for both."""
        path = f"search/filters-mode/{quote(search, safe='')}/run"
        reply = await self.post(path, {"limit": PER_PAGE}, once=True)
        match reply and reply.data:
            case {"data": list(data), **said}:
                found = tuple(each for each in map(read, rows(data)) if each)
                more = said.get("has_more") is True and data and _left(said) != 0
                return self.answer(task, found, reply, next=f"run {search}" if more else "")
        raise self.garbled(reply)


def _left(said: Mapping[str, Any]) -> int | None:
    """Rows that are left of the account's share; None where Clay does not tell."""
    left = part(said, "period_quota").get("remaining")
    return int(number(left)) if isinstance(left, int | float) else None


def _filters(search: Search, catalogue: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """What the catalogue has words for. An industry that is none of its own is looked for in the descriptions."""
    named = {ours: next((name for name in theirs if name in catalogue), "") for ours, theirs in _FIELDS.items()}

    def allowed(ours: str) -> list[str]:
        return texts(catalogue.get(named[ours], {}).get("allowed_values"))

    industries = _of(search.industries, allowed("industries")) if named["industries"] else []
    known = {each.casefold() for each in industries}
    others = [each for each in search.industries if each.casefold() not in known]
    wanted = {
        "industries": industries,
        "words": [*others, *search.keywords, *search.specialities],
        "places": _of(names_of(search.places), allowed("places")),
        "sizes": [size for size in allowed("sizes") if _overlaps(size, search.headcount_min, search.headcount_max)],
    }
    return {named[ours]: values for ours, values in wanted.items() if named[ours] and values}


def _of(values: Sequence[str], allowed: Sequence[str]) -> list[str]:
    """Those values that are allowed, as they are written there; all of them where nothing is said."""
    spelled = {each.casefold(): each for each in allowed}
    return [spelled[each.casefold()] for each in values if each.casefold() in spelled] if allowed else list(values)


def _overlaps(size: str, low: int, high: int) -> bool:
    """Whether a size like `11-50` or `10,001+` meets the headcount that is wanted; nothing wanted is no filter."""
    ends = _ENDS.match(size.replace(",", ""))
    if not ends or not (low or high):
        return False
    least = int(ends[1])
    most = int(ends[2]) if ends[2] else float("inf") if "+" in size else least
    return least <= (high or float("inf")) and most >= low


def _company(said: Mapping[str, Any]) -> FoundCompany | None:
    name = text(said.get("name"))
    known = {
        "description": said.get("description"),
        "industry": said.get("industry"),
        "headcount": text(said.get("size")).removesuffix(" employees"),
        "city": text(said.get("location")).partition(",")[0],
        "country": said.get("country"),
        "linkedin": said.get("linkedin_url"),
        "revenue": said.get("annual_revenue"),
    }
    ref = text(said.get("clay_company_id"))
    return FoundCompany(name, home(said.get("domain")), facts(known, 0.7), ref) if name else None


def _person(said: Mapping[str, Any], asked: AskedCompany) -> FoundPerson | None:
    """A person; None for somebody who works elsewhere by now, whom Clay gives too."""
    now = text(said.get("domain"))
    given, family = parted(said.get("name"))
    if not given or (now and home(now) != asked.domain):
        return None
    work = next(iter(rows(said.get("matched_experiences"))), {})
    return FoundPerson(
        first_name=first(said, "first_name") or given,
        last_name=first(said, "last_name") or family,
        title=first(work, "title") or first(said, "latest_experience_title"),
        linkedin=first(said, "url", "linkedin_url"),
        company=first(work, "company") or first(said, "latest_experience_company") or asked.name,
        domain=asked.domain,
        confidence=0.75,
        ref=text(said.get("clay_profile_id")),
    )
