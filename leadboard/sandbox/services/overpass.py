"""The Overpass server in the demo world: businesses on its map, by tags within an area or a box."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from leadboard.domain.vocabulary.trades import TRADES
from leadboard.sandbox.map import areas
from leadboard.sandbox.services.agents import identified
from leadboard.sandbox.services.base import Api, Asked, Reply
from leadboard.sandbox.world import Company, World

_AREA = 3_600_000_000
"""What makes the id of an area of that of a relation."""
_TAGS = {trade.name: dict(tag.split("=") for tag in trade.tags[:1]) for trade in TRADES}
_STATEMENT = re.compile(r"\b(nwr|node|way|relation)((?:\[[^\]]*\])+)\(([^()]*)\)\s*;")
_TEST = re.compile(r'\[(!?)"([^"]*)"(?:(=|~)"([^"]*)")?(?:,i)?\]')
_MOST = re.compile(r"\bout\b[^;]*?(\d+)\s*;\s*$")
_HTML = {"Content-Type": "text/html"}
_PARSE_ERROR = Reply(
    400, "<html><body><p><strong>Error</strong>: line 1: parse error: Unknown query</p></body></html>", _HTML
)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Statement:
    """One statement of a question: kinds of element, the tests that their tags have to pass, and the box (south, west,
    north, east); None for an area that is not on the map."""

    kinds: frozenset[str]
    tests: tuple[tuple[str, str, str, str], ...]
    box: Box | None

    def fits(self, element: Mapping[str, Any]) -> bool:
        """Whether an element is one of those."""
        if element["type"] not in self.kinds or self.box is None:
            return False
        south, west, north, east = self.box
        at, tags = element.get("center", element), element["tags"]
        here = south <= at["lat"] <= north and west <= at["lon"] <= east
        return here and all(_passes(tags.get(key), how, value, without) for without, key, how, value in self.tests)


def _passes(said: str | None, how: str, wanted: str, without: str) -> bool:
    match how:
        case "=":
            return said == wanted
        case "~":
            return said is not None and re.search(wanted, said, re.IGNORECASE) is not None
    return (said is None) == bool(without)


def interpreter(asked: Asked) -> Any:
    """The elements that a question in Overpass QL asks for."""
    question = asked.form.get("data", "")
    statements = tuple(_statements(question))
    if not statements or "[out:json]" not in question:
        return _PARSE_ERROR
    most = _MOST.search(question)
    found = [each for each in elements(asked.world) if any(statement.fits(each) for statement in statements)]
    return {
        "version": 0.6,
        "generator": "Overpass API 0.7.62.8",
        "osm3s": {
            "timestamp_osm_base": f"{asked.today}T06:00:00Z",
            "copyright": "The data included in this document is from www.openstreetmap.org, under ODbL.",
        },
        "elements": found[: int(most[1])] if most else found,
    }


def status(asked: Asked) -> str:
    """How many questions may be asked at the same time, in words."""
    return f"Connected as: 1\nCurrent time: {asked.now:%Y-%m-%dT%H:%M:%SZ}\nRate limit: 2\n2 slots available now.\n"


def _statements(question: str) -> Iterator[_Statement]:
    for kind, filters, where in _STATEMENT.findall(question):
        kinds = frozenset(("node", "way", "relation") if kind == "nwr" else (kind,))
        yield _Statement(kinds, tuple(_TEST.findall(filters)), _box(where))


def _box(where: str) -> Box | None:
    if where.startswith("area:"):
        area = areas().get(int(where.removeprefix("area:")) - _AREA)
        return area.box if area else None
    south, west, north, east = map(float, where.split(","))
    return south, west, north, east


@lru_cache(maxsize=4)
def elements(world: World) -> tuple[Mapping[str, Any], ...]:
    """Everything on the map: the local businesses, as far as somebody entered them, and branches of a chain."""
    return tuple(_element(world, company) for company in world.companies if company.local and _TAGS[company.kind])


def _element(world: World, company: Company) -> Mapping[str, Any]:
    """A business as a point or as an outline with its middle, with as many tags as its mapper had time for."""
    chance = world.chance("map", company.domain)
    at = {"lat": company.latitude, "lon": company.longitude}
    ref = chance.randrange(9_000_000_000, 9_900_000_000)
    tags = _TAGS[company.kind] | {"name": company.name} | _address(company, chance.random())
    prefix = chance.choice(("", "", "contact:"))
    for name, value, share in (
        ("website", company.website, 0.8),
        ("phone", company.phone, 0.7),
        ("email", company.email, 0.35),
        ("instagram", f"https://www.instagram.com/{company.domain.partition('.')[0]}", 0.2),
    ):
        if chance.random() < share:
            tags[f"{prefix}{name}" if name != "instagram" else "contact:instagram"] = value
    if chance.random() < 0.6:
        return {"type": "node", "id": ref, **at, "tags": tags}
    return {"type": "way", "id": ref, "center": at, "nodes": [ref + 1, ref + 2], "tags": tags}


def _address(company: Company, share: float) -> dict[str, str]:
    if share > 0.75:
        return {}
    number, street = re.fullmatch(r"(?:(\d+) )?(.*?)(?: (\d+))?", company.street), company.street.strip("0123456789 ")
    house = (number[1] or number[3]) if number else ""
    said = {"housenumber": house or "", "street": street, "city": company.city, "postcode": company.postcode}
    return {f"addr:{name}": value for name, value in said.items() if value}


_AGENT = Reply(406, "<html><body><h1>Not Acceptable</h1>Please set a custom User-Agent.</body></html>", _HTML)

API = Api(
    name="overpass",
    hosts=("overpass-api.de",),
    routes={
        "POST /api/interpreter": identified(interpreter, _AGENT),
        "GET /api/status": identified(status, _AGENT),
    },
    too_many=Reply(429, "<html><body>Too Many Requests</body></html>", _HTML),
    broken=Reply(504, "<html><body>The server is probably too busy to handle your request.</body></html>", _HTML),
)
