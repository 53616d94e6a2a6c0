"""The sessions of a person, and what the password form said."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from leadboard.actions import settings, sign_in
from leadboard.domain.devices import device_name
from leadboard.domain.sign_in import sentences
from leadboard.errors import Refused
from leadboard.ui import words
from leadboard.ui.guard import id_in, signed_in
from leadboard.ui.viewer import Viewer


@dataclass(frozen=True)
class SessionRow:
    """A browser somebody is signed in with."""

    id: str
    device: str
    ip: str
    since: str
    seen: str
    this: bool


class AccountState(Viewer, rx.State):
    """Filled when the page opens."""

    name: rx.Field[str] = rx.field("")
    sessions: rx.Field[list[SessionRow]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    done: rx.Field[str] = rx.field("")

    @rx.event
    @signed_in
    async def look(self) -> None:
        """Read the sessions, and what a form posted from here came back with."""
        query = self.router.url.query_parameters
        self.errors = sentences(query.get("error", ""), query.get("field", ""))
        self.done = "Your password is changed. Other browsers were signed out." if query.get("done") else ""
        self.name = (await self._me()).name
        await self._read()

    @rx.event
    @signed_in
    async def rename(self, form: dict[str, str]) -> None:
        """Change what others see of oneself."""
        self.done, self.errors = "", {}
        try:
            self.name = await settings.rename(await self._me(), str(form.get("name", "")))
        except Refused as refused:
            self.errors = {refused.field: refused.sentence}
        else:
            self.done = "Your name is changed, on the leads you own as well."

    @rx.event
    @signed_in
    async def end(self, session_id: str) -> None:
        """Sign one browser out."""
        await sign_in.end_session(await self._me(), id_in(session_id, "session"))
        await self._read()

    async def _read(self) -> None:
        self.sessions = [
            SessionRow(
                str(each.id),
                await asyncio.to_thread(device_name, each.user_agent),
                each.ip,
                words.iso(each.created_at),
                words.iso(each.seen_at),
                each.this,
            )
            for each in await sign_in.sessions(await self._me())
        ]
