"""The study of a workspace's own website: its steps, and how a profile comes of it (skills sheet, 5 and 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from leadboard.domain.icp import Icp, size_text
from leadboard.domain.icp_derive import as_icp
from leadboard.domain.icp_diff import weights_text
from leadboard.domain.identity import registrable_domain
from leadboard.domain.vocabulary.industries import INDUSTRY_BY_KEY
from leadboard.errors import Refused

LONGEST = timedelta(minutes=15)
"""A study that is older died with its process, and no longer stands in the way of another."""
LONGEST_ADDRESS = 300

READING = "read_website"
STEPS: dict[str, str] = {
    READING: "Reading the website",
    "parse_website": "Who you are",
    "extract_services": "What you offer",
    "extract_value_prop": "What you promise",
    "extract_portfolio": "Who your clients are",
    "estimate_company_size": "How large you are",
    "classify_industries": "Which industries they are in",
    "derive_icp": "What they have in common",
    "suggest_als_weights": "What should count",
}
"""Step -> what it finds out, in order."""


class StudyStatus(StrEnum):
    """How far a study is."""

    REQUESTED = "requested"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


UNDER_WAY = (StudyStatus.REQUESTED, StudyStatus.RUNNING)


@dataclass(frozen=True)
class Proposal:
    """What a study proposes for one field of the profile: `values` in the profile's words, 0..1 how sure, and why."""

    field: str
    values: tuple[str, ...]
    confidence: float
    reasons: tuple[str, ...] = ()


SIZE = "company_size"
_FIELDS = {"industry": "icp_industries", SIZE: "icp_sizes", "geographies": "icp_locations", "signals": "icp_signals"}
"""Field of the profile -> what the skills call it."""


def clean_website(typed: str) -> str:
    """The address of a website as it is read; refused where it can be none."""
    text = "".join(typed.split())
    scheme = urlsplit(text).scheme if "://" in text else ""
    if not text:
        raise _refused("Type the address of your website, like acme.com.", "website_empty")
    if len(text) > LONGEST_ADDRESS or scheme not in ("", "http", "https") or not registrable_domain(text):
        said = f"“{typed.strip()[:60]}” is not the address of a website. Type it like acme.com."
        raise _refused(said, "website_wrong")
    return text


def proposals(found: Mapping[str, Any]) -> list[Proposal]:
    """What the result of a study (`Discovery` as JSON) proposes for the profile; nothing for what it does not know."""
    icp, sure = _profile(found), found.get("confidences") or {}
    made = [
        Proposal(field, values, sure.get(key, 0.0), _reasons(found, key))
        for field, key in _FIELDS.items()
        if (values := _values(icp, field))
    ]
    return [*made, *_weights(found)]


def _profile(found: Mapping[str, Any]) -> Icp:
    return as_icp(found.get("icp") or {})


def _values(icp: Icp, field: str) -> tuple[str, ...]:
    if field == SIZE:
        return (size_text(icp),) if icp.has_size else ()
    return getattr(icp, field)


def weights_of(found: Mapping[str, Any]) -> dict[str, int]:
    """The weights that the result proposes; none when it does not propose any."""
    return dict((found.get("weights") or {}).get("weights") or {})


def _weights(found: Mapping[str, Any]) -> list[Proposal]:
    weights = weights_of(found)
    if not weights:
        return []
    why = tuple(
        f"{each['component'].replace('_', ' ').capitalize()} {each['weight']}: {each['why']}"
        for each in found["weights"]["reasoning"]
    )
    text = weights_text(tuple(weights.items()))
    return [Proposal("weights", (text[:1].upper() + text[1:],), found["weights"]["confidence"], why)]


def size_of(found: Mapping[str, Any]) -> tuple[int, int] | None:
    """The smallest and largest company that the result proposes (0: no upper bound); None when it proposes none."""
    icp = _profile(found)
    return (icp.size_min, icp.size_max) if icp.has_size else None


def _reasons(found: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Why, a sentence for each value: which clients have it, or the words of the website that name it."""
    return tuple(_reason(each) for each in found.get("evidence") or () if each["field"] == key)


def _reason(each: Mapping[str, Any]) -> str:
    value = INDUSTRY_BY_KEY[each["value"]].label if each["value"] in INDUSTRY_BY_KEY else each["value"]
    if each["companies"]:
        return f"{value}: {each['count']} of {each['known']} clients ({', '.join(each['companies'][:5])})"
    return f"{value}: “{each['words'][0]}”" if each["words"] else value


def _refused(sentence: str, code: str) -> Refused:
    return Refused(sentence, field="website", code=code)
