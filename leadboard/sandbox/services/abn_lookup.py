"""ABN Lookup in the demo world: its Australian companies, wrapped for a browser, always with status 200."""

from typing import Any

import orjson

from leadboard.domain.words import words
from leadboard.sandbox.names import REGION_CODES
from leadboard.sandbox.services.base import Api, Asked, Reply, in_query
from leadboard.sandbox.world import Company

_NOBODY = "No record found"


def details(asked: Asked) -> Reply:
    """The company of a number."""
    wanted = "".join(char for char in asked.query.get("abn", "") if char.isdecimal())
    found = next((each for each in asked.world.companies if each.abn and each.abn == wanted), None)
    return _wrapped(_details(found) if found else {"Message": _NOBODY}, _callback(asked))


def matching_names(asked: Asked) -> Reply:
    """Companies whose names come close, the closest first: a score of 100 is the very name."""
    wanted, most = words(asked.query.get("name", "")), int(asked.query.get("maxResults", 10))
    scored = [(_score(wanted, each), each) for each in asked.world.companies if each.abn]
    close = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:most]
    return _wrapped({"Message": "", "Names": [_name(each, score) for score, each in close]}, _callback(asked))


def _wrapped(said: dict[str, Any], callback: str = "callback") -> Reply:
    return Reply(200, f"{callback}({orjson.dumps(said).decode()})", {"Content-Type": "text/javascript"})


def _callback(asked: Asked) -> str:
    return asked.query.get("callback") or "callback"


def _score(wanted: tuple[str, ...], company: Company) -> int:
    """How much of either name is in the other, in hundredths; names that share little do not come close."""
    own = words(company.name)
    if wanted in (own, words(company.legal_name)):
        return 100
    shared = len(set(wanted) & set(own)) / len(set(wanted) | set(own)) if wanted else 0
    return round(90 * shared) if shared >= 0.5 else 0


def _name(company: Company, score: int) -> dict[str, Any]:
    return {
        "Abn": company.abn,
        "AbnStatus": "0000000001",
        "IsCurrent": True,
        "Name": company.legal_name.upper(),
        "NameType": "Entity Name",
        "Postcode": company.postcode,
        "Score": score,
        "State": REGION_CODES[company.region],
    }


def _details(company: Company) -> dict[str, Any]:
    return {
        "Abn": company.abn,
        "AbnStatus": "Active",
        "AbnStatusEffectiveFrom": f"{company.founded}-07-01",
        "Acn": company.abn[2:],
        "AddressDate": f"{company.founded + 1}-05-01",
        "AddressPostcode": company.postcode,
        "AddressState": REGION_CODES[company.region],
        "BusinessName": [company.name.upper()],
        "EntityName": company.legal_name.upper(),
        "EntityTypeCode": "PRV",
        "EntityTypeName": "Australian Private Company",
        "Gst": f"{company.founded}-07-01",
        "Message": "",
    }


API = Api(
    name="abn_lookup",
    hosts=("abr.business.gov.au",),
    routes={"GET /json/AbnDetails.aspx": details, "GET /json/MatchingNames.aspx": matching_names},
    key=in_query("guid"),
    wrong_key=_wrapped({"Message": "The GUID entered is not recognised as a Registered Party", "Names": []}),
)
