"""Who looks at the board, and what they do on it. The columns are filled by the live view, never read here."""

from collections.abc import Sequence
from dataclasses import replace

import reflex as rx

from leadboard.actions import runs
from leadboard.domain.rights import Right
from leadboard.domain.stages import COLUMN_TITLES, ENRICHMENT_COLUMNS
from leadboard.domain.stages import Column as BoardColumn
from leadboard.errors import Refused
from leadboard.ui import live, words
from leadboard.ui.board.view import WINDOW, BoardView
from leadboard.ui.components.column import MOST_CARDS
from leadboard.ui.display import Column, Entry, Segment
from leadboard.ui.filters.state import Filtering
from leadboard.ui.frame import Frame, said
from leadboard.ui.guard import id_in, needs
from leadboard.ui.selection.state import Selecting, picked


def _loading(column: BoardColumn) -> rx.Field[Column]:
    return rx.field(default_factory=lambda: Column(column.value, COLUMN_TITLES[column], loading=True))


class BoardState(Filtering, Selecting, rx.State):
    """The Enrichment board: one var per column, so that a delta carries only what changed."""

    harvested: rx.Field[Column] = _loading(BoardColumn.HARVESTED)
    intake: rx.Field[Column] = _loading(BoardColumn.INTAKE)
    analysis: rx.Field[Column] = _loading(BoardColumn.ANALYSIS)
    qualification: rx.Field[Column] = _loading(BoardColumn.QUALIFICATION)
    refinement: rx.Field[Column] = _loading(BoardColumn.REFINEMENT)
    strategy: rx.Field[Column] = _loading(BoardColumn.STRATEGY)
    messaging: rx.Field[Column] = _loading(BoardColumn.MESSAGING)
    enriched: rx.Field[Column] = _loading(BoardColumn.ENRICHED)
    attention: rx.Field[Column] = _loading(BoardColumn.ATTENTION)
    segments: rx.Field[list[Segment]] = rx.field(default_factory=list)
    entries: rx.Field[list[Entry]] = rx.field(default_factory=list)
    summary: rx.Field[str] = rx.field("")
    waiting: rx.Field[int] = rx.field(0)
    leads: rx.Field[int] = rx.field(-1)
    busy: rx.Field[bool] = rx.field(False)

    _shown: dict[str, int] = {}
    _board: str = "board"
    _columns: Sequence[str] = ENRICHMENT_COLUMNS

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at the board of the workspace in the address; opening a lead over it changes nothing."""
        at = (await self._here()).workspace
        narrow, sort = self._narrow(at.currency)
        shown = tuple(sorted(self._shown.items()))
        await self._watch(BoardView(at.id, at.slug, at.currency, shown, narrow, sort))

    @rx.event
    @needs(Right.READ)
    async def more(self, column: str) -> None:
        """Show the next cards of a column, up to as many as a column shows."""
        key = _column(column)
        self._shown = {**self._shown, key.value: min(self._shown.get(key.value, WINDOW) + WINDOW, MOST_CARDS)}
        await self.look()

    @rx.event
    @needs(Right.READ)
    async def reload(self, column: str) -> None:
        """Read the board again."""
        _column(column)
        live.current().leave(self._sid, BoardState)
        await self.look()

    @rx.event
    @needs(Right.SPEND)
    async def enrich(self, lead_id: str) -> None:
        """Enrich one lead."""
        await runs.enrich(await self._me(), self._slug, [str(id_in(lead_id))])

    @rx.event
    @needs(Right.SPEND)
    async def enrich_column(self, column: str) -> None:
        """Enrich every lead that waits in a column, of those shown."""
        narrow = await self._acting_on()
        many = (await runs.enrich_column(await self._me(), self._slug, _column(column), narrow)).requested
        await self._say(f"Enriching {words.counted(many, 'lead')}" if many else "No lead waits in this column")

    @rx.event
    @needs(Right.SPEND)
    async def enrich_all(self) -> None:
        """Enrich every harvested lead, of those shown."""
        await self.enrich_column(BoardColumn.HARVESTED)

    @rx.event
    @needs(Right.SPEND)
    async def retry(self, lead_id: str) -> None:
        """Enrich a failed lead again."""
        await runs.retry(await self._me(), self._slug, str(id_in(lead_id)))

    @rx.event
    @needs(Right.SPEND)
    async def cancel(self, lead_id: str) -> None:
        """Stop the enrichment of one lead."""
        await runs.cancel(await self._me(), self._slug, [str(id_in(lead_id))])

    @rx.event
    @needs(Right.SPEND)
    async def stop_selected(self, cards: str) -> None:
        """Stop the enrichment of the selected leads."""
        many = await runs.cancel(await self._me(), self._slug, list(picked(cards)))
        if many:
            await self._acted(f"Stopped {words.counted(many, 'lead')}")
        else:
            await self._unchanged("None of them is being enriched")

    @rx.event
    @needs(Right.SPEND)
    async def cancel_column(self, column: str) -> None:
        """Stop whatever is being enriched in a column, of those shown."""
        narrow = await self._acting_on()
        many = await runs.cancel_column(await self._me(), self._slug, _column(column), narrow)
        await self._say(f"Stopped {words.counted(many, 'lead')}" if many else "Nothing is running in this column")

    @rx.event
    @needs(Right.SPEND)
    async def prioritise(self, lead_id: str) -> None:
        """Put a lead ahead of the others."""
        await runs.prioritise(await self._me(), self._slug, str(id_in(lead_id)))

    @rx.event
    @needs(Right.SPEND)
    async def cancel_all(self) -> None:
        """Stop every enrichment, also those that wait; on a filtered board those it shows."""
        narrow = await self._acting_on()
        shown = replace(narrow, stage=narrow.stage or ENRICHMENT_COLUMNS) if narrow else narrow
        many = await runs.cancel_all(await self._me(), self._slug, shown)
        await self._say(f"Stopped {words.counted(many, 'lead')}")

    async def _say(self, sentence: str) -> None:
        (await self.get_state(Frame))._toast(said(sentence))


BoardView.state = BoardState


def _column(key: object) -> BoardColumn:
    try:
        return BoardColumn(str(key))
    except ValueError:
        raise Refused("This column does not exist.", code="not_found", status=404) from None
