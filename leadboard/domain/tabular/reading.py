"""The rows of a file under a layout, one after the other, with flat memory."""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from leadboard.domain.tabular import json_rows
from leadboard.domain.tabular.export import unguard
from leadboard.domain.tabular.layout import Layout, Row
from leadboard.domain.tabular.records import is_blank, lines


def read(file: BinaryIO, layout: Layout) -> Iterator[Row]:
    """The rows of data in order. Blank lines, comment lines and repeated headers are passed over.

    Raises `Refused` where the file breaks a limit. `file` must be seekable; it is read from its beginning.
    """
    return _text_rows(file, layout) if layout.format == "csv" else json_rows.rows(file, layout)


def _text_rows(file: BinaryIO, layout: Layout) -> Iterator[Row]:
    width, number = len(layout.header), 0
    written = list(layout.written)
    for line, cells in islice(lines(file, layout), layout.first, layout.stop):
        if not (cells and cells[0]) and is_blank(cells):
            continue
        if cells == written or (width > 1 and cells[0][:1] == "#" and is_comment(cells)):
            continue
        number += 1
        note = _fit(cells, width) if len(cells) != width else ""
        if "'" in "".join(cells):
            cells = [unguard(cell) for cell in cells]
        yield Row(number, line, cells, note)


def is_comment(cells: list[str]) -> bool:
    """Whether the record is a remark: "# ..." and nothing in its other cells."""
    return cells[0].lstrip()[:1] == "#" and not any(cell.strip() for cell in cells[1:])


def _fit(cells: list[str], width: int) -> str:
    """Pad a short row, drop empty cells behind a long one; the sentence about it, if it needs one."""
    missing = width - len(cells)
    if missing > 0:
        cells.extend([""] * missing)
        return f"{missing} {'cell is' if missing == 1 else 'cells are'} missing at its end and read as empty."
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    surplus = len(cells) - width
    if not surplus:
        return ""
    cells_are = "cell" if surplus == 1 else "cells"
    return f"It has {surplus} {cells_are} more than the header; what stands there is not imported."
