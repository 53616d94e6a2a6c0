"""How values age: the older a value, the less sure it is, each field at its own pace.

After one half-life a value is half as sure as its source was. The half-lives are ours, with the reason beside each;
where people change jobs decides, half of them have done so after about two years and a half.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from leadboard.domain.waterfall.passport import Passport
from leadboard.domain.waterfall.record import Record

LEAST_TO_SEND = 0.5
"""Confidence below which a value is looked up again before it is used to send."""


@dataclass(frozen=True, slots=True)
class HalfLife:
    """Days until a value is half as sure, and why so many."""

    days: int
    why: str


HALF_LIVES: Mapping[str, HalfLife] = MappingProxyType(
    {
        "email": HalfLife(730, "a work address dies when its owner leaves, and about three in ten go stale in a year"),
        "title": HalfLife(550, "people are promoted more often than they leave"),
        "company": HalfLife(900, "the median stay with an employer is a few years"),
        "phone": HalfLife(1_100, "numbers are kept through a change of role, and mobile ones through a change of job"),
        "first_name": HalfLife(18_000, "it stays for life"),
        "last_name": HalfLife(9_000, "it seldom changes"),
        "linkedin": HalfLife(3_650, "profiles are kept for a career, though their addresses can be renamed"),
        "name": HalfLife(5_500, "companies seldom rename themselves"),
        "domain": HalfLife(5_500, "it changes with a name or a merger"),
        "industry": HalfLife(3_650, "companies seldom change their trade"),
        "description": HalfLife(1_100, "what is offered is worded anew every few years"),
        "headcount": HalfLife(365, "teams grow and shrink by a fifth and more within a year"),
        "revenue": HalfLife(365, "it is told once a year"),
        "funding": HalfLife(540, "rounds follow each other after a year and a half or two"),
        "funding_date": HalfLife(540, "as funding"),
        "founded": HalfLife(18_000, "it does not change"),
        "address": HalfLife(1_800, "office leases run for about five years"),
        "city": HalfLife(3_650, "most moves stay in the city"),
        "state": HalfLife(5_500, "few companies leave it"),
        "country": HalfLife(9_000, "hardly any company leaves it"),
        "technology": HalfLife(730, "tools are replaced every few years"),
        "hiring": HalfLife(45, "an open role is filled within weeks"),
    }
)
OTHERS = HalfLife(730, "nothing better is known of this field")


@dataclass(frozen=True, slots=True)
class Age:
    """A value at a moment: `days` since it was seen (None: nobody noted it), its `confidence` by then, and whether it
    is `stale`: to be looked up again before it is used to send."""

    days: int | None
    confidence: float
    stale: bool
    sentence: str


def half_life(field: str) -> HalfLife:
    """The half-life of a field."""
    return HALF_LIVES.get(field, OTHERS)


def aged(field: str, passport: Passport, now: datetime) -> Age:
    """How sure the value of a field still is at `now`. One without a date is stale; one of tomorrow is as of today."""
    if passport.seen_at is None:
        return Age(None, passport.confidence, True, "Nobody noted when this was seen. It is looked up before a send.")
    days = max((now - passport.seen_at).total_seconds() / 86_400, 0.0)
    confidence = passport.confidence * 0.5 ** (days / half_life(field).days)
    stale = confidence < LEAST_TO_SEND
    return Age(int(days), confidence, stale, _sentence(int(days), confidence, passport.confidence, stale))


def stale_fields(record: Record, now: datetime) -> tuple[str, ...]:
    """The fields to look up again before a send: stale values that a service may renew. What people said it may not."""
    held = ((name, record.passport(name)) for name in record.fields if record.may_write(name, force=True))
    return tuple(name for name, passport in held if passport and aged(name, passport, now).stale)


def _sentence(days: int, confidence: float, before: float, stale: bool) -> str:
    seen = {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")
    fallen = f", {before:.0%} sure then" if round(before, 2) != round(confidence, 2) else ""
    then = " It is looked up again before a send." if stale else ""
    return f"Seen {seen}{fallen}, {confidence:.0%} sure now.{then}".replace("%", " %")
