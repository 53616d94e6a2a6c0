"""What Google Maps has of the demo world, for the services that read it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from string import ascii_letters, digits

from leadboard.domain.words import mentions
from leadboard.sandbox.names import SECTORS
from leadboard.sandbox.world import Company, World, is_about, is_at

_PLACE = re.compile(r"\s+(?:in|near|around)\s+", re.IGNORECASE)


def listed(world: World, phrase: str) -> list[Company]:
    """What is found for words like "coffee shops in Manchester" or a company's name, the best known first."""
    what, *where = _PLACE.split(phrase.strip(), maxsplit=1)
    here = [each for each in world.companies if all(is_at(each, place) for place in where)]
    named = [each for each in here if mentions(what, each.name)]
    return named or sorted((each for each in here if is_about(each, what)), key=lambda each: -each.reviews)


def place_id(world: World, company: Company) -> str:
    """Its id on the map."""
    chance = world.chance("place", company.domain)
    return "ChIJ" + "".join(chance.choices(ascii_letters + digits, k=23))


@lru_cache(maxsize=4)
def by_place_id(world: World) -> Mapping[str, Company]:
    """Every company by its id on the map."""
    return {place_id(world, company): company for company in world.companies}


def category(company: Company) -> str:
    """What it is on the map: "Coffee shop", "Metalwork"."""
    return company.kind or company.trade or SECTORS[company.sector].called[0]


def maps_url(world: World, company: Company) -> str:
    """Where a reader sees it on the map."""
    return f"https://www.google.com/maps/place/?q=place_id:{place_id(world, company)}"
