"""Nominatim in the demo world: its towns, regions and countries by their names."""

from typing import Any

from leadboard.domain.places import country_name
from leadboard.sandbox.map import Area, find
from leadboard.sandbox.services.agents import identified
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply

LICENCE = "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright"
_RANK = {"city": 16, "state": 8, "country": 4}


def search(asked: Asked) -> Any:
    """The areas of this name; without one, none."""
    if not asked.query.get("q"):
        return Reply(400, {"error": {"code": 400, "message": "Nothing to search for."}})
    limit = int(asked.query.get("limit", 10))
    return [_place(area) for area in find(asked.query["q"])][:limit]


def status(asked: Asked) -> Any:
    """That the server is well."""
    return "OK"


def _place(area: Area) -> dict[str, Any]:
    south, west, north, east = area.box
    city = area.cities[0]
    address = {"city": city.name, "state": city.region, "country": country_name(city.country)}
    kept = {"city": 0, "state": 1, "country": 2}[area.kind]
    return {
        "place_id": area.relation * 3,
        "licence": LICENCE,
        "osm_type": "relation",
        "osm_id": area.relation,
        "lat": f"{(south + north) / 2:.7f}",
        "lon": f"{(west + east) / 2:.7f}",
        "category": "boundary",
        "type": "administrative",
        "place_rank": _RANK[area.kind],
        "importance": round(1 - _RANK[area.kind] / 20, 2),
        "addresstype": area.kind,
        "name": area.name,
        "display_name": ", ".join(list(address.values())[kept:]),
        "boundingbox": [f"{south:.7f}", f"{north:.7f}", f"{west:.7f}", f"{east:.7f}"],
        "address": dict(list(address.items())[kept:]) | {"country_code": city.country.lower()},
    }


_HTML = {"Content-Type": "text/html"}
_BLOCKED = Reply(403, "<html><body><h1>Access blocked</h1>See the usage policy of Nominatim.</body></html>", _HTML)

API = Api(
    name="nominatim",
    hosts=("nominatim.openstreetmap.org",),
    routes={"GET /search": identified(search, _BLOCKED), "GET /status": identified(status, _BLOCKED)},
    too_many=Reply(429, "<html><body>Too many requests</body></html>", {**_HTML, **SLOW}),
)
