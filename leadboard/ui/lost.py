"""An address that is no page: says so, and leads back to where one belongs."""

import reflex as rx

from leadboard.errors import NotFound
from leadboard.ui.components.page_state import not_here
from leadboard.ui.guard import SignedOut, public
from leadboard.ui.layout import nowhere
from leadboard.ui.viewer import Viewer


class LostState(Viewer, rx.State):
    """Who came to it may belong to the workspace that the address begins with, or to none."""

    board: rx.Field[str] = rx.field("")
    """Of that workspace; empty for who cannot see it, whether it is there or not."""

    @rx.event
    @public
    async def look(self) -> None:
        """Find the board of the workspace in the address."""
        try:
            self.board = f"/w/{(await self._here()).workspace.slug}/board"
        except (SignedOut, NotFound):
            self.board = ""


def page() -> rx.Component:
    """Drawn for every address that Reflex knows no page for; the server answers 404 with it."""
    return nowhere(not_here("No page has this address.", LostState.board))
