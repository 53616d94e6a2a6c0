"""What may be asked for, and what becomes of companies that are known."""

from datetime import UTC, datetime, timedelta

import pytest

from leadboard.domain.discovery import check_cap, check_target
from leadboard.domain.discovery.repeats import is_refreshed
from leadboard.errors import Refused

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("target", [1, 10, 50])
def test_one_to_fifty_companies_can_be_asked_for(target):
    assert check_target(target) == target


@pytest.mark.parametrize("target", [0, 51, -1, 10.5, "10", None, True])
def test_2_any_other_number_is_refused(target):
    with pytest.raises(Refused) as refused:
        check_target(target)
    assert (refused.value.status, refused.value.field) == (422, "target_count")


@pytest.mark.parametrize("micros", [None, 0, 1_000_000, 1_000_000_000])
def test_a_cap_is_an_amount_or_none(micros):
    assert check_cap(micros) == micros


@pytest.mark.parametrize("micros", [-1, 1_000_000_001, 0.5, "1", True])
def test_any_other_cap_is_refused(micros):
    with pytest.raises(Refused):
        check_cap(micros)


@pytest.mark.parametrize(
    ("review", "days", "refreshed"),
    [
        ("pending", 0, True),
        ("saved", 0, True),
        ("approved", 0, False),
        ("approved", 1000, False),
        ("rejected", 0, False),
        ("rejected", 179, False),
        ("rejected", 180, True),
    ],
)
def test_what_people_decided_says_whether_a_known_company_is_refreshed(review, days, refreshed):
    assert is_refreshed(review, NOW - timedelta(days=days), NOW) is refreshed
