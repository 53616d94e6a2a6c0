"""OpenStreetMap: local businesses of a trade in a town, as mappers enter them, through the Overpass API.

One answer covers one of the places looked for; the cursor counts them. The public server is for light use by a single
person and cannot look through whole countries: larger places are not asked about.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from leadboard.domain.found import Answer, FoundCompany, Health, Search
from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.domain.vocabulary.trades import trade_of_tags, trades_in
from leadboard.errors import TryLater
from leadboard.providers.base import KeyRefused, Misasked, Outage, Provider, Reply, retry_after
from leadboard.providers.nominatim import Nominatim, Place
from leadboard.providers.phrases import Turn
from leadboard.providers.reading import facts, first, home, link, part, rows, text
from leadboard.providers.wire import SECONDS, Wire

MOST = 200
"""Businesses of one place."""
LARGEST = 30_000
"""Square kilometres of a place: a county or a large town with its surroundings, but no country."""
CALM = 30.0
"""Seconds that the operator asks for after a refusal."""

_AREA = 3_600_000_000
"""What makes the id of an area of that of a relation."""


class Overpass(Provider):
    """The public Overpass server, with Nominatim before it."""

    service = Service(
        name="overpass",
        label="OpenStreetMap",
        site="https://www.openstreetmap.org",
        key=KeyKind.NONE,
        offers=(
            Offer(
                Task.COMPANIES,
                gives=frozenset(
                    {"industry", "address", "city", "state", "country", "phone", "email", "linkedin", "instagram"}
                ),
            ),
        ),
        pace=Pace(calls=1, seconds=2.0, together=1),
        identified=True,
        note="© OpenStreetMap contributors, ODbL. The public server is no backend: keep what it answered for a day.",
    )
    base_url = "https://overpass-api.de/api/"

    def __init__(self, wire: Wire, key: str = "") -> None:
        super().__init__(wire, key)
        self._places = Nominatim(wire)

    def judge(self, reply: Reply) -> bool:
        """A remark says that the question failed, whatever came with it: half a town looks like a whole one."""
        if not super().judge(reply):
            return False
        match reply.data:
            case {"remark": str(remark)}:
                raise self._failed(remark)
        return True

    def _failed(self, remark: str) -> Exception:
        said = self.safe(remark)
        if "timed out" in remark or "out of memory" in remark:
            return Misasked("OpenStreetMap has too much there to look through. Name a smaller place.", said=said)
        return Outage("OpenStreetMap could not finish its answer.", said=said)

    def failure(self, reply: Reply) -> Exception:
        """A 406 means who we say we are, and a 429 half a minute of rest."""
        if reply.status == 406:
            return KeyRefused(
                "OpenStreetMap wants to know who asks. Set LEADBOARD_CONTACT to your e-mail address.",
                status=reply.status,
            )
        if reply.status == 429:
            return TryLater("OpenStreetMap asked for fewer questions.", max(retry_after(reply.headers), CALM))
        return super().failure(reply)

    def rest(self, reply: Reply) -> float:
        """Nobody asks again before the server has calmed down."""
        return CALM if reply.status == 429 else 0.0

    async def check(self) -> Health:
        """Whether both servers answer, and how many places to ask are free."""
        await self._places.check()
        reply = await self.get("status")
        free = re.search(r"(\d{1,6}) slots? available now", reply.text if reply else "")
        if free is None:
            return Health(True, "OpenStreetMap answers, but all its places are taken for now.")
        return Health(True, f"OpenStreetMap answers; {free[1]} of its places are free for us.", int(free[1]))

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """The businesses of one of the places, at most 200. Empty without a trade that the map knows, and for a place
        that does not exist; `Misasked` when the last place is too large."""
        turn = Turn.read(cursor, search.places)
        trades = trades_in(search.industries) or trades_in(search.keywords)
        tags = list(dict.fromkeys(tag for trade in trades for tag in trade.tags))
        if not tags or not search.places:
            return Answer()
        following = turn.after("")
        place = await self._places.place(turn.phrase)
        if place is None or (place.square_km > LARGEST and following):
            return Answer(next=following)
        if place.square_km > LARGEST:
            raise Misasked(
                f"OpenStreetMap finds businesses in a town or county, and “{turn.phrase}” is larger. "
                "Add a town to the profile."
            )
        reply = await self.ask("POST", "interpreter", data={"data": _question(tags, place)})
        found = self._companies(reply, place) if reply else ()
        return self.answer(Task.COMPANIES, found, reply, next=following)

    def _companies(self, reply: Reply, place: Place) -> tuple[FoundCompany, ...]:
        match self.data(reply, dict):
            case {"elements": list(elements)}:
                return tuple(company for each in rows(elements) for company in _company(each, place))
        raise self.garbled(reply)


def _question(tags: list[str], place: Place) -> str:
    """The question in Overpass' language. Tags come from our own table, so nothing in it is typed by anybody.

    Branches of a chain carry a brand: their address and number are not those of the company one would write to.
    """
    where = f"(area:{_AREA + place.relation})" if place.relation else _box(place)
    pairs = (tag.split("=") for tag in tags)
    lines = (f'nwr["{key}"="{value}"]["name"][!"brand:wikidata"]{where};' for key, value in pairs)
    settings = f"[out:json][timeout:{SECONDS - 1:.0f}][maxsize:67108864];"
    return "\n".join([settings, "(", *lines, ");", f"out center tags {MOST};"])


def _box(place: Place) -> str:
    return f"({place.south},{place.west},{place.north},{place.east})"


def _company(element: Mapping[str, Any], place: Place) -> Iterator[FoundCompany]:
    tags = part(element, "tags")
    name, ref = text(tags.get("name")), f"{text(element.get('type'))}/{text(element.get('id'))}"
    if not name:
        return
    trade = trade_of_tags(tags)
    said = {
        "industry": trade.name if trade else "",
        "address": _address(tags),
        "city": tags.get("addr:city"),
        "state": tags.get("addr:state"),
        "country": text(tags.get("addr:country")) or place.country,
        "phone": _one(tags, "phone", "contact:phone", "contact:mobile"),
        "email": _one(tags, "email", "contact:email").lower(),
        "linkedin": link(_one(tags, "contact:linkedin")),
        "instagram": link(_one(tags, "contact:instagram")),
    }
    website = home(_one(tags, "website", "contact:website", "url"))
    yield FoundCompany(name, website, facts(said, 0.7, f"https://www.openstreetmap.org/{ref}"), ref)


def _one(tags: Mapping[str, Any], *names: str) -> str:
    """The first of the values under the first of these names: mappers part several by semicolons."""
    return first(tags, *names).split(";")[0].strip()


def _address(tags: Mapping[str, Any]) -> str:
    street = " ".join(filter(None, (text(tags.get("addr:housenumber")), text(tags.get("addr:street")))))
    town = " ".join(filter(None, (text(tags.get("addr:city")), text(tags.get("addr:postcode")))))
    return ", ".join(filter(None, (street, town))) if street else ""
