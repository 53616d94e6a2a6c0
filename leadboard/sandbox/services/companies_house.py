"""Companies House in the demo world: its British companies and who directs them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from leadboard.domain.vocabulary.trades import TRADES
from leadboard.domain.words import position, words
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, basic
from leadboard.sandbox.world import Company, Person, is_at

_CODES = {trade.name: trade.sic for trade in TRADES if trade.sic}
_OTHERS = {
    "metal": ("25620",),
    "packaging": ("17219",),
    "solar": ("43210",),
    "logistics": ("49410", "52290"),
    "payments": ("66190",),
}
"""Sector -> its codes, where it has no trade."""
_UNCLASSIFIED = ("82990",)


def advanced_search(asked: Asked) -> Reply:
    """Companies that fit everything that is given. None is a 404 without a body."""
    query = asked.query
    codes, status = set(filter(None, query.get("sic_codes", "").split(","))), query.get("company_status", "active")
    name, place = words(query.get("company_name_includes", "")), query.get("location", "")
    found = [
        company
        for company in _registered(asked)
        if "active" in status.split(",")
        and (not codes or codes & set(_sic(company)))
        and (not name or position(name, words(company.legal_name)) >= 0)
        and (not place or is_at(company, place))
    ]
    start, size = int(query.get("start_index", 0)), int(query.get("size", 20))
    page = found[start : start + size]
    if not page:
        return Reply(404, "", _left(asked))
    items = [_company(each) | {"kind": "search-results#company"} for each in page]
    top = {name: items[0][name] for name in ("company_name", "company_number")}
    said = {"etag": "demo", "kind": "search#advanced-search", "hits": len(found), "top_hit": top, "items": items}
    return Reply(200, said, _left(asked))


def search(asked: Asked) -> Reply:
    """Companies by the words of their names, in the older form: the name is a `title`."""
    wanted = words(asked.query.get("q", ""))
    found = [each for each in _registered(asked) if wanted and position(wanted, words(each.legal_name)) >= 0]
    start, size = int(asked.query.get("start_index", 0)), int(asked.query.get("items_per_page", 20))
    items = []
    for each in found[start : start + size]:
        said = _company(each)
        said |= {"title": said.pop("company_name"), "address": said.pop("registered_office_address")}
        items.append(said | {"kind": "searchresults#company", "address_snippet": each.address})
    said = {"kind": "search#companies", "total_results": len(found), "start_index": start, "items_per_page": size}
    return Reply(200, said | {"items": items}, _left(asked))


def company(asked: Asked) -> Reply:
    """A company's profile."""
    if (found := _numbered(asked)) is None:
        return Reply(404, {"errors": [{"error": "company-profile-not-found", "type": "ch:service"}]}, _left(asked))
    profile = _company(found)
    return Reply(200, profile | {"type": profile.pop("company_type"), "has_charges": False}, _left(asked))


def officers(asked: Asked) -> Reply:
    """The officers of a company, also who has left and who is no person."""
    if (found := _numbered(asked)) is None:
        return Reply(404, {"errors": [{"error": "company-not-found", "type": "ch:service"}]}, _left(asked))
    everybody = list(_officers(asked, found))
    start, size = int(asked.query.get("start_index", 0)), int(asked.query.get("items_per_page", 35))
    said = {
        "kind": "officer-list",
        "items": everybody[start : start + size],
        "active_count": sum("resigned_on" not in each for each in everybody),
        "total_results": len(everybody),
        "items_per_page": size,
        "start_index": start,
    }
    return Reply(200, said, _left(asked))


def _registered(asked: Asked) -> list[Company]:
    return [each for each in asked.world.companies if each.company_number]


def _numbered(asked: Asked) -> Company | None:
    return next((each for each in _registered(asked) if each.company_number == asked.parts["number"].upper()), None)


def _left(asked: Asked) -> dict[str, str]:
    """What is left of the questions of these five minutes."""
    reset = int(asked.now.timestamp()) + 300
    limits = {"limit": 600, "remain": 599, "reset": reset, "window": "5m"}
    return {f"x-ratelimit-{name}": str(said) for name, said in limits.items()}


def _sic(company: Company) -> tuple[str, ...]:
    return _CODES.get(company.kind) or _OTHERS.get(company.sector, _UNCLASSIFIED)


def _address(company: Company) -> dict[str, str]:
    premises, _, street = company.street.partition(" ")
    return {
        "premises": premises,
        "address_line_1": street,
        "locality": company.city,
        "postal_code": company.postcode,
        "country": company.region,
    }


def _company(company: Company) -> dict[str, Any]:
    return {
        "company_name": company.legal_name.upper(),
        "company_number": company.company_number,
        "company_status": "active",
        "company_type": "ltd",
        "links": {"company_profile": f"/company/{company.company_number}"},
        "date_of_creation": f"{company.founded}-04-02",
        "registered_office_address": _address(company),
        "sic_codes": list(_sic(company)),
    }


def _officers(asked: Asked, company: Company) -> Iterator[dict[str, Any]]:
    """Who directs it, who did in an older company, and its secretary, an office that a firm holds."""
    chance = asked.world.chance("officers", company.domain)
    address = _address(company)
    directors = [person for person in asked.world.people[company.domain] if person.director]
    for person in directors:
        yield _officer(person, address, date(company.founded, chance.randint(1, 12), chance.randint(1, 28)))
    if company.founded < 2010:
        former = {"name": "PREDECESSOR, Arthur", "officer_role": "director", "address": address}
        yield former | {"appointed_on": f"{company.founded}-04-02", "resigned_on": "2015-06-30"}
    yield {
        "name": "LEDGER & LEAF SECRETARIES LIMITED",
        "officer_role": "corporate-secretary",
        "appointed_on": f"{company.founded}-04-02",
        "address": address,
    }


def _officer(person: Person, address: dict[str, str], since: date) -> dict[str, Any]:
    return {
        "name": f"{person.last_name.upper()}, {person.first_name}",
        "officer_role": "director",
        "appointed_on": since.isoformat(),
        "occupation": person.title,
        "nationality": "British",
        "address": address,
        "date_of_birth": {"month": 5, "year": 1978},
    }


API = Api(
    name="companies_house",
    hosts=("api.company-information.service.gov.uk",),
    routes={
        "GET /advanced-search/companies": advanced_search,
        "GET /search/companies": search,
        "GET /company/{number}": company,
        "GET /company/{number}/officers": officers,
    },
    key=basic,
    wrong_key=Reply(401, {"error": "Invalid Authorization", "type": "ch:service"}),
    too_many=Reply(429, "", SLOW),
)
