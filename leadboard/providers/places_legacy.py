"""Google Places as it was: for projects that have it enabled and cannot have the new one. A failure is a 200 with a
status in its body, and the token of a page works only after two seconds."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from leadboard.domain.found import Answer, FoundCompany, Health, Search
from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.errors import TryLater
from leadboard.providers.base import KeyRefused, Misasked, Outage, Provider, QuotaUsed, Reply
from leadboard.providers.phrases import Turn, phrases
from leadboard.providers.reading import facts, rows, text, texts

PAGE = 35_000
"""Micro-USD of a page, as of the new API."""
_RIPENING = (2.0, 3.0)
"""Seconds before a page's token is tried, and tried again."""


class PlacesLegacy(Provider):
    """Google Places, the old API: neither website nor phone, but ids that the new one knows too."""

    service = Service(
        name="places_legacy",
        label="Google Places (legacy)",
        site="https://developers.google.com/maps/documentation/places/web-service/legacy",
        key=KeyKind.PAID,
        offers=(Offer(Task.COMPANIES, gives=frozenset({"industry", "address"}), micros=PAGE, always=True),),
        pace=Pace(calls=10),
        note="Google allows only the id of a place to be kept for good, and asks to be named where its data is shown.",
    )
    base_url = "https://maps.googleapis.com/maps/api/place/"

    def parameters(self) -> Mapping[str, str]:
        """This API takes the key in the query only."""
        return {"key": self._key}

    def judge(self, reply: Reply) -> bool:
        """A 200 says nothing yet: the status in the body does."""
        match reply.data:
            case {"status": "OK" | "ZERO_RESULTS"}:
                return True
            case {"status": str()} if reply.status == 200:
                raise self.failure(reply)
        return super().judge(reply)

    def failure(self, reply: Reply) -> Exception:
        """What a status in the body means; without one, the status of HTTP decides."""
        about = {"status": reply.status, "said": self.safe(reply.words)}
        match reply.data:
            case {"status": "REQUEST_DENIED"}:
                return KeyRefused("Google Places did not accept the key. Check it under Providers.", **about)
            case {"status": "OVER_QUERY_LIMIT"} if "daily" in reply.words.lower():
                return QuotaUsed("Google Places says that the share of the day is used up.", **about)
            case {"status": "OVER_QUERY_LIMIT"}:
                return TryLater("Google Places asked for fewer questions.", 0)
            case {"status": "UNKNOWN_ERROR"}:
                return Outage("Google Places is having trouble.", **about)
            case {"status": str(status)}:
                return Misasked(f"Google Places did not take the question ({status}).", **about)
        return super().failure(reply)

    async def check(self) -> Health:
        """Whether the key is accepted: a question without words costs nothing, and is refused only after the key."""
        with suppress(Misasked):
            await self.get("textsearch/json")
        return Health(True, "The key works.")

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Businesses for one phrase after the other ("cafe in Leeds"), 20 a page."""
        turn = Turn.read(cursor, phrases(search))
        reply = await (self._page(turn.token) if turn.token else self.get("textsearch/json", query=turn.phrase))
        match reply and self.data(reply, dict):
            case {"results": list(results), **said}:
                found = tuple(company for each in rows(results) if (company := _company(each)))
                following = turn.after(text(said.get("next_page_token")))
                return self.answer(Task.COMPANIES, found, reply, next=following)
        raise self.garbled(reply)

    async def _page(self, token: str) -> Reply | None:
        """A page by its token, which Google calls invalid for a while."""
        first, again = _RIPENING
        await self._wire.sleep(first)
        try:
            return await self.get("textsearch/json", pagetoken=token)
        except Misasked:
            await self._wire.sleep(again)
            return await self.get("textsearch/json", pagetoken=token)


def _company(said: Mapping[str, Any]) -> FoundCompany | None:
    """The business of a place; None for one that has closed for good."""
    name, ref = text(said.get("name")), text(said.get("place_id"))
    if not name or said.get("business_status") == "CLOSED_PERMANENTLY":
        return None
    trade = next(iter(texts(said.get("types"))), "").replace("_", " ")
    known = {"industry": trade, "address": said.get("formatted_address")}
    source = f"https://www.google.com/maps/place/?q=place_id:{ref}" if ref else ""
    return FoundCompany(name, "", facts(known, 0.8, source), ref)
