"""Whether a workspace's credits last the month: how many are used up in a working day, against how many should be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from leadboard.domain.receipt import round_half_up

WORKING_DAYS = 22
"""Of a month."""
LOOK_BACK = 5
"""Working days over which a pace is averaged."""
FAST, SLOW = 120, 50
"""Percent of the target above and below which somebody should know."""
SATURDAY = 5


class Pace(StrEnum):
    """How credits are used up."""

    STEADY = "steady"
    FAST = "fast"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Pacing:
    """In credits: `target` of a working day, `average` of the last five, `used` and `due` since the last renewal."""

    target: int
    average: float
    used: int
    due: int
    pace: Pace


def target(quota: int) -> int:
    """Credits of a working day that use up a month's quota."""
    return round_half_up(quota / WORKING_DAYS)


def pacing(quota: int, accepted: Mapping[date, int], begins: date, resets: date, today: date) -> Pacing:
    """The pace of a month of credits. `accepted`: credits by day, from `begins` or `looks_back` on, the earlier."""
    daily = target(quota)
    due = daily * working_days(begins, today)
    used = _since(accepted, begins)
    recent = _since(accepted, looks_back(today))
    half_way = begins + (resets - begins) / 2
    if 100 * recent > FAST * daily * LOOK_BACK:
        pace = Pace.FAST
    elif today >= half_way and 100 * used < SLOW * due:
        pace = Pace.SLOW
    else:
        pace = Pace.STEADY
    return Pacing(daily, recent / LOOK_BACK, used, due, pace)


def looks_back(today: date) -> date:
    """The first of the last five working days, today among them."""
    days = (today - timedelta(days=n) for n in range(2 * LOOK_BACK))
    return next(day for day in days if working_days(day, today) == LOOK_BACK)


def working_days(first: date, last: date) -> int:
    """Mondays to Fridays from one day to another, both among them."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(day.weekday() < SATURDAY for day in days)


def _since(accepted: Mapping[date, int], first: date) -> int:
    return sum(credits for day, credits in accepted.items() if day >= first)
