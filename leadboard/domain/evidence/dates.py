"""Dates as they are written: any order, months in words of the languages websites are mostly written in."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from babel import Locale

from leadboard.domain.evidence.spelling import plain

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_LEAST_YEAR, _MOST_YEAR = 1500, 2200


class Day(NamedTuple):
    """A date of any precision; what is not said is None."""

    year: int | None
    month: int | None
    day: int | None

    def within(self, other: "Day") -> bool:
        """Whether everything said here is said by the other date too."""
        return all(mine is None or mine == theirs for mine, theirs in zip(self, other, strict=True))


class Dated(NamedTuple):
    """A date in a text: where it stands, and as what it can be read (`03/04/2026` is in March or in April)."""

    start: int
    end: int
    readings: tuple[Day, ...]


@cache
def _months() -> dict[str, int]:
    """Every name and abbreviation of a month, plain -> its number."""
    return {
        plain(name.rstrip(".")): number
        for language in reversed(_LANGUAGES)
        for width in ("abbreviated", "wide")
        for number, name in Locale(language).months["format"][width].items()
    }


_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|\.)?"
_MONTH = r"(?P<{0}>[^\W\d_]{{3,12}})\.?"
_YEAR = r"(?P<{0}>\d{{4}})"
_ORDERS = (
    rf"{_YEAR.format('y1')}[-/](?P<m1>\d{{2}})(?:[-/](?P<d1>\d{{2}}))?",
    rf"(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}})[./]{_YEAR.format('y2')}",
    rf"{_DAY.format('d3')}\s+(?:of\s+|de\s+)?{_MONTH.format('m3')}(?:,?\s+(?:de\s+)?{_YEAR.format('y3')})?",
    rf"{_MONTH.format('m4')}\s+{_DAY.format('d4')}(?!\d)(?:,?\s+{_YEAR.format('y4')})?",
    rf"{_MONTH.format('m5')},?\s+(?:of\s+|de\s+)?{_YEAR.format('y5')}",
)
_WRITTEN = [re.compile(rf"(?<![\w.,/-]){order}(?![\w/-])") for order in _ORDERS]


def dates(text: str) -> list[Dated]:
    """The dates of a text that have a month, in their order, the longest reading of each place."""
    found: list[Dated] = []
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            readings = tuple(day for day in _readings(match.groupdict()) if _is_one(day))
            if readings and not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(Dated(*match.span(), readings))
    return sorted(found)


def _readings(parts: dict[str, str | None]) -> Iterator[Day]:
    if parts.get("a"):
        one, other, year = int(parts["a"] or 0), int(parts["b"] or 0), int(parts["y2"] or 0)
        yield Day(year, other, one)
        yield Day(year, one, other)
        return
    said = {name[0]: value for name, value in parts.items() if value}
    month = said.get("m", "")
    yield Day(
        int(said["y"]) if "y" in said else None,
        int(month) if month.isdecimal() else _months().get(plain(month), 0),
        int(said["d"]) if "d" in said else None,
    )


def _is_one(day: Day) -> bool:
    return (
        (day.year is None or _LEAST_YEAR <= day.year <= _MOST_YEAR)
        and (day.month is None or 1 <= day.month <= 12)
        and (day.day is None or 1 <= day.day <= 31)
    )
