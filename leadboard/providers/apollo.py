"""Apollo: companies, people, addresses and open roles. People are found for nothing, without address and last name;
their id then buys both. A person nobody knows is a 200 with null."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from leadboard.domain.found import (
    Answer,
    AskedCompany,
    AskedPerson,
    EmailStatus,
    FoundCompany,
    FoundPerson,
    FoundSignal,
    Health,
    Search,
)
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.words import word_set
from leadboard.providers.base import KeyRefused, Provider, Reply
from leadboard.providers.reading import facts, first, home, names_of, number, part, rows, text

CREDIT = 20_000
"""Micro-USD of a credit, as a month of the smaller plans comes to."""
PER_PAGE = 100
MOST_PAGES = 500
"""Pages that are shown, however many entries there are."""
_OPEN_END = 1_000_000
_DECIDE = ["owner", "founder", "c_suite", "partner", "vp", "head", "director"]
_LOCKED = "email_not_unlocked@"
"""Stands where an address was not paid for."""


class Apollo(Provider):
    """Apollo, version 1."""

    service = Service(
        name="apollo",
        label="Apollo",
        site="https://www.apollo.io",
        key=KeyKind.PAID,
        offers=(
            Offer(Task.COMPANIES, micros=CREDIT),
            Offer(
                Task.COMPANY,
                gives=word_set(
                    "description industry headcount address city state country phone linkedin founded revenue funding "
                    "funding_date technology"
                ),
                needs=needs((Known.DOMAIN,), (Known.LINKEDIN,), (Known.COMPANY_NAME,)),
                micros=CREDIT,
            ),
            Offer(Task.PEOPLE, needs=needs((Known.DOMAIN,), (Known.REF,))),
            Offer(
                Task.PERSON,
                gives=frozenset({"email", "title", "linkedin"}),
                needs=needs(
                    *((Known.REF,), (Known.LINKEDIN,), (Known.EMAIL,)),
                    *((Known.PERSON_NAME, Known.DOMAIN), (Known.PERSON_NAME, Known.COMPANY_NAME)),
                ),
                micros=CREDIT,
            ),
            Offer(Task.SIGNALS, gives=frozenset({"hiring"}), needs=needs((Known.REF,)), micros=CREDIT),
        ),
        pace=Pace(calls=200, seconds=60.0),
        note="Data is licensed for the workspace whose key found it.",
    )
    base_url = "https://api.apollo.io/api/v1/"

    def headers(self) -> Mapping[str, str]:
        """The key travels in a header only; the body that older clients use would be logged by others."""
        return {"x-api-key": self._key, "Accept": "application/json", "Cache-Control": "no-cache"}

    def failure(self, reply: Reply) -> Exception:
        """A 403 is about the plan or what the key may ask, not about the key itself."""
        if reply.status == 403:
            sentence = "Apollo does not let this key ask that. Its plan or the scopes of the key leave it out."
            return KeyRefused(sentence, status=reply.status, said=self.safe(reply.words))
        return super().failure(reply)

    def rest(self, reply: Reply) -> float:
        """A minute, when its share is used up. Windows without a limit have empty headers."""
        return 60.0 if reply.headers.get("x-minute-requests-left", "").strip() == "0" else 0.0

    async def check(self) -> Health:
        """Whether the key is known; free. Apollo tells what is left only to master keys."""
        reply = await self.get("https://api.apollo.io/v1/auth/health")
        match reply and reply.data:
            case {"is_logged_in": True}:
                return Health(True, "The key works.")
            case {"is_logged_in": False}:
                return Health(False, "Apollo does not know this key. Check it under Providers.")
        raise self.garbled(reply)

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Companies that match, a hundred a page. Those that the team has saved come in a list of their own."""
        body = {
            "q_organization_keyword_tags": [*search.industries, *search.keywords, *search.specialities],
            "organization_locations": names_of(search.places),
            "organization_num_employees_ranges": _range(search.headcount_min, search.headcount_max),
        }
        reply = await self._searched("mixed_companies/search", body, cursor)
        match reply and self.data(reply, dict):
            case {"pagination": {"page": int(page), "total_pages": int(pages)}, **said}:
                both = [*rows(said.get("organizations")), *rows(said.get("accounts"))]
                found = tuple(company for each in both if (company := _company(each)).name)
                return self.answer(Task.COMPANIES, found, reply, next=_next(page, pages))
        raise self.garbled(reply)

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The company behind a domain, a profile or, least surely, a name."""
        known = {"domain": asked.domain} if asked.domain else {"linkedin_url": asked.linkedin, "name": asked.name}
        reply = await self.get("organizations/enrich", **known)
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"organization": dict(said)} if said:
                found = _company(said, 0.8 if asked.domain or asked.linkedin else 0.6)
                return self.answer(Task.COMPANY, (found,) if found.name else (), reply)
            case {"organization": None | {}}:
                return self.answer(Task.COMPANY, (), reply)
        raise self.garbled(reply)

    async def people(self, asked: AskedCompany, cursor: str = "") -> Answer[FoundPerson]:
        """People with these titles at the company, else those who decide; last name and address cost extra."""
        body = {
            "organization_ids": [asked.ref] if asked.ref else [],
            "q_organization_domains_list": [asked.domain] if asked.domain and not asked.ref else [],
            "person_titles": list(asked.titles),
            "person_seniorities": [] if asked.titles else _DECIDE,
        }
        reply = await self._searched("mixed_people/api_search", body, cursor)
        match reply and self.data(reply, dict):
            case {"people": list(people), "total_entries": int(total)}:
                found = tuple(_glimpse(each, asked) for each in rows(people) if text(each.get("id")))
                following = _next(int(cursor or 1), -(-total // PER_PAGE))
                return self.answer(Task.PEOPLE, found, reply, next=following)
        raise self.garbled(reply)

    async def person(self, asked: AskedPerson) -> Answer[FoundPerson]:
        """One person with the work address. Phone numbers would only come later, to an address of ours: not asked."""
        named = {
            "first_name": asked.first_name,
            "last_name": asked.last_name,
            "email": asked.email,
            "linkedin_url": asked.linkedin,
            "domain": asked.company.domain,
            "organization_name": asked.company.name,
        }
        reply = await self.post("people/match", {"id": asked.ref} if asked.ref else _given(named))
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"person": dict(said)} if said:
                return self.answer(Task.PERSON, (_person(said),), reply)
            case {"person": None | {}}:
                return self.answer(Task.PERSON, (), reply)
        raise self.garbled(reply)

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """Open roles at the company, the first hundred."""
        reply = await self.get(f"organizations/{quote(asked.ref, safe='')}/job_postings", page=1, per_page=PER_PAGE)
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"organization_job_postings": list(postings)}:
                found = tuple(_opening(each) for each in rows(postings) if text(each.get("title")))
                return self.answer(Task.SIGNALS, found, reply)
        raise self.garbled(reply)

    async def _searched(self, path: str, body: Mapping[str, Any], cursor: str) -> Reply | None:
        return await self.post(path, {**_given(body), "page": int(cursor or 1), "per_page": PER_PAGE})


def _given(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value}


def _next(page: int, pages: int) -> str:
    return str(page + 1) if page < min(pages, MOST_PAGES) else ""


def _range(low: int, high: int) -> list[str]:
    return [f"{low or 1},{high or _OPEN_END}"] if low or high else []


def _company(said: Mapping[str, Any], sure: float = 0.8) -> FoundCompany:
    known = {
        "description": first(said, "short_description", "seo_description"),
        "industry": said.get("industry"),
        "headcount": said.get("estimated_num_employees"),
        "address": said.get("raw_address"),
        "city": said.get("city"),
        "state": said.get("state"),
        "country": said.get("country"),
        "phone": first(said, "sanitized_phone", "phone") or text(part(said, "primary_phone").get("number")),
        "linkedin": said.get("linkedin_url"),
        "founded": said.get("founded_year"),
        "revenue": first(said, "annual_revenue_printed", "annual_revenue"),
        "funding": said.get("latest_funding_stage"),
        "funding_date": text(said.get("latest_funding_round_date"))[:10],
        "technology": said.get("technology_names"),
    }
    domain = text(said.get("primary_domain")) or home(said.get("website_url"))
    # A company saved by the team has an id of its own beside Apollo's.
    return FoundCompany(text(said.get("name")), domain, facts(known, sure), first(said, "organization_id", "id"))


def _glimpse(said: Mapping[str, Any], asked: AskedCompany) -> FoundPerson:
    """A person before they are paid for: the masked last name is left out, it is none."""
    return FoundPerson(
        first_name=text(said.get("first_name")),
        last_name=text(said.get("last_name")),
        title=text(said.get("title")),
        linkedin=text(said.get("linkedin_url")),
        company=text(part(said, "organization").get("name")) or asked.name,
        domain=asked.domain,
        confidence=0.7,
        ref=text(said.get("id")),
    )


def _person(said: Mapping[str, Any]) -> FoundPerson:
    email = text(said.get("email")).lower()
    email = "" if email.startswith(_LOCKED) or said.get("email_status") == "unavailable" else email
    verified = said.get("email_status") == "verified"
    guessed = min(max(number(said.get("extrapolated_email_confidence")), 0.0), 1.0) or 0.6
    company = part(said, "organization")
    return FoundPerson(
        first_name=text(said.get("first_name")),
        last_name=text(said.get("last_name")),
        title=text(said.get("title")),
        email=email,
        email_confidence=(0.95 if verified else guessed) if email else 0.0,
        email_status=EmailStatus.VALID if email and verified else EmailStatus.UNKNOWN,
        linkedin=text(said.get("linkedin_url")),
        company=text(company.get("name")),
        domain=text(company.get("primary_domain")) or home(company.get("website_url")),
        confidence=0.85,
        ref=text(said.get("id")),
    )


def _opening(said: Mapping[str, Any]) -> FoundSignal:
    title = text(said.get("title"))
    return FoundSignal("hiring", title, title, _day(said.get("posted_at")), text(said.get("url")))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(text(value)[:10])
    except ValueError:
        return None
