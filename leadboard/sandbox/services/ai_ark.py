"""AI Ark in the demo world: pages that count from 0, and rows in objects one in another."""

from typing import Any

from leadboard.sandbox.knowledge import Glimpse, by_ref, companies, glimpse, outline, page, ref, team, with_title
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, in_header
from leadboard.sandbox.world import Company

NAME = "ai_ark"
MOST = 100


def credits(asked: Asked) -> Any:
    """What is left."""
    return {"credits": 5120}


def find_companies(asked: Asked) -> Reply:
    """A page of companies by domain, or by industry, place and size."""
    account = asked.data.get("account", {})
    size = next(iter(account.get("employeeSize", {}).get("range", ())), {})
    found = companies(
        asked.world,
        NAME,
        asked.world.search(
            _any(account, "industries"), _any(account, "location"), size.get("start", 0), size.get("end", 0)
        ),
    )
    if domains := _any(account, "domain"):
        found = [each for each in found if each.domain in domains]
    return _page(asked, [_company(asked, each) for each in found])


def find_people(asked: Asked) -> Reply:
    """A page of people at the companies, without addresses."""
    domains = _any(asked.data.get("account", {}), "domain")
    latest = asked.data.get("contact", {}).get("experience", {}).get("latest", {})
    seen = [each for domain in domains for each in team(asked.world, NAME, asked.world.company(domain=domain))]
    return _page(asked, [_person(asked, each) for each in with_title(seen, _any(latest, "title"))])


def export(asked: Asked) -> Reply:
    """One person with the address, by id or profile; an address that works is paid for."""
    refed = by_ref(asked.world, NAME).get(asked.data.get("id", ""), "")
    person = asked.world.by_email.get(refed) or asked.world.person(linkedin=asked.data.get("url", ""))
    seen = glimpse(asked.world, NAME, person) if person else None
    if seen is None:
        return Reply(404, {"message": "Profile not found"})
    status = "VALID" if seen.checked else "CATCH_ALL"
    output = [{"address": seen.email, "status": status, "domainType": "SMTP", "found": True}] if seen.email else []
    return Reply(200, {**_person(asked, seen), "email": {"output": output}}, paid=bool(output))


def _any(said: dict[str, Any], name: str) -> list[str]:
    """What may be any of: a list, or the content of a list with a mode."""
    include = said.get(name, {}).get("any", {}).get("include", [])
    return list(include.get("content", ()) if isinstance(include, dict) else include)


def _page(asked: Asked, found: list[dict[str, Any]]) -> Reply:
    number, size = int(asked.data.get("page") or 0), min(int(asked.data.get("size") or 10), MOST)
    shown = page(found, number + 1, size)
    pages = -(-len(found) // size)
    body = {"content": shown, "totalElements": len(found), "totalPages": pages, "number": number, "size": size}
    return Reply(200, {**body, "trackId": ref(asked.world, NAME, f"track {number}")}, paid=bool(shown))


def _company(asked: Asked, company: Company) -> dict[str, Any]:
    said = outline(asked.world, NAME, company)
    low, _, high = company.size.partition("-")
    staff = {"total": said["headcount"], "range": {"start": int(low), "end": int(high)}} if said["headcount"] else {}
    place = {"country": company.country_name, "state": company.region, "city": company.city}
    return {
        "id": ref(asked.world, NAME, company.domain),
        "summary": {
            "name": company.name,
            "legal_name": company.legal_name,
            "industry": (company.trade or company.industry).lower(),
            "description": said["description"],
            "staff": staff,
        },
        "link": {
            "domain": company.domain,
            "domain_ltd": company.domain.partition(".")[0],
            "website": company.website,
            "linkedin": company.linkedin or None,
        },
        "location": {"headquarter": place},
    }


def _person(asked: Asked, seen: Glimpse) -> dict[str, Any]:
    person = seen.person
    return {
        "id": ref(asked.world, NAME, person.email),
        "profile": {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "full_name": person.name,
            "title": seen.title,
            "headline": f"{seen.title} at {asked.world.by_domain[person.domain].name}",
        },
        "link": {"linkedin": seen.linkedin or None},
    }


API = Api(
    name=NAME,
    hosts=("api.ai-ark.com",),
    routes={
        "GET /api/developer-portal/v1/payments/credits": credits,
        "POST /api/developer-portal/v1/companies": find_companies,
        "POST /api/developer-portal/v1/people": find_people,
        "POST /api/developer-portal/v1/people/export/single": export,
    },
    key=in_header("x-token"),
    wrong_key=Reply(401, {"message": "Invalid token"}),
    too_many=Reply(429, {"message": "Too many requests"}, SLOW),
    broken=Reply(500, {"status": 500, "error": "Internal Server Error"}),
    unknown=Reply(404, {"status": 404, "error": "Not Found"}),
)
