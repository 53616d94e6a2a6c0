"""MillionVerifier in the demo world: its failures are a success with a text in `error`. It knows the test keys too."""

from typing import Any

from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, in_query
from leadboard.sandbox.world import Mailbox

NAME = "millionverifier"
_CODES = {"ok": 1, "catch_all": 2, "unknown": 3, "error": 4, "disposable": 5, "invalid": 6, "unverified": 0}
_QUALITY = {"ok": "good", "catch_all": "risky", "invalid": "bad", "disposable": "bad"}
_RESULTS = {
    Mailbox.WORKS: "ok",
    Mailbox.ROLE: "ok",
    Mailbox.GONE: "invalid",
    Mailbox.CATCH_ALL: "catch_all",
    Mailbox.CATCH_ALL_WORKS: "catch_all",
    Mailbox.SILENT: "unknown",
}
_TEST = "API_KEY_FOR_TEST_"
_TEST_RESULTS = {
    "OK": "ok",
    "CATCH_ALL": "catch_all",
    "INVALID": "invalid",
    "UNKOWN": "unknown",
    "DISPOSABLE": "disposable",
    "UNVERIFIED": "unverified",
}
_TEST_ERRORS = {
    "ERROR_NO_EMAIL": "email not specified",
    "ERROR_NO_APIKEY": "apikey not specified",
    "ERROR_INVALID_APIKEY": "apikey not found",
    "ERROR_INSUFFICIENT_CREDITS": "insufficient credits",
    "ERROR_IP_ADDRESS_BLOCKED": "ip address blocked",
    "ERROR_INTERNAL_ERROR": "internal error",
}
"""What stands behind `API_KEY_FOR_TEST_` -> what is answered."""


def failed(error: str) -> dict[str, Any]:
    """An error as MillionVerifier writes it."""
    return {**_told("", "error", live=True), "error": error}


def credits(asked: Asked) -> Any:
    """What is left."""
    return {"credits": 8750}


def verify(asked: Asked) -> Reply:
    """Whether an address takes mail; every answer is paid for."""
    email, test = asked.query.get("email", ""), asked.query.get("api", "").removeprefix(_TEST)
    if error := _TEST_ERRORS.get(test):
        return Reply(200, failed(error))
    if result := _TEST_RESULTS.get(test):
        return Reply(200, _told(email, result, live=False))
    if "@" not in email:
        return Reply(200, failed("email not specified"))
    mailbox = asked.world.mailbox(email)
    said = _told(email, _RESULTS[mailbox], live=True)
    return Reply(200, {**said, "role": mailbox is Mailbox.ROLE}, paid=True)


def _told(email: str, result: str, *, live: bool) -> dict[str, Any]:
    return {
        "email": email,
        "quality": _QUALITY.get(result, ""),
        "result": result,
        "resultcode": _CODES[result],
        "subresult": result,
        "free": False,
        "role": False,
        "didyoumean": "",
        "credits": 8749,
        "executiontime": 1,
        "error": "",
        "livemode": live,
    }


API = Api(
    name=NAME,
    hosts=("api.millionverifier.com",),
    routes={"GET /api/v3/": verify, "GET /api/v3/credits": credits},
    key=in_query("api"),
    wrong_key=Reply(200, failed("apikey not found")),
    too_many=Reply(429, {"error": "too many requests"}, SLOW),
    broken=Reply(500, "Internal Server Error"),
    unknown=Reply(404, "404 page not found"),
)
