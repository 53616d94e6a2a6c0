"""The Sales board as a view: the columns of people, by value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from leadboard.domain.stages import SALES_COLUMNS, Column, SalesColumn
from leadboard.store import board
from leadboard.store.db import Tx
from leadboard.ui import words
from leadboard.ui.board.view import BoardView, segments


@dataclass(frozen=True)
class SalesView(BoardView):
    """The Sales board of a workspace; its first column is the inbox."""

    columns: ClassVar[tuple[Column | SalesColumn, ...]] = SALES_COLUMNS
    path: ClassVar[str] = "sales"

    async def windows(self, tx: Tx, wanted: Mapping[str, int]) -> board.Windows:
        """The first leads of columns, by value."""
        return await board.sales_windows(tx, wanted, self.filter)

    def strip(self, totals: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
        """The stage strip and the sentence beside it."""
        taken_up = sum(totals.get(column, (0, 0))[0] for column in SalesColumn)
        return {
            "segments": segments(totals, self._in_view),
            "summary": f"{words.counted(taken_up, 'lead')} taken up" if taken_up else "",
            "leads": taken_up + totals.get(Column.ENRICHED, (0, 0))[0],
        }
