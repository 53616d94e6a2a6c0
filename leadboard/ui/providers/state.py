"""What an admin does on the page of providers; what it shows is filled by the live view."""

import reflex as rx

from leadboard.actions import providers, sign_in
from leadboard.domain import access
from leadboard.domain.rights import Right
from leadboard.domain.sign_in import sentence
from leadboard.ui.guard import needs
from leadboard.ui.providers.display import Group
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
        await self._watch(ProvidersView(here.workspace.id))

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
