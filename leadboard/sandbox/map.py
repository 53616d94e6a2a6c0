"""The map of the demo world: its towns, and the regions and countries that hold them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from leadboard.domain.places import country_code, country_codes, country_name
from leadboard.domain.words import words
from leadboard.sandbox.names import CITIES, City

_TOWN, _LAND = 0.11, 1.5
"""Degrees from the middle of a town to its end, and from the towns of a country to its borders."""
_REGIONS, _COUNTRIES = 9_100_000, 9_200_000
"""Where the numbers of regions and countries begin."""


@dataclass(frozen=True, slots=True)
class Area:
    """A place with its number as a relation and the towns in it; `kind` is city, state or country."""

    kind: str
    name: str
    relation: int
    cities: tuple[City, ...]

    @property
    def country(self) -> str:
        """ISO alpha-2."""
        return self.cities[0].country

    @property
    def box(self) -> tuple[float, float, float, float]:
        """South, west, north, east."""
        margin = _TOWN if self.kind == "city" else _LAND
        south, north = (end(city.latitude for city in self.cities) for end in (min, max))
        west, east = (end(city.longitude for city in self.cities) for end in (min, max))
        return south - margin, west - margin, north + margin, east + margin


@cache
def areas() -> Mapping[int, Area]:
    """Every area by its number, the smallest first."""
    return {area.relation: area for area in _areas()}


def _areas() -> Iterable[Area]:
    regions: dict[tuple[str, str], list[City]] = {}
    countries: dict[str, list[City]] = {}
    for city in CITIES.values():
        regions.setdefault((city.country, city.region), []).append(city)
        countries.setdefault(city.country, []).append(city)
        yield Area("city", city.name, city.relation, (city,))
    for number, ((_, name), cities) in enumerate(regions.items()):
        yield Area("state", name, _REGIONS + number, tuple(cities))
    for number, (code, cities) in enumerate(countries.items()):
        yield Area("country", country_name(code), _COUNTRIES + number, tuple(cities))


def find(place: str) -> list[Area]:
    """The areas that a place may mean, the smallest first: "Manchester, UK" is a Manchester within the UK."""
    name, *within = [part for part in place.split(",") if words(part)] or [""]
    return [area for area in areas().values() if _is(area, name) and all(_lies_in(area, part) for part in within)]


def _is(area: Area, name: str) -> bool:
    return words(area.name) == words(name) or (area.kind == "country" and area.country == country_code(name))


def _lies_in(area: Area, place: str) -> bool:
    return area.country in country_codes(place) or words(area.cities[0].region) == words(place)
