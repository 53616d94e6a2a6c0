"""Findymail in the demo world: only addresses that it verified itself. A miss is null, or a 404 for a profile."""

from typing import Any

from leadboard.sandbox.knowledge import Glimpse, glimpse, team, with_title
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, bearer
from leadboard.sandbox.world import Mailbox, Person

NAME = "findymail"
MOST = 5


def credits(asked: Asked) -> Any:
    """What is left of both pools."""
    return {"credits": 940, "verifier_credits": 4700}


def by_name(asked: Asked) -> Reply:
    """The address of somebody of this name at a domain."""
    found = asked.world.person(name=asked.data.get("name", ""), domain=asked.data.get("domain", ""))
    seen = _verified(asked, found)
    return Reply(200, {"contact": _contact(asked, seen) if seen else None}, paid=seen is not None)


def by_profile(asked: Asked) -> Reply:
    """The address of who has this profile."""
    seen = _verified(asked, asked.world.person(linkedin=asked.data.get("linkedin_url", "")))
    if seen is None:
        return Reply(404, {"message": "No email found"})
    return Reply(200, {"payload": {"contact": _contact(asked, seen)}}, paid=True)


def by_domain(asked: Asked) -> Reply:
    """Up to five people with the roles at a domain."""
    roles = asked.data.get("roles") or []
    if not roles or len(roles) > 3:
        return Reply(422, {"message": "The roles field must have between 1 and 3 items."})
    known = team(asked.world, NAME, asked.world.company(domain=asked.data.get("domain", "")))
    found = [each for each in with_title(known, roles) if each.checked][:MOST]
    return Reply(200, {"contacts": [_contact(asked, each) for each in found]}, paid=bool(found))


def verify(asked: Asked) -> Reply:
    """Whether an address could be verified: a server that takes all is a no."""
    email = asked.data.get("email", "")
    company = asked.world.company(domain=email.rpartition("@")[2])
    verified = asked.world.mailbox(email) in (Mailbox.WORKS, Mailbox.ROLE, Mailbox.CATCH_ALL_WORKS)
    provider = {"google": "Google", "microsoft": "Microsoft"}.get(company.mail_host if company else "", "Other")
    return Reply(200, {"email": email, "verified": verified, "provider": provider}, paid=True)


def _verified(asked: Asked, person: Person | None) -> Glimpse | None:
    seen = glimpse(asked.world, NAME, person) if person else None
    return seen if seen and seen.checked else None


def _contact(asked: Asked, seen: Glimpse) -> dict[str, Any]:
    company = asked.world.by_domain[seen.person.domain]
    return {
        "name": seen.person.name,
        "email": seen.email,
        "domain": company.domain,
        "linkedin_url": seen.linkedin or None,
        "company": company.name,
        "job_title": seen.title,
    }


API = Api(
    name=NAME,
    hosts=("app.findymail.com",),
    routes={
        "GET /api/credits": credits,
        "POST /api/search/name": by_name,
        "POST /api/search/business-profile": by_profile,
        "POST /api/search/domain": by_domain,
        "POST /api/verify": verify,
    },
    key=bearer,
    wrong_key=Reply(401, {"message": "Unauthenticated."}),
    too_many=Reply(429, {"message": "Too Many Attempts."}, SLOW),
    broken=Reply(500, {"message": "Server Error"}),
    unknown=Reply(404, {"message": "The route could not be found."}),
)
