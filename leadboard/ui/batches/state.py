"""Who finds contacts: the dialog with its forecast, and what is done about batches. The batches are filled by the
live view."""

import reflex as rx

from leadboard.actions import batches
from leadboard.domain.discovery import cap_of
from leadboard.domain.rights import Right
from leadboard.errors import Refused
from leadboard.ui import words
from leadboard.ui.batches.display import BatchCard, ForecastCard
from leadboard.ui.batches.view import BatchView
from leadboard.ui.batches.words import forecast_card
from leadboard.ui.board.state import BoardState
from leadboard.ui.guard import id_in, needs
from leadboard.ui.selection.state import picked
from leadboard.ui.viewer import Viewer


class BatchState(Viewer, rx.State):
    """The dialog and the panels on the Enrichment board. `hidden` are the batches whose panels this tab has closed."""

    batches: rx.Field[list[BatchCard]] = rx.field(default_factory=list)
    open: rx.Field[bool] = rx.field(False)
    forecast: rx.Field[ForecastCard] = rx.field(default_factory=ForecastCard)
    cap_wrong: rx.Field[str] = rx.field("")
    hidden: rx.Field[list[str]] = rx.field(default_factory=list)

    _leads: list[str] = []
    """Whom the dialog is about."""

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at the batches of the workspace in the address."""
        await self._watch(BatchView((await self._here()).workspace.id))

    @rx.event
    @needs(Right.SPEND)
    async def expect(self, cards: str) -> None:
        """Say what finding the contacts of the selected leads would bring and cost."""
        self._leads, self.cap_wrong = list(picked(cards)), ""
        here = await self._here(Right.SPEND)
        forecast = await batches.forecast(await self._me(), self._slug, self._leads)
        self.forecast = forecast_card(len(self._leads), forecast, here.workspace.demo)
        self.open = True

    @rx.event
    @needs(Right.READ)
    async def show(self, is_open: bool) -> None:
        """Close the dialog."""
        self.open = self.open and is_open

    @rx.event
    @needs(Right.SPEND)
    async def start(self, form: dict[str, str]) -> None:
        """Find the contacts, for so much money at most; what is wrong with the cap is said at its field."""
        self.cap_wrong = ""
        try:
            await batches.start(await self._me(), self._slug, self._leads, cap_of(form.get("cap", "")))
        except Refused as refused:
            if refused.field != "cap":
                raise
            self.cap_wrong = refused.sentence
            return
        self.open = False
        board = await self.get_state(BoardState)
        await board._acted(f"Finding contacts of {words.counted(len(self._leads), 'lead')}")

    @rx.event
    @needs(Right.SPEND)
    async def cancel_batch(self, text: str) -> None:
        """End a batch where it stands."""
        await batches.cancel(await self._me(), self._slug, str(id_in(text, "batch")))

    @rx.event
    @needs(Right.SPEND)
    async def resume_batch(self, form: dict[str, str]) -> None:
        """Go on with a batch that is paused, for so much money at most."""
        batch_id = str(id_in(form.get("batch", ""), "batch"))
        await batches.resume(await self._me(), self._slug, batch_id, cap_of(form.get("cap", "")))

    @rx.event
    @needs(Right.READ)
    async def hide(self, text: str) -> None:
        """Close the panel of a batch that has ended, in this tab."""
        self.hidden = [*self.hidden, str(id_in(text, "batch"))][-20:]


BatchView.state = BatchState
