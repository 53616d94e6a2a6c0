"""Which lead is open, which tab, and what a person does with it."""

import reflex as rx

from leadboard.actions import runs
from leadboard.domain import filters
from leadboard.domain.rights import Right
from leadboard.ui import live
from leadboard.ui.display import ClaimRow, ContactRow, Entry, LeadHead, Receipt, Section, Tab
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
)


class LeadState(Viewer, rx.State):
    """The sheet over the board. Its display vars are filled by the live view, never read here."""

    open: rx.Field[bool] = rx.field(False)
    gone: rx.Field[bool] = rx.field(False)
    tab: rx.Field[str] = rx.field("summary")
    tabs: rx.Field[list[Tab]] = rx.field(default_factory=list)
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
        board, narrow = ("sales" if parts[2] == "sales" else "board"), filters.read(self.router.url.query).filter
        view = LeadView(here.workspace.id, here.workspace.slug, here.workspace.currency, id_in(named), narrow, board)
        wanted = self.router.url.query_parameters.get("tab", "summary")
        self.tab = wanted if wanted in dict(TABS) else "summary"
        base = f"/w/{here.workspace.slug}/{board}/{view.lead_id}{narrow.query}"
        self.tabs = [Tab(key, label, f"{base}{'&' if narrow else '?'}tab={key}") for key, label in TABS]
        self.open = True
        await self._watch(view)

    @rx.event
    @needs(Right.READ)
    def close(self, is_open: bool) -> rx.event.EventSpec | None:
        """Back to the board it lies over, as it was."""
        if is_open is True:
            return None
        return rx.redirect("/" + "/".join(path_of(self)[:3]) + filters.read(self.router.url.query).filter.query)

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


LeadView.state = LeadState
