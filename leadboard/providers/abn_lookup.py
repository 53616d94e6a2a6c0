"""ABN Lookup: whether a company of a name is registered in Australia, and in which state. It knows nothing else.

Everything comes with status 200 and wrapped for a browser (`callback({...})`); failures are in its `Message`. The key,
a GUID, can only travel in the query, which is never logged.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from leadboard.domain.found import Answer, AskedCompany, FoundCompany, Health
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.providers.base import KeyRefused, Misasked, Provider, Reply
from leadboard.providers.reading import facts, number, rows, text
from leadboard.providers.registers import SURE, same_name, sureness

MOST = 10
"""Names that come close."""

_WRAPPED = re.compile(r"\s*\w+\((.*)\)\s*;?\s*", re.DOTALL)
_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
_ACTIVE = frozenset({"0000000001", "active"})
"""Names carry a code, companies a word."""


class AbnLookup(Provider):
    """The JSON service of the Australian Business Register."""

    service = Service(
        name="abn_lookup",
        label="ABN Lookup",
        site="https://abr.business.gov.au",
        key=KeyKind.FREE,
        offers=(
            Offer(
                Task.COMPANY, gives=frozenset({"state", "country"}), needs=needs((Known.REF,), (Known.COMPANY_NAME,))
            ),
        ),
        pace=Pace(calls=1, together=1),
        note="Public register. The key is a GUID, given for free at abr.business.gov.au.",
    )
    base_url = "https://abr.business.gov.au/json/"

    def parameters(self) -> Mapping[str, str]:
        """The service knows no other way for its key."""
        return {"guid": self._key}

    def judge(self, reply: Reply) -> bool:
        """A message says why there is nothing: a wrong key, nobody of that name, or something else."""
        if not super().judge(reply):
            return False
        message = text(self._unwrapped(reply).get("Message"))
        said, about = message.lower(), {"status": reply.status, "said": self.safe(message)}
        if "guid" in said or "registered party" in said:
            raise KeyRefused("ABN Lookup did not accept the key. Check it under Providers.", **about)
        if said and "no record" not in said and "not found" not in said:
            raise Misasked("ABN Lookup did not take the question.", **about)
        return not said

    def _unwrapped(self, reply: Reply) -> dict[str, Any]:
        """What stands within the callback."""
        wrapped = _WRAPPED.fullmatch(reply.text)
        said = replace(reply, text=wrapped[1]).data if wrapped else None
        if not isinstance(said, dict):
            raise self.garbled(reply)
        return said

    async def check(self) -> Health:
        """Whether the key is accepted."""
        await self._matching("Australian Taxation Office", 1)
        return Health(True, "The key works.")

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The active registration of this number, or else the best match of exactly this name; nothing for a company
        that is known to be elsewhere."""
        if asked.ref:
            return await self._numbered(asked.ref)
        sure = sureness(asked, "AU")
        if not asked.name or not sure:
            return Answer()
        reply = await self._matching(asked.name, MOST)
        if reply is None:
            return Answer()
        match self._unwrapped(reply):
            case {"Names": list(names)}:
                active = [each for each in rows(names) if _is_active(each)]
                named = [each for each in active if same_name(text(each.get("Name")), asked.name)]
                best = sorted(named, key=lambda each: -number(each.get("Score")))[:1]
                found = (_company(each, each.get("Name"), each.get("State"), sure) for each in best)
                return self.answer(Task.COMPANY, tuple(found), reply)
        raise self.garbled(reply)

    async def _numbered(self, abn: str) -> Answer[FoundCompany]:
        reply = await self.get("AbnDetails.aspx", abn=abn) if is_abn(abn) else None
        if reply is None:
            return Answer()
        said = self._unwrapped(reply)
        if not text(said.get("EntityName")):
            raise self.garbled(reply)
        found = _company(said, said.get("EntityName"), said.get("AddressState"), SURE)
        return self.answer(Task.COMPANY, (found,) if _is_active(said) else (), reply)

    async def _matching(self, name: str, most: int) -> Reply | None:
        return await self.get("MatchingNames.aspx", name=name, maxResults=most)


def _is_active(said: Mapping[str, Any]) -> bool:
    return text(said.get("AbnStatus")).lower() in _ACTIVE


def _company(said: Mapping[str, Any], name: Any, state: Any, sure: float) -> FoundCompany:
    abn = text(said.get("Abn"))
    source = f"https://abr.business.gov.au/ABN/View?abn={abn}"
    return FoundCompany(text(name), "", facts({"state": state, "country": "AU"}, sure, source), abn)


def is_abn(said: str) -> bool:
    """Whether a text is an Australian business number: eleven digits whose weighted sum is divisible by 89."""
    digits = [int(char) for char in said if char in "0123456789"]
    if len(digits) != len(_WEIGHTS):
        return False
    digits[0] -= 1
    return sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 89 == 0
