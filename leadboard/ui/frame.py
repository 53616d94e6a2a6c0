"""What surrounds every page: who is signed in, the workspaces, what a refusal or a fault said, and toasts."""

import itertools
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import reflex as rx
import structlog

from leadboard.actions import moves
from leadboard.actions import people as people_actions
from leadboard.domain.rights import RIGHTS, Right
from leadboard.domain.stage_needs import Answers
from leadboard.errors import NotFound, Refused
from leadboard.log import fault
from leadboard.store.moves import MovedSince
from leadboard.ui import words
from leadboard.ui.display import Notice, Part, Person, Toast, ToastKind, Workspace
from leadboard.ui.guard import UNSTORABLE, SignedOut, id_in, needs, public, tab_now
from leadboard.ui.viewer import Viewer

log = structlog.get_logger(__name__)
_numbers = itertools.count(1)


Act = tuple[str, str] | tuple[str, str, int, str, Answers]
"""`("undo", change)` or `("move", lead, version, column, answers)`."""


class Frame(Viewer, rx.State):
    """The frame of a workspace's pages."""

    me: rx.Field[Person] = rx.field(default_factory=Person)
    my_id: rx.Field[str] = rx.field("")
    email: rx.Field[str] = rx.field("")
    workspace: rx.Field[Workspace] = rx.field(default_factory=Workspace)
    workspaces: rx.Field[list[Workspace]] = rx.field(default_factory=list)
    role: rx.Field[str] = rx.field("")
    can_edit: rx.Field[bool] = rx.field(False)
    can_spend: rx.Field[bool] = rx.field(False)
    can_delete: rx.Field[bool] = rx.field(False)
    can_settle: rx.Field[bool] = rx.field(False)
    demo: rx.Field[bool] = rx.field(False)
    missing: rx.Field[str] = rx.field("")
    """Says what was not found, in place of the page."""
    toasts: rx.Field[list[Toast]] = rx.field(default_factory=list)
    notices: rx.Field[list[Notice]] = rx.field(default_factory=list)

    _acts: dict[str, Act] = {}
    """Toast -> what it offers."""

    @rx.event
    @needs(Right.READ)
    async def enter(self) -> None:
        """Fill the frame for the workspace in the address."""
        me = await self._me()
        here = await self._here()
        rights = RIGHTS[here.role]
        self.me, self.my_id, self.email = words.person(me.name), str(me.user_id), me.email
        self.role = here.role
        self.demo = here.workspace.demo
        self.can_edit, self.can_spend = Right.EDIT in rights, Right.SPEND in rights
        self.can_delete, self.can_settle = Right.DELETE in rights, Right.SETTINGS in rights
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

    @rx.event
    @needs(Right.EDIT)
    async def act(self, toast_id: str) -> None:
        """Do what a toast offers: take a change back, or move a lead although somebody else did."""
        self.close_toast(toast_id)
        match self._acts.pop(str(toast_id), None):
            case ("undo", change):
                self._tell(await moves.undo_change(await self._me(), self._slug, change))
            case ("move", lead_id, version, column, answers):
                done = await moves.move(await self._me(), self._slug, lead_id, version, column, answers)
                self._offer(*changed(done.what, done.change))

    @rx.event
    @needs(Right.EDIT)
    async def undo(self) -> None:
        """Take back the last of one's own changes, whether a toast still offers it or not."""
        self.toasts = [each for each in self.toasts if self._acts.get(each.id, ("",))[0] != "undo"]
        try:
            self._tell(await moves.undo_last(await self._me(), self._slug))
        except Refused as refused:
            if refused.code != "nothing_to_undo":
                raise
            self._toast(said(refused.sentence, kind="info"))

    @rx.event
    @needs(Right.EDIT)
    async def undo_change(self, change: str) -> None:
        """Take back one of one's own changes, from the line that tells of it."""
        change = str(id_in(change, "change"))
        self.toasts = [each for each in self.toasts if self._acts.get(each.id) != ("undo", change)]
        self._tell(await moves.undo_change(await self._me(), self._slug, change))

    def _tell(self, undone: moves.Undone) -> None:
        self._toast(said(f"Undone: {undone.what}"))
        for sentence in undone.kept[:2]:
            self._toast(said(sentence, kind="error"))

    def _offer(self, toast: Toast, act: Act) -> None:
        """A toast with something to do. One offer at a time: the next takes the place of the last."""
        self.toasts = [each for each in self.toasts if each.id not in self._acts]
        self._acts = {toast.id: act}
        self._toast(toast)

    def _toast(self, toast: Toast) -> None:
        """At most three at a time, the oldest gives way. None stands there twice, and once something worked, what did
        not before is past: errors stay until they are closed, and would pile up over page after page."""
        stay = [each for each in self.toasts if each.parts != toast.parts]
        if toast.kind == "done":
            stay = [each for each in stay if each.kind != "error" or each.id in self._acts]
        self.toasts = [*stay, toast][-3:]


def said(text: str, *, bold: str = "", kind: ToastKind = "done") -> Toast:
    """A toast about one's own action."""
    parts = [Part(text), Part(bold, bold=True)] if bold else [Part(text)]
    return Toast(f"t{next(_numbers)}", kind, [part for part in parts if part.text])


def changed(what: str, change: str) -> tuple[Toast, Act]:
    """A toast about a change, which offers to undo it."""
    return replace(said(what), action="Undo", seconds=10), ("undo", change)


def moved_since(since: MovedSince, column: str, answers: Answers) -> tuple[Toast, Act]:
    """A toast about somebody else's move; closing it keeps theirs, and one's own is made with the same answers."""
    toast = replace(said(since.sentence, kind="error"), action="Keep mine", seconds=0)
    return toast, ("move", str(since.lead_id), since.version, column, answers)


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


class Reports:
    """So many a minute of each tab: anybody may report, nobody fills the log. Each minute forgets the one before."""

    def __init__(self, a_minute: int = 5, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute, self._clock = a_minute, clock
        self._began, self._taken = clock(), Counter[str]()

    def take(self, tab: str) -> bool:
        """Whether this one is still within the limit."""
        if self._clock() - self._began >= 60:
            self._began, self._taken = self._clock(), Counter()
        self._taken[tab] += 1
        return self._taken[tab] <= self._a_minute


_reports = Reports()


def on_browser_error(exception: Exception) -> None:
    """What a browser reports, on one line. What comes outside of an event was counted by Reflex already."""
    tab = tab_now()
    if not tab or _reports.take(tab):
        log.warning("browser error", error=" ".join(str(exception).split())[:2000])
