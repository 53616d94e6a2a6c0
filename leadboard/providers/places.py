"""Google Places: local businesses by words and place, 20 a page and 60 a phrase. No e-mail addresses. Every page is
paid for, also an empty one."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from leadboard.domain.found import Answer, AskedCompany, FoundCompany, Health, Search
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.words import word_set
from leadboard.providers.base import KeyRefused, Provider, QuotaUsed, Reply
from leadboard.providers.phrases import Turn, phrases
from leadboard.providers.reading import facts, first, home, part, rows, text, texts

PAGE = 35_000
"""Micro-USD of a page with numbers and websites."""
_FIELDS = (
    *("id", "displayName", "formattedAddress", "addressComponents", "primaryType", "businessStatus", "googleMapsUri"),
    *("nationalPhoneNumber", "internationalPhoneNumber", "websiteUri"),
)
_PAGE_FIELDS = (*(f"places.{field}" for field in _FIELDS), "nextPageToken")
GIVES = word_set("industry address city state country phone")


class Places(Provider):
    """Google Places, the new API. It answers only the fields asked for, and the dearest of them sets the price."""

    service = Service(
        name="places",
        label="Google Places",
        site="https://developers.google.com/maps/documentation/places/web-service",
        key=KeyKind.PAID,
        offers=(
            Offer(Task.COMPANIES, gives=GIVES, micros=PAGE, always=True),
            Offer(
                Task.COMPANY, gives=GIVES, needs=needs((Known.REF,), (Known.COMPANY_NAME,)), micros=PAGE, always=True
            ),
        ),
        pace=Pace(calls=10),
        note="Google allows only the id of a place to be kept for good, and asks to be named where its data is shown.",
    )
    base_url = "https://places.googleapis.com/v1/"

    def headers(self) -> Mapping[str, str]:
        """The key travels in a header."""
        return {"X-Goog-Api-Key": self._key}

    def failure(self, reply: Reply) -> Exception:
        """A key that is none is a 400 like a bad question; a 429 may be the day's share."""
        about = {"status": reply.status, "said": self.safe(reply.words)}
        if reply.status == 400 and "api key" in reply.words.lower():
            return KeyRefused("Google Places did not accept the key. Check it under Providers.", **about)
        if reply.status == 429 and "per day" in reply.words.lower():
            return QuotaUsed("Google Places says that the share of the day is used up.", **about)
        return super().failure(reply)

    async def check(self) -> Health:
        """Whether the key is accepted: asking for ids alone is free."""
        reply = await self._ask("POST", "places:searchText", ("places.id",), json={"textQuery": "cafe", "pageSize": 1})
        if reply is None or not isinstance(reply.data, dict):
            raise self.garbled(reply)
        return Health(True, "The key works.")

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Businesses for one phrase after the other ("cafe in Leeds"), 20 a page."""
        turn = Turn.read(cursor, phrases(search))
        reply = await self._search(turn.phrase, turn.token)
        said = self.data(reply, dict) if reply else {}
        found = tuple(company for each in self._places(reply, said) if (company := _company(each)))
        return self.answer(Task.COMPANIES, found, reply, next=turn.after(text(said.get("nextPageToken"))))

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The business behind a place's id, or the first of a name that is not plainly another company."""
        if asked.ref:
            reply = await self._ask("GET", f"places/{quote(asked.ref, safe='')}", _FIELDS)
            places = [self.data(reply, dict)] if reply else []
        else:
            reply = await self._search(asked.name, region=asked.country)
            places = self._places(reply, self.data(reply, dict) if reply else {})
        known = (company for each in places if (company := _company(each)))
        found = [each for each in known if not (asked.domain and each.domain) or each.domain == asked.domain]
        return self.answer(Task.COMPANY, tuple(found[:1]), reply)

    async def _search(self, phrase: str, token: str = "", region: str = "") -> Reply | None:
        body = {"textQuery": phrase, "languageCode": "en", "regionCode": region, "pageToken": token}
        known = {key: said for key, said in body.items() if said}
        return await self._ask("POST", "places:searchText", _PAGE_FIELDS, json=known)

    async def _ask(self, method: str, path: str, fields: Iterable[str], **content: Any) -> Reply | None:
        return await self.ask(method, path, headers={"X-Goog-FieldMask": ",".join(fields)}, **content)

    def _places(self, reply: Reply | None, said: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The places of a page: without any the answer is empty, `{}`."""
        places = said.get("places", [])
        if not isinstance(places, list):
            raise self.garbled(reply)
        return rows(places)


def _company(said: Mapping[str, Any]) -> FoundCompany | None:
    """The business of a place; None for one that has closed for good."""
    name = text(part(said, "displayName").get("text"))
    if not name or said.get("businessStatus") == "CLOSED_PERMANENTLY":
        return None
    where = rows(said.get("addressComponents"))
    known = {
        "industry": text(said.get("primaryType")).replace("_", " "),
        "address": said.get("formattedAddress"),
        # British towns are postal towns, no localities.
        "city": _component(where, "locality", "longText") or _component(where, "postal_town", "longText"),
        "state": _component(where, "administrative_area_level_1", "longText"),
        "country": _component(where, "country", "shortText"),
        "phone": first(said, "internationalPhoneNumber", "nationalPhoneNumber"),
    }
    source = text(said.get("googleMapsUri"))
    return FoundCompany(name, home(said.get("websiteUri")), facts(known, 0.85, source), text(said.get("id")))


def _component(where: Iterable[Mapping[str, Any]], kind: str, form: str) -> str:
    return next((text(each.get(form)) for each in where if kind in texts(each.get("types"))), "")
