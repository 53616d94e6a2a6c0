"""Skill 7: the ideal customer profile that the clients of a company have in common."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from leadboard.domain.icp_derive import (
    ENOUGH,
    UNSURE,
    Shared,
    data_quality,
    pattern_confidence,
    revenue_band,
    shared,
    size_band,
)
from leadboard.domain.industry_words import industries_in
from leadboard.domain.places import country_code, country_name
from leadboard.domain.site.regions import country_names
from leadboard.domain.site.text import compact, unique
from leadboard.domain.vocabulary.claims import SIZES
from leadboard.domain.vocabulary.industries import INDUSTRY_BY_KEY
from leadboard.engine.skills.base import Answer, Context, Shape, Skill
from leadboard.engine.skills.classify_industries import ClientsAndServices, Industries, Industry, classified
from leadboard.engine.skills.extract_services import Services
from leadboard.engine.skills.extract_value_prop import ValueProposition
from leadboard.engine.skills.shapes import EnrichedCompany, IcpProfile, PortfolioCompany, Texts

_MOST_INDUSTRIES = 5
_MOST_PAINS = 5
_HIRING, _NOT_HIRING = "hiring", "not hiring"
_NUMBER = re.compile(r"\d+")


class ClientsEnriched(Shape):
    """The clients with what is known of them, and what the website says. `portfolio` tells who signs testimonials."""

    enriched_portfolio: tuple[EnrichedCompany, ...] = ()
    classified_industries: Industries | None = None
    services: Services | None = None
    value_proposition: ValueProposition | None = None
    portfolio: tuple[PortfolioCompany, ...] = ()


class Reason(Shape):
    """Why a value is in a field of the profile: how many `companies` of those `known` have it, or the words of the
    website that name it."""

    field: str
    value: str
    count: int = 0
    known: int = 0
    companies: Texts = ()
    words: Texts = ()


class DerivedIcp(Shape):
    """The profile; `sample_size` is the number of clients, `data_quality` high, medium or low, `confidences` say of
    each field that has a value how sure it is."""

    icp: IcpProfile
    confidences: dict[str, float] = {}
    sample_size: int
    data_quality: str
    recommendations: Texts = ()
    evidence: tuple[Reason, ...] = ()


class DeriveIcp(Skill[ClientsEnriched, DerivedIcp]):
    """As sure as the pattern is; at most 0.40 where fewer than three clients tell one."""

    name = "derive_icp"
    description = "Proposes an ideal customer profile from what a company's clients have in common."
    given = ClientsEnriched
    gives = DerivedIcp

    def answer(self, given: ClientsEnriched, context: Context) -> Answer[DerivedIcp]:
        telling = [one for one in given.enriched_portfolio if any(values_of(one) for values_of in _FIELDS.values())]
        found = _by_pattern(given, telling) if len(telling) >= ENOUGH else _by_words(given)
        return Answer(found, found.icp.pattern_confidence)


def _industries(company: EnrichedCompany) -> Texts:
    """In the words of the sheet where they are known there."""
    own = company.industry.strip()
    if not own or own in INDUSTRY_BY_KEY:
        return (own,) if own else ()
    return industries_in(own)[:1] or (own,)


def _sizes(company: EnrichedCompany) -> Texts:
    ends = [int(number) for number in _NUMBER.findall(company.employee_range.replace(",", ""))]
    people = company.employee_count or (sum(ends) / len(ends) if ends else 0)
    return (size_band(people),) if people else ()


def _revenues(company: EnrichedCompany) -> Texts:
    return () if company.annual_revenue is None else (revenue_band(company.annual_revenue),)


def _places(company: EnrichedCompany) -> Texts:
    """The country by its usual name, for services write "AU" and "Australia"; else the place as it is known."""
    code = country_code(company.country)
    return tuple(filter(None, (country_name(code) if code else company.country or company.location,)))


def _hiring(company: EnrichedCompany) -> Texts:
    return () if company.is_hiring is None else (_HIRING if company.is_hiring else _NOT_HIRING,)


_FIELDS: dict[str, Callable[[EnrichedCompany], Texts]] = {
    "icp_industries": _industries,
    "icp_sizes": _sizes,
    "icp_revenue_ranges": _revenues,
    "icp_locations": _places,
    "icp_technologies": lambda company: company.technologies,
    "icp_signals": _hiring,
}
"""What a company has of each field of the profile; nothing is "not known"."""


_TELLING = {"icp_industries": "are in {}", "icp_sizes": "have {} people", "icp_locations": "are at home in {}"}
"""The fields that say most, and how."""


def _by_pattern(given: ClientsEnriched, telling: Sequence[EnrichedCompany]) -> DerivedIcp:
    """The values that several clients share."""
    reasons = [*_shared_reasons(telling), *_titles(given)]
    by_field = {name: _values(reasons, name) for name in (*_FIELDS, "icp_titles")}
    industries = [one for one in reasons if one.field == "icp_industries"]
    known = sum(bool(_industries(one)) for one in telling)
    share = industries[0].count / industries[0].known if industries else 0.0
    profile = IcpProfile(
        **by_field | {"icp_industries": by_field["icp_industries"][:_MOST_INDUSTRIES]},
        icp_pain_points=_pains(given),
        pattern_description=_description(reasons),
        pattern_confidence=pattern_confidence(known, share),
    )
    clients = given.enriched_portfolio
    fields_known = sum(bool(values_of(one)) for one in clients for values_of in _FIELDS.values())
    quality = data_quality(len(clients), fields_known / (len(clients) * len(_FIELDS)))
    return DerivedIcp(
        icp=profile,
        confidences=_confidences(reasons),
        sample_size=len(clients),
        data_quality=quality,
        recommendations=tuple(_advice(given, profile, telling)),
        evidence=tuple(reasons),
    )


def _shared_reasons(companies: Sequence[EnrichedCompany]) -> Iterator[Reason]:
    for name, values_of in _FIELDS.items():
        groups = [values_of(one) for one in companies]
        for one in shared(groups):
            if one.value != _NOT_HIRING:
                yield _reason(name, one, [c.company_name for c in companies], groups)


def _titles(given: ClientsEnriched) -> Iterator[Reason]:
    """The titles of those who speak for the clients."""
    groups = [(one.testimonial_title,) if one.testimonial_title else () for one in given.portfolio]
    for one in shared(groups):
        yield _reason("icp_titles", one, [client.company_name for client in given.portfolio], groups)


def _reason(field: str, found: Shared, names: Sequence[str], groups: Sequence[Texts]) -> Reason:
    wanted = found.value.casefold()
    holders = (
        name for name, group in zip(names, groups, strict=True) if wanted in {value.casefold() for value in group}
    )
    return Reason(field=field, value=found.value, count=found.count, known=found.known, companies=tuple(holders))


def _values(reasons: Sequence[Reason], field: str) -> Texts:
    return tuple(one.value for one in reasons if one.field == field)


def _confidences(reasons: Sequence[Reason]) -> dict[str, float]:
    """Each field by its own clients and its strongest value, as the whole pattern is."""
    strongest: dict[str, Reason] = {}
    for one in reasons:
        strongest.setdefault(one.field, one)
    return {field: pattern_confidence(one.known, one.count / one.known) for field, one in strongest.items()}


def _description(reasons: Sequence[Reason]) -> str:
    """The strongest value of the three fields that say most."""
    told = []
    for field, words in _TELLING.items():
        first = next((one for one in reasons if one.field == field), None)
        if first:
            told.append(
                f"{first.count} of the {first.known} clients of whom it is known {words.format(_label(first.value))}"
            )
    return "; ".join(told) + "." if told else ""


def _advice(given: ClientsEnriched, profile: IcpProfile, telling: Sequence[EnrichedCompany]) -> Iterator[str]:
    """What would make the profile better."""
    claim = given.value_proposition or ValueProposition()
    targets = [one for one in _classified(given, claim).industries if one.is_primary]
    for one in _spoken_of(targets, claim):
        if one.value not in getattr(profile, one.field):
            yield f"The website speaks of “{_label(one.value)}”, its clients do not show it. Add it where it is right."
    for field, label in (("icp_industries", "industry"), ("icp_sizes", "size"), ("icp_locations", "country")):
        known = sum(bool(_FIELDS[field](one)) for one in telling)
        if known < ENOUGH:
            yield f"The {label} is known of {known or 'none'} of the clients. Look the others up, or fill it in."


def _label(value: str) -> str:
    return INDUSTRY_BY_KEY[value].label if value in INDUSTRY_BY_KEY else value


def _spoken_of(industries: Iterable[Industry], claim: ValueProposition) -> Iterator[Reason]:
    """What the website says of its audience: the industries, and the sizes and countries it names."""
    for one in industries:
        yield Reason(field="icp_industries", value=one.industry, words=one.evidence)
    yield from _worded("icp_sizes", claim.target_audience_hints, _bands)
    yield from _worded("icp_locations", claim.target_audience_hints, country_names)


def _classified(given: ClientsEnriched, claim: ValueProposition) -> Industries:
    """The industries as they were classified, or as they are now when that failed."""
    return given.classified_industries or classified(
        ClientsAndServices(
            services=given.services.services if given.services else (),
            portfolio=given.portfolio,
            target_audience_hints=claim.target_audience_hints,
        )
    )


def _by_words(given: ClientsEnriched) -> DerivedIcp:
    """Too few clients tell a pattern: what the website says of its audience and services, to be confirmed."""
    claim = given.value_proposition or ValueProposition()
    industries = _classified(given, claim)
    reasons = list(_spoken_of(industries.industries, claim))
    profile = IcpProfile(
        icp_industries=_values(reasons, "icp_industries")[:_MOST_INDUSTRIES],
        icp_sizes=_values(reasons, "icp_sizes"),
        icp_locations=_values(reasons, "icp_locations"),
        icp_pain_points=_pains(given),
        pattern_confidence=min(UNSURE, industries.confidence),
    )
    sure = profile.pattern_confidence
    advice = "Too few clients tell a pattern: this is what the website says of itself. Confirm or correct each field."
    return DerivedIcp(
        icp=profile,
        confidences={one.field: sure for one in reasons},
        sample_size=len(given.enriched_portfolio),
        data_quality="low",
        recommendations=(advice,),
        evidence=tuple(reasons),
    )


def _worded(field: str, hints: Texts, values_of: Callable[[str], Sequence[str]]) -> Iterator[Reason]:
    told: dict[str, list[str]] = {}
    for hint in hints:
        for value in values_of(hint):
            told.setdefault(value, []).append(hint)
    for value, words in told.items():
        yield Reason(field=field, value=value, words=tuple(words))


def _bands(hint: str) -> Sequence[str]:
    return list(dict.fromkeys(band for hit in SIZES.hits(hint) for band in hit.key.split("|")))


def _pains(given: ClientsEnriched) -> Texts:
    pains = given.value_proposition.pains_named if given.value_proposition else ()
    return unique(pains, compact)[:_MOST_PAINS]
