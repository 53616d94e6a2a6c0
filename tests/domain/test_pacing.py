"""The pace of credits: targets of the plans, and who is told when (tenancy sheet, section 6)."""

from datetime import date, timedelta

import pytest

from leadboard.domain.pacing import Pace, looks_back, pacing, target, working_days
from leadboard.domain.plans import PLANS

MONDAY = date(2026, 11, 2)
RESETS = date(2026, 12, 2)


def test_the_targets_are_those_of_the_plans() -> None:
    assert [target(plan.credits) for plan in PLANS.values()] == [57, 102, 205]


@pytest.mark.parametrize(
    ("today", "first"),
    [(6, 2), (7, 2), (8, 2), (9, 3), (13, 9), (11, 5)],
)
def test_a_look_back_is_five_working_days(today: int, first: int) -> None:
    assert looks_back(date(2026, 11, today)) == date(2026, 11, first)
    assert working_days(date(2026, 11, first), date(2026, 11, today)) == 5


@pytest.mark.parametrize(
    ("in_five_days", "pace"),
    [(5 * 57, Pace.STEADY), (342, Pace.STEADY), (343, Pace.FAST), (0, Pace.STEADY)],
)
def test_more_than_120_percent_of_the_target_over_five_days_is_fast(in_five_days: int, pace: Pace) -> None:
    friday = MONDAY + timedelta(days=4)
    assert pacing(1_250, {friday: in_five_days}, MONDAY, RESETS, friday).pace is pace


@pytest.mark.parametrize(
    ("today", "used", "pace"),
    [
        (date(2026, 11, 16), 0, Pace.STEADY),
        (date(2026, 11, 17), 341, Pace.SLOW),
        (date(2026, 11, 17), 342, Pace.STEADY),
        (date(2026, 11, 30), 500, Pace.SLOW),
    ],
)
def test_less_than_half_of_the_target_is_slow_from_the_middle_of_the_month_on(
    today: date, used: int, pace: Pace
) -> None:
    found = pacing(1_250, {MONDAY: used}, MONDAY, RESETS, today)
    assert (found.pace, found.used, found.due) == (pace, used, 57 * working_days(MONDAY, today))


def test_what_was_used_before_the_renewal_counts_for_the_average_alone() -> None:
    found = pacing(1_250, {date(2026, 10, 30): 400}, MONDAY, RESETS, MONDAY)
    assert (found.used, found.average, found.pace) == (0, 80.0, Pace.FAST)
