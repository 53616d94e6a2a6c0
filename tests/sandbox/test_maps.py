"""The maps of the demo world, asked by the real adapters: what is found is what the world has there."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from leadboard.domain.found import Answer, AskedCompany, Search
from leadboard.errors import TryLater
from leadboard.providers.apify import Apify
from leadboard.providers.base import Misasked
from leadboard.providers.nominatim import Nominatim
from leadboard.providers.overpass import MOST, Overpass
from leadboard.providers.places import Places
from leadboard.providers.places_legacy import PlacesLegacy
from leadboard.sandbox import map
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.google_maps import listed, place_id
from leadboard.sandbox.services.apify import fails
from leadboard.sandbox.services.overpass import elements
from leadboard.sandbox.transport import in_process
from leadboard.sandbox.world import Company, World
from tests.sandbox.conftest import wire

CAFES = Search(industries=("coffee shops",), places=("Manchester",))


async def every(ask: Callable[[str], Any]) -> list[Any]:
    """All that a question brings, page after page, however long a run takes."""
    found, cursor = [], ""
    while True:
        try:
            answer: Answer[Any] = await ask(cursor)
        except TryLater:
            continue
        found += answer.items
        if not (cursor := answer.next):
            return found


def there(world: World, kind: str, city: str) -> list[Company]:
    return [each for each in world.companies if (each.kind, each.city) == (kind, city)]


def values(found: Any) -> dict[str, str]:
    return {fact.field: fact.value for fact in found.facts}


@pytest.mark.parametrize(("trade", "city"), [("Coffee shop", "Manchester"), ("Dentist", "Sydney"), ("Vet", "Denver")])
async def test_the_map_has_the_local_businesses_of_a_trade_in_a_town(
    trade: str, city: str, world: World, sandbox: Sandbox
):
    overpass = Overpass(wire(sandbox))
    found = await every(lambda at: overpass.companies(Search(industries=(trade,), places=(city,)), at))
    known = {each.name: each for each in there(world, trade, city)}
    assert sorted(each.name for each in found) == sorted(known)
    for each in found:
        said, company = values(each), known[each.name]
        assert each.domain in ("", company.domain)
        assert said["country"] == company.country
        assert said["industry"] == trade
        assert said.get("phone", company.phone) == company.phone
        assert said.get("city", city) == city
    assert 0 < sum(bool(each.domain) for each in found) < len(found) or len(found) < 8


async def test_the_map_has_points_and_outlines_and_never_more_than_is_asked_for(world: World, sandbox: Sandbox):
    answer = await Overpass(wire(sandbox)).companies(CAFES)
    assert {each.ref.partition("/")[0] for each in answer.items} == {"node", "way"}
    assert len({each.ref for each in answer.items}) == len(answer.items) <= MOST
    question = '[out:json];(nwr["amenity"="cafe"](53.3,-2.4,53.7,-2.1););out center tags 3;'
    assert len((await asked(sandbox, data=question)).json()["elements"]) == 3


async def test_a_town_without_such_a_trade_and_a_town_that_there_is_not_bring_nothing(sandbox: Sandbox):
    overpass = Overpass(wire(sandbox))
    for places in ("Hamburg",), ("Atlantis",):
        assert not (await overpass.companies(Search(industries=("Coffee shop",), places=places))).items
    with pytest.raises(Misasked, match="larger"):
        await overpass.companies(Search(industries=("Coffee shop",), places=("United Kingdom",)))


async def asked(sandbox: Sandbox, **form: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=in_process(sandbox), headers={"User-Agent": "leadboard"}) as client:
        return await client.post("https://overpass-api.de/api/interpreter", data=form)


@pytest.mark.parametrize(
    ("statement", "fits"),
    [
        ('node["amenity"="cafe"]', lambda each: each["type"] == "node" and each["tags"].get("amenity") == "cafe"),
        ('nwr["website"]', lambda each: "website" in each["tags"]),
        ('nwr[!"website"]["name"~"coffee",i]', lambda each: _without_a_website(each)),
        ('nwr["shop"~"^(bakery|pastry)$"]', lambda each: each["tags"].get("shop") == "bakery"),
        ('relation["name"]', lambda each: False),
    ],
)
async def test_every_test_of_a_statement_counts(statement, fits, world: World, sandbox: Sandbox):
    reply = await asked(sandbox, data=f"[out:json];\n(\n{statement}(-90,-180,90,180);\n);\nout center tags;")
    refs = [each["id"] for each in reply.json()["elements"]]
    assert refs == [each["id"] for each in elements(world) if fits(each)]


def _without_a_website(element: Any) -> bool:
    return "website" not in element["tags"] and "coffee" in element["tags"]["name"].lower()


@pytest.mark.parametrize("question", ["", "[out:json];", 'nwr["amenity"="cafe"](1,2,3,4);out;', "SELECT ?c"])
async def test_a_question_that_cannot_be_read_is_refused_with_a_page(question: str, sandbox: Sandbox):
    reply = await asked(sandbox, data=question)
    assert (reply.status_code, reply.headers["content-type"]) == (400, "text/html")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Manchester", "Manchester GB"),
        ("Manchester, UK", "Manchester GB"),
        ("Portland, Oregon, USA", "Portland US"),
        ("New York", "New York US"),
        ("Scotland", "Scotland GB"),
        ("Germany", "Germany DE"),
        ("FR", "France FR"),
    ],
)
async def test_a_place_is_found_by_its_names(name: str, expected: str, sandbox: Sandbox):
    place = await Nominatim(wire(sandbox)).place(name)
    assert place is not None
    assert f"{place.name} {place.country}" == expected
    assert place.relation in map.areas()


@pytest.mark.parametrize("name", ["Manchester, US", "Springfield", ", ,"])
async def test_a_place_that_there_is_not_is_not_found(name: str, sandbox: Sandbox):
    assert await Nominatim(wire(sandbox)).place(name) is None


def test_every_business_lies_in_the_box_of_its_town_and_of_no_other(world: World):
    towns = [area for area in map.areas().values() if area.kind == "city"]
    for company in world.companies:
        assert [area.name for area in towns if _holds(area.box, company)] == [company.city]


def _holds(box: tuple[float, float, float, float], company: Company) -> bool:
    south, west, north, east = box
    return south <= company.latitude <= north and west <= company.longitude <= east


@pytest.mark.parametrize("kind", [Places, PlacesLegacy, Apify])
async def test_google_maps_brings_up_to_sixty_of_a_phrase_without_repeats(
    kind: Any, world: World, sandbox: Sandbox, waits: list[float]
):
    provider = kind(wire(sandbox), "demo")
    found = await every(lambda at: provider.companies(CAFES, at))
    known = {place_id(world, each): each for each in there(world, "Coffee shop", "Manchester")}
    most = 50 if kind is Apify else 60
    assert len(found) == min(len(known), most)
    assert len({each.ref for each in found}) == len(found)
    for each in found:
        company = known[each.ref]
        assert each.name == company.name
        assert values(each)["address"].startswith(company.address)
        if kind is not PlacesLegacy:
            assert each.domain == company.domain
            assert values(each)["city"] == "Manchester"
            assert values(each)["phone"].replace(" ", "") == company.phone
    nothing = await every(lambda at: provider.companies(Search(industries=("submarines",), places=("Leeds",)), at))
    assert nothing == []


async def test_every_trade_and_town_of_a_search_is_a_phrase(world: World, sandbox: Sandbox):
    search = Search(industries=("Dentist", "Vet"), places=("Bristol", "AU"))
    places = Places(wire(sandbox), "demo")
    found = await every(lambda at: places.companies(search, at))
    dentists = {each.domain for each in world.companies if each.kind == "Dentist" and each.country == "AU"}
    vets = {each.domain for each in there(world, "Vet", "Bristol")}
    assert {each.domain for each in found} == dentists | vets


async def test_a_place_is_known_by_its_id_and_by_its_name(world: World, sandbox: Sandbox):
    places = Places(wire(sandbox), "demo")
    for company in world.companies[:8]:
        for about in AskedCompany(ref=place_id(world, company)), AskedCompany(company.name, country=company.country):
            (found,) = (await places.company(about)).items
            assert (found.name, found.domain) == (company.name, company.domain)
            assert values(found)["city"] == company.city
    for nobody in AskedCompany(ref="ChIJnothing"), AskedCompany("Nowhere Known"):
        assert not (await places.company(nobody)).items


async def test_places_tell_the_fields_of_the_mask_only_and_need_one(world: World, sandbox: Sandbox):
    url, body = "https://places.googleapis.com/v1/places:searchText", {"textQuery": "dentists in Austin"}
    async with httpx.AsyncClient(transport=in_process(sandbox)) as client:
        without = await client.post(url, json=body)
        assert (without.status_code, without.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
        masked = await client.post(url, json=body, headers={"X-Goog-FieldMask": "places.id,places.websiteUri"})
        assert {name for place in masked.json()["places"] for name in place} == {"id", "websiteUri"}
        assert "nextPageToken" not in masked.json()
        mask = {"X-Goog-FieldMask": "places.id,nextPageToken"}
        page = (await client.post(url, json={"textQuery": "cafes in Manchester"}, headers=mask)).json()
        other = {"textQuery": "dentists in Austin", "pageToken": page["nextPageToken"]}
        assert (await client.post(url, json=other, headers=mask)).status_code == 400
        assert (await client.post(url, json={"textQuery": "nothing at all"}, headers=mask)).json() == {}


async def test_a_run_takes_its_time_and_may_break_off_with_half_of_what_it_may_bring(world: World, sandbox: Sandbox):
    apify = Apify(wire(sandbox), "demo")
    trade, place = next(
        (company.kind, company.city)
        for company in world.companies
        if company.kind and fails(world, [f"{company.kind} in {company.city}"])
    )
    started = await apify.companies(Search(industries=(trade,), places=(place,)))
    assert not started.items
    with pytest.raises(TryLater):
        await apify.companies(CAFES, started.next)
    ended = await apify.companies(CAFES, started.next)
    assert ended.next.startswith("failed ")
    rows = await apify.companies(CAFES, ended.next)
    assert len(rows.items) == min(25, len(listed(world, f"{trade} in {place}")))
    assert ended.micros == 5_000 * len(rows.items)
