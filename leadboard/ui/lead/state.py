"""Which lead is open, which tab, and what a person does with it."""

from dataclasses import fields

import reflex as rx

from leadboard.actions import edits, moves, runs, verification
from leadboard.actions.edits import EditedSince, RestatedSince
from leadboard.actions.moves import Changed
from leadboard.domain import filters, sorting
from leadboard.domain.facts import fact_of
from leadboard.domain.filters import LeadFilter
from leadboard.domain.rights import Right
from leadboard.domain.sorting import Sort, with_sort
from leadboard.domain.stage_needs import NO_ANSWERS, Answers
from leadboard.errors import Refused
from leadboard.ui import live
from leadboard.ui.display import ClaimRow, ContactRow, Entry, FactRow, LeadHead, NoteRow, Receipt, Section, Tab
from leadboard.ui.frame import Frame, changed
from leadboard.ui.guard import id_in, needs, path_of
from leadboard.ui.lead.view import LeadView
from leadboard.ui.viewer import Viewer

TABS = (
    ("summary", "Summary"),
    ("intelligence", "Intelligence"),
    ("claims", "Claims"),
    ("contacts", "Contacts"),
    ("messages", "Messages"),
    ("timeline", "Timeline"),
    ("notes", "Notes"),
)


class LeadState(Viewer, rx.State):
    """The sheet over the board. Its display vars are filled by the live view, never read here."""

    open: rx.Field[bool] = rx.field(False)
    gone: rx.Field[bool] = rx.field(False)
    tab: rx.Field[str] = rx.field("summary")
    tabs: rx.Field[list[Tab]] = rx.field(default_factory=list)
    note_href: rx.Field[str] = rx.field("")
    """Where notes are written: edit.js puts the focus there."""
    head: rx.Field[LeadHead] = rx.field(default_factory=LeadHead)
    summary: rx.Field[list[Section]] = rx.field(default_factory=list)
    intelligence: rx.Field[list[Section]] = rx.field(default_factory=list)
    messages: rx.Field[list[Section]] = rx.field(default_factory=list)
    claims: rx.Field[list[ClaimRow]] = rx.field(default_factory=list)
    claims_count: rx.Field[str] = rx.field("")
    contacts: rx.Field[list[ContactRow]] = rx.field(default_factory=list)
    timeline: rx.Field[list[Entry]] = rx.field(default_factory=list)
    receipt: rx.Field[Receipt] = rx.field(default_factory=Receipt)
    working: rx.Field[bool] = rx.field(False)
    failed: rx.Field[bool] = rx.field(False)
    enriched: rx.Field[bool] = rx.field(False)
    facts: rx.Field[list[FactRow]] = rx.field(default_factory=list)
    notes: rx.Field[list[NoteRow]] = rx.field(default_factory=list)

    editing: rx.Field[str] = rx.field("")
    """The fact that is a field now."""
    typed: rx.Field[str] = rx.field("")
    seen: rx.Field[str] = rx.field("")
    """What the fact said when its field was opened, or when somebody else's change was told."""
    wrong: rx.Field[str] = rx.field("")
    restating: rx.Field[str] = rx.field("")
    """The stage whose reason or meeting is a form now."""
    knows: rx.Field[Answers] = rx.field(default_factory=Answers)
    """What that said when the form was opened, or when somebody else's change was told."""
    known_wrong: rx.Field[str] = rx.field("")
    known_wrong_at: rx.Field[str] = rx.field("")
    time_zone: rx.Field[str] = rx.field("")
    """By whose clock its meeting is told."""
    draft: rx.Field[str] = rx.field("")
    turn: rx.Field[int] = rx.field(0)
    """Grows whenever the field for notes begins anew."""
    note_wrong: rx.Field[str] = rx.field("")
    _lead: str = ""

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Open the lead that the address names, or close the sheet when it names none."""
        parts = path_of(self)
        named = parts[3] if len(parts) > 3 else ""
        if not named:
            self.open = False
            live.current().leave(self._sid, LeadState)
            return
        here = await self._here()
        board, narrow, sort = self._over
        at = here.workspace
        view = LeadView(at.id, at.slug, at.currency, id_in(named), narrow, board, sort, at.time_zone)
        wanted = self.router.url.query_parameters.get("tab", "summary")
        self.tab = wanted if wanted in dict(TABS) else "summary"
        query = with_sort(narrow.query, sort, board)
        base = f"/w/{at.slug}/{board}/{view.lead_id}{query}"
        join = "&" if query else "?"
        self.tabs = [
            Tab(key, label, f"{base}{join}tab={key}", shortcut=str(n)) for n, (key, label) in enumerate(TABS, start=1)
        ]
        self.time_zone = at.time_zone
        self.note_href = f"{base}{join}tab=notes"
        self.open = True
        if self._lead != str(view.lead_id):
            self._lead = str(view.lead_id)
            self._close_field()
            self._close_known()
            self._begin_note()
        await self._watch(view)

    @rx.event
    @needs(Right.READ)
    def close(self, is_open: bool) -> rx.event.EventSpec | None:
        """Back to the board it lies over, as it was."""
        if is_open is True:
            return None
        board, narrow, sort = self._over
        return rx.redirect("/" + "/".join(path_of(self)[:3]) + with_sort(narrow.query, sort, board))

    @property
    def _over(self) -> tuple[str, LeadFilter, Sort]:
        """The path of the board it lies over, and how the address narrows and orders that."""
        board, query = ("sales" if path_of(self)[2:3] == ["sales"] else "board"), str(self.router.url.query)
        return board, filters.read(query).filter, sorting.read(query, board).sort

    @rx.event
    @needs(Right.SPEND)
    async def enrich(self, lead_id: str) -> None:
        """Enrich the lead, again if it was before."""
        await runs.enrich(await self._me(), self._slug, [str(id_in(lead_id))])

    @rx.event
    @needs(Right.SPEND)
    async def cancel(self, lead_id: str) -> None:
        """Stop its enrichment."""
        await runs.cancel(await self._me(), self._slug, [str(id_in(lead_id))])

    @rx.event
    @needs(Right.SPEND)
    async def verify(self, contact_id: str) -> None:
        """Have the address of a contact verified."""
        await verification.verify(await self._me(), self._slug, [str(id_in(contact_id, "contact"))])

    @rx.event
    @needs(Right.EDIT)
    def edit(self, fact: str, typed: str) -> None:
        """Turn a fact into a field; one that could not be saved stays open until it is."""
        if not self.wrong:
            self.editing = fact_of(fact).key
            self.typed = self.seen = typed

    @rx.event
    @needs(Right.EDIT)
    async def save(self, form: dict[str, str]) -> None:
        """Set the fact to what was typed, or say next to it why not."""
        if not self.editing:
            return
        self.typed = form.get("text", "")
        try:
            done = await edits.set_fact(await self._me(), self._slug, self._lead, self.editing, self.typed, self.seen)
        except Refused as refused:
            if not refused.field:
                raise
            self.wrong = refused.sentence
            if isinstance(refused, EditedSince):
                self.seen = refused.now
        else:
            self._close_field()
            await self._offer_undo(done)

    @rx.event
    @needs(Right.EDIT)
    def give_up(self) -> None:
        """Leave the fact as it was."""
        self._close_field()

    @rx.event
    @needs(Right.EDIT)
    async def edit_known(self) -> None:
        """Turn what the stage knows, a reason or a meeting, into a form."""
        if not self.restating:
            stage, self.knows = await edits.stage_knows(await self._me(), self._slug, self._lead)
            self.restating = stage.value

    @rx.event
    @needs(Right.EDIT)
    async def restate(self, form: dict[str, str]) -> None:
        """Change what the stage knows, or say at its field why not."""
        if not self.restating:
            return
        answers = Answers(**{field.name: form.get(f"known_{field.name}", "") for field in fields(Answers)})
        try:
            done = await edits.restate(await self._me(), self._slug, self._lead, answers, self.knows)
        except Refused as refused:
            if not hasattr(answers, refused.field):
                self._close_known()
                raise
            self.known_wrong, self.known_wrong_at = refused.sentence, refused.field
            if isinstance(refused, RestatedSince):
                self.knows = refused.now
        else:
            self._close_known()
            await self._offer_undo(done)

    @rx.event
    @needs(Right.EDIT)
    def leave_known(self) -> None:
        """Leave the reason or the meeting as it was."""
        self._close_known()

    @rx.event
    @needs(Right.EDIT)
    async def choose(self, fact: str, said: str, seen: str) -> None:
        """Settle on what one of several sources says."""
        await self._offer_undo(await edits.choose(await self._me(), self._slug, self._lead, fact, said, seen))

    @rx.event
    @needs(Right.EDIT)
    async def unlock(self, fact: str) -> None:
        """Let machines fill a fact again."""
        await self._offer_undo(await edits.unlock_fact(await self._me(), self._slug, self._lead, fact))

    @rx.event
    @needs(Right.EDIT)
    def keep_note(self, text: str) -> None:
        """Keep an unfinished note while other tabs are looked at."""
        self.draft = text

    @rx.event
    @needs(Right.EDIT)
    async def add_note(self, form: dict[str, str]) -> None:
        """Write a note, or say next to it why not."""
        self.draft = form.get("note", "")
        try:
            done = await edits.add_note(await self._me(), self._slug, self._lead, self.draft)
        except Refused as refused:
            if not refused.field:
                raise
            self.note_wrong = refused.sentence
        else:
            self._begin_note()
            await self._offer_undo(done)

    @rx.event
    @needs(Right.EDIT)
    async def delete_note(self, note_id: str) -> None:
        """Take a note of one's own away."""
        note = str(id_in(note_id, "note"))
        await self._offer_undo(await edits.delete_note(await self._me(), self._slug, note))

    @rx.event
    @needs(Right.EDIT)
    async def take_back(self, change: str) -> None:
        """Take back a change of one's own from the lead's history."""
        undone = await moves.undo_change(await self._me(), self._slug, str(id_in(change, "change")), in_history=True)
        (await self.get_state(Frame))._tell(undone)

    def _close_field(self) -> None:
        self.editing = self.typed = self.seen = self.wrong = ""

    def _close_known(self) -> None:
        self.restating = self.known_wrong = self.known_wrong_at = ""
        self.knows = NO_ANSWERS

    def _begin_note(self) -> None:
        self.draft = self.note_wrong = ""
        self.turn += 1

    async def _offer_undo(self, done: Changed) -> None:
        if done.change:
            (await self.get_state(Frame))._offer(*changed(done.what, done.change))


LeadView.state = LeadState
