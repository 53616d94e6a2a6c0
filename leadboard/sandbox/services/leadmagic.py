"""LeadMagic in the demo world: nothing found is a 200 with null, and every answer says what it cost."""

from typing import Any

from leadboard.sandbox.knowledge import glimpse, knows, outline, ref, team, with_title
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, in_header
from leadboard.sandbox.world import Company, Mailbox

NAME = "leadmagic"
_STATUS = {
    Mailbox.WORKS: "valid",
    Mailbox.ROLE: "valid",
    Mailbox.GONE: "invalid",
    Mailbox.CATCH_ALL: "catch_all",
    Mailbox.CATCH_ALL_WORKS: "valid_catch_all",
    Mailbox.SILENT: "unknown",
}
_MX = {"google": "Google Workspace", "microsoft": "Microsoft 365"}


def failed(status: int, error: str, message: str) -> Reply:
    """An error in the newer of its two forms."""
    about = {"type": error, "title": message, "status": status, "code": error, "docs": "https://leadmagic.io/docs"}
    return Reply(status, {"success": False, "errors": [about], "meta": {"request_id": "req_demo"}})


def credits(asked: Asked) -> Any:
    """What is left; fractions of credits are counted."""
    return {"credits": 1873.25, "is_frozen": False, "credits_frozen": 0, "credits_liquid": 1873.25}


def find_company(asked: Asked) -> Reply:
    """The company of a domain or a name."""
    found = _company(asked)
    if found is None or not knows(asked.world, NAME, found):
        return _told(0, {"companyName": None, "message": "Company not found."})
    said, raised = outline(asked.world, NAME, found), found.funding
    place = {"city": found.city, "state": found.region, "country": found.country_name}
    about = {
        "companyName": found.name,
        "companyId": ref(asked.world, NAME, found.domain),
        "industry": found.trade or found.industry,
        "employeeCount": said["headcount"],
        "employeeRange": found.size if said["headcount"] else None,
        "founded": said["founded"],
        "headquarters": place,
        "revenue": said["revenue"],
        "funding": raised.stage if raised else None,
        "description": said["description"],
        "specialties": list(found.specialities),
        "message": "Company found.",
    }
    return _told(1, about)


def find_role(asked: Asked) -> Reply:
    """Who has a title at a company."""
    found = _company(asked)
    seen = with_title(team(asked.world, NAME, found), [asked.data.get("job_title", "")])
    if found is None or not seen:
        return _told(0, {"first_name": None, "last_name": None, "full_name": None, "message": "Role not found."})
    person = seen[0].person
    about = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "full_name": person.name,
        "profile_url": seen[0].linkedin or None,
        "job_title": seen[0].title,
        "company_name": found.name,
        "company_website": found.domain,
        "message": "Role found.",
    }
    return _told(2, about)


def find_email(asked: Asked) -> Reply:
    """The address of one person."""
    said = asked.data
    name = said.get("full_name") or f"{said.get('first_name', '')} {said.get('last_name', '')}"
    person = asked.world.person(name=name, domain=said.get("domain", ""), company=said.get("company_name", ""))
    seen = glimpse(asked.world, NAME, person) if person else None
    status = _STATUS[asked.world.mailbox(seen.email)] if seen and seen.email else "not_found"
    if seen is None or status not in ("valid", "valid_catch_all"):
        return _told(0, {"email": None, "status": "not_found", "message": "No email found."})
    company = asked.world.by_domain[seen.person.domain]
    about = {
        "email": seen.email,
        "status": status,
        "message": "Valid email found.",
        "first_name": seen.person.first_name,
        "last_name": seen.person.last_name,
        "domain": company.domain,
        "company_name": company.name,
        "employment_verified": True,
        **_mail(company),
    }
    return _told(1, about)


def verify(asked: Asked) -> Reply:
    """Whether an address takes mail; not knowing is free."""
    email = asked.data.get("email", "")
    status = _STATUS[asked.world.mailbox(email)]
    company = asked.world.company(domain=email.rpartition("@")[2])
    free = status in ("unknown", "catch_all")
    about = {"email": email, "email_status": status, "message": f"Email is {status}."}
    return _told(0 if free else 0.25, {**about, **(_mail(company) if company else {})})


def _company(asked: Asked) -> Company | None:
    return asked.world.company(domain=asked.data.get("company_domain", ""), name=asked.data.get("company_name", ""))


def _mail(company: Company) -> dict[str, Any]:
    has = company.mail_host != "none"
    return {
        "is_domain_catch_all": company.catch_all,
        "has_mx": has,
        "mx_record": f"mx.{company.domain}" if has else None,
        "mx_provider": _MX.get(company.mail_host, "Other") if has else None,
        "mx_security_gateway": False,
    }


def _told(credits: float, about: dict[str, Any]) -> Reply:
    return Reply(200, {**about, "credits_consumed": credits}, paid=credits > 0)


API = Api(
    name=NAME,
    hosts=("api.leadmagic.io",),
    routes={
        "GET /v1/credits": credits,
        "POST /v1/companies/company-search": find_company,
        "POST /v1/people/role-finder": find_role,
        "POST /v1/people/email-finder": find_email,
        "POST /v1/people/email-validation": verify,
    },
    key=in_header("x-api-key"),
    wrong_key=failed(401, "unauthorized", "Invalid API key."),
    too_many=Reply(429, {"error": "rate_limited", "message": "Rate limit exceeded."}, SLOW),
    broken=failed(500, "internal_error", "Something went wrong on our side."),
    unknown=failed(404, "not_found", "There is no such route."),
)
