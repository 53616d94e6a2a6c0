"""What every page state can ask: who is looking, in which workspace, and how to look at a live view."""

import reflex as rx

from leadboard.actions import access
from leadboard.domain.rights import Principal, Right
from leadboard.ui import guard, live
from leadboard.ui.live import View, Watcher


class Viewer(rx.State, mixin=True):
    """Mixed into page states."""

    seq: rx.Field[int] = rx.field(0)
    since: rx.Field[int] = rx.field(0)
    """How far the live view of this page is, filled by its deltas."""

    _filled_on: str = ""
    """The socket this state was filled on: empty again when Reflex forgot the state and sent the browser a new one."""

    @rx.event
    @guard.needs(Right.READ)
    async def catch_up(self) -> None:
        """Get the whole view again: the page saw that a delta is missing."""
        await live.current().again(self._sid, type(self))

    async def _me(self) -> Principal:
        """Who is asking, by the gate's session."""
        return await guard.who(self)

    @property
    def _slug(self) -> str:
        """The workspace in the address."""
        return guard.slug_of(self)

    @property
    def _sid(self) -> str:
        """This tab's socket."""
        return self.router.session.session_id

    async def _here(self, right: Right = Right.READ) -> access.Place:
        """The workspace and the role, read now."""
        return await access.place(await self._me(), self._slug, right)

    async def _watch(self, view: View) -> None:
        """Look at a live view from now on; its vars fill this page. Nothing is sent to who looks at it already."""
        if self._filled_on == self._sid and live.current().seated(self._sid, view):
            return
        me = await self._me()
        await live.current().join(Watcher(self._sid, me.user_id), view)
        self._filled_on = self._sid
