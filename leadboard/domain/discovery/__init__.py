"""Searches for new companies (icp sheet, section 2): how one is, and what may be asked for."""

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from leadboard.errors import Refused


class DiscoveryStatus(StrEnum):
    """How a search is."""

    REQUESTED = "requested"
    RUNNING = "running"
    COMPLETE = "complete"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (DiscoveryStatus.REQUESTED, DiscoveryStatus.RUNNING)

LEAST, USUAL, MOST = 1, 10, 50
"""Companies that a search is asked for."""
MOST_PAGES = 10
"""Pages of one source in one search: where so many bring nothing new, more will not."""
GOOD = 50.0
"""Points of fit with the profile, of 100, from which a company is stored before all sources have answered."""
LONGEST = timedelta(hours=1)
"""A search that takes longer has died with its process."""
MOST_CAP = 1_000
"""US dollars that a search may be given at most."""


def check_target(target: object) -> int:
    """The number of companies asked for; `Refused` (422) for what is none from 1 to 50."""
    if isinstance(target, int) and not isinstance(target, bool) and LEAST <= target <= MOST:
        return target
    raise Refused(f"Ask for {LEAST} to {MOST} companies.", field="target_count", code="invalid_target_count")


def check_cap(micros: object) -> int | None:
    """The most a search may cost in millionths of a US dollar, None for no cap; `Refused` (422) for anything else."""
    if micros is None:
        return None
    if isinstance(micros, int) and not isinstance(micros, bool) and 0 <= micros <= MOST_CAP * 1_000_000:
        return micros
    raise _no_cap()


def _no_cap() -> Refused:
    return Refused(f"A cap is an amount from $0 to ${MOST_CAP:,}.", field="cap", code="invalid_cap")


def cap_of(typed: str) -> int | None:
    """A cap as a person types it in dollars ("2.50", "$2"), in millionths; None where nothing is typed."""
    said = typed.strip().removeprefix("$").replace(",", "")
    if not said:
        return None
    try:
        return check_cap(int(Decimal(said) * 1_000_000))
    except (ArithmeticError, ValueError):
        raise _no_cap() from None


def no_profile() -> Refused:
    """There is nothing to search by."""
    return Refused(
        "There is no ideal customer profile yet, so nothing says which companies to look for. Describe your customer "
        "under ICP first.",
        code="icp_missing",
        status=400,
    )
