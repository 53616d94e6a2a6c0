"""Plans, subscriptions and credits (tenancy sheet, sections 4 to 6)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PlanName(StrEnum):
    """A plan."""

    IGNITION = "ignition"
    VELOCITY = "velocity"
    DOMINANCE = "dominance"


class SubscriptionStatus(StrEnum):
    """How a subscription is."""

    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    PAUSED = "paused"
    CANCELLED = "cancelled"


PAYING = (SubscriptionStatus.TRIALING, SubscriptionStatus.ACTIVE)
"""Only these may make paid calls."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: AUD a month, and how much of everything."""

    name: PlanName
    label: str
    price: int
    founding_price: int
    credits: int
    campaigns: int
    seats: int
    cost: int

    @property
    def margin(self) -> float:
        """Share of the price that is not cost of service."""
        return (self.price - self.cost) / self.price


PLANS: dict[str, Plan] = {
    plan.name: plan
    for plan in (
        Plan(PlanName.IGNITION, "Ignition", 2_500, 1_250, 1_250, 5, 1, 666),
        Plan(PlanName.VELOCITY, "Velocity", 5_000, 2_500, 2_250, 10, 3, 1_323),
        Plan(PlanName.DOMINANCE, "Dominance", 7_500, 3_750, 4_500, 20, 5, 2_502),
    )
}


class CreditReason(StrEnum):
    """Why credits came or went."""

    SIGN_UP = "sign_up"
    RENEWAL = "renewal"
    ACCEPTED = "accepted"
    UPGRADE = "upgrade"
    ADJUSTMENT = "adjustment"


def month_later(moment: datetime) -> datetime:
    """The same day of the next month, or its last where it is shorter."""
    year, month = divmod(moment.year * 12 + moment.month, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def next_reset(due: datetime, now: datetime) -> datetime:
    """The first renewal after `now`, whole months after the one that was due."""
    while due <= now:
        due = month_later(due)
    return due
