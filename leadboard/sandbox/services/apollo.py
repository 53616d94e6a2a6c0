"""Apollo in the demo world: a wrong key is told in plain text, and nobody found is a 200 with null."""

import re
from typing import Any

from leadboard.sandbox.knowledge import (
    Glimpse,
    by_ref,
    companies,
    glimpse,
    knows,
    outline,
    page,
    ref,
    team,
    with_title,
)
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, in_header
from leadboard.sandbox.world import Company, on

NAME = "apollo"
_RANGE = re.compile(r"(\d+),(\d+)")


def health(asked: Asked) -> Any:
    """That the key is known."""
    return {"healthy": True, "is_logged_in": True}


def find_companies(asked: Asked) -> Reply:
    """A page of companies, a credit for each page that has any."""
    low, high = _ends(_many(asked, "organization_num_employees_ranges"))
    terms, places = _many(asked, "q_organization_keyword_tags"), _many(asked, "organization_locations")
    found = companies(asked.world, NAME, asked.world.search(terms, places, low, high))
    number, size = _page_of(asked)
    shown = page(found, number, size)
    pages = -(-len(found) // size)
    body = {
        "breadcrumbs": [],
        "partial_results_only": False,
        "partial_results_limit": 10000,
        "pagination": {"page": number, "per_page": size, "total_entries": len(found), "total_pages": pages},
        "accounts": [],
        "organizations": [_short(asked, company) for company in shown],
        "model_ids": [ref(asked.world, NAME, company.domain) for company in shown],
        "num_fetch_result": None,
        "derived_params": None,
    }
    return _told(asked, body, paid=bool(shown))


def company(asked: Asked) -> Reply:
    """The company of a domain or a name."""
    domain = asked.query.get("domain", "")
    linkedin = asked.query.get("linkedin_url", "").rstrip("/")
    found = asked.world.company(domain=domain, name=asked.query.get("name", ""))
    if linkedin and not domain:
        found = next((each for each in asked.world.companies if each.linkedin == linkedin), found)
    known = found is not None and knows(asked.world, NAME, found)
    return _told(asked, {"organization": _long(asked, found) if known and found else None}, paid=known)


def find_people(asked: Asked) -> Reply:
    """People at the companies, for nothing: no address, and a last name that cannot be read."""
    refs = (by_ref(asked.world, NAME).get(each, "") for each in _many(asked, "organization_ids"))
    domains = [*refs, *_many(asked, "q_organization_domains_list")]
    seen = [each for domain in domains for each in team(asked.world, NAME, asked.world.company(domain=domain))]
    ranks = set(_many(asked, "person_seniorities"))
    found = [each for each in with_title(seen, _many(asked, "person_titles")) if _is_of(each, ranks)]
    people = [_glimpsed(asked, each) for each in page(found, *_page_of(asked))]
    return _told(asked, {"total_entries": len(found), "people": people})


def match(asked: Asked) -> Reply:
    """One person with the address, by id or by what is known of them."""
    said = {**asked.query, **asked.data}
    if refed := said.get("id"):
        person = asked.world.by_email.get(by_ref(asked.world, NAME).get(refed, ""))
    else:
        person = asked.world.person(
            name=said.get("name") or f"{said.get('first_name', '')} {said.get('last_name', '')}",
            domain=said.get("domain", ""),
            company=said.get("organization_name", ""),
            linkedin=said.get("linkedin_url", ""),
            email=said.get("email", ""),
        )
    seen = glimpse(asked.world, NAME, person) if person else None
    return _told(asked, {"person": _person(asked, seen) if seen else None}, paid=seen is not None)


def openings(asked: Asked) -> Reply:
    """Open roles at a company; a page with any is paid for."""
    found = asked.world.company(domain=by_ref(asked.world, NAME).get(asked.parts["id"], ""))
    jobs = asked.world.jobs(found.domain) if found and knows(asked.world, NAME, found) else ()
    postings = [
        {
            "id": f"{job.id}",
            "title": job.title,
            "url": f"https://{found.domain}/careers#{job.id}" if found else None,
            "city": job.city,
            "state": found.region if found else None,
            "country": found.country_name if found else None,
            "last_seen_at": f"{asked.today}T04:00:00.000+00:00",
            "posted_at": f"{on(job.days_ago, asked.today)}T09:00:00.000+00:00",
        }
        for job in jobs
    ]
    return _told(asked, {"organization_job_postings": postings}, paid=bool(postings))


def _many(asked: Asked, name: str) -> list[str]:
    """A list of texts under a name, from the body or, with `[]` behind it, from the query."""
    said = asked.data.get(name) or asked.query.get(f"{name}[]") or []
    return [str(each) for each in said] if isinstance(said, list) else [said]


def _page_of(asked: Asked) -> tuple[int, int]:
    said = {**asked.query, **asked.data}
    return int(said.get("page") or 1), min(int(said.get("per_page") or 25), 100)


def _ends(ranges: list[str]) -> tuple[int, int]:
    ends = [found for each in ranges if (found := _RANGE.fullmatch(each))]
    return (min(int(end[1]) for end in ends), max(int(end[2]) for end in ends)) if ends else (0, 0)


def _is_of(seen: Glimpse, ranks: set[str]) -> bool:
    return not ranks or seen.person.seniority in ranks


def _told(asked: Asked, body: Any, *, paid: bool = False) -> Reply:
    """With the headers of its windows; the one without a limit is empty."""
    headers = {
        "x-rate-limit-minute": "200",
        "x-minute-usage": "1",
        "x-minute-requests-left": "199",
        "x-rate-limit-hourly": "",
        "x-hourly-requests-left": "",
    }
    return Reply(200, body, headers, paid)


def _short(asked: Asked, company: Company) -> dict[str, Any]:
    said = outline(asked.world, NAME, company)
    return {
        "id": ref(asked.world, NAME, company.domain),
        "name": company.name,
        "website_url": f"http://www.{company.domain}",
        "linkedin_url": company.linkedin.replace("https://", "http://") or None,
        "logo_url": None,
        "founded_year": said["founded"],
        "primary_domain": company.domain,
        "phone": said["phone"],
        "primary_phone": {"number": said["phone"], "source": "Account"} if said["phone"] else {},
        "sanitized_phone": said["phone"],
    }


def _long(asked: Asked, company: Company) -> dict[str, Any]:
    said, raised = outline(asked.world, NAME, company), company.funding
    return {
        **_short(asked, company),
        "industry": (company.trade or company.industry).lower(),
        "industries": [company.industry.lower()],
        "keywords": [each.lower() for each in company.specialities],
        "estimated_num_employees": said["headcount"],
        "raw_address": company.address if said["street"] else None,
        "street_address": said["street"],
        "city": company.city,
        "state": company.region,
        "postal_code": company.postcode if said["street"] else None,
        "country": company.country_name,
        "short_description": said["description"],
        "annual_revenue": said["revenue"],
        "annual_revenue_printed": f"{said['revenue'] / 1e6:.3g}M" if said["revenue"] else None,
        "technology_names": list(company.technologies),
        "funding_events": [],
        "total_funding": raised and raised.total,
        "total_funding_printed": raised and f"{raised.total / 1e6:g}M",
        "latest_funding_stage": raised and raised.stage,
        "latest_funding_round_date": raised and f"{on(raised.days_ago, asked.today)}T00:00:00.000+00:00",
    }


def _glimpsed(asked: Asked, seen: Glimpse) -> dict[str, Any]:
    person, company = seen.person, asked.world.by_domain[seen.person.domain]
    has = ("industry", "phone", "city", "state", "country", "zip_code", "revenue", "employee_count")
    return {
        "id": ref(asked.world, NAME, person.email),
        "first_name": person.first_name,
        "last_name_obfuscated": f"{person.last_name[:2]}***{person.last_name[-1]}",
        "title": seen.title,
        "last_refreshed_at": f"{asked.today}T04:00:00.000+00:00",
        "has_email": bool(seen.email),
        "has_city": True,
        "has_state": True,
        "has_country": True,
        "has_direct_phone": "Yes" if seen.phone else "No",
        "organization": {"name": company.name, **{f"has_{name}": True for name in has}},
    }


def _person(asked: Asked, seen: Glimpse) -> dict[str, Any]:
    person, company = seen.person, asked.world.by_domain[seen.person.domain]
    at = ref(asked.world, NAME, company.domain)
    return {
        "id": ref(asked.world, NAME, person.email),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "name": person.name,
        "linkedin_url": seen.linkedin.replace("https://", "http://") or None,
        "title": seen.title,
        "headline": f"{seen.title} at {company.name}",
        "photo_url": None,
        "email": seen.email or None,
        "email_status": ("verified" if seen.checked else "likely to engage") if seen.email else "unavailable",
        "extrapolated_email_confidence": None if seen.checked or not seen.email else seen.sure,
        "organization_id": at,
        "employment_history": [],
        "city": company.city,
        "state": company.region,
        "country": company.country_name,
        "contact_id": None,
        "revealed_for_current_team": True,
        "organization": {"id": at, "name": company.name, "primary_domain": company.domain},
        "is_likely_to_engage": False,
        "departments": [f"master_{person.department}"],
        "seniority": person.seniority,
    }


API = Api(
    name=NAME,
    hosts=("api.apollo.io",),
    routes={
        "GET /v1/auth/health": health,
        "POST /api/v1/mixed_companies/search": find_companies,
        "GET /api/v1/organizations/enrich": company,
        "POST /api/v1/mixed_people/api_search": find_people,
        "POST /api/v1/people/match": match,
        "GET /api/v1/organizations/{id}/job_postings": openings,
    },
    key=in_header("x-api-key"),
    wrong_key=Reply(401, "Invalid API key. See https://docs.apollo.io to create one."),
    too_many=Reply(429, {"message": "The maximum number of api calls allowed is 200 times per minute."}, SLOW),
    broken=Reply(500, "<html><body><h1>We're sorry, but something went wrong.</h1></body></html>"),
    unknown=Reply(404, {"error": "Not found"}),
)
