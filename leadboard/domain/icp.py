"""The ideal customer profile: what it holds, what it refuses, whom it excludes (icp sheet, sections 1 and 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from leadboard.domain.identity import normalise_name, registrable_domain
from leadboard.domain.weights import MAXIMA, why_not
from leadboard.errors import Refused

MAX_ITEMS = 50
MAX_CHARS = 100


@dataclass(frozen=True)
class Icp:
    """Whom a workspace wants as customers. An empty tuple, or a size of 0 and 0, is "not specified".

    `size_max` 0 with a `size_min` above 0 has no upper bound. `geographies` are country names, ISO-2 codes or regions;
    `exclusions` are company names or domains.
    """

    industry: tuple[str, ...] = ()
    size_min: int = 0
    size_max: int = 0
    modalities: tuple[str, ...] = ()
    therapeutic_areas: tuple[str, ...] = ()
    geographies: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    """What each component of the ALS counts, in percent, as a person confirmed it; empty leaves it at the default."""

    @property
    def has_size(self) -> bool:
        """Whether a size is specified."""
        return bool(self.size_min or self.size_max)

    @property
    def specialities(self) -> tuple[str, ...]:
        """The speciality tags of the profile."""
        return self.modalities + self.therapeutic_areas

    def to_data(self) -> dict[str, Any]:
        """The profile as JSON: `{"industry": [...], "company_size": {"min": 0, "max": 0}, ...}`."""
        lists: dict[str, Any] = {name: list(getattr(self, name)) for name in LIST_FIELDS}
        weights = {"weights": dict(self.weights)} if self.weights else {}
        return lists | {"company_size": {"min": self.size_min, "max": self.size_max}} | weights

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Icp":
        """The profile from what `to_data` gave."""
        size = data["company_size"]
        lists = {name: tuple(data[name]) for name in LIST_FIELDS}
        weights = tuple(data.get("weights", {}).items())
        return cls(size_min=size["min"], size_max=size["max"], weights=weights, **lists)


LIST_FIELDS = tuple(field.name for field in fields(Icp) if not field.name.startswith(("size_", "weights")))

COMPANIES = "exclusions"
"""The list whose texts name companies."""

_LABELS = {
    "industry": "industries",
    "modalities": "modalities",
    "therapeutic_areas": "therapeutic areas",
    "geographies": "geographies",
    "signals": "signals",
    "exclusions": "exclusions",
}


def normalise(raw: Mapping[str, Any]) -> Icp:
    """The profile a form or an API call describes, in the shape of `to_data`; what is missing is not specified.

    Lists are trimmed, without blanks and repetitions. Raises Refused with `field` and a code: `unknown_field`,
    `invalid_list`, `too_many_items`, `item_too_long`, `invalid_size_range`, `invalid_weights`.
    """
    for name in raw:
        if name not in (*LIST_FIELDS, "company_size", "weights"):
            raise Refused(
                f"A profile has no field “{name}”. Nothing was saved: remove it or correct its name.",
                field=str(name),
                code="unknown_field",
            )
    size_min, size_max = _size(raw.get("company_size"))
    lists = {name: _items(name, raw.get(name)) for name in LIST_FIELDS}
    return Icp(size_min=size_min, size_max=size_max, weights=_weights(raw.get("weights")), **lists)


def _weights(value: Any) -> tuple[tuple[str, int], ...]:
    if not value:
        return ()
    why = why_not(value) if isinstance(value, Mapping) else "they are not a weight for each component"
    if not why and not all(isinstance(weight, int) for weight in value.values()):
        why = "they are not whole numbers"
    if why:
        raise Refused(f"These weights cannot be used: {why}.", field="weights", code="invalid_weights")
    return tuple((name, value[name]) for name in MAXIMA)


def _items(name: str, value: Any) -> tuple[str, ...]:
    label = _LABELS[name]
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise Refused(f"The {label} are not a list of texts. Send a list.", field=name, code="invalid_list")
    kept: dict[str, str] = {}
    for item in value:
        text = " ".join(item.split())
        if text:
            kept.setdefault(text.casefold(), text)
    if len(kept) > MAX_ITEMS:
        raise Refused(
            f"There are {len(kept)} {label}, {MAX_ITEMS} is the most. Remove {len(kept) - MAX_ITEMS}.",
            field=name,
            code="too_many_items",
        )
    long = next((text for text in kept.values() if len(text) > MAX_CHARS), None)
    if long:
        raise Refused(
            f"“{long[:40]}…” has {len(long)} characters, {MAX_CHARS} is the most. Shorten it.",
            field=name,
            code="item_too_long",
        )
    return tuple(kept.values())


def _size(value: Any) -> tuple[int, int]:
    if value is None:
        return 0, 0
    if not isinstance(value, Mapping) or value.keys() - {"min", "max"}:
        raise _bad_size("The company size is not a smallest and a largest number. Send min and max.")
    size_min, size_max = (_people(value.get(end)) for end in ("min", "max"))
    if 0 < size_max < size_min:
        raise _bad_size("The smallest size is above the largest. Swap them, or leave the largest empty for no limit.")
    return size_min, size_max


def _people(value: Any) -> int:
    if value is None or value == "":
        return 0
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise _bad_size("A company size is a whole number of people, 0 or more. Correct it or leave it empty.")
    return value


def _bad_size(sentence: str) -> Refused:
    return Refused(sentence, field="company_size", code="invalid_size_range")


def same_content(one: Icp, other: Icp) -> bool:
    """Whether saving one over the other changes nothing: the order of tags is not content."""
    lists_agree = all(set(getattr(one, name)) == set(getattr(other, name)) for name in LIST_FIELDS)
    others = [(each.size_min, each.size_max, each.weights) for each in (one, other)]
    return lists_agree and others[0] == others[1]


def size_text(icp: Icp) -> str:
    """The size range in words: "any size", "5–50 people", "50 people or more", "up to 50 people"."""
    if not icp.has_size:
        return "any size"
    if not icp.size_max:
        return f"{icp.size_min:,} people or more"
    if not icp.size_min:
        return f"up to {icp.size_max:,} people"
    if icp.size_min == icp.size_max:
        return f"{icp.size_min:,} people"
    return f"{icp.size_min:,}–{icp.size_max:,} people"


def excluded_by(icp: Icp, name: str, domain: str) -> str | None:
    """The exclusion that removes this company, or None. Both sides are compared by domain and by normalised name."""
    company = _names(name) | _names(domain)
    return next((entry for entry in icp.exclusions if _names(entry) & company), None)


@lru_cache(maxsize=1024)
def _names(text: str) -> frozenset[str]:
    """What a text may stand for: a company's name, and, when it is one word, a domain."""
    domain = "" if " " in text.strip() else registrable_domain(text)
    return frozenset({normalise_name(text), domain} - {""})
