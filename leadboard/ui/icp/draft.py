"""The profile as somebody edits it: texts as typed, checked field by field."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from leadboard.domain.icp import COMPANIES, LIST_FIELDS, Icp, normalise
from leadboard.domain.identity import is_legal_form, registrable_domain
from leadboard.errors import Refused

SIZE = "company_size"
MOST_TAGS = 200
"""A longer list is refused as a whole: nobody would remove so many one by one."""

_BETWEEN = re.compile(r"[,;\t\r\n]")


def tags_of(profile: Icp) -> dict[str, list[str]]:
    """The lists of a profile by field."""
    return {name: list(getattr(profile, name)) for name in LIST_FIELDS}


def number_text(people: int) -> str:
    """An end of the size as a field shows it; not specified is empty."""
    return str(people) if people else ""


def with_added(field: str, tags: Sequence[str], text: str) -> list[str]:
    """The list of a field with what a text adds: one tag, or several between commas, semicolons, tabs or lines.

    Where tags name companies, a legal form by itself belongs to the name before it: "Acme, Inc." is one of them.
    """
    every = list(tags)
    for tag in (" ".join(part.split()) for part in _BETWEEN.split(text)):
        if field == COMPANIES and every and is_legal_form(tag):
            every[-1] = _with_form(every[-1], tag)
        elif tag:
            every.append(tag)
    kept: dict[str, str] = {}
    for tag in every:
        kept.setdefault(tag.casefold(), tag)
    return list(kept.values())


def _with_form(name: str, form: str) -> str:
    """A domain stays one, or it would exclude nobody by it any more."""
    return name if registrable_domain(name) else f"{name}, {form}"


def raw(
    tags: Mapping[str, Sequence[str]], size_min: str, size_max: str, weights: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """A draft as `normalise` takes it; thousands may be set off ("1,200")."""
    size = {"min": size_min.replace(",", "").strip(), "max": size_max.replace(",", "").strip()}
    return {name: list(tags.get(name, ())) for name in LIST_FIELDS} | {SIZE: size, "weights": dict(weights or {})}


def errors_of(draft: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with a draft, by field; empty when it can be saved."""
    found: dict[str, str] = {}
    for name, value in draft.items():
        try:
            normalise({name: value})
        except Refused as refused:
            found[name] = refused.sentence
    return found


def can_swap(size_min: str, size_max: str) -> bool:
    """Whether the two ends would be right the other way round."""
    forth, back = (errors_of(raw({}, *ends)) for ends in ((size_min, size_max), (size_max, size_min)))
    return bool(forth) and not back
