"""ZeroBounce, against the answers it promises."""

import pytest

from leadboard.domain.found import EmailStatus, Verdict
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from leadboard.providers.zerobounce import ZeroBounce
from tests.support.services import KEY, wired

MARTA = "marta@northmoor.example"
VALID = {
    "address": MARTA,
    "status": "valid",
    "sub_status": "",
    "free_email": False,
    "did_you_mean": None,
    "domain_age_days": "4021",
    "mx_found": "true",
    "processed_at": "2026-09-01 10:00:00.000",
}
BAD_KEY = {"error": "Invalid API key or your account ran out of credits"}


async def test_an_address_is_verified():
    zerobounce, asked = wired(ZeroBounce, VALID)
    answer = await zerobounce.verify(MARTA)
    assert (answer.items, answer.micros) == ((Verdict(EmailStatus.VALID, "valid"),), 7_000)
    assert asked.asked == ["GET https://api.zerobounce.net/v2/validate"]
    assert asked.query() == {"api_key": KEY, "email": MARTA, "timeout": "8"}
    assert KEY not in answer.raw


@pytest.mark.parametrize(
    ("said", "why", "status", "micros"),
    [
        ("valid", "alias_address", EmailStatus.VALID, 7_000),
        ("invalid", "mailbox_not_found", EmailStatus.INVALID, 7_000),
        ("catch-all", "role_based_catch_all", EmailStatus.CATCH_ALL, 7_000),
        ("spamtrap", "", EmailStatus.INVALID, 7_000),
        ("abuse", "", EmailStatus.INVALID, 7_000),
        ("do_not_mail", "disposable", EmailStatus.INVALID, 7_000),
        ("unknown", "timeout_exceeded", EmailStatus.UNKNOWN, 0),
        ("something new", "not heard of yet", EmailStatus.UNKNOWN, 0),
        ("valid", None, EmailStatus.VALID, 7_000),
    ],
)
async def test_a_verification_is_read_in_our_words_and_not_knowing_is_free(said, why, status, micros):
    zerobounce, _ = wired(ZeroBounce, {**VALID, "status": said, "sub_status": why})
    answer = await zerobounce.verify(MARTA)
    assert (answer.items, answer.micros) == ((Verdict(status, why or said),), micros)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (BAD_KEY, KeyRefused),
        ({"message": "Your api_key is invalid"}, KeyRefused),
        ({"Message": "No credits"}, QuotaUsed),
        ({"error_message": "Invalid e-mail"}, Misasked),
        ((401, BAD_KEY), KeyRefused),
        ((429, ""), TryLater),
        ((503, "<h1>down</h1>"), Outage),
        ({"address": MARTA}, Garbled),
        ({"status": None}, Garbled),
        ("valid", Garbled),
        ([], Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next_even_when_it_comes_as_a_success(waits, answer, raised):
    zerobounce, _ = wired(ZeroBounce, answer)
    with pytest.raises(raised):
        await zerobounce.verify(MARTA)


async def test_the_key_is_tried_for_nothing():
    zerobounce, asked = wired(ZeroBounce, {"Credits": "1840"})
    health = await zerobounce.check()
    assert (health.ok, health.left, health.sentence) == (True, 1840, "1,840 credits are left.")
    assert asked.asked == ["GET https://api.zerobounce.net/v2/getcredits"]
    assert not (await wired(ZeroBounce, {"Credits": 0})[0].check()).ok


@pytest.mark.parametrize(("answer", "raised"), [({"Credits": "-1"}, KeyRefused), ({"Credits": "many"}, Garbled)])
async def test_a_wrong_key_has_minus_one_credit(answer, raised):
    with pytest.raises(raised):
        await wired(ZeroBounce, answer)[0].check()
