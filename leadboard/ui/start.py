"""The bare address: sends everybody to where they belong."""

import reflex as rx

from leadboard.actions import people
from leadboard.ui import guard
from leadboard.ui.components.buttons import link_button
from leadboard.ui.components.page_state import page_state
from leadboard.ui.guard import SignedOut, public
from leadboard.ui.layout import nowhere
from leadboard.ui.viewer import Viewer


class StartState(Viewer, rx.State):
    """It decides, and keeps only that there is nowhere to go."""

    homeless: rx.Field[bool] = rx.field(False)

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
        self.homeless = not mine
        if not mine:
            return None
        return rx.redirect(f"/w/{mine[0].slug}/board")


def page() -> rx.Component:
    """Nothing is drawn for the moment it takes, but for who is in no workspace."""
    return rx.cond(
        StartState.homeless,
        nowhere(
            page_state(
                "users",
                "You are in no workspace",
                "You were removed from the last one. Ask its owner for a new invitation.",
                link_button("Your account", "/account", kind="primary"),
            )
        ),
        rx.el.main(rx.el.h1("leadboard", class_name="sr-only")),
    )
