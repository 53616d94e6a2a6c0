"""The records of a text table as they stand in the file, headers, notes and blank lines included."""

import csv
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from leadboard.domain.tabular import source
from leadboard.domain.tabular.layout import MAX_CELL, MAX_COLUMNS, Layout
from leadboard.errors import Refused


class Record(NamedTuple):
    """One record: its index from 0, the line it starts on, its cells, and whether a blank one stands before."""

    index: int
    line: int
    cells: list[str]
    after_blank: bool = False

    @property
    def fill(self) -> int:
        """How many cells say something."""
        return sum(1 for cell in self.cells if cell.strip())

    @property
    def lead(self) -> str:
        """The first cell that says something."""
        return next((cell.strip() for cell in self.cells if cell.strip()), "")


def records(file: BinaryIO, layout: Layout) -> Iterator[Record]:
    """All records in order, blank ones too (no cells, or only blank ones)."""
    for index, (line, cells) in enumerate(lines(file, layout)):
        yield Record(index, line, cells)


def lines(file: BinaryIO, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """The same as plain pairs (line, cells), for the pace of long files; refuses too many columns, too long cells."""
    reader = csv.reader(
        source.text(file, layout),
        delimiter=layout.delimiter,
        quotechar=layout.quote,
        escapechar=layout.escape or None,
        skipinitialspace=layout.spaced,
    )
    line = 1
    try:
        for cells in reader:
            if len(cells) > MAX_COLUMNS:
                raise Refused(
                    f"Line {line} has {len(cells):,} columns; at most {MAX_COLUMNS} can be imported. "
                    "Remove the columns you do not need and upload the file again.",
                    field="file",
                )
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as broken:
        raise Refused(
            f"The cell that begins near line {line} is longer than {MAX_CELL:,} characters; probably a quotation mark "
            "is never closed. Correct that line and upload the file again.",
            field="file",
        ) from broken


def is_blank(cells: list[str]) -> bool:
    """Whether nothing stands in the record."""
    return not any(cells) or not "".join(cells).strip()
