"""MillionVerifier: whether an address takes mail. Its failures come as a success with a text in `error`."""

from collections.abc import Mapping

from leadboard.domain.found import Answer, EmailStatus, Health, Verdict
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.providers.base import KeyRefused, Misasked, Outage, Provider, QuotaUsed, Reply
from leadboard.providers.reading import text

PATIENCE = 8
"""Seconds MillionVerifier may look: then it says `unknown`, before we have given up on it."""
_STATUS = {
    "ok": EmailStatus.VALID,
    "catch_all": EmailStatus.CATCH_ALL,
    "disposable": EmailStatus.INVALID,
    "invalid": EmailStatus.INVALID,
}


class MillionVerifier(Provider):
    """MillionVerifier, version 3."""

    service = Service(
        name="millionverifier",
        label="MillionVerifier",
        site="https://www.millionverifier.com",
        key=KeyKind.PAID,
        offers=(Offer(Task.VERIFY, needs=needs((Known.EMAIL,)), micros=1_200),),
        pace=Pace(calls=20),
    )
    base_url = "https://api.millionverifier.com/api/v3/"

    def parameters(self) -> Mapping[str, str]:
        """MillionVerifier takes the key in the query only."""
        return {"api": self._key}

    def judge(self, reply: Reply) -> bool:
        """A success may hold an error."""
        there = super().judge(reply)
        match reply.data:
            case {"error": str(error)} if error.strip():
                raise self._refusal(error, reply.status)
            case {"result": "error"}:
                raise self._refusal("", reply.status)
        return there

    def _refusal(self, error: str, status: int) -> Exception:
        """What an error means: its sentences are not promised, so single words of them tell."""
        words, about = error.lower(), {"status": status, "said": self.safe(error)}
        if "credit" in words:
            return QuotaUsed("MillionVerifier says that the credits are used up.", **about)
        if "key" in words:
            return KeyRefused("MillionVerifier did not accept the key. Check it under Providers.", **about)
        if "block" in words:
            return KeyRefused("MillionVerifier does not take questions from this installation's address.", **about)
        if "email" in words or "e-mail" in words:
            return Misasked("MillionVerifier did not take the question.", **about)
        return Outage("MillionVerifier is having trouble.", **about)

    async def check(self) -> Health:
        """How many credits are left; free."""
        reply = await self.get("credits")
        match reply and reply.data:
            case {"credits": int(left)}:
                return Health(left > 0, f"{left:,} credits are left.", left)
        raise self.garbled(reply)

    async def verify(self, email: str) -> Answer[Verdict]:
        """Whether an address takes mail."""
        reply = await self.get("", email=email, timeout=PATIENCE)
        match reply and reply.data:
            case {"result": str(said), **rest}:
                status = _STATUS.get(said.strip().lower(), EmailStatus.UNKNOWN)
                return self.answer(Task.VERIFY, (Verdict(status, text(rest.get("subresult")) or said),), reply)
        raise self.garbled(reply)
