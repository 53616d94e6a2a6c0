"""Prospeo in the demo world: an error is told by its code, a miss is a 400, and what was matched before is free."""

from typing import Any

from leadboard.sandbox.knowledge import Glimpse, by_ref, companies, glimpse, knows, outline, page, ref, team, with_title
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, in_header
from leadboard.sandbox.world import Company, on

NAME = "prospeo"
PER_PAGE = 25
_RANKS = {
    "Founder/Owner": ("founder", "owner"),
    "C-Suite": ("c_suite",),
    "Partner": ("partner",),
    "Vice President": ("vp",),
    "Head": ("head",),
    "Director": ("director",),
    "Manager": ("manager",),
    "Senior": ("senior",),
    "Entry": ("entry",),
}


def failed(status: int, code: str, **more: str) -> Reply:
    """An error as Prospeo writes it."""
    return Reply(status, {"error": True, "error_code": code, **more})


def account(asked: Asked) -> Any:
    """What is left."""
    renewal = f"{on(-12, asked.today)} 00:00:00"
    left = {"current_plan": "STARTER", "remaining_credits": 874, "used_credits": 126, "current_team_members": 1}
    return {
        "error": False,
        "response": {**left, "next_quota_renewal_days": 12, "next_quota_renewal_date": renewal},
    }


def find_companies(asked: Asked) -> Reply:
    """A page of companies by keywords, places and headcount."""
    filters = asked.data.get("filters", {})
    size = filters.get("company_headcount_custom", {})
    found = asked.world.search(
        _included(filters, "company_keywords"),
        _included(filters, "company_location_search"),
        size.get("min", 0),
        size.get("max", 0),
    )
    return _page(asked, [{"company": _company(asked, each)} for each in companies(asked.world, NAME, found)])


def find_people(asked: Asked) -> Reply:
    """A page of people at the companies, without addresses."""
    filters = asked.data.get("filters", {})
    domains = _included(filters.get("company", {}), "websites")
    ranks = {rank for name in _included(filters, "person_seniority") for rank in _RANKS.get(name, ())}
    seen = [each for domain in domains for each in team(asked.world, NAME, asked.world.company(domain=domain))]
    found = [
        each
        for each in with_title(seen, _included(filters, "person_job_title"))
        if not ranks or each.person.seniority in ranks
    ]
    return _page(asked, [_result(asked, each, revealed=False) for each in found])


def company(asked: Asked) -> Reply:
    """The company of a website or a name."""
    said = asked.data.get("data")
    if not isinstance(said, dict):
        return failed(400, "INVALID_REQUEST", message="data: Field required")
    found = asked.world.company(domain=said.get("company_website", ""), name=said.get("company_name", ""))
    if found is None or not knows(asked.world, NAME, found):
        return failed(400, "NO_MATCH")
    return _matched(asked, {"company": _company(asked, found)})


def person(asked: Asked) -> Reply:
    """One person with the address; asked for a verified one, nobody without it is a match."""
    said = asked.data.get("data")
    if not isinstance(said, dict):
        return failed(400, "INVALID_REQUEST", message="data: Field required")
    if refed := said.get("person_id"):
        found = asked.world.by_email.get(by_ref(asked.world, NAME).get(refed, ""))
    else:
        found = asked.world.person(
            name=said.get("full_name") or f"{said.get('first_name', '')} {said.get('last_name', '')}",
            domain=said.get("company_website", ""),
            company=said.get("company_name", ""),
            linkedin=said.get("linkedin_url", ""),
            email=said.get("email", ""),
        )
    seen = glimpse(asked.world, NAME, found) if found else None
    if seen is None or (asked.data.get("only_verified_email") and not seen.checked):
        return failed(400, "NO_MATCH")
    return _matched(asked, _result(asked, seen, revealed=True))


def _included(filters: dict[str, Any], name: str) -> list[str]:
    return list(filters.get(name, {}).get("include", ()))


def _matched(asked: Asked, said: dict[str, Any]) -> Reply:
    return Reply(200, {"error": False, "free_enrichment": bool(asked.before), **said}, paid=not asked.before)


def _page(asked: Asked, found: list[dict[str, Any]]) -> Reply:
    number = int(asked.data.get("page") or 1)
    shown = page(found, number, PER_PAGE)
    if not shown:
        return failed(400, "NO_RESULTS")
    pages = {"current_page": number, "per_page": PER_PAGE, "total_page": -(-len(found) // PER_PAGE)}
    body = {"error": False, "free": False, "results": shown, "pagination": {**pages, "total_count": len(found)}}
    return Reply(200, body, paid=True)


def _company(asked: Asked, company: Company) -> dict[str, Any]:
    said = outline(asked.world, NAME, company)
    return {
        "company_id": ref(asked.world, NAME, company.domain),
        "name": company.name,
        "website": f"https://{company.domain}",
        "domain": company.domain,
        "description": said["description"],
        "industry": company.trade or company.industry,
        "employee_count": said["headcount"],
        "employee_range": company.size if said["headcount"] else None,
        "founded": said["founded"],
        "linkedin_url": company.linkedin or None,
        "location": {"country": company.country_name, "state": company.region, "city": company.city},
    }


def _result(asked: Asked, seen: Glimpse, *, revealed: bool) -> dict[str, Any]:
    person, company = seen.person, asked.world.by_domain[seen.person.domain]
    shown = revealed and bool(seen.email)
    return {
        "person": {
            "person_id": ref(asked.world, NAME, person.email),
            "full_name": person.name,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "linkedin_url": seen.linkedin or None,
            "current_job_title": seen.title,
            "job_history": [],
            "location": {"country": company.country_name},
            "skills": [],
            "email": {
                "email": seen.email if shown else None,
                "status": ("VERIFIED" if seen.checked else "UNVERIFIED") if seen.email else "UNAVAILABLE",
                "revealed": shown,
                "verification_method": "SMTP" if seen.checked else None,
            },
            "mobile": {"revealed": False},
        },
        "company": _company(asked, company),
    }


API = Api(
    name=NAME,
    hosts=("api.prospeo.io",),
    routes={
        "GET /account-information": account,
        "POST /search-company": find_companies,
        "POST /search-person": find_people,
        "POST /enrich-company": company,
        "POST /enrich-person": person,
    },
    key=in_header("x-key"),
    wrong_key=failed(401, "INVALID_API_KEY"),
    too_many=Reply(429, {"error": True, "error_code": "RATE_LIMITED"}, {**SLOW, "x-second-reset-seconds": "1"}),
    broken=failed(400, "INTERNAL_ERROR"),
    unknown=failed(400, "DEPRECATED"),
)
