"""MillionVerifier, against the answers it promises."""

import pytest

from leadboard.domain.found import EmailStatus, Verdict
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from leadboard.providers.millionverifier import MillionVerifier
from tests.support.services import KEY, wired

MARTA = "marta@northmoor.example"
OK = {
    "email": MARTA,
    "quality": "good",
    "result": "ok",
    "resultcode": 1,
    "subresult": "ok",
    "free": False,
    "role": False,
    "didyoumean": "",
    "credits": 997,
    "executiontime": 1,
    "error": "",
    "livemode": True,
}


async def test_an_address_is_verified():
    verifier, asked = wired(MillionVerifier, OK)
    answer = await verifier.verify(MARTA)
    assert (answer.items, answer.micros) == ((Verdict(EmailStatus.VALID, "ok"),), 1_200)
    assert asked.asked == ["GET https://api.millionverifier.com/api/v3/"]
    assert asked.query() == {"api": KEY, "email": MARTA, "timeout": "8"}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("ok", EmailStatus.VALID),
        ("catch_all", EmailStatus.CATCH_ALL),
        ("unknown", EmailStatus.UNKNOWN),
        ("unverified", EmailStatus.UNKNOWN),
        ("disposable", EmailStatus.INVALID),
        ("invalid", EmailStatus.INVALID),
        ("something new", EmailStatus.UNKNOWN),
    ],
)
async def test_a_verification_is_read_in_our_words(said, status):
    verifier, _ = wired(MillionVerifier, {**OK, "result": said, "subresult": "why"})
    assert (await verifier.verify(MARTA)).items == (Verdict(status, "why"),)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ({"error": "Insufficient credits"}, QuotaUsed),
        ({"error": "Invalid API key"}, KeyRefused),
        ({"error": "apikey is required"}, KeyRefused),
        ({"error": "IP address blocked"}, KeyRefused),
        ({"error": "No email"}, Misasked),
        ({"error": "Internal error"}, Outage),
        ({**OK, "result": "error", "resultcode": 4}, Outage),
        ((403, "Forbidden"), KeyRefused),
        ((429, ""), TryLater),
        ({"resultcode": 1}, Garbled),
        ("<html>", Garbled),
        ([], Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next_even_when_it_comes_as_a_success(waits, answer, raised):
    verifier, _ = wired(MillionVerifier, answer)
    with pytest.raises(raised):
        await verifier.verify(MARTA)


async def test_the_key_is_tried_for_nothing():
    verifier, asked = wired(MillionVerifier, {"credits": 1234})
    health = await verifier.check()
    assert (health.ok, health.left, health.sentence) == (True, 1234, "1,234 credits are left.")
    assert asked.asked == ["GET https://api.millionverifier.com/api/v3/credits"]
    with pytest.raises(Garbled):
        await wired(MillionVerifier, {"credits": None})[0].check()
