"""LeadMagic: addresses, people by their role and companies. Nothing found is a 200 with an empty main field, and every
answer says what it cost."""

from collections.abc import Mapping
from typing import Any

from leadboard.domain.found import (
    Answer,
    AskedCompany,
    AskedPerson,
    EmailStatus,
    FoundCompany,
    FoundPerson,
    Health,
    Verdict,
)
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.providers.base import Provider, Reply
from leadboard.providers.reading import facts, first, number, part, text

CREDIT = 24_500
"""Micro-USD of a credit."""


class LeadMagic(Provider):
    """LeadMagic, version 1 of its paths."""

    service = Service(
        name="leadmagic",
        label="LeadMagic",
        site="https://leadmagic.io",
        key=KeyKind.PAID,
        offers=(
            Offer(
                Task.COMPANY,
                gives=frozenset({"description", "industry", "headcount", "address", "founded", "revenue", "funding"}),
                needs=needs((Known.DOMAIN,), (Known.COMPANY_NAME,)),
                micros=CREDIT,
            ),
            Offer(
                Task.PEOPLE,
                needs=needs((Known.DOMAIN, Known.TITLE), (Known.COMPANY_NAME, Known.TITLE)),
                micros=2 * CREDIT,
            ),
            Offer(
                Task.PERSON,
                gives=frozenset({"email"}),
                needs=needs((Known.PERSON_NAME, Known.DOMAIN), (Known.PERSON_NAME, Known.COMPANY_NAME)),
                micros=CREDIT,
            ),
            Offer(Task.VERIFY, needs=needs((Known.EMAIL,)), micros=CREDIT // 4),
        ),
        pace=Pace(calls=5),
    )
    base_url = "https://api.leadmagic.io/v1/"

    def headers(self) -> Mapping[str, str]:
        """The key travels in a header."""
        return {"X-API-Key": self._key}

    async def check(self) -> Health:
        """How many credits are left; free. Credits are frozen when a payment failed."""
        reply = await self.get("credits")
        match reply and reply.data:
            case {"credits": int() | float() as credits, **said}:
                left = int(number(credits))
                if said.get("is_frozen") is True:
                    return Health(False, "The credits are frozen. LeadMagic's billing page says why.", left)
                return Health(left > 0, f"{left:,} credits are left.", left)
        raise self.garbled(reply)

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The company behind a domain, or else of a name."""
        reply = await self.post("companies/company-search", _company(asked))
        said, name = self.found(reply, "companyName")
        sure = 0.8 if asked.domain else 0.6
        companies = (FoundCompany(name, asked.domain, facts(_said_of(said), sure), text(said.get("companyId"))),)
        return self.priced(Task.COMPANY, companies if name else (), reply)

    async def people(self, asked: AskedCompany, cursor: str = "") -> Answer[FoundPerson]:
        """The person who has the next of the titles; the cursor is its place among them."""
        place = int(cursor or 0)
        if place >= len(asked.titles):
            return Answer()
        reply = await self.post("people/role-finder", {"job_title": asked.titles[place], **_company(asked)})
        said, given = self.found(reply, "first_name")
        person = FoundPerson(
            first_name=given,
            last_name=text(said.get("last_name")),
            title=text(said.get("job_title")),
            linkedin=text(said.get("profile_url")),
            company=text(said.get("company_name")) or asked.name,
            domain=asked.domain,
            confidence=0.75,
        )
        after = str(place + 1) if place + 1 < len(asked.titles) else ""
        return self.priced(Task.PEOPLE, (person,) if given else (), reply, next=after)

    async def person(self, asked: AskedPerson) -> Answer[FoundPerson]:
        """The address of one person; on a server that takes all mail it is only likely."""
        known = {"domain": asked.company.domain} if asked.company.domain else {"company_name": asked.company.name}
        names = {"first_name": asked.first_name, "last_name": asked.last_name}
        reply = await self.post("people/email-finder", names | known)
        said, email = self.found(reply, "email")
        status = _status(text(said.get("status")))
        person = FoundPerson(
            first_name=asked.first_name,
            last_name=asked.last_name,
            email=email.lower(),
            email_confidence=0.95 if status is EmailStatus.VALID else 0.7,
            email_status=status,
            company=text(said.get("company_name")),
            domain=first(said, "domain") or asked.company.domain,
            confidence=0.85,
        )
        return self.priced(Task.PERSON, (person,) if email else (), reply)

    async def verify(self, email: str) -> Answer[Verdict]:
        """Whether an address takes mail; not knowing costs nothing."""
        reply = await self.post("people/email-validation", {"email": email})
        match reply and reply.data:
            case {"email_status": str(said)}:
                return self.priced(Task.VERIFY, (Verdict(_status(said), said),), reply)
        raise self.garbled(reply)

    def found(self, reply: Reply | None, main: str) -> tuple[dict[str, Any], str]:
        """The body and the text of its main field, "" where nothing was found. An answer with neither that field nor
        its cost is none that LeadMagic promises."""
        if reply is None:
            return {}, ""
        match self.data(reply, dict):
            case said if isinstance(said.get(main), str | None) and (main in said or "credits_consumed" in said):
                return said, text(said.get(main))
        raise self.garbled(reply)

    def priced(self, task: Task, items: tuple[Any, ...], reply: Reply | None, *, next: str = "") -> Answer[Any]:
        """The answer at the price that it names itself."""
        match reply and reply.data:
            case {"credits_consumed": int() | float() as credits}:
                return self.answer(task, items, reply, next=next, micros=max(round(number(credits) * CREDIT), 0))
        return self.answer(task, items, reply, next=next)


def _company(asked: AskedCompany) -> dict[str, str]:
    return {"company_domain": asked.domain} if asked.domain else {"company_name": asked.name}


def _status(said: str) -> EmailStatus:
    """LeadMagic's words are ours; "not_found" and what it may say some day are not known."""
    return EmailStatus(said) if said in set(EmailStatus) else EmailStatus.UNKNOWN


def _said_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What it says of a company, in the words of the claims; a place may be a text or an object."""
    place = said.get("headquarters")
    return {
        "description": said.get("description"),
        "industry": said.get("industry"),
        "headcount": first(said, "employeeRange", "employeeCount"),
        "city": part(place).get("city"),
        "address": text(place),
        "state": part(place).get("state"),
        "country": part(place).get("country"),
        "founded": said.get("founded"),
        "revenue": said.get("revenue"),
        "funding": said.get("funding"),
    }
