"""The legacy Google Places, against the answers it promises."""

import pytest

from leadboard.domain.found import Fact, Search
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from leadboard.providers.places_legacy import PlacesLegacy
from leadboard.providers.wire import Wire
from tests.support.services import KEY, Recorded, Slept, wired

SEARCH = Search(("coffee shop",), places=("Manchester",))
PLACE = {
    "place_id": "ChIJexample",
    "name": "Bean & Gone",
    "formatted_address": "1 Oak St, Manchester M4 5JD, UK",
    "types": ["coffee_shop", "cafe"],
    "business_status": "OPERATIONAL",
}


def page(*places, token=""):
    return {"status": "OK", "results": list(places)} | ({"next_page_token": token} if token else {})


def failed(status, message=""):
    return {"status": status, "error_message": message, "results": []}


async def test_businesses_are_found_without_website_and_phone():
    places, asked = wired(PlacesLegacy, page(PLACE, PLACE | {"business_status": "CLOSED_PERMANENTLY"}))
    (found,) = (await places.companies(SEARCH)).items
    assert asked.asked == ["GET https://maps.googleapis.com/maps/api/place/textsearch/json"]
    assert asked.query() == {"key": KEY, "query": "coffee shop in Manchester"}
    source = "https://www.google.com/maps/place/?q=place_id:ChIJexample"
    assert (found.name, found.domain, found.ref) == ("Bean & Gone", "", "ChIJexample")
    assert found.facts == (
        Fact("industry", "coffee shop", 0.8, source),
        Fact("address", "1 Oak St, Manchester M4 5JD, UK", 0.8, source),
    )


@pytest.mark.parametrize(
    ("answers", "waits"), [([page(PLACE)], [2]), ([failed("INVALID_REQUEST"), page(PLACE)], [2, 3])]
)
async def test_the_token_of_a_page_is_given_time(answers, waits):
    slept, recorded = Slept(), Recorded([page(PLACE, token="PAGE_2"), *answers])
    places = PlacesLegacy(Wire(transport=recorded, sleep=slept.sleep, clock=slept.clock), KEY)
    first = await places.companies(SEARCH)
    slept.waits.clear()
    second = await places.companies(SEARCH, first.next)
    assert recorded.query() == {"key": KEY, "pagetoken": "PAGE_2"}
    assert (len(second.items), second.next) == (1, "")
    assert [wait for wait in slept.waits if wait >= 1] == waits


async def test_a_token_that_never_works_is_given_up():
    places, asked = wired(PlacesLegacy, failed("INVALID_REQUEST"))
    with pytest.raises(Misasked):
        await places.companies(SEARCH, "0 PAGE_2")
    assert len(asked.requests) == 2


async def test_nothing_found_is_paid_for_too():
    answer = await wired(PlacesLegacy, failed("ZERO_RESULTS"))[0].companies(SEARCH)
    assert (answer.items, answer.micros) == ((), 35_000)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (failed("REQUEST_DENIED", "The provided API key is invalid."), KeyRefused),
        (failed("OVER_QUERY_LIMIT", "You have exceeded your daily request quota"), QuotaUsed),
        (failed("OVER_QUERY_LIMIT"), TryLater),
        (failed("INVALID_REQUEST", "Missing query"), Misasked),
        (failed("UNKNOWN_ERROR"), Outage),
        ((500, "<html>"), Outage),
        ({"status": "OK"}, Garbled),
        ([], Garbled),
        ("<html>", Garbled),
    ],
)
async def test_the_status_in_the_body_decides(waits, answer, raised):
    with pytest.raises(raised):
        await wired(PlacesLegacy, answer)[0].companies(SEARCH)


async def test_the_key_is_tried_for_nothing_and_never_kept():
    places, asked = wired(PlacesLegacy, failed("INVALID_REQUEST", f"Missing query for {KEY}"))
    assert (await places.check()).ok
    assert "query" not in asked.query()
    with pytest.raises(KeyRefused) as refused:
        await wired(PlacesLegacy, failed("REQUEST_DENIED", f"The key {KEY} is invalid."))[0].check()
    assert refused.value.said == "The key [key] is invalid."
