"""Prospeo: people, companies and verified addresses. Its statuses say little: the code of an error decides, and a plain
miss is a 400. What was matched before is free."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from leadboard.domain.found import (
    Answer,
    AskedCompany,
    AskedPerson,
    EmailStatus,
    FoundCompany,
    FoundPerson,
    Health,
    Search,
)
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.errors import TryLater
from leadboard.providers.base import KeyRefused, Misasked, Outage, Provider, QuotaUsed, Reply, retry_after
from leadboard.providers.reading import facts, first, home, names_of, part, rows, text

CREDIT = 39_000
"""Micro-USD of a credit: a match, or a page of a search."""
_MISSES = {"NO_MATCH", "NO_RESULTS"}
_DECIDE = ["Founder/Owner", "C-Suite", "Partner", "Vice President", "Head", "Director"]


class Prospeo(Provider):
    """Prospeo."""

    service = Service(
        name="prospeo",
        label="Prospeo",
        site="https://prospeo.io",
        key=KeyKind.PAID,
        offers=(
            Offer(Task.COMPANIES, micros=CREDIT),
            Offer(
                Task.COMPANY,
                gives=frozenset({"description", "industry", "headcount", "city", "state", "country", "founded"}),
                needs=needs((Known.DOMAIN,), (Known.COMPANY_NAME,), (Known.LINKEDIN,)),
                micros=CREDIT,
            ),
            Offer(Task.PEOPLE, needs=needs((Known.DOMAIN,)), micros=CREDIT),
            Offer(
                Task.PERSON,
                gives=frozenset({"email", "title", "linkedin"}),
                needs=needs(
                    *((Known.REF,), (Known.LINKEDIN,), (Known.EMAIL,)),
                    *((Known.PERSON_NAME, Known.DOMAIN), (Known.PERSON_NAME, Known.COMPANY_NAME)),
                ),
                micros=CREDIT,
            ),
        ),
        pace=Pace(calls=5),
    )
    base_url = "https://api.prospeo.io/"

    def headers(self) -> Mapping[str, str]:
        """The key travels in a header."""
        return {"X-KEY": self._key}

    def judge(self, reply: Reply) -> bool:
        """An error is one at any status; two of them only mean that nobody was found."""
        code, _ = _error(reply)
        if code in _MISSES:
            return False
        if code:
            raise self.failure(reply)
        return super().judge(reply)

    def failure(self, reply: Reply) -> Exception:
        """What a code means; without one, the status decides."""
        code, why = _error(reply)
        about = {"status": reply.status, "said": self.safe(f"{code}: {why}" if why else code)}
        match code:
            case "":
                return super().failure(reply)
            case "INVALID_API_KEY":
                return KeyRefused("Prospeo did not accept the key. Check it under Providers.", **about)
            case "INSUFFICIENT_CREDITS":
                return QuotaUsed("Prospeo says that the credits are used up.", **about)
            case "RATE_LIMITED":
                wait = retry_after(reply.headers) or _seconds(reply.headers.get("x-second-reset-seconds"))
                return TryLater("Prospeo asked for fewer questions.", wait)
            case "INTERNAL_ERROR":
                return Outage("Prospeo is having trouble.", **about)
        return Misasked(f"Prospeo did not take the question ({why or code}).", **about)

    async def check(self) -> Health:
        """How many credits are left; free."""
        reply = await self.get("account-information")
        match reply and reply.data:
            case {"response": {"remaining_credits": int(left)}}:
                return Health(left > 0, f"{left:,} credits are left.", left)
            case {"response": {}}:
                return Health(True, "The key works.")
        raise self.garbled(reply)

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Companies whose site or profile says what is looked for, 25 a page. Its own list of industries takes no other
        words than its own, so ours are looked for as keywords."""
        said = [*search.industries, *search.keywords, *search.specialities]
        filters = {
            "company_keywords": said and {"include": said, "include_all": False},
            "company_location_search": search.places and {"include": names_of(search.places)},
            "company_headcount_custom": _ends(search.headcount_min, search.headcount_max),
        }
        reply = await self._searched("search-company", filters, cursor)
        found = tuple(_company(part(each, "company")) for each in self._results(reply))
        return self._page(Task.COMPANIES, tuple(each for each in found if each.name), reply)

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The company behind a domain, a profile or a name."""
        known = {
            "company_website": asked.domain,
            "company_linkedin_url": asked.linkedin,
            "company_name": "" if asked.domain else asked.name,
        }
        reply = await self.post("enrich-company", {"data": _given(known)})
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"company": dict(said)}:
                found = _company(said)
                company = replace(found, name=found.name or asked.name, domain=found.domain or asked.domain)
                return self.answer(Task.COMPANY, (company,), reply, micros=_price(reply))
        raise self.garbled(reply)

    async def people(self, asked: AskedCompany, cursor: str = "") -> Answer[FoundPerson]:
        """People at a company, 25 a page: those with the titles, else those who decide. None of their addresses."""
        filters = {
            "company": {"websites": {"include": [asked.domain]}},
            "person_job_title": asked.titles and {"include": list(asked.titles), "match_mode": "SIMILAR"},
            "person_seniority": {} if asked.titles else {"include": _DECIDE},
        }
        reply = await self._searched("search-person", filters, cursor)
        people = tuple(_person(part(each, "person"), part(each, "company")) for each in self._results(reply))
        return self._page(Task.PEOPLE, tuple(each for each in people if each.ref), reply)

    async def person(self, asked: AskedPerson) -> Answer[FoundPerson]:
        """One person with the verified address."""
        at = asked.company
        named = {
            "first_name": asked.first_name,
            "last_name": asked.last_name,
            "company_website": at.domain,
            "company_name": "" if at.domain else at.name,
            "linkedin_url": asked.linkedin,
            "email": asked.email,
        }
        known = {"person_id": asked.ref} if asked.ref else _given(named)
        reply = await self.post("enrich-person", {"only_verified_email": True, "enrich_mobile": False, "data": known})
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"person": dict(said)} if said:
                found = _person(said, part(reply.data, "company"))
                return self.answer(Task.PERSON, (found,), reply, micros=_price(reply))
            case {"person": None | {}}:
                return self.answer(Task.PERSON, (), reply)
        raise self.garbled(reply)

    async def _searched(self, path: str, filters: Mapping[str, Any], cursor: str) -> Reply | None:
        return await self.post(path, {"page": int(cursor or 1), "filters": _given(filters)})

    def _results(self, reply: Reply | None) -> list[dict[str, Any]]:
        if reply is None:
            return []
        match self.data(reply, dict):
            case {"results": list(results)}:
                return rows(results)
        raise self.garbled(reply)

    def _page(self, task: Task, items: tuple[Any, ...], reply: Reply | None) -> Answer[Any]:
        """One page and the number of the next, if there is one."""
        match reply and reply.data:
            case {"pagination": {"current_page": int(page), "total_page": int(pages)}} if page < min(pages, 1_000):
                return self.answer(task, items, reply, next=str(page + 1), micros=_price(reply))
        return self.answer(task, items, reply, micros=_price(reply))


def _error(reply: Reply) -> tuple[str, str]:
    """The code of the error and what is said of it; "" where it is none."""
    match reply.data:
        case {"error": True, **said}:
            return first(said, "error_code") or "UNKNOWN", first(said, "filter_error", "message")
    return "", ""


def _price(reply: Reply | None) -> int | None:
    """0 for what was paid before, or for nobody; else what the offer says."""
    match reply and reply.data:
        case {"free_enrichment": True} | {"free": True}:
            return 0
    return None


def _seconds(header: Any) -> float:
    try:
        return max(float(header or 0), 0.0)
    except ValueError:
        return 0.0


def _ends(low: int, high: int) -> dict[str, int]:
    return {name: end for name, end in (("min", low), ("max", high)) if end}


def _given(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value}


def _person(said: Mapping[str, Any], company: Mapping[str, Any]) -> FoundPerson:
    email = part(said, "email")
    shown = text(email.get("email")) if email.get("revealed") is not False else ""
    verified = email.get("status") == "VERIFIED"
    return FoundPerson(
        first_name=text(said.get("first_name")),
        last_name=text(said.get("last_name")),
        title=text(said.get("current_job_title")),
        email=shown.lower(),
        email_confidence=(0.95 if verified else 0.6) if shown else 0.0,
        email_status=EmailStatus.VALID if shown and verified else EmailStatus.UNKNOWN,
        linkedin=text(said.get("linkedin_url")),
        company=text(company.get("name")),
        domain=text(company.get("domain")) or home(company.get("website")),
        confidence=0.85,
        ref=text(said.get("person_id")),
    )


def _company(said: Mapping[str, Any]) -> FoundCompany:
    place = part(said, "location")
    known = {
        "description": said.get("description"),
        "industry": said.get("industry"),
        "headcount": first(said, "employee_range", "employee_count"),
        "city": place.get("city"),
        "state": place.get("state"),
        "country": place.get("country"),
        "founded": said.get("founded"),
        "linkedin": said.get("linkedin_url"),
    }
    domain = text(said.get("domain")) or home(said.get("website"))
    return FoundCompany(text(said.get("name")), domain, facts(known, 0.8), text(said.get("company_id")))
