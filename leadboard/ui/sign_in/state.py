"""What the last try said: what is wrong with which field, and what had been typed but for the password."""

import reflex as rx

from leadboard.actions import people
from leadboard.domain.sign_in import sentences
from leadboard.errors import Refused
from leadboard.ui.guard import path_of, public
from leadboard.ui.viewer import Viewer

KEPT = ("email", "name", "workspace", "code", "next")


class DoorState(Viewer, rx.State):
    """Filled from the address the form came back to. Texts are drawn as text; errors are sentences of ours."""

    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    typed: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    open: rx.Field[bool] = rx.field(True)
    tries: rx.Field[int] = rx.field(0)
    """How often the forms of this tab were filled in from an address; 0 until the first time."""
    workspace_name: rx.Field[str] = rx.field("")
    slug_to_join: rx.Field[str] = rx.field("")
    invitation: rx.Field[str] = rx.field("")
    """Its id: the secret of its link is in a cookie that no page sees."""
    role: rx.Field[str] = rx.field("")

    @rx.event
    @public
    async def set_up(self):
        """The set-up page: there until the first owner is."""
        self.open = await people.set_up_open()
        self._recall()
        if not self.open:
            return rx.redirect("/sign-in")
        return None

    @rx.event
    @public
    async def sign_in(self):
        """The sign-in page; before the first owner there is nobody to sign in."""
        self._recall()
        if await people.set_up_open():
            return rx.redirect("/setup")
        return None

    @rx.event
    @public
    async def join(self) -> None:
        """The page behind an invitation."""
        self._recall()
        _, slug, *_ = (*path_of(self), "", "")
        invite_id = self.router.url.query_parameters.get("invitation", "")
        try:
            invitation = await people.invitation(slug, invite_id)
        except Refused:
            self.open = False
            return
        self.open = True
        self.workspace_name, self.role = invitation.workspace, invitation.role
        self.slug_to_join, self.invitation = slug, invite_id

    def _recall(self) -> None:
        query = self.router.url.query_parameters
        self.errors = sentences(query.get("error", ""), query.get("field", ""))
        self.typed = {name: query.get(name, "")[:200] for name in KEPT}
        self.tries += 1
