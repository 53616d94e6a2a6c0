"""What sources say of a company, in the columns of a lead and as claims."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from leadboard.domain.discovery.sift import Candidate, Finding
from leadboard.domain.found import Fact
from leadboard.domain.places import country_code
from leadboard.domain.tabular import Field, Habit, Headcount, Problem, parse
from leadboard.domain.waterfall import normalise

SHORT = 140
"""Characters of a description that also says in one line what the company does."""

PLACE = ("address", "city", "state", "country")
"""Columns that are taken together: the parts of one place come from one source."""

_FIELDS: Final[Mapping[str, tuple[Field, str]]] = {
    "description": (Field.DESCRIPTION, "description"),
    "industry": (Field.INDUSTRY, "industry"),
    "headcount": (Field.HEADCOUNT, "headcount"),
    "phone": (Field.PHONE, "phone"),
    "email": (Field.EMAIL, "email"),
    "linkedin": (Field.LINKEDIN, "linkedin"),
    "founded": (Field.FOUNDED_YEAR, "founded_year"),
    "funding": (Field.FUNDING_STAGE, "funding_stage"),
    "funding_date": (Field.FUNDING_DATE, "funding_date"),
}
_PLACES: Final[Mapping[str, Field]] = {
    "address": Field.ADDRESS,
    "city": Field.CITY,
    "state": Field.STATE,
    "country": Field.COUNTRY,
}

EMPTY: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("name", "name_key", "domain", "website", "what", "description", "industry"), ""),
    **dict.fromkeys((*PLACE, "phone", "email", "linkedin", "funding_stage"), ""),
    **dict.fromkeys(("headcount_min", "headcount_max", "founded_year", "funding_date", "is_hiring"), None),
    "technologies": [],
}
"""Every column that a search fills, as it is without a value."""


def columns_of(candidate: Candidate) -> dict[str, Any]:
    """The columns of a lead, those of `EMPTY`: of each, what the surest source says that can be read."""
    facts = sorted(_facts(candidate.findings), key=lambda fact: -fact.confidence)
    place = _place(candidate.findings)
    values: dict[str, Any] = {
        "name": candidate.name,
        "name_key": candidate.name_key,
        "domain": candidate.domain,
        "website": f"https://{candidate.domain}" if candidate.domain else "",
        **place,
    }
    habit = Habit(region=place.get("country", ""))
    for fact in facts:
        field, column = _FIELDS.get(fact.field, (None, ""))
        if field and column not in values and (value := _read(field, fact.value, habit)) is not None:
            values[column] = value
    return {**EMPTY, **_spread(values), "technologies": _technologies(facts)}


def claims_of(candidate: Candidate, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every source's word on the company as claims (field, value, source, method, snippet, confidence, cost_micros).

    `source` is the address where it can be read, else the label of the service. What a finding cost is on its first
    claim.
    """
    claims: dict[tuple[str, str, str], dict[str, Any]] = {}
    for finding in candidate.findings:
        cost = finding.micros
        for fact in _told(finding):
            source = fact.source or labels.get(finding.service, finding.service)
            claim = claims.setdefault(
                (fact.field, fact.value, source),
                {
                    "field": fact.field,
                    "value": fact.value,
                    "source": source,
                    "method": finding.service,
                    "snippet": "",
                    "confidence": fact.confidence,
                    "cost_micros": 0,
                },
            )
            claim["cost_micros"] += cost
            cost = 0
    return list(claims.values())


def filled(known: Mapping[str, Any], found: Mapping[str, Any], locked: Iterable[str]) -> dict[str, Any]:
    """What a known lead learns: columns that are empty and that no person has locked. Of a place in another country
    nothing is taken, and a place that is known is not mixed with another."""
    kept = set(locked)
    if any(known[column] for column in PLACE):
        kept.update(PLACE if _is_elsewhere(known, found) else ("city", "state", "address") if known["city"] else ())
    return {
        column: value
        for column, value in found.items()
        if column not in kept and _is_empty(known[column]) and not _is_empty(value)
    }


def _is_elsewhere(known: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return bool(known["country"] and found["country"] and known["country"] != found["country"])


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def _facts(findings: Iterable[Finding]) -> list[Fact]:
    return [fact for finding in findings for fact in finding.company.facts]


def _told(finding: Finding) -> Iterable[Fact]:
    """All that a finding says: its facts, and before them the name and the website themselves."""
    facts = finding.company.facts
    sure = max((fact.confidence for fact in facts), default=0.7)
    source = next((fact.source for fact in facts if fact.source), "")
    yield Fact("company_name", finding.company.name, sure, source)
    if finding.company.domain:
        yield Fact("website", finding.company.domain, sure, source)
    yield from facts


def _place(findings: Iterable[Finding]) -> dict[str, str]:
    """The place of the source that is surest of it, all of its parts."""
    best: dict[str, str] = {}
    sure = (0.0, 0)
    for finding in findings:
        facts = [fact for fact in finding.company.facts if fact.field in _PLACES]
        here = {
            fact.field: value
            for fact in reversed(facts)
            if isinstance(value := _read(_PLACES[fact.field], fact.value, Habit()), str)
        }
        if "country" in here:
            here["country"] = country_code(here["country"]) or here["country"]
        standing = (max((fact.confidence for fact in facts), default=0.0), len(here))
        if here and standing > sure:
            best, sure = here, standing
    return best


def _read(field: Field, text: str, habit: Habit) -> Any:
    """The value as our columns hold it; None for what cannot be read."""
    value = parse(field, text, habit)
    if value is None or isinstance(value, Problem):
        return None
    return normalise.industry(value) if field is Field.INDUSTRY and isinstance(value, str) else value


def _spread(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that two columns hold, in both of them."""
    spread = dict(values)
    match spread.pop("headcount", None):
        case Headcount(low, high):
            spread |= {"headcount_min": low, "headcount_max": high}
    if not isinstance(spread.get("funding_date"), date):
        spread.pop("funding_date", None)
    description = spread.get("description", "")
    if description:
        sentence = description.split(". ")[0].rstrip(".")
        spread["what"] = description if len(description) <= SHORT else sentence if len(sentence) <= SHORT else ""
    return spread


def _technologies(facts: Iterable[Fact], most: int = 20) -> list[str]:
    return list(dict.fromkeys(fact.value for fact in facts if fact.field == "technology"))[:most]
