"""Google Places in the demo world, the new API: businesses by words, and only those fields that are asked for."""

from typing import Any

import phonenumbers

from leadboard.sandbox.google_maps import by_place_id, category, listed, maps_url, place_id
from leadboard.sandbox.names import REGION_CODES
from leadboard.sandbox.services.base import Api, Asked, Reply, in_header
from leadboard.sandbox.tokens import opened, sealed
from leadboard.sandbox.world import Company, World

PER_PAGE = 20
MOST = 60
"""Places that a question brings."""
_FREE = {"id", "name"}


def search(asked: Asked) -> Reply:
    """A page of what fits the words, in the fields of the mask; nothing is an empty object."""
    mask = _mask(asked)
    if not mask:
        return _failed(400, "INVALID_ARGUMENT", "FieldMask is a required parameter. See https://cloud.google.com/apis.")
    about = {name: said for name, said in asked.data.items() if name != "pageToken"}
    start, of = 0, about
    if token := asked.data.get("pageToken"):
        try:
            start, of = opened(token)
        except ValueError:
            of = None
    if of != about or not about.get("textQuery"):
        return _failed(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
    found = _found(asked.world, about)[:MOST]
    end = start + min(int(about.get("pageSize", PER_PAGE)), PER_PAGE)
    fields = {field.removeprefix("places.") for field in mask if field.startswith("places.")}
    places = [_cut(_place(asked.world, company), fields) for company in found[start:end]]
    said: dict[str, Any] = {"places": places} if places else {}
    if end < len(found) and "nextPageToken" in mask:
        said["nextPageToken"] = sealed([end, about])
    return Reply(200, said, paid=not fields <= _FREE)


def details(asked: Asked) -> Reply:
    """One place by its id."""
    mask = _mask(asked)
    if not mask:
        return _failed(400, "INVALID_ARGUMENT", "FieldMask is a required parameter. See https://cloud.google.com/apis.")
    company = by_place_id(asked.world).get(asked.parts["id"])
    if company is None:
        return _failed(404, "NOT_FOUND", "The Place ID is no longer valid.")
    return Reply(200, _cut(_place(asked.world, company), mask), paid=not mask <= _FREE)


def _found(world: World, about: dict[str, Any]) -> list[Company]:
    region = about.get("regionCode", "").upper()
    found = listed(world, about["textQuery"])
    return sorted(found, key=lambda company: company.country != region) if region else found


def _mask(asked: Asked) -> set[str]:
    return {field for field in asked.headers.get("x-goog-fieldmask", "").split(",") if field}


def _cut(place: dict[str, Any], fields: set[str]) -> dict[str, Any]:
    return {name: said for name, said in place.items() if name in fields or "*" in fields}


def _place(world: World, company: Company) -> dict[str, Any]:
    number = phonenumbers.parse(company.phone)
    trade = category(company).lower().replace(" ", "_")
    return {
        "id": place_id(world, company),
        "types": [trade, "point_of_interest", "establishment"],
        "primaryType": trade,
        "displayName": {"text": company.name, "languageCode": "en"},
        "formattedAddress": f"{company.address}, {company.country_name}",
        "addressComponents": _components(company),
        "location": {"latitude": company.latitude, "longitude": company.longitude},
        "businessStatus": "OPERATIONAL",
        "googleMapsUri": maps_url(world, company),
        "nationalPhoneNumber": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL),
        "internationalPhoneNumber": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        "websiteUri": company.website,
        "rating": company.rating,
        "userRatingCount": company.reviews,
    }


def _components(company: Company) -> list[dict[str, Any]]:
    """The parts of an address; British towns are postal towns."""
    parts = (
        (company.city, company.city, "postal_town" if company.country == "GB" else "locality"),
        (company.region, REGION_CODES.get(company.region, company.region), "administrative_area_level_1"),
        (company.country_name, company.country, "country"),
        (company.postcode, company.postcode, "postal_code"),
    )
    return [
        {"longText": long, "shortText": short, "types": [kind], "languageCode": "en"} for long, short, kind in parts
    ]


def _failed(status: int, kind: str, message: str) -> Reply:
    return Reply(status, {"error": {"code": status, "message": message, "status": kind}})


API = Api(
    name="places",
    hosts=("places.googleapis.com",),
    routes={"POST /v1/places:searchText": search, "GET /v1/places/{id}": details},
    key=in_header("x-goog-api-key"),
    wrong_key=_failed(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
    too_many=_failed(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'SearchTextRequest' per minute."),
    broken=_failed(500, "INTERNAL", "Internal error encountered."),
    unknown=_failed(404, "NOT_FOUND", "Method not found."),
)
