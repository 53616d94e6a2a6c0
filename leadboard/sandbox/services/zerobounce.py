"""ZeroBounce in the demo world: its failures are a success with an `error` in it. It knows the test addresses too."""

from typing import Any

from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, in_query
from leadboard.sandbox.world import Mailbox

NAME = "zerobounce"
_STATUS = {
    Mailbox.WORKS: ("valid", ""),
    Mailbox.ROLE: ("do_not_mail", "role_based"),
    Mailbox.GONE: ("invalid", "mailbox_not_found"),
    Mailbox.CATCH_ALL: ("catch-all", ""),
    Mailbox.CATCH_ALL_WORKS: ("catch-all", ""),
    Mailbox.SILENT: ("unknown", "mail_server_did_not_respond"),
}
_TESTS = {
    "valid": ("valid", ""),
    "invalid": ("invalid", "mailbox_not_found"),
    "mailbox_not_found": ("invalid", "mailbox_not_found"),
    "possible_typo": ("invalid", "possible_typo"),
    "catch_all": ("catch-all", ""),
    "unknown": ("unknown", "mail_server_temporary_error"),
    "greylisted": ("unknown", "greylisted"),
    "timeout_exceeded": ("unknown", "timeout_exceeded"),
    "spamtrap": ("spamtrap", ""),
    "abuse": ("abuse", ""),
    "disposable": ("do_not_mail", "disposable"),
    "toxic": ("do_not_mail", "toxic"),
    "donotmail": ("do_not_mail", "role_based"),
    "role_based": ("do_not_mail", "role_based"),
    "free_email": ("valid", ""),
}
"""What `<name>@example.com` is answered, free of charge."""
_REFUSED = {"error": "Invalid API key or your account ran out of credits"}


def credits(asked: Asked) -> Any:
    """What is left."""
    return {"Credits": "1840"}


def validate(asked: Asked) -> Reply:
    """Whether an address takes mail; not knowing is free."""
    email = asked.query.get("email", "")
    local, _, domain = email.lower().rpartition("@")
    is_test = domain == "example.com" and local in _TESTS
    status, why = _TESTS[local] if is_test else _STATUS[asked.world.mailbox(email)]
    person, company = asked.world.by_email.get(email.lower()), asked.world.company(domain=domain)
    said = {
        "address": email,
        "status": status,
        "sub_status": why,
        "free_email": False,
        "did_you_mean": None,
        "account": local,
        "domain": domain,
        "domain_age_days": str((asked.today.year - company.founded) * 365) if company else None,
        "smtp_provider": company.mail_host if company else None,
        "mx_found": "true" if company and company.mail_host != "none" else "false",
        "mx_record": f"mx.{domain}" if company and company.mail_host != "none" else None,
        "firstname": person.first_name if person else None,
        "lastname": person.last_name if person else None,
        "gender": None,
        "country": None,
        "region": None,
        "city": None,
        "zipcode": None,
        "processed_at": asked.now.strftime("%Y-%m-%d %H:%M:%S.000"),
    }
    return Reply(200, said, paid=status != "unknown" and not is_test)


API = Api(
    name=NAME,
    hosts=("api.zerobounce.net",),
    routes={"GET /v2/getcredits": credits, "GET /v2/validate": validate},
    key=in_query("api_key"),
    wrong_key=Reply(200, _REFUSED),
    too_many=Reply(429, {"Message": "Too many requests. You have been blocked for a minute."}, SLOW),
    broken=Reply(500, {"Message": "An error has occurred."}),
    unknown=Reply(404, {"Message": "No resource was found."}),
)
