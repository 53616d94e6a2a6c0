"""Apify in the demo world: runs of its scraper of Google Maps, which take a few questions to end, and their results.

The id of a run says what was looked for, so that any process knows it.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from leadboard.sandbox.google_maps import category, listed, maps_url, place_id
from leadboard.sandbox.services.base import Api, Asked, Reply, bearer
from leadboard.sandbox.tokens import opened, sealed
from leadboard.sandbox.world import Company, World

ACTOR = "compass~crawler-google-places"
PRICE = 0.004
"""US dollars of a place."""
_STATES = ("READY", "RUNNING")
"""What a run is when it is asked for the first times; then it has ended."""
_FAILING = 0.04
"""Share of runs that fail half way and have found something all the same."""


def start(asked: Asked) -> Reply:
    """Start a run of the scraper."""
    if asked.parts["actor"] != ACTOR:
        return _failed(404, "actor-not-found", "Actor was not found")
    phrases = asked.data.get("searchStringsArray")
    if not isinstance(phrases, list) or not phrases:
        return _failed(400, "invalid-input", "Input is not valid: Field input.searchStringsArray is required")
    each = int(asked.data.get("maxCrawledPlacesPerSearch", 10_000))
    run = [phrases, each, int(asked.query.get("maxItems", 10_000)), int(asked.now.timestamp())]
    return Reply(201, {"data": _run(asked, sealed(run), "READY")}, paid=True)


def status(asked: Asked) -> Any:
    """How far a run is: the first questions come too early."""
    run = asked.parts["run"]
    if (found := _scraped(asked.world, run)) is None:
        return _failed(404, "record-not-found", "Actor run was not found")
    waited = asked.before + bool(int(asked.query.get("waitForFinish", 0)))
    if waited < len(_STATES):
        return {"data": _run(asked, run, _STATES[waited])}
    return {"data": _run(asked, run, "FAILED" if fails(asked.world, opened(run)[0]) else "SUCCEEDED", found)}


def items(asked: Asked) -> Any:
    """What a run found, as a bare list."""
    dataset = asked.parts["dataset"]
    if (found := _scraped(asked.world, dataset)) is None:
        return _failed(404, "record-not-found", "Dataset was not found")
    offset, limit = int(asked.query.get("offset", 0)), int(asked.query.get("limit", 250_000))
    rows = [_item(asked.world, company) for company in found[offset : offset + limit]]
    about = {"offset": offset, "limit": limit, "count": len(rows), "total": len(found)}
    return Reply(200, rows, {f"X-Apify-Pagination-{name.title()}": str(said) for name, said in about.items()})


def limits(asked: Asked) -> Any:
    """What was used this month."""
    return {"data": {"current": {"monthlyUsageUsd": 3.2}, "limits": {"maxMonthlyUsageUsd": 49}}}


def fails(world: World, phrases: Iterable[str]) -> bool:
    """Whether a run for these phrases breaks off."""
    return world.chance("run", *phrases).random() < _FAILING


def _scraped(world: World, run: str) -> list[Company] | None:
    """The businesses of a run, each once, half of them where it breaks off; None for a run that there is not."""
    try:
        phrases, each, most, _ = opened(run)
    except ValueError:
        return None
    found = dict.fromkeys(company for phrase in phrases for company in listed(world, phrase)[:each])
    return list(found)[: most // 2 if fails(world, phrases) else most]


def _run(asked: Asked, run: str, state: str, found: list[Company] | None = None) -> dict[str, Any]:
    many = len(found or ())
    began = asked.now - timedelta(seconds=5 * asked.before)
    return {
        "id": run,
        "actId": "actDemo01",
        "userId": "u1",
        "startedAt": f"{began:%Y-%m-%dT%H:%M:%S.000Z}",
        "finishedAt": f"{asked.now:%Y-%m-%dT%H:%M:%S.000Z}" if found is not None else None,
        "status": state,
        "statusMessage": f"Crawled {many} places" if found is not None else "Crawling",
        "stats": {"computeUnits": 0.01},
        "options": {"build": "latest", "timeoutSecs": 300, "memoryMbytes": 1024},
        "exitCode": 0 if state == "SUCCEEDED" else None,
        "defaultKeyValueStoreId": "kv1",
        "defaultDatasetId": run,
        "defaultRequestQueueId": "rq1",
        "usageTotalUsd": round(many * PRICE, 4),
        "chargedEventCounts": {"place-scraped": many},
    }


def _item(world: World, company: Company) -> dict[str, Any]:
    """A row; it has e-mail addresses only where contacts were scraped too, which costs more and is not asked for."""
    return {
        "title": company.name,
        "placeId": place_id(world, company),
        "url": maps_url(world, company),
        "website": company.website,
        "phone": company.phone,
        "phoneUnformatted": company.phone,
        "address": company.address,
        "street": company.street,
        "city": company.city,
        "state": company.region,
        "countryCode": company.country,
        "categoryName": category(company),
        "categories": [category(company)],
        "totalScore": company.rating,
        "reviewsCount": company.reviews,
        "location": {"lat": company.latitude, "lng": company.longitude},
        "permanentlyClosed": False,
    }


def _failed(status: int, kind: str, message: str) -> Reply:
    return Reply(status, {"error": {"type": kind, "message": message}})


API = Api(
    name="apify",
    hosts=("api.apify.com",),
    routes={
        "POST /v2/actors/{actor}/runs": start,
        "GET /v2/actor-runs/{run}": status,
        "GET /v2/datasets/{dataset}/items": items,
        "GET /v2/users/me/limits": limits,
    },
    key=bearer,
    wrong_key=_failed(401, "invalid-token", "Authentication token is not valid"),
    too_many=_failed(429, "rate-limit-exceeded", "You have exceeded the rate limit"),
    broken=_failed(500, "internal-server-error", "We have bad gateway problems"),
    unknown=_failed(404, "page-not-found", "We have not found what you are looking for"),
)
