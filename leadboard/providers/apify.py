"""Apify: businesses of Google Maps, gathered by a hosted scraper. A run takes minutes and may find nothing, or fail and
still have found something; the cursor says how far it has come: started, ended, or read up to a row."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from leadboard.domain.found import Answer, FoundCompany, Health, Search
from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.domain.words import word_set
from leadboard.errors import TryLater
from leadboard.providers.base import Outage, Provider
from leadboard.providers.phrases import phrases
from leadboard.providers.reading import facts, first, home, number, part, rows, text

ACTOR = "compass~crawler-google-places"
PLACES = 50
"""Businesses that one run may bring."""
PLACE = 5_000
"""Micro-USD of a business, at the dearest scraper of this kind."""
PER_PAGE = 100
PHRASES = 10
"""Phrases of one run: more would leave each with too few businesses."""
_SOON = 15.0
"""Seconds until a run is asked for again."""
_PATIENCE = 5
"""Seconds that Apify itself waits for the end of a run before it answers."""
_ENDED = {"SUCCEEDED": "found", "FAILED": "failed", "TIMED-OUT": "failed", "ABORTED": "failed"}


class Apify(Provider):
    """Apify, version 2, with its Google Maps scraper."""

    service = Service(
        name="apify",
        label="Apify (Google Maps)",
        site="https://apify.com",
        key=KeyKind.PAID,
        offers=(
            Offer(
                Task.COMPANIES,
                gives=word_set("industry address city state country phone email"),
                micros=PLACES * PLACE,
            ),
        ),
        pace=Pace(calls=20),
        note="What was gathered from Google Maps stays under Google's terms and the law on personal data.",
    )
    base_url = "https://api.apify.com/v2/"
    missing = frozenset()
    """A run or a dataset that is not there was dropped: that is no empty result."""

    def headers(self) -> Mapping[str, str]:
        """The key is a bearer token."""
        return {"Authorization": f"Bearer {self._key}"}

    async def check(self) -> Health:
        """What was used this month; free."""
        reply = await self.get("users/me/limits")
        match reply and reply.data:
            case {"data": {"current": {"monthlyUsageUsd": int() | float() as used}, **rest}}:
                most = number(part(rest, "limits").get("maxMonthlyUsageUsd"))
                of = f" of ${most:,.2f}" if most else ""
                return Health(not most or used < most, f"${used:,.2f}{of} are used this month.")
            case {"data": {}}:
                return Health(True, "The key works.")
        raise self.garbled(reply)

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Businesses for all phrases ("cafe in Leeds") in one run. Starting it, asking for its end and reading its rows
        are a question each; while it runs `TryLater` is raised."""
        match cursor.split(" "):
            case ["running", run]:
                return await self._ended(run)
            case [state, dataset, offset]:
                return await self._rows(state, dataset, int(offset))
        return await self._start(search)

    async def _start(self, search: Search) -> Answer[FoundCompany]:
        """Start a run, once: a second one would be paid too."""
        asked = phrases(search)[:PHRASES]
        wanted = {
            "searchStringsArray": list(asked),
            "maxCrawledPlacesPerSearch": -(-PLACES // len(asked)),
            "language": "en",
            "skipClosedPlaces": True,
        }
        most = {"maxItems": PLACES, "maxTotalChargeUsd": PLACES * PLACE / 1_000_000}
        reply = await self.post(f"actors/{ACTOR}/runs", wanted, once=True, **most)
        match reply and reply.data:
            case {"data": {"id": str(run)}} if run.isalnum():
                return self.answer(Task.COMPANIES, (), reply, next=f"running {run}", micros=0)
        raise self.garbled(reply)

    async def _ended(self, run: str) -> Answer[FoundCompany]:
        """What a run cost, once it has ended; also one that failed is paid, and may have found something."""
        reply = await self.get(f"actor-runs/{quote(run, safe='')}", waitForFinish=_PATIENCE)
        match reply and reply.data:
            case {"data": {"status": str(status), "defaultDatasetId": str(dataset), **said}} if dataset.isalnum():
                if status not in _ENDED:
                    raise TryLater("Apify has not finished the run yet.", _SOON)
                following = f"{_ENDED[status]} {dataset} 0"
                return self.answer(Task.COMPANIES, (), reply, next=following, micros=_cost(said))
        raise self.garbled(reply)

    async def _rows(self, state: str, dataset: str, offset: int) -> Answer[FoundCompany]:
        """A page of what a run found. They are paid with the run."""
        path = f"datasets/{quote(dataset, safe='')}/items"
        reply = await self.get(path, format="json", clean="true", offset=offset, limit=PER_PAGE)
        assert reply is not None, "no status is a miss"
        items = self.data(reply, list)
        if not items and not offset and state == "failed":
            raise Outage("Apify's run ended without a result.", status=reply.status)
        found = tuple(company for each in rows(items) if (company := _company(each)))
        following = f"{state} {dataset} {offset + PER_PAGE}" if len(items) == PER_PAGE else ""
        return self.answer(Task.COMPANIES, found, reply, next=following, micros=0)


def _cost(run: Mapping[str, Any]) -> int:
    """Micro-USD of a run: what Apify counted, but no less than its businesses at our price: they may count later."""
    used = max(number(run.get("usageTotalUsd")), 0) * 1_000_000
    scraped = max(number(part(run, "chargedEventCounts").get("place-scraped")), 0) * PLACE
    return round(min(max(used, scraped), PLACES * PLACE))


def _company(said: Mapping[str, Any]) -> FoundCompany | None:
    """The business of a row; None for one that has closed for good."""
    name = text(said.get("title"))
    if not name or said.get("permanentlyClosed") is True:
        return None
    known = {
        "industry": said.get("categoryName"),
        "address": said.get("address"),
        "city": said.get("city"),
        "state": said.get("state"),
        "country": said.get("countryCode"),
        "phone": first(said, "phoneUnformatted", "phone"),
        "email": said.get("emails"),
    }
    source = text(said.get("url"))
    return FoundCompany(name, home(said.get("website")), facts(known, 0.8, source), text(said.get("placeId")))
