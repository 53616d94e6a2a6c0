"""Clay in the demo world: its catalogue of filters, and searches of which it keeps the place itself."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from leadboard.domain.places import country_name
from leadboard.sandbox.knowledge import Glimpse, companies, outline, ref, team, with_title
from leadboard.sandbox.names import CITIES
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, in_header
from leadboard.sandbox.tokens import opened, sealed
from leadboard.sandbox.world import Company, World, is_about

NAME = "clay"
SIZES = ("1-10", "11-50", "51-200", "201-500", "501-1000")
QUOTA = 10_000
"""Rows that a paid account may have in a period."""
MOST = 500
"""Rows of a page."""
_NUMBERS = count(1)
"""Two searches for the same have places of their own."""


def me(asked: Asked) -> Any:
    """Whose key it is."""
    user = {"id": 1, "name": "Demo", "cli_onboarded": False}
    return {"user": user, "workspace": {"id": 1, "name": "Demo workspace"}}


def fields(asked: Asked) -> Any:
    """What may be asked about companies or people, and with which values."""
    source = asked.query.get("source_type", "")
    if source not in _FILTERS:
        return _failed(400, "source_type must be one of people, companies")
    allowed = {
        "industries": sorted({company.industry for company in asked.world.companies}),
        "country_names": sorted({country_name(city.country) for city in CITIES.values()}),
        "sizes": list(SIZES),
    }
    names = [{"name": name, "type": "string[]", "description": ""} for name in _FILTERS[source]]
    shown = [each | ({"allowed_values": allowed[each["name"]]} if each["name"] in allowed else {}) for each in names]
    return {"source_type": source, "fields": shown, "guidance": "Values of one filter are joined by OR."}


def make(asked: Asked) -> Any:
    """Make a search; nothing runs yet."""
    source, filters = asked.data.get("source_type", ""), asked.data.get("filters")
    if source not in _FILTERS or not isinstance(filters, dict) or not filters:
        return _failed(400, "source_type and filters are required")
    if unknown := next((name for name in filters if name not in _FILTERS[source]), ""):
        return _failed(422, f"Unknown filter: {unknown}")
    return {"search_id": sealed([source, filters, next(_NUMBERS)])}


def run(asked: Asked) -> Reply:
    """The next page of a search: each time it is run, the one after."""
    try:
        source, filters, _ = opened(asked.parts["search"])
    except ValueError:
        return _failed(404, "Search not found")
    size = min(int(asked.data.get("limit", 20)), MOST)
    found = list(_ROWS[source](asked.world, filters))
    page = found[asked.before * size : (asked.before + 1) * size]
    used = min((asked.before + 1) * size, len(found))
    said = {
        "data": page,
        "has_more": used < len(found),
        "period_quota": {
            "limit": QUOTA,
            "used": used,
            "remaining": QUOTA - used,
            "resets_at": f"{asked.today.replace(day=1)}T00:00:00Z",
        },
    }
    return Reply(200, said, paid=bool(page))


def _companies(world: World, filters: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    tests = [(_FILTERS["companies"][name], values) for name, values in filters.items()]
    known = companies(world, NAME, world.companies)
    return [_company(world, each) for each in known if all(fits(each, values) for fits, values in tests)]


def _people(world: World, filters: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    domains = filters.get("company_identifier") or list(world.by_domain)
    seen = [each for domain in domains for each in team(world, NAME, world.company(domain=domain))]
    found = with_title(seen, filters.get("job_title_keywords", ()))
    return [_person(world, each, world.by_domain[each.person.domain]) for each in found]


_ROWS: Mapping[str, Callable[[World, Mapping[str, list[str]]], list[dict[str, Any]]]] = {
    "companies": _companies,
    "people": _people,
}
_FILTERS: Mapping[str, Mapping[str, Callable[[Company, list[str]], bool]]] = {
    "companies": {
        "industries": lambda company, values: company.industry in values,
        "description_keywords": lambda company, values: any(is_about(company, value) for value in values),
        "country_names": lambda company, values: company.country_name in values,
        "sizes": lambda company, values: company.size in values,
    },
    "people": {
        "company_identifier": lambda company, values: company.domain in values,
        "job_title_keywords": lambda company, values: True,
    },
}


def _company(world: World, company: Company) -> dict[str, Any]:
    seen = outline(world, NAME, company)
    return {
        "clay_company_id": _number(world, company.domain),
        "name": company.name,
        "domain": company.domain,
        "size": f"{company.size} employees" if seen["headcount"] else None,
        "type": "Privately Held",
        "country": company.country_name,
        "industry": company.trade or company.industry,
        "location": f"{company.city}, {company.region}",
        "description": seen["description"],
        "linkedin_url": company.linkedin or None,
        "annual_revenue": seen["revenue"],
        "total_funding_amount_range_usd": None,
    }


def _person(world: World, seen: Glimpse, company: Company) -> dict[str, Any]:
    person, place = seen.person, f"{company.city}, {company.region}"
    job = {"company": company.name, "title": seen.title, "location": company.city}
    return {
        "clay_profile_id": _number(world, person.email),
        "name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "domain": company.domain,
        "url": seen.linkedin or None,
        "location": {"name": place, "city": company.city, "state_or_province": company.region},
        "matched_experiences": [job | {"start_date": "2022-03-01", "end_date": None}],
    }


def _number(world: World, of: str) -> int:
    return int(ref(world, NAME, of)[:8], 16)


def _failed(status: int, message: str) -> Reply:
    return Reply(status, {"message": message})


API = Api(
    name="clay",
    hosts=("api.clay.com",),
    routes={
        "GET /public/v0/me": me,
        "GET /public/v0/search/filters-mode/fields": fields,
        "POST /public/v0/search/filters-mode": make,
        "POST /public/v0/search/filters-mode/{search}/run": run,
    },
    key=in_header("clay-api-key"),
    wrong_key=_failed(401, "Invalid API key"),
    too_many=Reply(429, {"message": "Too many requests"}, SLOW),
    broken=_failed(500, "Internal server error"),
    unknown=_failed(404, "Not found"),
)
