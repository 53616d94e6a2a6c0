"""Weights of the ALS that suit a profile: what speaks for a change, and how any vector is made valid.

Skills sheet, section 4: five whole numbers that sum to 100, each within its bounds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from leadboard.domain.shares import whole
from leadboard.domain.weights import MAXIMA

BOUNDS = {"data_quality": (10, 30), "authority": (15, 35), "company_fit": (15, 35), "timing": (5, 25), "risk": (5, 25)}
"""The least and the most of each component."""

SUB_WEIGHTS = {"industry": 10, "size": 8, "location": 7}
"""What company_fit is made of when it has 25 points."""

HIGH_TICKET = 20_000
"""From this deal size on, in whole units of the currency, a sale is decided at the top."""

LONG_CYCLE = 180
"""A sale of so many days or more is decided at the top as well."""

_TOTAL = 100
_STEP = 3


@dataclass(frozen=True)
class Situation:
    """What is known of how and to whom somebody sells. `deal_size` in whole units, `cycle` in days, 0 is unknown;
    `focused`: specialist, niche or local; `young`: startups or software as a service."""

    deal_size: float = 0
    cycle: int = 0
    enterprise: bool = False
    focused: bool = False
    young: bool = False


@dataclass(frozen=True)
class Shift:
    """Points that go from one component to another, and why."""

    to: str
    source: str
    why: str


def shifts(situation: Situation) -> Iterator[Shift]:
    """What the situation speaks for, each at most once."""
    if situation.deal_size >= HIGH_TICKET or situation.enterprise or situation.cycle >= LONG_CYCLE:
        why = "Large deals and large companies are decided at the top, and slowly."
        yield Shift("authority", "timing", why)
    if situation.focused:
        why = "With a narrow focus, the right kind of company matters more than the title."
        yield Shift("company_fit", "authority", why)
    if situation.young:
        why = "Young companies buy when something changes, whatever their industry."
        yield Shift("timing", "company_fit", why)


def suggested(situation: Situation) -> dict[str, int]:
    """The weights for a situation: the default with its shifts, within the bounds, summing to 100."""
    points = {name: float(value) for name, value in MAXIMA.items()}
    for shift in shifts(situation):
        points[shift.to] += _STEP
        points[shift.source] -= _STEP
    return repaired(points)


def repaired(points: Mapping[str, float]) -> dict[str, int]:
    """Any vector as valid weights: within the bounds, whole, summing to 100; the default when there is no telling.

    What is missing to 100 is spread over the room each component has left to its bound, what is too much is taken the
    same way; whole numbers are made by largest remainder. A component that is missing or no finite number makes the
    vector the default.
    """
    if not all(name in points and isfinite(points[name]) for name in BOUNDS):
        return dict(MAXIMA)
    held = {name: min(max(float(points[name]), low), high) for name, (low, high) in BOUNDS.items()}
    gap = _TOTAL - sum(held.values())
    room = {name: (high - held[name] if gap > 0 else held[name] - low) for name, (low, high) in BOUNDS.items()}
    if gap:
        spread = gap / sum(room.values())  # the bounds leave room on both sides: they sum to 50 and to 150
        held = {name: value + spread * room[name] for name, value in held.items()}
    return whole(held, _TOTAL)


def sub_weights(company_fit: int) -> dict[str, int]:
    """How the points of company_fit are shared by industry, size and location, in the proportion of the default."""
    usual = sum(SUB_WEIGHTS.values())
    return whole({name: part * company_fit / usual for name, part in SUB_WEIGHTS.items()}, company_fit)
