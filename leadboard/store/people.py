"""People, workspaces and memberships: who may be where."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update

from leadboard.domain.rights import Role
from leadboard.domain.sign_in import INVITE_LIVES, refusal
from leadboard.domain.slugs import slug_of
from leadboard.domain.stages import Column, SalesColumn
from leadboard.domain.workspace import Details
from leadboard.errors import NotFound
from leadboard.store.db import Tx
from leadboard.store.sessions import digest
from leadboard.store.tables import Audit, Feed, Install, Invite, Lead, Membership, User, Workspace

_HERE = (col(Membership.deleted_at).is_(None), col(Membership.accepted_at).is_not(None))


async def standing(tx: Tx, user_id: UUID, slug: str) -> tuple[Workspace, Role] | None:
    """The workspace behind a slug and this person's role in it; None when missing, foreign or not accepted."""
    found = await tx.exec(
        select(Workspace, Membership.role)
        .join(Membership, col(Membership.workspace_id) == col(Workspace.id))
        .where(Workspace.slug == slug, Membership.user_id == user_id, col(Workspace.deleted_at).is_(None), *_HERE)
    )
    row = found.first()
    return (row[0], Role(row[1])) if row else None


async def workspaces_of(tx: Tx, user_id: UUID) -> list[tuple[Workspace, Role]]:
    """Where somebody is a member, by name."""
    found = await tx.exec(
        select(Workspace, Membership.role)
        .join(Membership, col(Membership.workspace_id) == col(Workspace.id))
        .where(Membership.user_id == user_id, col(Workspace.deleted_at).is_(None), *_HERE)
        .order_by(col(Workspace.name), col(Workspace.slug))
    )
    return [(workspace, Role(role)) for workspace, role in found.all()]


async def workspace_by_slug(tx: Tx, slug: str) -> Workspace | None:
    """The workspace of an address, whoever asks."""
    return (await tx.exec(select(Workspace).where(Workspace.slug == slug, col(Workspace.deleted_at).is_(None)))).first()


async def every_workspace(tx: Tx) -> Sequence[Workspace]:
    """Every workspace of the installation: for its set-up only, when none of them has a member yet."""
    return (await tx.exec(select(Workspace).where(col(Workspace.deleted_at).is_(None)))).all()


async def user_by_email(tx: Tx, email: str) -> User | None:
    """Somebody by their address in lower case."""
    return (await tx.exec(select(User).where(User.email == email))).first()


async def rename(tx: Tx, user_id: UUID, name: str) -> None:
    """Change what somebody is called."""
    await tx.exec(update(User).where(col(User.id) == user_id).values(name=name))


async def rename_owner(tx: Tx, user_id: UUID, name: str) -> None:
    """The same on the leads they own in the transaction's workspace, on every board that shows them."""
    await tx.exec(update(Lead).where(col(Lead.owner_id) == user_id).values(owner_name=name))
    for column in (*Column, *SalesColumn):
        tx.touch(f"column:{column}")


async def change_details(tx: Tx, details: Details) -> Details:
    """Set what the transaction's workspace is called, counts in and whose clock it follows; returns what it was."""
    workspace = await tx.get_one(Workspace, tx.workspace, with_for_update=True)
    was = Details(workspace.name, workspace.currency, workspace.time_zone)
    workspace.name, workspace.currency, workspace.time_zone = details.name, details.currency, details.time_zone
    return was


async def is_set_up(tx: Tx) -> bool:
    """Whether this installation has its first owner."""
    return await tx.get(Install, 1) is not None


async def claim_installation(tx: Tx, owner_id: UUID) -> None:
    """Be the first owner; `NotFound` when somebody was, at the same moment too."""
    if await is_set_up(tx):
        raise NotFound
    tx.add(Install(owner_id=owner_id))
    try:
        await tx.flush()
    except IntegrityError:
        raise NotFound from None


async def make_workspace(tx: Tx, name: str, *, demo: bool = False) -> Workspace:
    """A new workspace under the transaction's own id, at the first free slug of its name."""
    base = slug_of(name)
    taken = set((await tx.exec(select(Workspace.slug).where(col(Workspace.slug).startswith(base)))).all())
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    workspace = Workspace(id=tx.workspace, slug=slug, name=name, demo=demo)
    tx.add(workspace)
    try:
        await tx.flush()
    except IntegrityError:
        raise refusal("workspace_taken") from None
    tx.add(Feed(workspace_id=workspace.id))
    return workspace


async def join(tx: Tx, user_id: UUID, role: Role) -> None:
    """Make somebody a member, or again after they were removed."""
    mine = select(Membership).where(Membership.workspace_id == tx.workspace, Membership.user_id == user_id)
    membership = (await tx.exec(mine)).first() or Membership(workspace_id=tx.workspace, user_id=user_id)
    membership.role, membership.accepted_at, membership.deleted_at = role, tx.now, None
    tx.add(membership)


async def role_of(tx: Tx, user_id: UUID) -> Role | None:
    """Somebody's role in the transaction's workspace; None when they are no member."""
    mine = select(Membership.role).where(Membership.workspace_id == tx.workspace, Membership.user_id == user_id, *_HERE)
    role = (await tx.exec(mine)).first()
    return Role(role) if role else None


async def members(tx: Tx) -> list[tuple[Membership, User]]:
    """The members of the transaction's workspace, the longest first."""
    found = await tx.exec(
        select(Membership, User)
        .join(User, col(User.id) == col(Membership.user_id))
        .where(Membership.workspace_id == tx.workspace, *_HERE)
        .order_by(col(Membership.accepted_at), col(User.email))
    )
    return list(found.all())


async def locked_members(tx: Tx) -> dict[UUID, Membership]:
    """The members by user, kept from changing until this transaction ends: two owners cannot demote each other."""
    rows = select(Membership).where(Membership.workspace_id == tx.workspace, *_HERE).order_by(col(Membership.id))
    return {row.user_id: row for row in (await tx.exec(rows.with_for_update())).all()}


async def make_invite(tx: Tx, token: str, role: Role, by: UUID) -> Invite:
    """A link that makes its bearer a member once."""
    invite = Invite(
        workspace_id=tx.workspace,
        token_hash=digest(token),
        role=role,
        created_by=by,
        created_at=tx.now,
        expires_at=tx.now + INVITE_LIVES,
    )
    tx.add(invite)
    return invite


async def open_invites(tx: Tx) -> list[Invite]:
    """Invitations that can still be accepted, the newest first."""
    usable = select(Invite).where(col(Invite.used_at).is_(None), col(Invite.expires_at) > tx.now)
    return list((await tx.exec(usable.order_by(col(Invite.created_at).desc()))).all())


async def open_invite(tx: Tx, token: str) -> Invite | None:
    """The invitation of a link, while it can be accepted."""
    usable = select(Invite).where(
        Invite.token_hash == digest(token), col(Invite.used_at).is_(None), col(Invite.expires_at) > tx.now
    )
    return (await tx.exec(usable)).first()


async def use_invite(tx: Tx, invite: Invite) -> bool:
    """Use it up; False when somebody else did at the same moment."""
    unused = update(Invite).where(col(Invite.id) == invite.id, col(Invite.used_at).is_(None)).values(used_at=tx.now)
    return (await tx.exec(unused)).rowcount == 1


def audit(tx: Tx, action: str, actor: UUID | None, *, resource: str = "", ip: str = "", **changes: Any) -> None:
    """Keep who did what that matters for security, in this transaction."""
    tx.add(
        Audit(
            workspace_id=tx.info["workspace"],
            actor=str(actor or ""),
            action=action,
            resource=resource,
            changes=changes,
            ip=ip,
            at=tx.now,
        )
    )


async def audited(tx: Tx, action: str, actor: UUID, resource: str, within: timedelta) -> bool:
    """Whether this was kept already, lately."""
    same = select(Audit.id).where(
        Audit.workspace_id == tx.workspace,
        Audit.actor == str(actor),
        Audit.action == action,
        Audit.resource == resource,
        col(Audit.at) > tx.now - within,
    )
    return (await tx.exec(same)).first() is not None
