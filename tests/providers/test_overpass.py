"""OpenStreetMap through Overpass, against the answers it promises."""

from urllib.parse import parse_qs

import httpx
import pytest

from leadboard.domain.found import Answer, Fact, Search
from leadboard.errors import Refused, TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.overpass import Overpass
from tests.providers.test_nominatim import MANCHESTER
from tests.support.services import CONTACT, wired

CAFES = Search(industries=("coffee shops",), places=("Manchester",))
BEAN = {
    "type": "node",
    "id": 101,
    "lat": 53.4851,
    "lon": -2.2365,
    "tags": {
        "amenity": "cafe",
        "name": "Bean & Gone",
        "addr:housenumber": "1",
        "addr:street": "Oak Street",
        "addr:city": "Manchester",
        "addr:postcode": "M4 5JD",
        "website": "https://www.beanandgone.example;https://facebook.com/bean",
        "phone": "+44 161 555 0101; +44 161 555 0109",
    },
}
GRIND = {
    "type": "way",
    "id": 202,
    "center": {"lat": 53.48, "lon": -2.24},
    "tags": {
        "amenity": "cafe",
        "name": "Grind Row",
        "contact:website": "https://facebook.com/grindrow",
        "contact:phone": "+44 161 555 0102",
        "contact:email": "Hi@grindrow.example",
    },
}


def elements(*each, **more):
    return {"version": 0.6, "osm3s": {"timestamp_osm_base": "2026-09-01T10:00:00Z"}, "elements": list(each), **more}


def found(*answers):
    return wired(Overpass, [MANCHESTER], *answers, key="")


def question(asked):
    return parse_qs(asked.requests[-1].content.decode())["data"][0]


async def test_the_cafes_of_a_town_are_found_by_its_area():
    overpass, asked = found(elements(BEAN, GRIND, {"type": "node", "id": 3, "tags": {"amenity": "cafe"}}))
    answer = await overpass.companies(CAFES)
    assert asked.asked == [
        "GET https://nominatim.openstreetmap.org/search",
        "POST https://overpass-api.de/api/interpreter",
    ]
    assert 'nwr["amenity"="cafe"]["name"][!"brand:wikidata"](area:3600146656);' in question(asked)
    assert 'nwr["shop"="coffee"]' in question(asked)
    assert question(asked).endswith("out center tags 200;")
    assert {each.headers["user-agent"] for each in asked.requests} == {f"leadboard/0.1 ({CONTACT})"}
    bean, grind = answer.items
    assert (bean.name, bean.domain, bean.ref) == ("Bean & Gone", "beanandgone.example", "node/101")
    place = "https://www.openstreetmap.org/node/101"
    assert bean.facts == (
        Fact("industry", "Coffee shop", 0.7, place),
        Fact("address", "1 Oak Street, Manchester M4 5JD", 0.7, place),
        Fact("city", "Manchester", 0.7, place),
        Fact("country", "GB", 0.7, place),
        Fact("phone", "+44 161 555 0101", 0.7, place),
    )
    assert (grind.domain, grind.ref) == ("", "way/202")
    assert [fact.value for fact in grind.facts] == ["Coffee shop", "GB", "+44 161 555 0102", "hi@grindrow.example"]
    assert (answer.micros, answer.next) == (0, "")


async def test_a_place_without_an_area_is_searched_by_its_box():
    overpass, asked = wired(Overpass, [{**MANCHESTER, "osm_type": "node"}], elements(BEAN), key="")
    await overpass.companies(CAFES)
    assert "(53.3401044,-2.3199185,53.5445923,-2.1468288);" in question(asked)


async def test_one_answer_is_one_place_and_the_cursor_counts_them():
    overpass, asked = wired(Overpass, [MANCHESTER], elements(BEAN), "[]", [MANCHESTER], elements(GRIND), key="")
    search = Search(industries=("cafes",), places=("Manchester", "Atlantis", "Salford"))
    first = await overpass.companies(search)
    second = await overpass.companies(search, first.next)
    third = await overpass.companies(search, second.next)
    assert [len(each.items) for each in (first, second, third)] == [1, 0, 1]
    assert [each.next for each in (first, second, third)] == ["1", "2", ""]
    assert asked.query(3)["q"] == "Salford"


@pytest.mark.parametrize(
    "search",
    [
        Search(industries=("quantum widgets",), places=("Manchester",)),
        Search(industries=("online shops",), places=("Manchester",)),
        Search(industries=("cafes",)),
        Search(),
    ],
)
async def test_what_the_map_cannot_know_is_not_asked(search):
    overpass, asked = found(elements())
    assert await overpass.companies(search) == Answer()
    assert asked.requests == []


async def test_keywords_say_the_trade_where_the_industry_does_not():
    overpass, asked = found(elements())
    await overpass.companies(Search(industries=("local shops",), keywords=("florist",), places=("Manchester",)))
    assert 'nwr["shop"="florist"]' in question(asked)


async def test_a_country_is_too_large_to_look_through():
    australia = {**MANCHESTER, "name": "Australia", "boundingbox": ["-55.3", "-9.1", "72.2", "168.2"]}
    overpass, asked = wired(Overpass, [australia], key="")
    with pytest.raises(Misasked, match="“Australia” is larger"):
        await overpass.companies(Search(industries=("cafes",), places=("Australia",)))
    assert len(asked.requests) == 1
    assert await overpass.companies(Search(industries=("cafes",), places=("Australia", "Perth"))) == Answer(next="1")


@pytest.mark.parametrize(
    ("remark", "raised"),
    [
        ('runtime error: Query timed out in "query" at line 3 after 9 seconds.', Misasked),
        ("runtime error: Query run out of memory using about 64 MB of RAM.", Misasked),
        ("runtime error: open64: 0 Success /osm3s_osm_base Dispatcher_Client::1", Outage),
    ],
)
async def test_half_an_answer_with_a_remark_is_a_failure(waits, remark, raised):
    overpass, _ = found(elements(BEAN, remark=remark))
    with pytest.raises(raised) as failure:
        await overpass.companies(CAFES)
    assert remark in failure.value.said


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, "<html><p>parse error: ';' expected</p></html>"), Misasked),
        ((406, "<html>Not Acceptable</html>"), KeyRefused),
        ((429, "<html>rate_limited</html>"), TryLater),
        ((504, "<html>The server is probably too busy</html>"), Outage),
        (httpx.ConnectError("refused"), Outage),
        ("<html>", Garbled),
        ([], Garbled),
        ({"elements": {}}, Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    overpass, _ = found(answer)
    with pytest.raises(raised):
        await overpass.companies(CAFES)


async def test_after_a_refusal_nobody_asks_for_half_a_minute(waits):
    overpass, _ = found((429, ""), elements(BEAN))
    assert len((await overpass.companies(CAFES)).items) == 1
    assert waits == [30]


async def test_no_question_at_all_without_saying_who_asks():
    with pytest.raises(Refused, match="LEADBOARD_CONTACT"):
        wired(Overpass, {}, key="", contact="")


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("Connected as: 123\nRate limit: 2\n2 slots available now.\nCurrently running queries:\n", 2),
        ("Rate limit: 2\nSlot available after: 2026-09-01T10:00:30Z, in 30 seconds.\n", None),
    ],
)
async def test_both_servers_are_asked_how_they_are(status, left):
    overpass, asked = wired(Overpass, "OK", status, key="")
    health = await overpass.check()
    assert (health.ok, health.left) == (True, left)
    assert asked.asked[-1] == "GET https://overpass-api.de/api/status"
