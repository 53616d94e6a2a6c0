"""Delimiter, quotation mark and escape of a text table, from how well each way of splitting it fits."""

import csv
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from leadboard.domain.tabular.looks import kind

_USUAL = ",;\t|"
_RARE = "^~\x1f\x01"
_ROWS = 300


@dataclass(frozen=True)
class Dialect:
    """How rows are split into cells. `spaced`: blanks after a delimiter belong to it."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    spaced: bool = False

    def options(self) -> dict[str, object]:
        """As `csv.reader` takes them."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote,
            "escapechar": self.escape or None,
            "skipinitialspace": self.spaced,
        }


def detect(sample: str) -> Dialect:
    """The dialect that cuts the sample into the most regular table; one column with commas when none does."""
    quote = _quote(sample)
    usual = [Dialect(delimiter, quote) for delimiter in _USUAL if delimiter in sample]
    best = max(usual, key=lambda dialect: _fit(sample, dialect), default=Dialect(quote=quote))
    if _fit(sample, best) < 0.3:
        rare = [Dialect(delimiter, quote) for delimiter in _RARE if delimiter in sample]
        rare.append(Dialect(" ", quote, spaced=True))
        other = max(rare, key=lambda dialect: _fit(sample, dialect))
        best = other if _is_strict(sample, other) else best if _fit(sample, best) > 0.1 else Dialect(quote=quote)
    escaped = Dialect(best.delimiter, quote, _escape(sample, best), best.spaced)
    if best.delimiter in " \t":
        return escaped
    return Dialect(best.delimiter, quote, escaped.escape, _is_spaced(sample, escaped))


def rows(sample: str, dialect: Dialect) -> list[list[str]]:
    """The first rows of the sample; what the reader cannot take ends them."""
    reader = csv.reader(sample.splitlines(keepends=True), **dialect.options())  # type: ignore[arg-type]
    found: list[list[str]] = []
    with suppress(csv.Error):
        found.extend(islice(reader, _ROWS))
    return [row for row in found if any(row)]


def _fit(sample: str, dialect: Dialect) -> float:
    """0 to 1: how many rows have the usual width, and how many cells look like one value."""
    found = rows(sample, dialect)
    widths = Counter(len(row) for row in found if len(row) > 1)
    if not widths:
        return 0.0
    width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
    ragged = sum(1 for row in found if len(row) > 1) - often
    regular = (often + 0.3 * ragged) / len(found)
    cells = [cell for row in found for cell in row][:3000]
    clean = sum(_clean(cell, dialect.delimiter) for cell in cells) / len(cells)
    return regular * clean * (1 - 1 / (width + 1))


def _clean(cell: str, delimiter: str) -> float:
    """1 for a cell that is one value, less for one that could still be cut."""
    if kind(cell) != "text":
        return 1.0
    if cell.count('"') % 2 or any(other in cell for other in ";\t|" if other != delimiter):
        return 0.4
    return 0.9 if "\n" not in cell else 0.8


def _is_strict(sample: str, dialect: Dialect) -> bool:
    """Whether a rare delimiter makes a table beyond doubt: mostly three or more equal columns, half of them values."""
    found = [row for row in rows(sample, dialect) if len(row) > 1]
    widths = Counter(map(len, found))
    if not widths:
        return False
    width, often = widths.most_common(1)[0]
    cells = [cell for row in found if len(row) == width for cell in row]
    values = sum(kind(cell) not in ("text", "") for cell in cells)
    enough = width >= 3 or dialect.delimiter in "^~\x1f\x01"
    valued = values * 2 >= len(cells) or dialect.delimiter in "^~\x1f\x01"
    return enough and valued and often >= 2 and often >= 0.8 * len(found)


def _quote(sample: str) -> str:
    """The double quote, unless it is absent and another sign stands in pairs around whole cells only."""
    if '"' in sample:
        return '"'
    for sign in "'#`":
        around = len(re.findall(rf"(?:^|[,;\t|])[ ]?{sign}[^{sign}\r\n]*{sign}(?=[,;\t|\r\n]|$)", sample, re.MULTILINE))
        if around >= 2 and around * 2 == sample.count(sign):
            return sign
    return '"'


def _escape(sample: str, dialect: Dialect) -> str:
    """The backslash, where it hides a quotation mark in the middle of a quoted cell."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    hidden = re.search(rf"\\{quote}(?!{quote})[ ]*[^\s{delimiter}]", sample)
    doubled = re.search(rf"\\{quote}{quote}", sample)
    return "\\" if hidden and not doubled else ""


def _is_spaced(sample: str, dialect: Dialect) -> bool:
    """Whether blanks follow the delimiters by habit, or stand before a quotation mark that opens a cell."""
    later = [cell for row in rows(sample, dialect) for cell in row[1:] if cell]
    if any(cell.lstrip(" ").startswith(dialect.quote) and cell[0] == " " for cell in later):
        return True
    return bool(later) and sum(cell[0] == " " and bool(cell.strip()) for cell in later) > 0.8 * len(later)
