"""The registries of domains in the demo world: the list of IANA, and the registry of `.example`."""

from datetime import date
from typing import Any

from leadboard.domain.identity import host
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply
from leadboard.sandbox.world import Company, World, on

REGISTRY = "https://rdap.nic.example/"


def registries(asked: Asked) -> Any:
    """The list of IANA: which registry knows an ending. Some have no slash at their end."""
    return {
        "description": "RDAP bootstrap file for Domain Name System registrations",
        "publication": f"{on(3, asked.today)}T16:00:02Z",
        "services": [
            [["com", "net"], ["https://rdap.verisign.com/com/v1/"]],
            [["example"], [REGISTRY.rstrip("/")]],
        ],
        "version": "1.0",
    }


def domain(asked: Asked) -> Reply:
    """Since when a domain is registered."""
    company = asked.world.by_domain.get(asked.parts["name"].lower())
    if company is None:
        missing = {"errorCode": 404, "title": "Not Found", "description": ["The domain is not registered."]}
        return Reply(404, missing, {"Content-Type": "application/rdap+json"})
    since = registered(asked.world, company)
    events = {
        "registration": since,
        "expiration": since.replace(year=asked.today.year + 1),
        "last changed": on(200, asked.today),
        "last update of RDAP database": asked.today,
    }
    said = {
        "objectClassName": "domain",
        "ldhName": company.domain.upper(),
        "status": ["client transfer prohibited"],
        "events": [{"eventAction": what, "eventDate": f"{at}T12:00:00Z"} for what, at in events.items()],
        "entities": [
            {
                "objectClassName": "entity",
                "roles": ["registrar"],
                "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Example Registrar"]]],
            }
        ],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": "NS1.EXAMPLE.NET"}],
        "secureDNS": {"delegationSigned": False},
    }
    return Reply(200, said, {"Content-Type": "application/rdap+json"})


def registered(world: World, company: Company) -> date:
    """The day on which a company registered its domain: when it began, or when it went online."""
    chance = world.chance("domain", company.domain)
    return date(max(company.founded, 1997) + chance.choice((0, 0, 1)), chance.randint(1, 12), chance.randint(1, 28))


API = Api(
    name="rdap",
    hosts=("data.iana.org", host(REGISTRY)),
    routes={"GET /rdap/dns.json": registries, "GET /domain/{name}": domain},
    too_many=Reply(429, "", SLOW),
)
