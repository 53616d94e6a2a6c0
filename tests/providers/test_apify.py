"""Apify, against the answers it promises."""

import httpx
import pytest

from leadboard.domain.found import Fact, Search
from leadboard.errors import TryLater
from leadboard.providers.apify import Apify
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from tests.support.services import KEY, wired

SEARCH = Search(("coffee shop", "bakery"), places=("Manchester",))
PLACE = {
    "title": "Bean & Gone",
    "placeId": "ChIJexample",
    "url": "https://www.google.com/maps/place/?q=place_id:ChIJexample",
    "website": "https://beanandgone.example",
    "phone": "+44 161 555 0101",
    "phoneUnformatted": "+441615550101",
    "address": "1 Oak St, Manchester M4 5JD",
    "city": "Manchester",
    "state": None,
    "countryCode": "GB",
    "categoryName": "Coffee shop",
    "categories": ["Coffee shop", "Cafe"],
    "emails": ["hello@beanandgone.example"],
}


def run(status, **more):
    return {"data": {"id": "runSim0000000001", "status": status, "defaultDatasetId": "ds1", **more}}


def error(type):
    return {"error": {"type": type, "message": "…"}}


async def test_a_run_is_started_waited_for_and_read():
    apify, asked = wired(
        Apify, (201, run("READY")), run("RUNNING"), run("SUCCEEDED", usageTotalUsd=0.04), [PLACE, {"title": None}]
    )
    started = await apify.companies(SEARCH)
    assert asked.asked == ["POST https://api.apify.com/v2/actors/compass~crawler-google-places/runs"]
    assert asked.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert asked.body() == {
        "searchStringsArray": ["coffee shop in Manchester", "bakery in Manchester"],
        "maxCrawledPlacesPerSearch": 25,
        "language": "en",
        "skipClosedPlaces": True,
    }
    assert asked.query() == {"maxItems": "50", "maxTotalChargeUsd": "0.25"}
    assert (started.items, started.micros, started.next) == ((), 0, "running runSim0000000001")

    with pytest.raises(TryLater, match="not finished") as later:
        await apify.companies(SEARCH, started.next)
    assert later.value.seconds == 15
    ended = await apify.companies(SEARCH, started.next)
    assert asked.asked[-1] == "GET https://api.apify.com/v2/actor-runs/runSim0000000001"
    assert (ended.items, ended.micros, ended.next) == ((), 40_000, "found ds1 0")

    read = await apify.companies(SEARCH, ended.next)
    assert asked.asked[-1] == "GET https://api.apify.com/v2/datasets/ds1/items"
    assert asked.query() == {"format": "json", "clean": "true", "offset": "0", "limit": "100"}
    (found,) = read.items
    assert (found.name, found.domain, found.ref) == ("Bean & Gone", "beanandgone.example", "ChIJexample")
    assert found.facts == tuple(
        Fact(field, value, 0.8, PLACE["url"])
        for field, value in {
            "industry": "Coffee shop",
            "address": "1 Oak St, Manchester M4 5JD",
            "city": "Manchester",
            "country": "GB",
            "phone": "+441615550101",
            "email": "hello@beanandgone.example",
        }.items()
    )
    assert (read.micros, read.next) == (0, "")


async def test_rows_come_a_hundred_a_page():
    apify, asked = wired(Apify, [PLACE] * 100, [])
    first = await apify.companies(SEARCH, "found ds1 0")
    assert first.next == "found ds1 100"
    last = await apify.companies(SEARCH, first.next)
    assert (asked.query()["offset"], last.items, last.next) == ("100", (), "")


async def test_an_empty_search_is_no_failure():
    answer = await wired(Apify, [])[0].companies(SEARCH, "found ds1 0")
    assert (answer.items, answer.next) == ((), "")


@pytest.mark.parametrize("status", ["FAILED", "TIMED-OUT", "ABORTED"])
async def test_a_run_that_failed_is_paid_and_may_have_found_something(status):
    apify, _ = wired(Apify, run(status, usageTotalUsd=0.01), [PLACE])
    ended = await apify.companies(SEARCH, "running r1")
    assert (ended.micros, ended.next) == (10_000, "failed ds1 0")
    assert len((await apify.companies(SEARCH, ended.next)).items) == 1
    with pytest.raises(Outage, match="without a result"):
        await wired(Apify, [])[0].companies(SEARCH, ended.next)


@pytest.mark.parametrize(
    ("said", "micros"),
    [
        ({"usageTotalUsd": 0.004, "chargedEventCounts": {"place-scraped": 12}}, 60_000),
        ({"usageTotalUsd": 0.1, "chargedEventCounts": {}}, 100_000),
        ({"usageTotalUsd": 9}, 250_000),
        ({}, 0),
    ],
)
async def test_a_run_costs_what_was_counted_and_no_more_than_it_may(said, micros):
    answer = await wired(Apify, run("SUCCEEDED", **said))[0].companies(SEARCH, "running r1")
    assert answer.micros == micros


async def test_a_run_is_never_started_twice(waits):
    apify, asked = wired(Apify, httpx.ReadError("cut"))
    with pytest.raises(Outage):
        await apify.companies(SEARCH)
    assert len(asked.requests) == 1


@pytest.mark.parametrize("cursor", ["", "running r1", "found ds1 0"])
@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, error("invalid-input")), Misasked),
        ((401, error("invalid-token")), KeyRefused),
        ((402, error("not-enough-usage-to-run-paid-actor")), QuotaUsed),
        ((403, error("insufficient-permissions")), KeyRefused),
        ((404, error("record-not-found")), Misasked),
        ((408, error("run-timeout-exceeded")), Misasked),
        ((429, error("rate-limit-exceeded")), TryLater),
        ((502, "<html>"), Outage),
        ({"data": []}, Garbled),
        ("<html>", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, cursor, answer, raised):
    with pytest.raises(raised):
        await wired(Apify, answer)[0].companies(SEARCH, cursor)


async def test_the_key_is_tried_for_nothing():
    limits = {"current": {"monthlyUsageUsd": 12.5}, "limits": {"maxMonthlyUsageUsd": 29}}
    apify, asked = wired(Apify, {"data": limits})
    health = await apify.check()
    assert (health.ok, health.sentence) == (True, "$12.50 of $29.00 are used this month.")
    assert asked.asked == ["GET https://api.apify.com/v2/users/me/limits"]
    limits = {"current": {"monthlyUsageUsd": 30}, "limits": {"maxMonthlyUsageUsd": 29}}
    assert not (await wired(Apify, {"data": limits})[0].check()).ok
    assert (await wired(Apify, {"data": {"current": {}}})[0].check()).ok
