"""Rows back to a CSV file that no spreadsheet takes for formulas, and that can be imported again."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_TRIGGER = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")
_BATCH = 500


def guard(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run; before such an apostrophe, too."""
    return f"'{cell}" if _TRIGGER.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell that `guard` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write_csv(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A CSV file in pieces: UTF-8 with a mark (spreadsheets ask for it), every cell quoted and guarded."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    for at, row in enumerate(rows, 1):
        writer.writerow([guard(cell) for cell in row])
        if at % _BATCH == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "surrogatepass")
