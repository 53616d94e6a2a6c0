"""ZeroBounce: whether an address takes mail. Its failures come as a success with an `error` in it."""

import re
from collections.abc import Mapping

from leadboard.domain.found import Answer, EmailStatus, Health, Verdict
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.providers.base import KeyRefused, Misasked, Provider, QuotaUsed, Reply
from leadboard.providers.reading import first, text

PATIENCE = 8
"""Seconds ZeroBounce may look: then it says `unknown`, which costs nothing, before we have given up on it."""
_CREDITS = re.compile(r"-?[0-9]{1,12}")
_STATUS = {
    "valid": EmailStatus.VALID,
    "catch-all": EmailStatus.CATCH_ALL,
    "invalid": EmailStatus.INVALID,
    "spamtrap": EmailStatus.INVALID,
    "abuse": EmailStatus.INVALID,
    "do_not_mail": EmailStatus.INVALID,
}


class ZeroBounce(Provider):
    """ZeroBounce, version 2."""

    service = Service(
        name="zerobounce",
        label="ZeroBounce",
        site="https://www.zerobounce.net",
        key=KeyKind.PAID,
        offers=(Offer(Task.VERIFY, needs=needs((Known.EMAIL,)), micros=7_000),),
        pace=Pace(calls=20),
    )
    base_url = "https://api.zerobounce.net/v2/"

    def parameters(self) -> Mapping[str, str]:
        """ZeroBounce takes the key in the query only."""
        return {"api_key": self._key}

    def judge(self, reply: Reply) -> bool:
        """A success may hold an error, under one of several names."""
        there = super().judge(reply)
        match reply.data:
            case {"status": str()}:
                return there
            case dict(said) if error := first(said, "error", "message", "Message", "error_message"):
                raise self._refusal(error, reply.status)
        return there

    def _refusal(self, error: str, status: int) -> Exception:
        """A wrong key and used-up credits share one sentence: both end what may be asked with this key."""
        said, words = self.safe(error), error.lower()
        if "key" in words:
            sentence = "ZeroBounce did not accept the key, or its credits are used up. Check both under Providers."
            return KeyRefused(sentence, status=status, said=said)
        if "credit" in words:
            return QuotaUsed("ZeroBounce says that the credits are used up.", status=status, said=said)
        return Misasked("ZeroBounce did not take the question.", status=status, said=said)

    async def check(self) -> Health:
        """How many credits are left; free. A wrong key has -1."""
        reply = await self.get("getcredits")
        match reply and reply.data:
            case {"Credits": said} if _CREDITS.fullmatch(text(said)):
                left = int(text(said))
                if left >= 0:
                    return Health(left > 0, f"{left:,} credits are left.", left)
                raise KeyRefused("ZeroBounce did not accept the key. Check it under Providers.", status=200)
        raise self.garbled(reply)

    async def verify(self, email: str) -> Answer[Verdict]:
        """Whether an address takes mail; that nothing could be told costs nothing."""
        reply = await self.get("validate", email=email, timeout=PATIENCE)
        match reply and reply.data:
            case {"status": str(said), **rest}:
                status = _STATUS.get(said.strip().lower(), EmailStatus.UNKNOWN)
                free = status is EmailStatus.UNKNOWN
                verdict = Verdict(status, text(rest.get("sub_status")) or said)
                return self.answer(Task.VERIFY, (verdict,), reply, micros=0 if free else None)
        raise self.garbled(reply)
