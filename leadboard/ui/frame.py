"""What surrounds every page: who is signed in, the workspaces, what a refusal or a fault said, and toasts."""

import itertools

import reflex as rx
import structlog

from leadboard.actions import people as people_actions
from leadboard.domain.rights import RIGHTS, Right
from leadboard.errors import NotFound, Refused
from leadboard.log import fault
from leadboard.ui import words
from leadboard.ui.display import Notice, Part, Person, Toast, ToastKind, Workspace
from leadboard.ui.guard import UNSTORABLE, SignedOut, needs, public
from leadboard.ui.viewer import Viewer

log = structlog.get_logger(__name__)
_numbers = itertools.count(1)


class Frame(Viewer, rx.State):
    """The frame of a workspace's pages."""

    me: rx.Field[Person] = rx.field(default_factory=Person)
    email: rx.Field[str] = rx.field("")
    workspace: rx.Field[Workspace] = rx.field(default_factory=Workspace)
    workspaces: rx.Field[list[Workspace]] = rx.field(default_factory=list)
    role: rx.Field[str] = rx.field("")
    can_edit: rx.Field[bool] = rx.field(False)
    can_spend: rx.Field[bool] = rx.field(False)
    can_settle: rx.Field[bool] = rx.field(False)
    demo: rx.Field[bool] = rx.field(False)
    missing: rx.Field[str] = rx.field("")
    """Says what was not found, in place of the page."""
    toasts: rx.Field[list[Toast]] = rx.field(default_factory=list)
    notices: rx.Field[list[Notice]] = rx.field(default_factory=list)

    @rx.event
    @needs(Right.READ)
    async def enter(self) -> None:
        """Fill the frame for the workspace in the address."""
        me = await self._me()
        here = await self._here()
        rights = RIGHTS[here.role]
        self.me, self.email = words.person(me.name), me.email
        self.role = here.role
        self.demo = here.workspace.demo
        self.can_edit, self.can_spend = Right.EDIT in rights, Right.SPEND in rights
        self.can_settle = Right.SETTINGS in rights
        self.missing = ""
        self.workspaces = [
            Workspace(name, name[:1].upper(), f"/w/{slug}/board", role, slug == here.workspace.slug)
            for slug, name, role in await people_actions.workspaces(me)
        ]
        self.workspace = next((each for each in self.workspaces if each.current), Workspace())

    @rx.event
    @public
    def refuse(self, sentence: str, code: str = "") -> None:
        """Show why something was not done. Called by the app's error handler."""
        if code == "not_found":
            self.missing = sentence[:300]
        else:
            self._toast(Toast(f"t{next(_numbers)}", "error", [Part(sentence[:300])], seconds=0))

    @rx.event
    @public
    def close_toast(self, toast_id: str) -> None:
        """Take a toast away."""
        self.toasts = [toast for toast in self.toasts if toast.id != toast_id]

    def _toast(self, toast: Toast) -> None:
        """At most three at a time; the oldest gives way."""
        self.toasts = [*self.toasts, toast][-3:]


def said(text: str, *, bold: str = "", kind: ToastKind = "done") -> Toast:
    """A toast about one's own action."""
    parts = [Part(text), Part(bold, bold=True)] if bold else [Part(text)]
    return Toast(f"t{next(_numbers)}", kind, [part for part in parts if part.text])


def on_error(exception: Exception) -> rx.event.EventSpec:
    """The one error handler of the app: a refusal is shown, a fault gets an id to quote and a full log entry."""
    match exception:
        case SignedOut():
            return rx.redirect("/sign-in")
        case NotFound():
            return _shown(exception.sentence, "not_found")
        case Refused():
            return _shown(exception.sentence, exception.code)
        case _:
            code = fault(exception)
            return _shown(f"This did not work, and nothing was lost. If it happens again, quote the code {code}.")


def _shown(sentence: str, code: str = "") -> rx.event.EventSpec:
    shown = UNSTORABLE.sub("", sentence)
    return Frame.refuse(shown, code)  # pyright: ignore[reportReturnType]  # called on the class, it makes a spec


def on_browser_error(exception: Exception) -> None:
    """What a browser reports, on one line."""
    log.warning("browser error", error=" ".join(str(exception).split())[:2000])
