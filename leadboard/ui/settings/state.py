"""Members and invitations, and what may be done about them."""

from dataclasses import dataclass

import reflex as rx

from leadboard.actions import people, settings
from leadboard.domain.rights import Right, Role
from leadboard.domain.workspace import Details
from leadboard.errors import Refused, Several
from leadboard.ui import words
from leadboard.ui.display import Person
from leadboard.ui.frame import Frame, said
from leadboard.ui.guard import id_in, needs
from leadboard.ui.viewer import Viewer


@dataclass(frozen=True)
class MemberRow:
    """Somebody in the workspace."""

    id: str
    who: Person
    email: str
    role: str
    since: str
    me: bool


@dataclass(frozen=True)
class InviteRow:
    """A link that nobody has used yet."""

    id: str
    role: str
    expires: str


class SettingsState(Viewer, rx.State):
    """The settings page."""

    members: rx.Field[list[MemberRow]] = rx.field(default_factory=list)
    invites: rx.Field[list[InviteRow]] = rx.field(default_factory=list)
    details: rx.Field[Details] = rx.field(default_factory=Details)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Read who is here."""
        self.errors = {}
        await self._read()

    @rx.event
    @needs(Right.SETTINGS)
    async def change_details(self, form: dict[str, str]):
        """Change what the workspace is called, counts in and whose clock it follows."""
        wanted = Details(*(str(form.get(name, "")) for name in ("workspace", "currency", "time_zone")))
        self.errors = {}
        try:
            await settings.change_details(await self._me(), self._slug, wanted)
        except Refused as refused:
            each = refused.each if isinstance(refused, Several) else (refused,)
            self.errors = {one.field: one.sentence for one in each}
            return None
        await self._read()
        (await self.get_state(Frame))._toast(said("Changed the workspace"))
        return Frame.enter

    @rx.event
    @needs(Right.SETTINGS)
    async def leave_demo(self):
        """Ask the demo world no more."""
        many = await settings.leave_demo(await self._me(), self._slug)
        (await self.get_state(Frame))._toast(said(f"Left the demo world, with {words.counted(many, 'invented lead')}"))
        return Frame.enter

    @rx.event
    @needs(Right.INVITE)
    async def invited(self) -> None:
        """Show the invitation that was just made, whose link this state never knows."""
        await self._read()

    @rx.event
    @needs(Right.INVITE)
    async def withdraw(self, invite_id: str) -> None:
        """Take an unused link back."""
        await people.cancel_invite(await self._me(), self._slug, id_in(invite_id, "invitation"))
        await self._read()

    @rx.event
    @needs(Right.INVITE)
    async def change_role(self, user_id: str, role: str) -> None:
        """Give somebody another role."""
        await people.change_role(await self._me(), self._slug, id_in(user_id, "member"), _role(role))
        await self._read()

    @rx.event
    @needs(Right.OWN)
    async def remove(self, user_id: str) -> None:
        """Take somebody out; what they did stays."""
        gone = next((row.who.name for row in self.members if row.id == user_id), "")
        await people.remove_member(await self._me(), self._slug, id_in(user_id, "member"))
        await self._read()
        (await self.get_state(Frame))._toast(said("Removed ", bold=gone))

    @rx.event
    @needs(Right.READ)
    async def create_workspace(self, form: dict[str, str]):
        """Another workspace of one's own."""
        try:
            slug = await people.create_workspace(await self._me(), form.get("name", ""))
        except Refused as refused:
            self.errors = {"name": refused.sentence}
            return None
        return rx.redirect(f"/w/{slug}/board")

    async def _read(self) -> None:
        me = await self._me()
        self.details = await settings.details(me, self._slug)
        self.members = [
            MemberRow(str(m.user_id), words.person(m.name), m.email, m.role, words.iso(m.joined_at), m.me)
            for m in await people.members(me, self._slug)
        ]
        frame = await self.get_state(Frame)
        waiting = await people.invites(me, self._slug) if frame.can_settle else []
        self.invites = [InviteRow(str(i.id), i.role, words.iso(i.expires_at)) for i in waiting]


def _role(text: object) -> Role:
    try:
        return Role(str(text))
    except ValueError:
        raise Refused("Choose owner, admin, member or viewer.", field="role") from None
