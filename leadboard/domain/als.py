"""The ALS of a contact: outreach priority, tier and channels, with its receipt (scoring sheet, sections 1 to 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from leadboard.domain.company import Company, Person, industry_named, place_named
from leadboard.domain.icp import Icp
from leadboard.domain.months import months_before
from leadboard.domain.receipt import Line, as_data, counted, round_half_up
from leadboard.domain.titles import MAX_AUTHORITY, authority
from leadboard.domain.weights import MAXIMA, Weights, choose_weights

DEFAULT_SIZE = (5, 50)
DEFAULT_COUNTRIES = ("Australia",)
DEFAULT_NEAR = ("New Zealand", "United States", "United Kingdom")


class Tier(StrEnum):
    """How much attention a contact deserves, from most to none."""

    HOT = "hot"
    WARM = "warm"
    COOL = "cool"
    COLD = "cold"
    DEAD = "dead"


class Channel(StrEnum):
    """A way to reach somebody."""

    EMAIL = "email"
    LINKEDIN = "linkedin"
    VOICE = "voice"
    SMS = "sms"
    MAIL = "mail"


LEAST_SCORE = {Tier.HOT: 85, Tier.WARM: 60, Tier.COOL: 35, Tier.COLD: 20, Tier.DEAD: 0}

CHANNELS: dict[Tier, tuple[Channel, ...]] = {
    Tier.HOT: tuple(Channel),
    Tier.WARM: (Channel.EMAIL, Channel.LINKEDIN, Channel.VOICE),
    Tier.COOL: (Channel.EMAIL, Channel.LINKEDIN),
    Tier.COLD: (Channel.EMAIL,),
    Tier.DEAD: (),
}
"""The only source of who may be reached how; asked when a channel is allotted and again when something is sent."""


@dataclass(frozen=True)
class Component:
    """One of the five parts of the score: its lines add up to `points` of `max`."""

    key: str
    name: str
    points: int
    max: int
    weight: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class AlsScore:
    """The score and how it came about. `blocked` says why the tier is dead whatever the number, or is empty."""

    total: int
    tier: Tier
    channels: tuple[Channel, ...]
    components: tuple[Component, ...]
    weights_used: dict[str, float]
    weights_source: str
    blocked: str = ""

    def to_data(self) -> dict[str, Any]:
        """The receipt as JSON, in the shape of the fields."""
        return as_data(self)


def score(
    person: Person,
    company: Company,
    icp: Icp,
    today: date,
    weights: Weights | None = None,
    near: Sequence[str] = DEFAULT_NEAR,
) -> AlsScore:
    """Score a contact on the UTC day `today`. Without `weights` those of the profile count, or the default ones; `near`
    are the countries almost as good as those of the profile."""
    weights = weights or choose_weights(suggested=dict(icp.weights) or None)
    parts = (
        ("data_quality", "Data quality", _data_quality(person)),
        ("authority", "Authority", _authority(person)),
        ("company_fit", "Company fit", _company_fit(company, icp, near)),
        ("timing", "Timing", _timing(person, company, today)),
        ("risk", "Risk", _risk(person, company)),
    )
    components = tuple(
        Component(key, name, int(sum(line.points for line in lines)), MAXIMA[key], weights.values[key], lines)
        for key, name, lines in parts
    )
    total = combine({component.key: component.points for component in components}, weights)
    blocked = why_blocked(person, company)
    tier = Tier.DEAD if blocked else tier_of(total)
    return AlsScore(total, tier, CHANNELS[tier], components, dict(weights.values), weights.source, blocked)


def combine(points: dict[str, int], weights: Weights) -> int:
    """The score 0 to 100 of the points of the five components."""
    share = sum(weights.values[key] * points[key] / most for key, most in MAXIMA.items())
    return max(0, min(100, round_half_up(100 * share)))


def tier_of(total: int) -> Tier:
    """The tier of a number 0 to 100, for a contact nothing blocks."""
    return next(tier for tier, least in LEAST_SCORE.items() if total >= least)


def why_blocked(person: Person, company: Company) -> str:
    """Why this contact must not be reached by any channel, or an empty string."""
    if person.unsubscribed:
        return "Unsubscribed"
    if person.do_not_contact:
        return "Do not contact"
    if company.is_competitor:
        return "Works at a competitor"
    return "On a suppression list" if person.suppressed else ""


def _data_quality(person: Person) -> tuple[Line, ...]:
    email, email_says = 4, "Not verified"
    if not person.email:
        email, email_says = 0, "Not found"
    elif person.email_status == "valid":
        email, email_says = 8, "Verified"
    elif person.email_status == "invalid":
        email, email_says = 0, "Invalid"
    elif person.email_status:
        email_says = f"Not verified: {person.email_status.replace('_', ' ')}"
    phone = (6 if person.phone_verified else 3) if person.phone else 0
    return (
        Line("E-mail", email, 8, email_says),
        Line("Phone", phone, 6, {0: "Not found", 3: "Not verified", 6: "Verified"}[phone]),
        Line("LinkedIn", 4 if person.linkedin else 0, 4, person.linkedin or "Not found"),
        Line(
            "Personal e-mail", 2 if person.personal_email else 0, 2, "Known" if person.personal_email else "Not found"
        ),
    )


def _authority(person: Person) -> tuple[Line, ...]:
    found = authority(person.title)
    if found.capped_by:
        says = f"“{found.capped_by}” in “{person.title}” holds it at {found.points}"
    elif found.phrase:
        says = f"“{found.phrase}” in “{person.title}”"
    else:
        says = f"“{person.title}” is not in the table" if found.points else "Title not found"
    return (Line("Title", found.points, MAX_AUTHORITY, says),)


def _company_fit(company: Company, icp: Icp, near: Sequence[str]) -> tuple[Line, ...]:
    return (_industry(company, icp), _headcount(company, icp), _country(company, icp, near))


def _industry(company: Company, icp: Icp) -> Line:
    named = industry_named(company, icp)
    if named:
        return Line("Industry", 10, 10, f"{company.industry} is in your list: {named}")
    if not icp.industry:
        return Line("Industry", 0, 10, "Your ICP names no industry")
    return Line("Industry", 0, 10, f"{company.industry} is not in your list" if company.industry else "Not found")


def _headcount(company: Company, icp: Icp) -> Line:
    least, most = (icp.size_min, icp.size_max) if icp.has_size else DEFAULT_SIZE
    people = company.headcount
    if people is None:
        return Line("Headcount", 0, 8, "Not found")
    if people < least:
        return Line("Headcount", 3, 8, f"{counted(people)} is below {least:,}")
    if not most or people <= most:
        return Line(
            "Headcount",
            8,
            8,
            f"{counted(people)} is inside {least:,}–{most:,}" if most else f"{counted(people)} is enough",
        )
    if people <= 4 * most:
        return Line("Headcount", 5, 8, f"{counted(people)} is above {most:,}, at most four times")
    return Line("Headcount", 0, 8, f"{counted(people)} is more than four times {most:,}")


def _country(company: Company, icp: Icp, near: Sequence[str]) -> Line:
    if named := place_named(company, icp.geographies or DEFAULT_COUNTRIES):
        return Line("Country", 7, 7, f"In your list: {named}")
    if named := place_named(company, near):
        return Line("Country", 4, 7, f"Near: {named}")
    return Line("Country", 0, 7, f"{company.country} is not in your list" if company.country else "Not found")


def _timing(person: Person, company: Company, today: date) -> tuple[Line, ...]:
    role, role_says = _recent(person.role_started, today, {6: 6, 12: 3}, "Started")
    funding, funding_says = _recent(company.funding_date, today, {12: 4, 24: 2}, "Funded")
    hiring = {None: "Not known", True: "Hiring", False: "Not hiring"}[company.is_hiring]
    return (
        Line("New role", role, 6, role_says),
        Line("Hiring", 5 if company.is_hiring else 0, 5, hiring),
        Line("Funding", funding, 4, funding_says),
    )


def _recent(when: date | None, today: date, points: dict[int, int], verb: str) -> tuple[int, str]:
    """Points for a date fewer than so many calendar months ago, and what to say about it."""
    if when is None:
        return 0, "Not found"
    if when > today:
        return 0, f"{verb} {when.isoformat()}, which is in the future"
    worth = next((worth for months, worth in points.items() if when > months_before(today, months)), 0)
    return worth, f"{verb} {when.isoformat()}" + ("" if worth else f", {max(points)} months ago or more")


def _risk(person: Person, company: Company) -> tuple[Line, ...]:
    """Starts full; each fault takes its points as long as there are some, so the lines always add up."""
    subordinate = authority(person.title).capped_by
    faults = (
        ("Bounced", 10, person.bounced, "A message bounced", "No bounce known"),
        ("Unsubscribed", 15, person.unsubscribed, "Asked to hear no more", "Not unsubscribed"),
        ("Competitor", 15, company.is_competitor, "Works at a competitor", "Not a competitor"),
        ("Title", 5, bool(subordinate), f"“{subordinate}” rarely decides", "Nothing speaks against it"),
    )
    left = MAXIMA["risk"]
    lines = [Line("Nothing held against", left, left)]
    for label, cost, holds, says, otherwise in faults:
        taken = min(cost, left) if holds else 0
        left -= taken
        lines.append(Line(label, -taken, 0, says if holds else otherwise))
    return tuple(lines)
