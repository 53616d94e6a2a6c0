"""Nominatim, the geocoder of OpenStreetMap: where a place is that people name. Overpass asks it.

It takes one question a second from the whole application, so every caller shares the pace of the wire; and it is for
places only, never for lists of businesses.
"""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from leadboard.domain.found import Health
from leadboard.domain.services import KeyKind, Pace, Service
from leadboard.providers.base import Provider
from leadboard.providers.reading import part, text

_DEGREE = 111.32
"""Kilometres of a degree of latitude."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map: its box in degrees, its id as a relation (0 when it is no area), its country (alpha-2)."""

    name: str
    south: float
    west: float
    north: float
    east: float
    relation: int = 0
    country: str = ""

    @property
    def square_km(self) -> float:
        """The size of the box."""
        height, width = self.north - self.south, self.east - self.west
        return abs(height * width * cos(radians((self.north + self.south) / 2))) * _DEGREE**2


class Nominatim(Provider):
    """Nominatim on OpenStreetMap's own server."""

    service = Service(
        name="nominatim",
        label="Nominatim",
        site="https://nominatim.org",
        key=KeyKind.NONE,
        offers=(),
        pace=Pace(calls=1, together=1),
        identified=True,
        note="© OpenStreetMap contributors, ODbL. At most one question a second, no bulk use.",
    )
    base_url = "https://nominatim.openstreetmap.org/"

    async def check(self) -> Health:
        """Whether the server is well."""
        await self.get("status")
        return Health(True, "Nominatim answers.")

    async def place(self, name: str) -> Place | None:
        """The best match for a place's name, like "Manchester, UK"; None when there is no such place."""
        reply = await self.get("search", q=name, format="jsonv2", layer="address", addressdetails=1, limit=1)
        if reply is None or not (found := self.data(reply, list)):
            return None
        if place := _place(found[0]):
            return place
        raise self.garbled(reply)


def _place(said: Any) -> Place | None:
    match said:
        case {"osm_type": kind, "osm_id": int(number), "boundingbox": [south, north, west, east], **rest}:
            relation = number if kind == "relation" else 0
            country = text(part(rest, "address").get("country_code")).upper()
            name = text(rest.get("name"))
        case _:
            return None
    try:
        place = Place(name, float(south), float(west), float(north), float(east), relation, country)
    except (ValueError, TypeError):
        return None
    return place if -90 <= place.south <= place.north <= 90 and -180 <= place.west <= place.east <= 180 else None
