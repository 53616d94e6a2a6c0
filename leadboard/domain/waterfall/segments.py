"""The kind of lead a call is counted under: country, size and industry, each kind inside a wider one.

A kind is written as one text: "AU/small/healthcare" lies in "AU/small", in "AU" and in "", which is every lead.
"""

from leadboard.domain.company import Company
from leadboard.domain.industry_words import industries_in
from leadboard.domain.places import country_code, country_name
from leadboard.domain.vocabulary.industries import INDUSTRY_BY_KEY
from leadboard.domain.vocabulary.sizes import SIZE_RANGES, size_range

EVERY = ""
"""The widest kind."""

_UNKNOWN = "?"


def segment_of(company: Company) -> str:
    """The kind of a company; what is not known of it is a kind of its own, "?"."""
    size = size_range(company.headcount) if company.headcount else _UNKNOWN
    industry = next(iter(industries_in(company.industry)), _UNKNOWN)
    return "/".join((country_code(company.country) or _UNKNOWN, size, industry))


def widening(segment: str) -> tuple[str, ...]:
    """The kind and every wider one, the narrowest first."""
    parts = segment.split("/") if segment else []
    return tuple("/".join(parts[:length]) for length in range(len(parts), -1, -1))


def is_segment(text: str) -> bool:
    """Whether a text is a kind of lead."""
    if text == EVERY:
        return True
    country, *rest = text.split("/")
    known = (SIZE_RANGES, INDUSTRY_BY_KEY)
    return (
        country in (_UNKNOWN, country_code(country) or _UNKNOWN)
        and len(rest) <= len(known)
        and all(each == _UNKNOWN or each in names for each, names in zip(rest, known, strict=False))
    )


def label(segment: str) -> str:
    """A kind for people: "Australia, small, healthcare"; "every lead" for the widest."""
    if segment == EVERY:
        return "every lead"
    country, size, industry = (segment.split("/") + [""] * 3)[:3]
    names = (
        "unknown country" if country == _UNKNOWN else country_name(country),
        "unknown size" if size == _UNKNOWN else size,
        "unknown industry" if industry == _UNKNOWN else industry and INDUSTRY_BY_KEY[industry].label.lower(),
    )
    return ", ".join(filter(None, names))
