"""The fit score of a company: four explained factors, and what would raise it most (scoring sheet, section 5)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from leadboard.domain.company import (
    Company,
    Person,
    industry_named,
    industry_word,
    place_named,
    specialities_named,
)
from leadboard.domain.icp import Icp, size_text
from leadboard.domain.receipt import Line, as_data, counted, round_half_up, tidy
from leadboard.domain.titles import authority
from leadboard.domain.words import mentions

WEIGHTS = {"icp_fit": 0.40, "timing": 0.25, "relationship": 0.20, "engagement": 0.15}

_NAMES = {
    "icp_fit": "ICP fit",
    "timing": "Timing signals",
    "relationship": "Relationship proximity",
    "engagement": "Engagement",
}
_CRITERIA = {"industry": 40, "size": 25, "geography": 20, "speciality": 15}
_ENGAGEMENT = {"reply": 100, "click": 70, "open": 40, "visit": 40}
_ENGAGED_DAYS = 90
_RECENT_DAYS = 180
_YEAR_DAYS = 365


@dataclass(frozen=True)
class Touch:
    """Something that happened between us and them. Only a reply, click, open or visit is engagement."""

    kind: str
    on: date


@dataclass(frozen=True)
class Factor:
    """One of the four factors: its lines add up to `score` (0 to 100), `contribution` is weight times score."""

    key: str
    name: str
    weight: float
    score: float
    contribution: float
    explanation: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Change:
    """The one thing worth finding next: `kind` is contacts, industry, headcount, place, hiring, funding or role."""

    kind: str
    sentence: str
    overall: int


@dataclass(frozen=True)
class Fit:
    """The score 0 to 100, its four factors, what matched and what is missing."""

    overall: int
    exact: float
    """The sum of the contributions, before rounding."""
    factors: tuple[Factor, ...]
    reasons: tuple[str, ...]
    gaps: tuple[str, ...]
    change: Change | None = None

    def to_data(self) -> dict[str, Any]:
        """The receipt as JSON, in the shape of the fields."""
        return as_data(self)


@dataclass(frozen=True)
class Known:
    """All that the score reads. `today` is a UTC day."""

    company: Company
    icp: Icp
    today: date
    contacts: Sequence[Person] = ()
    touches: Sequence[Touch] = ()

    def days_since(self, when: date | None) -> int | None:
        """Whole days since a day; None when it is not known or lies in the future."""
        return (self.today - when).days if when and when <= self.today else None


def score(known: Known) -> Fit:
    """Score a company against the profile, with the receipt and the best next thing to find out."""
    fit = _score(known)
    return replace(fit, change=_what_would_change_it(known, fit))


def overall(known: Known) -> int:
    """The `overall` of `score` without its receipt, a tenth of the work: for holding many companies against a draft."""
    return round_half_up(_sum(_contribution(key, _points(lines)) for key, lines in _lines(known).items()))


def _lines(known: Known) -> dict[str, tuple[Line, ...]]:
    return {
        "icp_fit": _icp_fit(known.company, known.icp),
        "timing": _timing(known),
        "relationship": _relationship(known),
        "engagement": _engagement(known),
    }


def _points(lines: tuple[Line, ...]) -> float:
    return round(sum(line.points for line in lines), 2)


def _contribution(key: str, points: float) -> float:
    return round(WEIGHTS[key] * points, 4)


def _sum(contributions: Iterable[float]) -> float:
    return round(sum(contributions), 4)


def _score(known: Known) -> Fit:
    lines = _lines(known)
    factors = tuple(_factor(key, lines[key]) for key in WEIGHTS)
    exact = _sum(factor.contribution for factor in factors)
    told = [line for key in WEIGHTS for line in lines[key] if line.possible]
    return Fit(
        overall=round_half_up(exact),
        exact=exact,
        factors=factors,
        reasons=tuple(line.label for line in told if line.points),
        gaps=tuple(line.label for line in told if not line.points),
    )


def icp_fit(company: Company, icp: Icp) -> float:
    """The factor ICP fit alone, 0 to 100."""
    return _points(_icp_fit(company, icp))


def _factor(key: str, lines: tuple[Line, ...]) -> Factor:
    points = _points(lines)
    explanation = _explain(_NAMES[key], points, lines)
    return Factor(key, _NAMES[key], WEIGHTS[key], points, _contribution(key, points), explanation, lines)


def _explain(name: str, points: float, lines: tuple[Line, ...]) -> str:
    speaks_for = "; ".join(line.label for line in lines if line.points > 0)
    lacks = "; ".join(line.label for line in lines if not line.points)
    sentence = f"{name}: {tidy(points)} of 100."
    if speaks_for:
        sentence += f" Counted: {speaks_for}."
    return f"{sentence} Without points: {lacks}." if lacks else sentence


def _icp_fit(company: Company, icp: Icp) -> tuple[Line, ...]:
    """Only what the profile asks for counts, stretched to 100 points together."""
    parts: dict[str, tuple[float, str]] = {}
    if icp.industry:
        parts["industry"] = _industry(company, icp)
    if icp.has_size:
        parts["size"] = _size(company, icp)
    if icp.geographies:
        parts["geography"] = _geography(company, icp)
    if icp.specialities:
        parts["speciality"] = _speciality(company, icp)
    if not parts:
        return (Line("Your ICP names no criteria yet", 50, 100),)
    stretch = 100 / sum(_CRITERIA[key] for key in parts)
    return tuple(
        Line(label, round(share * _CRITERIA[key] * stretch, 2), round(_CRITERIA[key] * stretch, 2))
        for key, (share, label) in parts.items()
    )


def _industry(company: Company, icp: Icp) -> tuple[float, str]:
    if not company.industry:
        return 0, "Industry not found"
    if named := industry_named(company, icp):
        return 1, f"Industry is “{named}”"
    if word := industry_word(company, icp):
        return 0.5, f"Industry shares “{word}”"
    return 0, f"Industry “{company.industry}” is not in your list"


def _size(company: Company, icp: Icp) -> tuple[float, str]:
    people = company.headcount
    if people is None:
        return 0, "Headcount not found"
    if people < icp.size_min:
        return 0.5 * people / icp.size_min, f"Headcount {counted(people)} is below {icp.size_min:,}"
    if icp.size_max and people > icp.size_max:
        return 0.5 * icp.size_max / people, f"Headcount {counted(people)} is above {icp.size_max:,}"
    return 1, f"Headcount {counted(people)} is inside {size_text(icp).removesuffix(' people')}"


def _geography(company: Company, icp: Icp) -> tuple[float, str]:
    if not company.places:
        return 0, "Place not found"
    if named := place_named(company, icp.geographies):
        place = company.places[0]
        return 1, f"{place} is in your list" if place.casefold() == named.casefold() else f"{place} is in {named}"
    return 0, f"{company.places[0]} is not in your list"


def _speciality(company: Company, icp: Icp) -> tuple[float, str]:
    matched, wanted = specialities_named(company, icp), icp.specialities
    verb = "matches" if len(matched) == 1 else "match"
    names = f": {', '.join(matched)}" if matched else ""
    return len(matched) / len(wanted), f"{len(matched) or 'None'} of {_many(len(wanted), 'speciality')} {verb}{names}"


def _timing(known: Known) -> tuple[Line, ...]:
    company = known.company
    days = known.days_since(company.funding_date)
    funded = 0 if days is None or days > _YEAR_DAYS else 40 if days <= _RECENT_DAYS else 25
    funding = "Funding not found" if company.funding_date is None else "Funding date lies in the future"
    hiring = {None: "Hiring not known", True: "Hiring", False: "Not hiring"}[company.is_hiring]
    signals = _signals_named(known)
    lines = (
        Line(funding if days is None else f"Funded {_many(days, 'day')} ago", funded, 40),
        Line(hiring, 30 if company.is_hiring else 0, 30),
        _new_decision_maker(known),
        Line(f"Your signals: {', '.join(signals) or 'none seen'}", 15 * min(len(signals), 2), 30),
    )
    over = sum(line.points for line in lines) - 100
    return (*lines, Line("100 is the most", -over, 0)) if over > 0 else lines


def _new_decision_maker(known: Known) -> Line:
    deciders = [person for person in known.contacts if authority(person.title).decides]
    ages = [age for person in deciders if (age := known.days_since(person.role_started)) is not None]
    if ages and min(ages) <= _RECENT_DAYS:
        return Line(f"New decision-maker since {_many(min(ages), 'day')}", 20, 20)
    return Line(f"New decision-maker: {'none' if ages else 'not known'}", 0, 20)


def _signals_named(known: Known) -> list[str]:
    """The profile's signals that were seen, in its order; hiring and fresh funding are signals by themselves."""
    company, days = known.company, known.days_since(known.company.funding_date)
    seen = list(company.signals)
    if company.is_hiring:
        seen.append("hiring")
    if days is not None and days <= _YEAR_DAYS:
        seen.append("funding")
    return [wanted for wanted in known.icp.signals if any(mentions(signal, wanted) for signal in seen)]


def _relationship(known: Known) -> tuple[Line, ...]:
    found = len(known.contacts)
    points = 100 if found >= 4 else 70 if found >= 2 else 40 if found else 0
    label = f"{_many(found, 'contact')} found" if found else "No contact found"
    return (Line(label if points == 100 else f"{label}, 4 give 100", points, 100),)


def _engagement(known: Known) -> tuple[Line, ...]:
    past = [(touch.kind, days) for touch in known.touches if (days := known.days_since(touch.on)) is not None]
    if not past:
        return (Line("No engagement history yet", 50, 100),)
    fresh = [(_ENGAGEMENT.get(kind, 0), kind) for kind, days in past if days <= _ENGAGED_DAYS]
    points, kind = max(fresh, default=(0, ""))
    label = f"Best answer in {_ENGAGED_DAYS} days: {kind}" if points else f"No answer in {_ENGAGED_DAYS} days"
    return (Line(label, points, 100),)


def _what_would_change_it(known: Known, fit: Fit) -> Change | None:
    """The single find that raises the rounded score most, or None when none does.

    Only what somebody can look up counts: more contacts, or a fact nobody knows yet, taken at its best.
    """
    offers = [offer(known) for offer in (_more_contacts, *_FACTS_TO_FIND)]
    changes = [
        Change(kind, f"{says} {overall}", overall)
        for kind, says, better in (offer for offer in offers if offer)
        if (overall := _score(better).overall) > fit.overall
    ]
    return max(changes, key=lambda change: change.overall, default=None)


_Offer = tuple[str, str, Known]


def _more_contacts(known: Known) -> _Offer | None:
    found = len(known.contacts)
    if found >= 4:
        return None
    more, says = {0: (1, "One contact"), 2: (2, "Two more contacts")}.get(found, (1, "One more contact"))
    return "contacts", f"{says} would make it", replace(known, contacts=(*known.contacts, *[Person()] * more))


def _find_industry(known: Known) -> _Offer | None:
    if known.company.industry or not known.icp.industry:
        return None
    return _fact(known, "industry", "An industry from your list", industry=known.icp.industry[0])


def _find_headcount(known: Known) -> _Offer | None:
    if known.company.headcount is not None or not known.icp.has_size:
        return None
    people = known.icp.size_max or known.icp.size_min
    return _fact(
        known, "headcount", f"A headcount of {size_text(known.icp)}", headcount_min=people, headcount_max=people
    )


def _find_place(known: Known) -> _Offer | None:
    if known.company.places or not known.icp.geographies:
        return None
    return _fact(known, "place", "A place in your list", country=known.icp.geographies[0])


def _find_hiring(known: Known) -> _Offer | None:
    return None if known.company.is_hiring is not None else _fact(known, "hiring", "An open position", is_hiring=True)


def _find_funding(known: Known) -> _Offer | None:
    if known.company.funding_date is not None:
        return None
    return _fact(known, "funding", "Funding within 180 days", funding_date=known.today)


def _find_role(known: Known) -> _Offer | None:
    """The start date of a decision-maker we know already."""
    at = next(
        (
            at
            for at, person in enumerate(known.contacts)
            if person.role_started is None and authority(person.title).decides
        ),
        None,
    )
    if at is None:
        return None
    started = replace(known.contacts[at], role_started=known.today - timedelta(days=1))
    contacts = (*known.contacts[:at], started, *known.contacts[at + 1 :])
    return "role", "A decision-maker new in the role would make it", replace(known, contacts=contacts)


def _fact(known: Known, kind: str, says: str, **facts: Any) -> _Offer:
    return kind, f"{says} would make it", replace(known, company=replace(known.company, **facts))


_FACTS_TO_FIND: tuple[Callable[[Known], _Offer | None], ...] = (
    _find_industry,
    _find_headcount,
    _find_place,
    _find_hiring,
    _find_funding,
    _find_role,
)


def _many(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") and noun != "day" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
