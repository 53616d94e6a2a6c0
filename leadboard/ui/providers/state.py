"""What an admin does on the page of providers; what it shows is filled by the live view."""

from urllib.parse import urlencode

import reflex as rx

from leadboard.actions import orders as acts
from leadboard.actions import providers, sign_in
from leadboard.domain import access
from leadboard.domain.rights import Right
from leadboard.domain.sign_in import sentence
from leadboard.domain.waterfall.segments import EVERY, is_segment
from leadboard.ui.guard import needs
from leadboard.ui.providers.display import Group, Option, RoleOrder
from leadboard.ui.providers.view import ProvidersView
from leadboard.ui.viewer import Viewer

DONE = {"key": "The key is kept, and tried now.", "removed": "The key is forgotten."}


class ProvidersState(Viewer, rx.State):
    """The page of providers. `open` is the service whose key is asked for, `errors` what its form came back with."""

    groups: rx.Field[list[Group]] = rx.field(default_factory=list)
    open: rx.Field[str] = rx.field("")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    done: rx.Field[str] = rx.field("")
    ask_password: rx.Field[bool] = rx.field(False)
    ordering: rx.Field[bool] = rx.field(False)
    """Whether the orders are in view, not the keys."""
    orders: rx.Field[list[RoleOrder]] = rx.field(default_factory=list)
    segments: rx.Field[list[Option]] = rx.field(default_factory=list)
    segment: rx.Field[str] = rx.field("")
    """The kind of lead that orders are shown for."""
    proposing: rx.Field[bool] = rx.field(False)

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at the services, and read what a form posted from here came back with."""
        here = await self._here()
        query = self.router.url.query_parameters
        code, field = query.get("error", ""), query.get("field", "")
        said = access.sentence(code) or sentence(code)
        self.errors = {field or "form": said} if said else {}
        self.done = DONE.get(query.get("done", ""), "")
        await self._open(query.get("service", "") if said else "")
        self.ordering = query.get("view", "") == "order"
        kind = query.get("kind", "")
        self.segment = kind if is_segment(kind) else EVERY
        await self._watch(ProvidersView(here.workspace.id, self.segment))

    @rx.event
    @needs(Right.READ)
    async def choose_segment(self, segment: str):
        """Look at the orders for another kind of lead; it stays in the address."""
        await self._here()
        query = {"view": "order"} | ({"kind": segment} if segment and is_segment(segment) else {})
        return rx.redirect(f"/w/{self._slug}/providers?{urlencode(query)}", replace=True)

    @rx.event
    @needs(Right.SETTINGS)
    async def move_service(self, role: str, service: str, up: bool) -> None:
        """Ask a service one place earlier or later."""
        await acts.move(await self._me(), self._slug, role, self.segment, service, up)

    @rx.event
    @needs(Right.SETTINGS)
    async def leave_out(self, role: str, service: str) -> None:
        """Ask a service no more for a part."""
        await acts.leave_out(await self._me(), self._slug, role, self.segment, service)

    @rx.event
    @needs(Right.SETTINGS)
    async def add_service(self, role: str, service: str) -> None:
        """Ask a service as the last one."""
        if service:
            await acts.add(await self._me(), self._slug, role, self.segment, service)

    @rx.event
    @needs(Right.SETTINGS)
    async def reset_order(self, role: str) -> None:
        """Forget the order of a part for this kind of lead."""
        await acts.reset(await self._me(), self._slug, role, self.segment)

    @rx.event
    @needs(Right.SETTINGS)
    async def accept_order(self, role: str) -> None:
        """Ask in the order that is proposed."""
        await acts.accept(await self._me(), self._slug, role, self.segment)

    @rx.event
    @needs(Right.SETTINGS)
    async def switch_proposals(self, is_open: bool) -> None:
        """Have better orders proposed, or not."""
        await acts.propose(await self._me(), self._slug, is_open)

    @rx.event
    @needs(Right.SETTINGS)
    async def ask_key(self, service: str) -> None:
        """Ask for the key of a service; for none of them when it is named "" or open already."""
        self.errors, self.done = {}, ""
        await self._open("" if service == self.open else service)

    @rx.event
    @needs(Right.SETTINGS)
    async def check(self, service: str) -> None:
        """Try whether a service answers."""
        self.errors, self.done = {}, ""
        await providers.check(await self._me(), self._slug, service)

    async def _open(self, service: str) -> None:
        self.open = service[:40]
        self.ask_password = bool(service) and not await sign_in.is_proven(await self._me())


ProvidersView.state = ProvidersState
