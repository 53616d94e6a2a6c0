"""Findymail: e-mail addresses it has verified itself, by name and domain or by profile. A miss is null or a 404."""

from collections.abc import Mapping
from typing import Any

from leadboard.domain.found import (
    Answer,
    AskedCompany,
    AskedPerson,
    EmailStatus,
    FoundPerson,
    Health,
    Verdict,
)
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.providers.base import Provider, QuotaUsed, Reply
from leadboard.providers.reading import first, parted, rows, text

CREDIT = 20_000
"""Micro-USD of a finder credit: one for each address. What a verifier credit costs is not published."""
ROLES = 3
"""Titles that one question may name."""
MOST = 5
"""Addresses that one question brings."""


class Findymail(Provider):
    """Findymail."""

    service = Service(
        name="findymail",
        label="Findymail",
        site="https://www.findymail.com",
        key=KeyKind.PAID,
        offers=(
            Offer(Task.PEOPLE, needs=needs((Known.DOMAIN, Known.TITLE)), micros=MOST * CREDIT),
            Offer(
                Task.PERSON,
                gives=frozenset({"email", "title", "linkedin"}),
                needs=needs((Known.PERSON_NAME, Known.DOMAIN), (Known.LINKEDIN,)),
                micros=CREDIT,
            ),
            Offer(Task.VERIFY, needs=needs((Known.EMAIL,)), micros=CREDIT),
        ),
        pace=Pace(calls=20, together=20),
    )
    base_url = "https://app.findymail.com/api/"

    def headers(self) -> Mapping[str, str]:
        """The key is a bearer token."""
        return {"Authorization": f"Bearer {self._key}"}

    def failure(self, reply: Reply) -> Exception:
        """A paused subscription (423) is asked nothing more, like one without credits."""
        if reply.status == 423:
            said = self.safe(reply.words)
            return QuotaUsed("Findymail says that the subscription is paused.", status=reply.status, said=said)
        return super().failure(reply)

    async def check(self) -> Health:
        """How many credits are left; free."""
        reply = await self.get("credits")
        match reply and reply.data:
            case {"credits": int(left)}:
                return Health(left > 0, f"{left:,} finder credits are left.", left)
            case {}:
                return Health(True, "The key works.")
        raise self.garbled(reply)

    async def people(self, asked: AskedCompany, cursor: str = "") -> Answer[FoundPerson]:
        """Up to five people with these titles, three titles a question."""
        start = int(cursor or 0)
        roles = list(asked.titles[start : start + ROLES])
        reply = await self.post("search/domain", {"domain": asked.domain, "roles": roles})
        after = str(start + ROLES) if start + ROLES < len(asked.titles) else ""
        if reply is None:
            return Answer(next=after)
        match self.data(reply, dict):
            case {"contacts": list() | None as contacts} | {"payload": {"contacts": list() | None as contacts}}:
                found = tuple(_person(each, asked.domain) for each in rows(contacts) if text(each.get("email")))
                return self.answer(Task.PEOPLE, found, reply, next=after, micros=len(found) * CREDIT)
        raise self.garbled(reply)

    async def person(self, asked: AskedPerson) -> Answer[FoundPerson]:
        """The verified address of one person."""
        if asked.name and asked.company.domain:
            reply = await self.post("search/name", {"name": asked.name, "domain": asked.company.domain})
        else:
            reply = await self.post("search/business-profile", {"linkedin_url": asked.linkedin})
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"contact": dict() | None as contact} | {"payload": {"contact": dict() | None as contact}}:
                found = _person(contact or {}, asked.company.domain)
                return self.answer(Task.PERSON, (found,) if found.email else (), reply)
        raise self.garbled(reply)

    async def verify(self, email: str) -> Answer[Verdict]:
        """Whether Findymail could verify an address. It only says yes or no: a no may be a server that takes all."""
        reply = await self.post("verify", {"email": email})
        match reply and reply.data:
            case {"verified": bool(verified)}:
                status = EmailStatus.VALID if verified else EmailStatus.UNKNOWN
                verdict = Verdict(status, "verified" if verified else "not verified")
                return self.answer(Task.VERIFY, (verdict,), reply)
        raise self.garbled(reply)


def _person(said: Mapping[str, Any], domain: str) -> FoundPerson:
    given, family = parted(said.get("name"))
    return FoundPerson(
        first_name=given,
        last_name=family,
        title=first(said, "job_title", "jobTitle"),
        email=text(said.get("email")).lower(),
        email_confidence=0.95,
        email_status=EmailStatus.VALID,
        linkedin=first(said, "linkedin_url", "linkedinUrl"),
        company=text(said.get("company")),
        domain=first(said, "domain") or domain,
        confidence=0.85,
    )
