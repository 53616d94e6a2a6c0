"""Who looks at the Sales board, and where they move leads. The columns are filled by the live view, never read here."""

from collections.abc import Sequence

import reflex as rx

from leadboard.actions import moves
from leadboard.domain.rights import Right
from leadboard.domain.stages import COLUMN_TITLES, SALES_COLUMNS, SalesColumn
from leadboard.domain.stages import Column as BoardColumn
from leadboard.errors import Refused
from leadboard.store.moves import MovedSince
from leadboard.ui import live
from leadboard.ui.board.view import WINDOW
from leadboard.ui.components.column import MOST_CARDS
from leadboard.ui.display import Column, Entry, Segment
from leadboard.ui.filters.state import Filtering
from leadboard.ui.frame import Frame, changed, moved_since
from leadboard.ui.guard import id_in, needs
from leadboard.ui.sales.view import SalesView
from leadboard.ui.selection.state import Selecting, picked


def _loading(column: BoardColumn | SalesColumn) -> rx.Field[Column]:
    return rx.field(default_factory=lambda: Column(column.value, COLUMN_TITLES[column], loading=True))


class SalesState(Filtering, Selecting, rx.State):
    """The Sales board: one var per column, so that a delta carries only what changed."""

    enriched: rx.Field[Column] = _loading(BoardColumn.ENRICHED)
    review: rx.Field[Column] = _loading(SalesColumn.REVIEW)
    first_contact: rx.Field[Column] = _loading(SalesColumn.FIRST_CONTACT)
    negotiating: rx.Field[Column] = _loading(SalesColumn.NEGOTIATING)
    meeting_booked: rx.Field[Column] = _loading(SalesColumn.MEETING_BOOKED)
    disqualified: rx.Field[Column] = _loading(SalesColumn.DISQUALIFIED)
    segments: rx.Field[list[Segment]] = rx.field(default_factory=list)
    entries: rx.Field[list[Entry]] = rx.field(default_factory=list)
    summary: rx.Field[str] = rx.field("")
    leads: rx.Field[int] = rx.field(-1)

    _shown: dict[str, int] = {}
    _board: str = "sales"
    _columns: Sequence[str] = SALES_COLUMNS

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at the Sales board of the workspace in the address."""
        at = (await self._here()).workspace
        narrow, sort = self._narrow(at.currency)
        shown = tuple(sorted(self._shown.items()))
        await self._watch(SalesView(at.id, at.slug, at.currency, shown, narrow, sort))

    @rx.event
    @needs(Right.READ)
    async def more(self, column: str) -> None:
        """Show the next cards of a column, up to as many as a column shows."""
        key = _column(column)
        self._shown = {**self._shown, key: min(self._shown.get(key, WINDOW) + WINDOW, MOST_CARDS)}
        await self.look()

    @rx.event
    @needs(Right.READ)
    async def reload(self, column: str) -> None:
        """Read the board again."""
        _column(column)
        live.current().leave(self._sid, SalesState)
        await self.look()

    @rx.event
    @needs(Right.EDIT)
    async def move(self, lead_id: str, version: int, column: str) -> None:
        """Move a lead to a column, unless somebody moved it after this page saw it; then they choose."""
        seen = version if type(version) is int else 0
        try:
            done = await moves.move(await self._me(), self._slug, str(id_in(lead_id)), seen, _column(column))
        except MovedSince as since:
            toast, act = moved_since(since, _column(column))
        else:
            if not done.leads:
                return
            toast, act = changed(done.what, done.change)
        (await self.get_state(Frame))._offer(toast, act)

    @rx.event
    @needs(Right.EDIT)
    async def drop(self, cards: str, column: str) -> None:
        """Move leads that were dropped on a column, each an id and a version on a line of `cards`."""
        await self.move_selected(cards, column)

    @rx.event
    @needs(Right.EDIT)
    async def move_selected(self, cards: str, column: str) -> None:
        """Move leads to a column; one that somebody moved after this page saw it stays, and its mover is told."""
        leads = picked(cards)
        if len(leads) == 1:
            [(lead_id, version)] = leads.items()
            await self.move(lead_id, version, column)
            self.acted += 1
        else:
            await self._done(await moves.move_many(await self._me(), self._slug, [*leads.items()], _column(column)))


SalesView.state = SalesState


def _column(key: object) -> str:
    if key not in SALES_COLUMNS:
        raise Refused("This column does not exist.", code="not_found", status=404)
    return str(key)
