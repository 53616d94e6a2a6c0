"""Reading what a service says: its shapes are promised, not certain, so nothing here raises."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from leadboard.domain.found import Fact
from leadboard.domain.identity import registrable_domain, somebody_elses
from leadboard.domain.places import country_code, country_name

LATEST = 100_000_000_000
"""Seconds since 1970 that no moment of ours has: a larger number counts milliseconds."""


def text(value: Any) -> str:
    """A text or a number as text; "" for anything else, so that no `None`, `True` or `{...}` becomes a value."""
    match value:
        case bool():
            return ""
        case str():
            return value.strip()
        case int() | float() if isfinite(value):
            return str(int(value) if value == int(value) else value)
    return ""


def number(value: Any) -> float:
    """A finite number; 0 for anything else."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) else 0


def first(said: Mapping[str, Any], *names: str) -> str:
    """The text under the first of these names that has one."""
    return next((found for name in names if (found := text(said.get(name)))), "")


def part(said: Any, *names: str) -> dict[str, Any]:
    """The object that lies under these names, one in another; empty where there is none."""
    for name in names:
        said = said.get(name) if isinstance(said, dict) else None
    return said if isinstance(said, dict) else {}


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; what is none of it is left out."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """The texts of a list, each once."""
    return list(dict.fromkeys(filter(None, map(text, value)))) if isinstance(value, list) else []


def facts(said: Mapping[str, Any], confidence: float, source: str = "") -> tuple[Fact, ...]:
    """What has a value, in the words of the claims; a list is one fact for each of its values."""
    return tuple(
        Fact(field, value, confidence, source)
        for field, values in said.items()
        for value in (texts(values) if isinstance(values, list) else filter(None, [text(values)]))
    )


def link(value: Any) -> str:
    """An address that a reader may be sent to; "" for anything else, such as a script."""
    said = text(value)
    return said if said.lower().startswith(("https://", "http://")) else ""


def day(value: Any) -> date | None:
    """The day of a moment: ISO text, or seconds or milliseconds since 1970; None for anything else."""
    try:
        match value:
            case str():
                return date.fromisoformat(value.strip()[:10])
            case int() | float() if not isinstance(value, bool):
                return datetime.fromtimestamp(value / 1000 if abs(value) > LATEST else value, UTC).date()
    except (ValueError, OverflowError, OSError):
        pass
    return None


def parted(name: Any) -> tuple[str, str]:
    """First and last name of a whole one, at its first gap."""
    given, _, family = text(name).partition(" ")
    return given, family.strip()


def staff(low: Any, high: Any) -> str:
    """A headcount between two ends as people write it: `11-50`, or `1000+` without an upper one."""
    least, most = int(number(low)), int(number(high))
    return f"{least}-{most}" if most else f"{least}+" if least else ""


def home(address: Any) -> str:
    """The company's domain by its website; "" for a page on somebody else's site."""
    said = text(address)
    return "" if somebody_elses(said) else registrable_domain(said)


def names_of(places: Iterable[str]) -> list[str]:
    """Places as services know them: a country's code becomes its name, all else stays."""
    return [country_name(code) if (code := country_code(place)) else place for place in places]
