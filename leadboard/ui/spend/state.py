"""What people do on the Spend page; what it shows is filled by the live view."""

import reflex as rx

from leadboard.actions import spending
from leadboard.domain.rights import Right
from leadboard.errors import Refused, Several
from leadboard.ui.frame import Frame, said
from leadboard.ui.guard import needs
from leadboard.ui.spend.display import (
    CapRow,
    Chart,
    CreditsCard,
    DayRow,
    Figure,
    LedgerRow,
    SavedRow,
    SumRow,
    TypedCaps,
)
from leadboard.ui.spend.view import SpendView
from leadboard.ui.viewer import Viewer

DEMO = "demo"
"""The book of the demo world's money, in the address."""


class SpendState(Viewer, rx.State):
    """The Spend page. `book` is "demo" while it shows the demo world's money; `errors` are those of the caps."""

    ready: rx.Field[bool] = rx.field(False)
    spent_anything: rx.Field[bool] = rx.field(False)
    book: rx.Field[str] = rx.field("")
    has_demo: rx.Field[bool] = rx.field(False)
    figures: rx.Field[list[Figure]] = rx.field(default_factory=list)
    days: rx.Field[list[DayRow]] = rx.field(default_factory=list)
    chart: rx.Field[Chart] = rx.field(default_factory=Chart)
    services: rx.Field[list[SumRow]] = rx.field(default_factory=list)
    tasks: rx.Field[list[SumRow]] = rx.field(default_factory=list)
    models: rx.Field[list[SumRow]] = rx.field(default_factory=list)
    users: rx.Field[list[SumRow]] = rx.field(default_factory=list)
    saved: rx.Field[list[SavedRow]] = rx.field(default_factory=list)
    saved_said: rx.Field[str] = rx.field("")
    caps: rx.Field[list[CapRow]] = rx.field(default_factory=list)
    typed: rx.Field[TypedCaps] = rx.field(default_factory=TypedCaps)
    credits: rx.Field[CreditsCard] = rx.field(default_factory=CreditsCard)
    ledger: rx.Field[list[LedgerRow]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at what was spent: of a demo workspace at the demo world's money, unless the address asks for real."""
        here = await self._here()
        self.errors = {}
        self.has_demo = here.workspace.demo
        asked = self.router.url.query_parameters.get("money", DEMO)
        self.book = DEMO if here.workspace.demo and asked == DEMO else ""
        await self._watch(SpendView(here.workspace.id, demo=self.book == DEMO))

    @rx.event
    @needs(Right.SETTINGS)
    async def change_caps(self, form: dict[str, str]) -> None:
        """Change how much the workspace may spend on a day."""
        self.errors = {}
        try:
            await spending.change_caps(await self._me(), self._slug, form.get("providers", ""), form.get("models", ""))
        except Refused as refused:
            each = refused.each if isinstance(refused, Several) else (refused,)
            self.errors = {one.field: one.sentence for one in each}
            return
        (await self.get_state(Frame))._toast(said("Changed the caps"))


SpendView.state = SpendState
