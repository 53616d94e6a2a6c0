"""The bare address: sends everybody to where they belong."""

import reflex as rx

from leadboard.actions import people
from leadboard.errors import NotFound
from leadboard.ui import guard
from leadboard.ui.guard import SignedOut, public
from leadboard.ui.viewer import Viewer


class StartState(Viewer, rx.State):
    """Nothing to keep: it only decides."""

    @rx.event
    @public
    async def go(self):
        """To set-up, to sign-in, or to the first workspace."""
        if await people.set_up_open():
            return rx.redirect("/setup")
        try:
            me = await guard.who(self)
        except SignedOut:
            return rx.redirect("/sign-in")
        mine = await people.workspaces(me)
        if not mine:
            raise NotFound("workspace")
        return rx.redirect(f"/w/{mine[0].slug}/board")


def page() -> rx.Component:
    """Nothing is drawn for the moment it takes."""
    return rx.el.main(rx.el.h1("leadboard", class_name="sr-only"))
