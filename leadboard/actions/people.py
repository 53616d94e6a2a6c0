"""Who is in a workspace: the first owner, invitations, roles, removal; and the workspaces of a person."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from leadboard.actions import hashing
from leadboard.actions.access import allowed, looking
from leadboard.actions.form import Form
from leadboard.actions.sign_in import Caller, SignedIn, open_session, prove
from leadboard.domain.rights import RIGHTS, Principal, Right, Role, check_role_change
from leadboard.domain.sign_in import LONGEST_NAME, clean_email, clean_name, clean_workspace_name, refusal
from leadboard.errors import NotFound, Refused
from leadboard.store import db, people, sessions
from leadboard.store.db import Tx
from leadboard.store.signals import membership_changed, sessions_revoked
from leadboard.store.tables import Invite, Membership, User


class WorkspaceOf(NamedTuple):
    """A workspace in the switcher."""

    slug: str
    name: str
    role: Role


@dataclass(frozen=True)
class Member:
    """Somebody in a workspace."""

    user_id: UUID
    name: str
    email: str
    role: Role
    joined_at: datetime
    me: bool


@dataclass(frozen=True)
class Invitation:
    """A link that can still be accepted."""

    id: UUID
    workspace: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True)
class NewPerson:
    """What somebody who has no account types; `name` may be left out."""

    email: str
    password: str
    name: str = ""


async def set_up_open() -> bool:
    """Whether the first owner is still to come."""
    async with db.read() as tx:
        return not await people.is_set_up(tx)


async def set_up(code: str, right_code: str, owner: NewPerson, workspace: str, caller: Caller) -> tuple[SignedIn, str]:
    """Make the first owner and their workspace; returns the session and the slug. `NotFound` once that is done.

    Workspaces that an import made before anybody was here become theirs; one of the same name is the one they mean.
    Another one is a demo workspace: the demo world answers wherever it has no key.
    """
    if not await set_up_open():
        raise NotFound
    form = Form()
    name = form.take(clean_workspace_name, workspace)
    email = form.take(clean_email, owner.email)
    if not hmac.compare_digest(_typed(code), _typed(right_code)):
        form.refuse(refusal("set_up_code"))
    user = await _somebody_new(form, email, owner, name)
    async with db.read() as tx:
        orphans = {each.name.casefold(): each for each in await people.every_workspace(tx)}
    meant = orphans.pop(name.casefold(), None)
    async with db.begin(meant.id if meant else uuid4(), people=True) as tx:
        await people.claim_installation(tx, user.id)
        tx.add(user)
        await tx.flush()
        made = meant or await people.make_workspace(tx, name, demo=True)
        await people.join(tx, user.id, Role.OWNER)
        opened, _ = await open_session(tx, user, caller)
        people.audit(tx, "set_up", user.id, resource=made.slug, ip=caller.ip)
    for orphan in orphans.values():
        async with db.begin(orphan.id) as tx:
            await people.join(tx, user.id, Role.OWNER)
    return opened, made.slug


async def _somebody_new(form: Form, email: str, person: NewPerson, *about: str) -> User:
    """An account for a cleaned address; refuses with all that is wrong in the form. `about` is no good as a password.

    Without a name, the one to show is the address up to its @.
    """
    shown = form.take(clean_name, person.name) or email.partition("@")[0][:LONGEST_NAME]
    known = (email, shown, *about)
    await form.check(hashing.check(person.password, known))
    form.settle()
    return User(email=email, name=shown, password_hash=await hashing.new_hash(person.password, known))


def _typed(code: str) -> bytes:
    """A code as people type it: any case, with or without dashes and blanks."""
    return "".join(c for c in code.upper() if c.isalnum()).encode()


async def workspaces(me: Principal) -> list[WorkspaceOf]:
    """Where one is a member, by name."""
    async with db.read(user=me.user_id) as tx:
        return [WorkspaceOf(each.slug, each.name, role) for each, role in await people.workspaces_of(tx, me.user_id)]


async def create_workspace(me: Principal, name: str) -> str:
    """Another workspace, with oneself as its owner; returns its slug."""
    name = clean_workspace_name(name)
    async with db.begin(uuid4(), user=me.user_id, people=True) as tx:
        made = await people.make_workspace(tx, name)
        await people.join(tx, me.user_id, Role.OWNER)
        people.audit(tx, "workspace_created", me.user_id, resource=made.slug)
    return made.slug


async def still_member(workspace_id: UUID, user_id: UUID) -> bool:
    """Whether somebody is in a workspace now: asked again and again for who looks at something live."""
    async with db.read(workspace_id) as tx:
        return await people.role_of(tx, user_id) is not None


async def members(me: Principal, slug: str) -> list[Member]:
    """Who is in this workspace."""
    async with looking(me, slug) as tx:
        found = await people.members(tx)
    return [
        Member(user.id, user.name, user.email, Role(row.role), row.accepted_at or tx.now, user.id == me.user_id)
        for row, user in found
    ]


async def invite(me: Principal, slug: str, role: Role | str) -> str:
    """Make an invitation; returns its link's path, `/join/<slug>/<secret>`, told this once and kept nowhere."""
    wanted = _role(role)
    token = secrets.token_urlsafe(32)
    async with allowed(me, slug, Right.INVITE) as tx:
        mine = await people.role_of(tx, me.user_id) or Role.VIEWER
        check_role_change(mine, Role.VIEWER, wanted, owners=2)
        made = await people.make_invite(tx, token, wanted, me.user_id)
        people.audit(tx, "member_invited", me.user_id, resource=str(made.id), role=wanted)
    return f"/join/{slug}/{token}"


async def invites(me: Principal, slug: str) -> list[Invitation]:
    """Invitations that nobody accepted yet, the newest first."""
    async with looking(me, slug, Right.INVITE) as tx:
        found = await people.open_invites(tx)
    return [Invitation(each.id, slug, Role(each.role), each.expires_at) for each in found]


async def cancel_invite(me: Principal, slug: str, invite_id: UUID | str) -> None:
    """Take an invitation back."""
    async with allowed(me, slug, Right.INVITE) as tx:
        found = await tx.find(Invite, invite_id, "invitation")
        await people.use_invite(tx, found)
        people.audit(tx, "invite_withdrawn", me.user_id, resource=str(found.id))


async def invitation_behind(slug: str, token: str) -> UUID:
    """Which invitation a link is. Its id may go where the secret must not: it tells what to, and lets nobody in."""
    workspace_id = await _workspace_id(slug)
    async with db.read(workspace_id) as tx:
        return (await _usable(tx, await people.open_invite(tx, token))).id


async def invitation(slug: str, invite_id: str) -> Invitation:
    """What an invitation is to, while it can be accepted."""
    workspace_id = await _workspace_id(slug)
    async with db.read(workspace_id) as tx:
        found = await _usable(tx, {str(each.id): each for each in await people.open_invites(tx)}.get(invite_id))
        workspace = await people.workspace_by_slug(tx, slug)
    return Invitation(found.id, workspace.name if workspace else slug, Role(found.role), found.expires_at)


async def accept_as(me: Principal, slug: str, token: str, ip: str = "") -> None:
    """Become a member with the account one is signed in with."""
    workspace_id = await _workspace_id(slug)
    async with db.begin(workspace_id, user=me.user_id, people=True) as tx:
        await _accept(tx, token, me.user_id, ip)


async def accept_new(slug: str, token: str, person: NewPerson, caller: Caller) -> SignedIn:
    """Become a member with a new account, or with the one of that address when the password is its own."""
    workspace_id = await _workspace_id(slug)
    form = Form()
    email = form.take(clean_email, person.email)
    async with db.read(workspace_id) as tx:
        await _usable(tx, await people.open_invite(tx, token))
        known = await people.user_by_email(tx, email)
    user = await (prove(email, person.password, caller.ip) if known else _somebody_new(form, email, person))
    async with db.begin(workspace_id, user=user.id, people=True) as tx:
        if not known:
            tx.add(user)
            await tx.flush()
        await _accept(tx, token, user.id, caller.ip)
        opened, ended = await open_session(tx, user, caller)
    sessions_revoked.tell(ended)
    return opened


async def change_role(me: Principal, slug: str, user_id: UUID | str, role: Role | str) -> None:
    """Give a member another role, as the table of roles allows; it counts from their next event on."""
    wanted = _role(role)
    async with allowed(me, slug, Right.INVITE) as tx:
        them, mine, owners = await _them(tx, me, user_id)
        was = Role(them.role)
        check_role_change(mine, was, wanted, owners)
        them.role = wanted
        people.audit(tx, "role_changed", me.user_id, resource=str(them.user_id), was=was, now=wanted)


async def remove_member(me: Principal, slug: str, user_id: UUID | str) -> None:
    """Take somebody out of the workspace: what they look at closes at once, in every process."""
    async with allowed(me, slug, Right.OWN) as tx:
        them, mine, owners = await _them(tx, me, user_id)
        check_role_change(mine, Role(them.role), Role.VIEWER, owners)
        them.deleted_at = tx.now
        ended = await sessions.end(tx, them.user_id)
        people.audit(tx, "member_removed", me.user_id, resource=str(them.user_id), role=them.role)
    membership_changed.tell((tx.workspace, them.user_id))
    sessions_revoked.tell(ended)


async def _them(tx: Tx, me: Principal, user_id: UUID | str) -> tuple[Membership, Role, int]:
    """The member asked about, one's own role and the number of owners, none of which changes meanwhile."""
    present: Mapping[UUID, Membership] = await people.locked_members(tx)
    try:
        them = present[UUID(str(user_id))]
    except (ValueError, KeyError):
        raise NotFound("member") from None
    mine = Role(present[me.user_id].role) if me.user_id in present else Role.VIEWER
    return them, mine, sum(each.role == Role.OWNER for each in present.values())


async def _workspace_id(slug: str) -> UUID:
    async with db.read() as tx:
        found = await people.workspace_by_slug(tx, slug)
    if found is None:
        raise refusal("invitation")
    return found.id


async def _usable(tx: Tx, found: Invite | None) -> Invite:
    """The invitation, if there is one and whoever made it could still make it."""
    by = await people.role_of(tx, found.created_by) if found else None
    if not found or not by or Right.INVITE not in RIGHTS[by] or (found.role == Role.OWNER and by is not Role.OWNER):
        raise refusal("invitation")
    return found


async def _accept(tx: Tx, token: str, user_id: UUID, ip: str) -> None:
    if await people.role_of(tx, user_id):
        return
    found = await _usable(tx, await people.open_invite(tx, token))
    if not await people.use_invite(tx, found):
        raise refusal("invitation")
    await people.join(tx, user_id, Role(found.role))
    people.audit(tx, "invite_accepted", user_id, resource=str(found.id), ip=ip, role=found.role)


def _role(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise Refused("There is no such role.", field="role", code="role") from None
