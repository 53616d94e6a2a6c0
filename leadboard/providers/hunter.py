"""Hunter: e-mail addresses that companies publish. Its 403 and 429 have two readings; both are safe here."""

from collections.abc import Mapping
from typing import Any

from leadboard.domain.found import (
    Answer,
    AskedCompany,
    AskedPerson,
    EmailStatus,
    Fact,
    FoundCompany,
    FoundPerson,
    Health,
    Verdict,
)
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.errors import TryLater
from leadboard.providers.base import Provider, QuotaUsed, Reply
from leadboard.providers.reading import facts, first, link, number, part, rows, texts

PER_PAGE = 10
"""Addresses that one credit buys."""
_STATUS = {
    "valid": EmailStatus.VALID,
    "webmail": EmailStatus.VALID,
    "invalid": EmailStatus.INVALID,
    "disposable": EmailStatus.INVALID,
    "accept_all": EmailStatus.CATCH_ALL,
}


class Hunter(Provider):
    """Hunter, version 2."""

    service = Service(
        name="hunter",
        label="Hunter",
        site="https://hunter.io",
        key=KeyKind.PAID,
        offers=(
            Offer(
                Task.COMPANY,
                gives=frozenset({"description", "industry", "headcount", "city", "state", "country", "technology"}),
                needs=needs((Known.DOMAIN,)),
                micros=24_500,
            ),
            Offer(Task.PEOPLE, needs=needs((Known.DOMAIN,), (Known.COMPANY_NAME,)), micros=24_500),
            Offer(
                Task.PERSON,
                gives=frozenset({"email", "title", "linkedin", "phone"}),
                needs=needs(
                    (Known.PERSON_NAME, Known.DOMAIN), (Known.PERSON_NAME, Known.COMPANY_NAME), (Known.LINKEDIN,)
                ),
                micros=24_500,
            ),
            Offer(Task.VERIFY, needs=needs((Known.EMAIL,)), micros=12_250),
        ),
        pace=Pace(calls=8),
    )
    base_url = "https://api.hunter.io/v2/"

    def headers(self) -> Mapping[str, str]:
        """The key travels in a header, never in the address."""
        return {"X-API-KEY": self._key}

    def judge(self, reply: Reply) -> bool:
        """A person who asked not to be processed (451) is nobody to find."""
        return reply.status != 451 and super().judge(reply)

    def failure(self, reply: Reply) -> Exception:
        """A 403 may say that we were quick, and a 429 that the plan is used up: the id of the error tells."""
        if reply.status == 403 and "rate" in self.reason(reply):
            return TryLater("Hunter asked for fewer questions.", 2.0)
        if reply.status == 429 and ("usage" in self.reason(reply) or "exceeded" in self.reason(reply)):
            return QuotaUsed("Hunter says that the plan is used up.", status=reply.status, said=self.safe(reply.words))
        return super().failure(reply)

    def reason(self, reply: Reply) -> str:
        """The id of the error, like `too_many_requests`."""
        match reply.data:
            case {"errors": [{"id": str(reason)}, *_]}:
                return reason
        return ""

    async def check(self) -> Health:
        """How many searches are left; free."""
        reply = await self.get("account")
        match reply and reply.data:
            case {
                "data": {
                    "requests": {
                        "searches": {"used": int() | float() as used, "available": int() | float() as available}
                    }
                }
            }:
                left = int(available - used)
                return Health(left > 0, f"{left:,} of {available:,} searches are left this month.", left)
            case {"data": {}}:
                return Health(True, "The key works.")
        raise self.garbled(reply)

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The company behind a domain."""
        reply = await self.get("companies/find", domain=asked.domain)
        return self.answer(Task.COMPANY, (self._company(reply, asked),) if reply else (), reply)

    def _company(self, reply: Reply, asked: AskedCompany) -> FoundCompany:
        match self.data(reply, dict):
            case {"data": dict(data)}:
                return FoundCompany(str(data.get("name") or asked.name), asked.domain, tuple(_facts(data)))
        raise self.garbled(reply)

    async def people(self, asked: AskedCompany, cursor: str = "") -> Answer[FoundPerson]:
        """People with a published address at the company, ten a page."""
        offset = int(cursor or 0)
        known = {"domain": asked.domain} if asked.domain else {"company": asked.name}
        reply = await self.get("domain-search", **known, type="personal", limit=PER_PAGE, offset=offset)
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"data": {"emails": list(emails), "domain": domain}, "meta": {"results": int(results)}}:
                found = tuple(_person(each, str(domain or asked.domain)) for each in emails if _has_email(each))
                after = offset + PER_PAGE
                return self.answer(Task.PEOPLE, found, reply, next=str(after) if after < results else "")
        raise self.garbled(reply)

    async def person(self, asked: AskedPerson) -> Answer[FoundPerson]:
        """The address of one person; one that was not found is answered as null."""
        reply = await self.get(
            "email-finder",
            domain=asked.company.domain,
            company="" if asked.company.domain else asked.company.name,
            first_name=asked.first_name,
            last_name=asked.last_name,
            linkedin_handle="" if asked.name else asked.linkedin.rstrip("/").rpartition("/")[2],
        )
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"data": {"email": None}}:
                return self.answer(Task.PERSON, (), reply)
            case {"data": {"email": str(email), "score": score, **data}}:
                found = _person({**data, "value": email, "confidence": score}, str(data.get("domain") or ""))
                return self.answer(Task.PERSON, (found,), reply)
        raise self.garbled(reply)

    async def verify(self, email: str) -> Answer[Verdict]:
        """Whether an address takes mail. While Hunter still looks (202) the question is asked again."""
        for wait in (0, 3, 6):
            if wait:
                await self._wire.sleep(wait)
            reply = await self.get("email-verifier", email=email)
            if reply and reply.status != 202:
                break
        else:
            return Answer((Verdict(EmailStatus.UNKNOWN, "still checking"),))
        match self.data(reply, dict):
            case {"data": {"status": str(status)}}:
                verdict = Verdict(_STATUS.get(status, EmailStatus.UNKNOWN), status)
                return self.answer(Task.VERIFY, (verdict,), reply)
        raise self.garbled(reply)


def _has_email(each: Any) -> bool:
    return isinstance(each, dict) and bool(first(each, "value"))


def _person(said: Mapping[str, Any], domain: str) -> FoundPerson:
    score = said.get("confidence")
    checked = first(part(said, "verification"), "status")
    return FoundPerson(
        first_name=first(said, "first_name"),
        last_name=first(said, "last_name"),
        title=first(said, "position"),
        email=first(said, "value").lower(),
        email_confidence=min(max(number(score) / 100, 0.0), 1.0) if score is not None else 0.5,
        email_status=_STATUS.get(checked, EmailStatus.UNKNOWN) if checked else EmailStatus.UNKNOWN,
        phone=first(said, "phone_number"),
        linkedin=first(said, "linkedin_url", "linkedin"),
        company=first(said, "company"),
        domain=domain,
        confidence=0.85,
        source=link(first(next(iter(rows(said.get("sources"))), {}), "uri")),
    )


def _facts(data: Mapping[str, Any]) -> list[Fact]:
    """What Hunter says of a company, in the words of the claims."""
    category, place, metrics = (part(data, name) for name in ("category", "geo", "metrics"))
    said = {
        "description": data.get("description"),
        "industry": category.get("industry") or category.get("sector"),
        "headcount": metrics.get("employeesRange") or metrics.get("employees"),
        "city": place.get("city"),
        "state": place.get("state"),
        "country": place.get("countryCode") or place.get("country"),
        "founded": data.get("foundedYear"),
        "phone": data.get("phone"),
    }
    return [*facts(said, 0.8), *facts({"technology": texts(data.get("tech"))}, 0.7)]
