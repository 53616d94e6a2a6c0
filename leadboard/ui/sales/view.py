"""The Sales board as a view: the columns of people, usually by value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from leadboard.domain.sorting import Sort
from leadboard.domain.stages import SALES_COLUMNS, Column, SalesColumn
from leadboard.ui import words
from leadboard.ui.board.view import BoardView, segments


@dataclass(frozen=True)
class SalesView(BoardView):
    """The Sales board of a workspace; its first column is the inbox."""

    columns: ClassVar[tuple[Column | SalesColumn, ...]] = SALES_COLUMNS
    path: ClassVar[str] = "sales"

    sort: Sort = Sort.VALUE

    def strip(self, totals: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
        """The stage strip and the sentence beside it."""
        taken_up = sum(totals.get(column, (0, 0))[0] for column in SalesColumn)
        return {
            "segments": segments(totals, self._in_view),
            "summary": f"{words.counted(taken_up, 'lead')} taken up" if taken_up else "",
            "leads": taken_up + totals.get(Column.ENRICHED, (0, 0))[0],
        }
