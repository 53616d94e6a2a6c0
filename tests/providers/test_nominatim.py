"""Nominatim, against the answers it promises."""

import asyncio

import pytest

from leadboard.errors import Refused, TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.nominatim import Nominatim, Place
from leadboard.providers.wire import Wire
from tests.support.services import CONTACT, Recorded, Slept, wired

MANCHESTER = {
    "place_id": 1234567,
    "licence": "Data © OpenStreetMap contributors, ODbL 1.0.",
    "osm_type": "relation",
    "osm_id": 146656,
    "lat": "53.4794892",
    "lon": "-2.2451148",
    "addresstype": "city",
    "name": "Manchester",
    "boundingbox": ["53.3401044", "53.5445923", "-2.3199185", "-2.1468288"],
    "address": {"city": "Manchester", "country": "United Kingdom", "country_code": "gb"},
}


async def test_a_place_is_found_with_its_box_its_relation_and_its_country():
    nominatim, asked = wired(Nominatim, [MANCHESTER], key="")
    place = await nominatim.place("Manchester, UK")
    assert place == Place("Manchester", 53.3401044, -2.3199185, 53.5445923, -2.1468288, 146656, "GB")
    assert 200 < place.square_km < 300
    assert asked.asked == ["GET https://nominatim.openstreetmap.org/search"]
    assert asked.query() == {
        "q": "Manchester, UK",
        "format": "jsonv2",
        "layer": "address",
        "addressdetails": "1",
        "limit": "1",
    }
    assert asked.requests[0].headers["user-agent"] == f"leadboard/0.1 ({CONTACT})"


async def test_a_village_that_is_only_a_point_has_no_relation():
    nominatim, _ = wired(Nominatim, [{**MANCHESTER, "osm_type": "node", "address": None}], key="")
    place = await nominatim.place("Manchester")
    assert place is not None
    assert (place.relation, place.country) == (0, "")


async def test_no_such_place_is_none():
    nominatim, _ = wired(Nominatim, "[]", key="")
    assert await nominatim.place("Atlantis") is None


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, {"error": {"code": 400, "message": "Nothing to search for."}}), Misasked),
        ((403, "<html>Access blocked</html>"), KeyRefused),
        ((429, "<html>Bandwidth limit exceeded</html>"), TryLater),
        ((503, ""), Outage),
        ({"error": "x"}, Garbled),
        ("<html>", Garbled),
        ([{"osm_id": 1}], Garbled),
        ([{**MANCHESTER, "boundingbox": ["here", "there", "1", "2"]}], Garbled),
        ([{**MANCHESTER, "boundingbox": ["-inf", "inf", "1", "2"]}], Garbled),
        ([{**MANCHESTER, "boundingbox": ["nan", "nan", "nan", "nan"]}], Garbled),
        ([{**MANCHESTER, "boundingbox": None}], Garbled),
        (["Manchester"], Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    nominatim, _ = wired(Nominatim, answer, key="")
    with pytest.raises(raised):
        await nominatim.place("Manchester")


async def test_the_whole_application_asks_once_a_second():
    slept = Slept()
    wire = Wire(contact=CONTACT, transport=Recorded([[MANCHESTER]]), sleep=slept.sleep, clock=slept.clock)
    await asyncio.gather(*(Nominatim(wire).place("Manchester") for _ in range(3)))
    assert slept.waits == [1, 1]


async def test_nobody_is_asked_without_saying_who_asks():
    with pytest.raises(Refused, match="LEADBOARD_CONTACT"):
        wired(Nominatim, [], key="", contact="")


async def test_the_server_is_asked_how_it_is():
    nominatim, asked = wired(Nominatim, "OK", key="")
    assert (await nominatim.check()).ok
    assert asked.asked == ["GET https://nominatim.openstreetmap.org/status"]
