"""Hunter in the demo world: addresses that its companies published, with how sure it is from 0 to 100."""

from dataclasses import replace
from typing import Any

from leadboard.sandbox.knowledge import Glimpse, glimpse, knows, outline, team
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, in_header
from leadboard.sandbox.world import Company, Mailbox, on

NAME = "hunter"
_STATUS = {
    Mailbox.WORKS: "valid",
    Mailbox.ROLE: "valid",
    Mailbox.GONE: "invalid",
    Mailbox.CATCH_ALL: "accept_all",
    Mailbox.CATCH_ALL_WORKS: "accept_all",
    Mailbox.SILENT: "unknown",
}
_SENIORITY = {"manager": "senior", "senior": "senior", "entry": "junior"}


def failed(status: int, reason: str, details: str) -> Reply:
    """An error as Hunter writes it."""
    return Reply(status, {"errors": [{"id": reason, "code": status, "details": details}]})


def account(asked: Asked) -> Any:
    """What is left of the month."""
    left = {"searches": {"used": 412, "available": 2000}, "verifications": {"used": 80.5, "available": 4000}}
    about = {"first_name": "Demo", "last_name": "World", "email": "demo@leadboard.example", "plan_name": "Starter"}
    return {"data": {**about, "plan_level": 1, "reset_date": f"{on(-9, asked.today)}", "requests": left}}


def find_company(asked: Asked) -> Reply:
    """The company of a domain."""
    found = asked.world.company(domain=asked.query.get("domain", ""))
    if found is None or not knows(asked.world, NAME, found):
        return failed(404, "not_found", "We could not find any information about this company.")
    said, raised = outline(asked.world, NAME, found), found.funding
    data = {
        "name": found.name,
        "legalName": found.legal_name,
        "domain": found.domain,
        "description": said["description"],
        "foundedYear": said["founded"],
        "phone": said["phone"],
        "category": {"sector": found.industry, "industry": found.trade or found.industry, "industryGroup": None},
        "geo": {"city": found.city, "state": found.region, "country": found.country_name, "countryCode": found.country},
        "metrics": {"employees": said["headcount"], "employeesRange": found.size if said["headcount"] else None},
        "tech": [each.lower() for each in found.technologies],
        "linkedin": {"handle": found.linkedin.removeprefix("https://www.linkedin.com/") or None},
        "fundingRounds": [{"amount": raised.amount, "stage": raised.stage}] if raised else [],
    }
    return Reply(200, {"data": data, "meta": {"domain": found.domain}}, paid=True)


def search(asked: Asked) -> Reply:
    """People with a published address at a company; a page of them is paid for."""
    found = asked.world.company(domain=asked.query.get("domain", ""), name=asked.query.get("company", ""))
    limit, offset = int(asked.query.get("limit", 10)), int(asked.query.get("offset", 0))
    seen = [each for each in team(asked.world, NAME, found) if each.email]
    known = found is not None and knows(asked.world, NAME, found)
    emails = [_published(asked, each) for each in seen]
    if known and found and asked.query.get("type") != "personal":
        emails.append({"value": found.email, "type": "generic", "confidence": 97, "sources": [], "verification": None})
    shown = emails[offset : offset + limit]
    data = {
        "domain": found.domain if found else asked.query.get("domain"),
        "disposable": False,
        "webmail": False,
        "accept_all": found.catch_all if known and found else None,
        "pattern": found.address_pattern if known and found else None,
        "organization": found.name if known and found else None,
        "emails": shown,
    }
    params = {name: asked.query.get(name) for name in ("domain", "company", "type")}
    meta = {"results": len(emails), "limit": limit, "offset": offset, "params": params}
    return Reply(200, {"data": data, "meta": meta}, paid=bool(shown))


def find_email(asked: Asked) -> Reply:
    """The address of one person; null where there is none."""
    named = asked.query.get("full_name") or f"{asked.query.get('first_name', '')} {asked.query.get('last_name', '')}"
    person = asked.world.person(
        name=named,
        domain=asked.query.get("domain", ""),
        company=asked.query.get("company", ""),
        linkedin=asked.query.get("linkedin_handle", ""),
    )
    seen = glimpse(asked.world, NAME, person) if person else None
    if seen is None or not seen.email:
        domain = asked.query.get("domain")
        return Reply(200, {"data": {"email": None, "score": None, "domain": domain, "sources": []}, "meta": {}})
    company, published = asked.world.by_domain[seen.person.domain], _published(asked, seen)
    data = {
        "first_name": seen.person.first_name,
        "last_name": seen.person.last_name,
        "email": seen.email,
        "score": published["confidence"],
        "domain": company.domain,
        "accept_all": company.catch_all,
        "position": seen.title,
        "twitter": None,
        "linkedin_url": seen.linkedin or None,
        "phone_number": seen.phone or None,
        "company": company.name,
        "sources": published["sources"],
        "verification": published["verification"],
    }
    return Reply(200, {"data": data, "meta": {"params": {}}}, paid=True)


def verify(asked: Asked) -> Reply:
    """Whether an address takes mail. Now and then Hunter still looks when it is first asked."""
    email = asked.query.get("email", "")
    if "@" not in email:
        return failed(400, "invalid_email", "The email is not a valid address.")
    mailbox = asked.world.mailbox(email)
    if not asked.before and asked.world.chance(NAME, "slow", email).random() < 0.04:
        return Reply(202, {"data": {"email": email}, "meta": {"params": {"email": email}}})
    company = asked.world.company(domain=email.rpartition("@")[2])
    works = mailbox in (Mailbox.WORKS, Mailbox.ROLE)
    data = {
        "status": _STATUS[mailbox],
        "result": "deliverable" if works else "undeliverable" if mailbox is Mailbox.GONE else "risky",
        "score": 98 if works else 8 if mailbox is Mailbox.GONE else 55,
        "email": email,
        "regexp": True,
        "gibberish": False,
        "disposable": False,
        "webmail": False,
        "mx_records": company is not None and company.mail_host != "none",
        "smtp_server": mailbox is not Mailbox.SILENT,
        "smtp_check": works,
        "accept_all": company.catch_all if company else None,
        "block": False,
        "sources": [],
    }
    return Reply(200, {"data": data, "meta": {"params": {"email": email}}}, paid=True)


def _published(asked: Asked, seen: Glimpse) -> dict[str, Any]:
    person, company = seen.person, asked.world.by_domain[seen.person.domain]
    checked = {"date": f"{on(40, asked.today)}", "status": "valid"}
    return {
        "value": seen.email,
        "type": "personal",
        "confidence": round(seen.sure * 100),
        "sources": [_source(asked, company)],
        "first_name": person.first_name,
        "last_name": person.last_name,
        "position": seen.title,
        "position_raw": seen.title,
        "seniority": _SENIORITY.get(person.seniority, "executive"),
        "department": person.department,
        "linkedin": seen.linkedin or None,
        "twitter": None,
        "phone_number": seen.phone or None,
        "verification": checked if seen.checked else {"date": None, "status": None},
    }


def _source(asked: Asked, company: Company) -> dict[str, Any]:
    return {
        "domain": company.domain,
        "uri": f"{company.website}team",
        "extracted_on": f"{on(200, asked.today)}",
        "last_seen_on": f"{on(30, asked.today)}",
        "still_on_page": True,
    }


API = Api(
    name=NAME,
    hosts=("api.hunter.io",),
    routes={
        "GET /v2/account": account,
        "GET /v2/companies/find": find_company,
        "GET /v2/domain-search": search,
        "GET /v2/email-finder": find_email,
        "GET /v2/email-verifier": verify,
    },
    key=in_header("x-api-key"),
    wrong_key=failed(401, "authentication_failed", "No user found for the API key supplied."),
    too_many=replace(failed(429, "too_many_requests", "You have exceeded your rate limit."), headers=SLOW),
    broken=Reply(500, "Internal Server Error"),
    unknown=failed(404, "not_found", "The resource you requested does not exist."),
)
