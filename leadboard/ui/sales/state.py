"""Who looks at the Sales board, and where they move leads. The columns are filled by the live view, never read here."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

import reflex as rx

from leadboard.actions import moves
from leadboard.domain.rights import Right
from leadboard.domain.stage_needs import NO_ANSWERS, Answers
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
    time_zone: rx.Field[str] = rx.field("")
    """By whose clock meetings are told."""
    answered: rx.Field[int] = rx.field(0)
    """How often a form that a stage asks with was answered: needs.js then looks what came of it."""
    moved: rx.Field[bool] = rx.field(False)
    """Whether the last one moved all that it was about."""
    wrong: rx.Field[str] = rx.field("")
    wrong_at: rx.Field[str] = rx.field("")
    """What was refused of it, and the name of its field."""

    _shown: dict[str, int] = {}
    _board: str = "sales"
    _columns: Sequence[str] = SALES_COLUMNS

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at the Sales board of the workspace in the address."""
        at = (await self._here()).workspace
        narrow, sort = self._narrow(at.currency)
        self.time_zone = at.time_zone
        shown = tuple(sorted(self._shown.items()))
        await self._watch(SalesView(at.id, at.slug, at.currency, shown, narrow, sort, at.time_zone))

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
        await self._move({str(id_in(lead_id)): version if type(version) is int else 0}, column)

    @rx.event
    @needs(Right.EDIT)
    async def drop(self, cards: str, column: str) -> None:
        """Move leads that were dropped on a column, each an id and a version on a line of `cards`."""
        await self.move_selected(cards, column)

    @rx.event
    @needs(Right.EDIT)
    async def move_selected(self, cards: str, column: str) -> None:
        """Move leads to a column; one that somebody moved after this page saw it stays, and its mover is told."""
        await self._move_chosen(cards, column)

    @rx.event
    @needs(Right.EDIT)
    async def move_knowing(self, form: dict[str, str], cards: str, column: str) -> None:
        """Move leads to a column that has to know something of them; what it cannot take is told at its field."""
        answers = Answers(**{field.name: form.get(field.name, "") for field in fields(Answers)})
        try:
            self.moved = await self._move_chosen(cards, column, answers)
        except Refused as refused:
            if not hasattr(answers, refused.field):
                raise
            self.moved, self.wrong, self.wrong_at = False, refused.sentence, refused.field
        else:
            self.wrong = self.wrong_at = ""
        self.answered += 1

    @rx.event
    @needs(Right.READ)
    def give_up(self) -> None:
        """Leave the cards where they are; the next form begins without this one's error."""
        self.wrong = self.wrong_at = ""

    async def _move(self, cards: Mapping[str, int], column: str, answers: Answers = NO_ANSWERS) -> bool:
        """Move leads and tell of it; whether all of them went."""
        me, to = await self._me(), _column(column)
        if len(cards) > 1:
            done = await moves.move_many(me, self._slug, [*cards.items()], to, answers)
            await self._done(done)
            return bool(done.leads) and not done.conflicts
        [(lead_id, version)] = cards.items()
        try:
            done = await moves.move(me, self._slug, lead_id, version, to, answers)
        except MovedSince as since:
            (await self.get_state(Frame))._offer(*moved_since(since, to, answers))
            return False
        if done.leads:
            (await self.get_state(Frame))._offer(*changed(done.what, done.change))
        return bool(done.leads)

    async def _move_chosen(self, cards: str, column: str, answers: Answers = NO_ANSWERS) -> bool:
        """The same for cards that a person chose; of many, telling of it lets go of them."""
        leads = picked(cards)
        moved = await self._move(leads, column, answers)
        if len(leads) == 1:
            self.acted += 1
        return moved


SalesView.state = SalesState


def _column(key: object) -> str:
    if key not in SALES_COLUMNS:
        raise Refused("This column does not exist.", code="not_found", status=404)
    return str(key)
