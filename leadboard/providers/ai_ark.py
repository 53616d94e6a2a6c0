"""AI Ark: people, companies and addresses. Its pages count from 0, and its rows lie in objects one in another."""

from collections.abc import Mapping, Sequence
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
from leadboard.domain.words import word_set
from leadboard.providers.base import Provider, Reply
from leadboard.providers.reading import facts, first, home, names_of, number, part, rows, staff, text

CREDIT = 10_000
"""Micro-USD of a credit, one for an address and half a one for a row. No price is published: dear rather than cheap."""
PER_PAGE = 25
_MOST = 1_000_000
GIVES = word_set("description industry headcount city state country linkedin")


class AIArk(Provider):
    """AI Ark's developer portal."""

    service = Service(
        name="ai_ark",
        label="AI Ark",
        site="https://ai-ark.com",
        key=KeyKind.PAID,
        offers=(
            Offer(Task.COMPANIES, gives=GIVES, micros=PER_PAGE * CREDIT // 2),
            Offer(Task.COMPANY, gives=GIVES, needs=needs((Known.DOMAIN,)), micros=CREDIT // 2),
            Offer(Task.PEOPLE, needs=needs((Known.DOMAIN,)), micros=PER_PAGE * CREDIT // 2),
            Offer(
                Task.PERSON,
                gives=frozenset({"email", "title", "linkedin"}),
                needs=needs((Known.REF,), (Known.LINKEDIN,)),
                micros=CREDIT,
            ),
        ),
        pace=Pace(calls=5),
        note="Nobody has tried this connection with a real key yet. Look at its first answers before relying on it.",
    )
    base_url = "https://api.ai-ark.com/api/developer-portal/"

    def headers(self) -> Mapping[str, str]:
        """The key travels in a header."""
        return {"X-TOKEN": self._key}

    async def check(self) -> Health:
        """What is left, where AI Ark says it in one of the usual words; free."""
        reply = await self.get("v1/payments/credits")
        if reply is None or not isinstance(reply.data, dict):
            raise self.garbled(reply)
        said = {**reply.data, **part(reply.data, "data")}
        told = (said.get(name) for name in ("credits", "balance", "remaining", "total"))
        left = next((int(number(each)) for each in told if isinstance(each, int | float)), None)
        if left is None:
            return Health(True, "The key works.")
        return Health(left > 0, f"{left:,} credits are left.", left)

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Companies of the industries, places and size, 25 a page."""
        account = {
            "industries": _any_word(search.industries or search.keywords or search.specialities, "WORD"),
            "location": _any([name.lower() for name in names_of(search.places)]),
            "employeeSize": _size(search.headcount_min, search.headcount_max),
        }
        reply = await self._page("v1/companies", cursor, account=_given(account))
        found = tuple(company for each in self._content(reply) if (company := _company(each)).name)
        return self._answer(Task.COMPANIES, found, reply)

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The company behind a domain."""
        reply = await self._page("v1/companies", "", account={"domain": _any([asked.domain])}, size=1)
        found = [company for each in self._content(reply) if (company := _company(each)).name]
        return self.answer(Task.COMPANY, tuple(found[:1]), reply)

    async def people(self, asked: AskedCompany, cursor: str = "") -> Answer[FoundPerson]:
        """People at the company, 25 a page, those with the titles where any are given; their addresses cost extra."""
        titles = {"experience": {"latest": {"title": _any_word(asked.titles, "SMART")}}} if asked.titles else {}
        about = _given({"account": {"domain": _any([asked.domain])}, "contact": titles})
        reply = await self._page("v1/people", cursor, **about)
        found = tuple(_person(each, asked) for each in self._content(reply) if text(each.get("id")))
        return self._answer(Task.PEOPLE, found, reply)

    async def person(self, asked: AskedPerson) -> Answer[FoundPerson]:
        """One person with the address. Nobody is a 404, or null in newer answers."""
        reply = await self.post("v1/people/export/single", {"id": asked.ref} if asked.ref else {"url": asked.linkedin})
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"data": None}:
                return self.answer(Task.PERSON, (), reply)
            case {"data": {"profile": dict()} as said} | ({"profile": dict()} as said):
                found = _person(said, asked.company)
                return self.answer(Task.PERSON, (found,), reply, micros=None if found.email else 0)
        raise self.garbled(reply)

    async def _page(self, path: str, cursor: str, *, size: int = PER_PAGE, **about: Any) -> Reply | None:
        return await self.post(path, {"page": int(cursor or 0), "size": size, **about})

    def _content(self, reply: Reply | None) -> list[dict[str, Any]]:
        if reply is None:
            return []
        match self.data(reply, dict):
            case {"content": list(content)}:
                return rows(content)
        raise self.garbled(reply)

    def _answer(self, task: Task, items: tuple[Any, ...], reply: Reply | None) -> Answer[Any]:
        """A page of rows, half a credit each."""
        match reply and reply.data:
            case {"number": int(page), "totalPages": int(pages)} if page + 1 < pages:
                return self.answer(task, items, reply, next=str(page + 1), micros=len(items) * CREDIT // 2)
        return self.answer(task, items, reply, micros=len(items) * CREDIT // 2)


def _given(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}


def _any(values: Sequence[str]) -> dict[str, Any]:
    return {"any": {"include": list(values)}} if values else {}


def _any_word(words: Sequence[str], mode: str) -> dict[str, Any]:
    return {"any": {"include": {"mode": mode, "content": list(words)}}} if words else {}


def _size(low: int, high: int) -> dict[str, Any]:
    return {"type": "RANGE", "range": [{"start": low or 1, "end": high or _MOST}]} if low or high else {}


def _company(said: Mapping[str, Any]) -> FoundCompany:
    summary, link, place = part(said, "summary"), part(said, "link"), part(said, "location", "headquarter")
    size = part(summary, "staff", "range")
    known = {
        "description": summary.get("description"),
        "industry": summary.get("industry"),
        "headcount": staff(size.get("start"), size.get("end")) or part(summary, "staff").get("total"),
        "city": place.get("city"),
        "state": place.get("state"),
        "country": place.get("country"),
        "linkedin": link.get("linkedin"),
    }
    domain = home(link.get("domain")) or home(link.get("website"))
    return FoundCompany(first(summary, "name", "legal_name"), domain, facts(known, 0.7), text(said.get("id")))


def _person(said: Mapping[str, Any], at: AskedCompany) -> FoundPerson:
    profile = part(said, "profile")
    emails = [each for each in rows(part(said, "email").get("output")) if text(each.get("address"))]
    best = max(emails, key=lambda each: each.get("status") == "VALID", default={})
    valid = best.get("status") == "VALID"
    return FoundPerson(
        first_name=text(profile.get("first_name")),
        last_name=text(profile.get("last_name")),
        title=text(profile.get("title")),
        email=text(best.get("address")).lower(),
        email_confidence=(0.9 if valid else 0.5) if best else 0.0,
        email_status=EmailStatus.VALID if valid else EmailStatus.UNKNOWN,
        linkedin=text(part(said, "link").get("linkedin")),
        company=at.name,
        domain=at.domain,
        confidence=0.75,
        ref=text(said.get("id")),
    )
