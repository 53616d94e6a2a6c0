from datetime import timedelta

import pytest

from leadboard.domain.found import EmailStatus
from leadboard.domain.waterfall.verification import is_exportable, is_paid, needs_verification, why_blocked

from .sheet import NOW

DAY = timedelta(days=1)


@pytest.mark.parametrize("status", EmailStatus)
def test_acceptance_12_only_valid_is_exportable_catch_all_and_valid_catch_all_are_not(status):
    assert is_exportable(status, NOW - DAY, NOW) is (status is EmailStatus.VALID)
    assert why_blocked(status, NOW - DAY, NOW).endswith(".") is (status is not EmailStatus.VALID)


@pytest.mark.parametrize(
    ("age", "exportable"),
    [(0 * DAY, True), (90 * DAY, True), (90 * DAY + timedelta(seconds=1), False), (400 * DAY, False)],
)
def test_a_verification_counts_for_90_days(age, exportable):
    assert is_exportable("valid", NOW - age, NOW) is exportable
    assert needs_verification("valid", NOW - age, NOW) is not exportable


def test_an_address_that_nobody_verified_is_blocked_and_has_to_be():
    assert why_blocked("", None, NOW) == "The address was never verified."
    assert needs_verification("", None, NOW)


def test_an_answer_that_blocks_is_not_bought_again_within_90_days():
    assert not needs_verification("catch_all", NOW - 30 * DAY, NOW)
    assert needs_verification("catch_all", NOW - 91 * DAY, NOW)


@pytest.mark.parametrize(
    ("status", "paid"),
    [("valid", True), ("invalid", True), ("valid_catch_all", True), ("catch_all", False), ("unknown", False)],
)
def test_only_an_answer_that_tells_is_paid(status, paid):
    assert is_paid(EmailStatus(status)) is paid
