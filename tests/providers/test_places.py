"""Google Places, against the answers it promises."""

import pytest

from leadboard.domain.found import AskedCompany, Fact, Search
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from leadboard.providers.places import Places
from tests.support.services import KEY, wired

SEARCH = Search(("coffee shop", "bakery"), places=("Manchester",))
PLACE = {
    "id": "ChIJexample",
    "nationalPhoneNumber": "0161 555 0101",
    "internationalPhoneNumber": "+44 161 555 0101",
    "formattedAddress": "1 Oak St, Manchester M4 5JD, UK",
    "addressComponents": [
        {"longText": "Manchester", "shortText": "Manchester", "types": ["postal_town"], "languageCode": "en"},
        {"longText": "England", "shortText": "England", "types": ["administrative_area_level_1", "political"]},
        {"longText": "United Kingdom", "shortText": "GB", "types": ["country", "political"]},
    ],
    "googleMapsUri": "https://maps.google.com/?cid=1",
    "websiteUri": "https://beanandgone.example/",
    "businessStatus": "OPERATIONAL",
    "displayName": {"text": "Bean & Gone", "languageCode": "en"},
    "primaryType": "coffee_shop",
}


def error(status, message):
    return {"error": {"code": 400, "message": message, "status": status, "details": []}}


async def test_businesses_are_found_phrase_by_phrase_and_page_by_page():
    closed = PLACE | {"id": "gone", "businessStatus": "CLOSED_PERMANENTLY"}
    places, asked = wired(Places, {"places": [PLACE, closed, {}], "nextPageToken": "PAGE_2"}, {"places": [PLACE]}, {})
    first = await places.companies(SEARCH)
    assert asked.asked == ["POST https://places.googleapis.com/v1/places:searchText"]
    assert asked.requests[0].headers["x-goog-api-key"] == KEY
    mask = asked.requests[0].headers["x-goog-fieldmask"]
    assert " " not in mask
    assert {"places.id", "places.websiteUri", "nextPageToken"} <= set(mask.split(","))
    assert asked.body() == {"textQuery": "coffee shop in Manchester", "languageCode": "en"}
    (found,) = first.items
    assert (found.name, found.domain, found.ref) == ("Bean & Gone", "beanandgone.example", "ChIJexample")
    assert found.facts == tuple(
        Fact(field, value, 0.85, "https://maps.google.com/?cid=1")
        for field, value in {
            "industry": "coffee shop",
            "address": "1 Oak St, Manchester M4 5JD, UK",
            "city": "Manchester",
            "state": "England",
            "country": "GB",
            "phone": "+44 161 555 0101",
        }.items()
    )
    second = await places.companies(SEARCH, first.next)
    assert asked.body() == {"textQuery": "coffee shop in Manchester", "languageCode": "en", "pageToken": "PAGE_2"}
    third = await places.companies(SEARCH, second.next)
    assert asked.body() == {"textQuery": "bakery in Manchester", "languageCode": "en"}
    assert (third.items, third.next) == ((), "")


async def test_an_empty_page_is_paid_for_too():
    assert (await wired(Places, {})[0].companies(SEARCH)).micros == 35_000


async def test_a_place_is_described_by_its_id():
    places, asked = wired(Places, PLACE)
    answer = await places.company(AskedCompany("Bean & Gone", ref="ChIJexample"))
    assert asked.asked == ["GET https://places.googleapis.com/v1/places/ChIJexample"]
    assert asked.requests[0].headers["x-goog-fieldmask"].startswith("id,displayName,")
    assert [each.domain for each in answer.items] == ["beanandgone.example"]
    assert (await wired(Places, (404, error("NOT_FOUND", "…")))[0].company(AskedCompany(ref="x"))).items == ()


@pytest.mark.parametrize(("domain", "found"), [("", 1), ("beanandgone.example", 1), ("northmoor.example", 0)])
async def test_a_name_must_not_find_another_company(domain, found):
    places, asked = wired(Places, {"places": [PLACE, PLACE]})
    answer = await places.company(AskedCompany("Bean & Gone", domain, country="GB"))
    assert asked.body() == {"textQuery": "Bean & Gone", "languageCode": "en", "regionCode": "GB"}
    assert len(answer.items) == found


async def test_a_page_on_a_network_is_no_website():
    social = PLACE | {"websiteUri": "https://www.facebook.com/beanandgone"}
    (found,) = (await wired(Places, {"places": [social]})[0].companies(SEARCH)).items
    assert found.domain == ""


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, error("INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")), KeyRefused),
        ((400, error("INVALID_ARGUMENT", "FieldMask is a required parameter.")), Misasked),
        ((403, error("PERMISSION_DENIED", "Places API (New) has not been used")), KeyRefused),
        ((429, error("RESOURCE_EXHAUSTED", "Quota exceeded: requests per minute")), TryLater),
        ((429, error("RESOURCE_EXHAUSTED", "Quota exceeded: requests per day")), QuotaUsed),
        ((503, error("UNAVAILABLE", "…")), Outage),
        ({"places": "none"}, Garbled),
        ([], Garbled),
        ("<html>", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    with pytest.raises(raised):
        await wired(Places, answer)[0].companies(SEARCH)


async def test_the_key_is_tried_for_nothing():
    places, asked = wired(Places, {"places": [{"id": "ChIJexample"}]})
    assert (await places.check()).ok
    assert asked.requests[0].headers["x-goog-fieldmask"] == "places.id"
