"""Google Places in the demo world, the old API: everything is a 200 with a status in its body, and the token of a page
works only once it has been tried too early."""

from typing import Any

from leadboard.sandbox.google_maps import category, listed, place_id
from leadboard.sandbox.services.base import Api, Asked, Reply, in_query
from leadboard.sandbox.tokens import opened, sealed
from leadboard.sandbox.world import Company, World

PER_PAGE = 20
MOST = 60
"""Places that a question brings."""


def text_search(asked: Asked) -> Reply:
    """A page of what fits the words."""
    phrase, start = asked.query.get("query", ""), 0
    if token := asked.query.get("pagetoken"):
        try:
            phrase, start = opened(token)
        except ValueError:
            phrase = ""
    if not phrase or (token and not asked.before):
        return _failed("INVALID_REQUEST")
    found = listed(asked.world, phrase)[:MOST]
    end = start + PER_PAGE
    said: dict[str, Any] = {
        "html_attributions": [],
        "results": [_result(asked.world, company) for company in found[start:end]],
        "status": "OK" if found[start:end] else "ZERO_RESULTS",
    }
    if end < len(found):
        said["next_page_token"] = sealed([phrase, end])
    return Reply(200, said, paid=True)


def _result(world: World, company: Company) -> dict[str, Any]:
    return {
        "place_id": place_id(world, company),
        "name": company.name,
        "formatted_address": f"{company.address}, {company.country_name}",
        "geometry": {"location": {"lat": company.latitude, "lng": company.longitude}},
        "types": [category(company).lower().replace(" ", "_"), "point_of_interest", "establishment"],
        "rating": company.rating,
        "user_ratings_total": company.reviews,
        "business_status": "OPERATIONAL",
    }


def _failed(status: str, message: str = "") -> Reply:
    said = {"html_attributions": [], "results": [], "status": status}
    return Reply(200, said | {"error_message": message} if message else said)


API = Api(
    name="places_legacy",
    hosts=("maps.googleapis.com",),
    routes={"GET /maps/api/place/textsearch/json": text_search},
    key=in_query("key"),
    wrong_key=_failed("REQUEST_DENIED", "The provided API key is invalid."),
    too_many=_failed("OVER_QUERY_LIMIT", "You have exceeded your rate-limit for this API."),
    broken=_failed("UNKNOWN_ERROR"),
)
