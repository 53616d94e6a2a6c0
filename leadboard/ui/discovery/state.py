"""Who presses Discover, and what they ask for. The offer and the run are filled by the live view."""

import reflex as rx

from leadboard.actions import discoveries
from leadboard.domain.discovery import UNDER_WAY, cap_of
from leadboard.domain.rights import Right
from leadboard.errors import Refused
from leadboard.ui.discovery.display import Offering, Run
from leadboard.ui.discovery.view import DiscoveryView
from leadboard.ui.guard import needs
from leadboard.ui.viewer import Viewer


class DiscoveryState(Viewer, rx.State):
    """The dialog and the panel on the Enrichment board."""

    offering: rx.Field[Offering] = rx.field(default_factory=Offering)
    run: rx.Field[Run] = rx.field(default_factory=Run)
    open: rx.Field[bool] = rx.field(False)
    target_wrong: rx.Field[str] = rx.field("")
    cap_wrong: rx.Field[str] = rx.field("")
    hidden: rx.Field[str] = rx.field("")
    """The search whose panel this tab has closed."""

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at the searches of the workspace in the address."""
        await self._watch(DiscoveryView((await self._here()).workspace.id))

    @rx.event
    @needs(Right.READ)
    async def show(self, is_open: bool) -> None:
        """Open or close the dialog; while a search is under way its panel comes back instead."""
        self.target_wrong = self.cap_wrong = ""
        last = await discoveries.latest(await self._me(), self._slug) if is_open is True else None
        if last and last.status in UNDER_WAY:
            self.open, self.hidden = False, ""
        else:
            self.open = is_open is True

    @rx.event
    @needs(Right.SPEND)
    async def start(self, form: dict[str, str]) -> None:
        """Look for companies as the form says; what is wrong with it is said at its field."""
        self.target_wrong = self.cap_wrong = ""
        try:
            started = await discoveries.request(
                await self._me(),
                self._slug,
                _number(form.get("target_count", "")),
                cap_micros=cap_of(form.get("cap", "")),
                enrich=form.get("enrich", "") == "on",
            )
        except Refused as refused:
            match refused.field:
                case "target_count":
                    self.target_wrong = refused.sentence
                case "cap":
                    self.cap_wrong = refused.sentence
                case _:
                    raise
            return
        self.open, self.hidden = False, "" if self.hidden == str(started.id) else self.hidden

    @rx.event
    @needs(Right.SPEND)
    async def cancel_search(self) -> None:
        """End the search under way; what it found stays."""
        await discoveries.cancel(await self._me(), self._slug)

    @rx.event
    @needs(Right.READ)
    async def hide(self) -> None:
        """Close the panel of the last search, in this tab."""
        last = await discoveries.latest(await self._me(), self._slug)
        self.hidden = str(last.id) if last else ""


def _number(typed: str) -> int | str:
    """The number that was typed; what is none goes on as it is and is refused."""
    said = typed.strip()
    return int(said) if said.isdecimal() and len(said) < 6 else said


DiscoveryView.state = DiscoveryState
