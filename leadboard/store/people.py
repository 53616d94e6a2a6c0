"""People, workspaces and memberships: who may be where."""

from uuid import UUID

from sqlmodel import col, select

from leadboard.domain.rights import Role
from leadboard.store.db import Tx
from leadboard.store.tables import Membership, Workspace


async def standing(tx: Tx, user_id: UUID, slug: str) -> tuple[Workspace, Role] | None:
    """The workspace behind a slug and this person's role in it; None when missing, foreign or not accepted."""
    found = await tx.exec(
        select(Workspace, Membership.role)
        .join(Membership, col(Membership.workspace_id) == col(Workspace.id))
        .where(
            Workspace.slug == slug,
            Membership.user_id == user_id,
            col(Workspace.deleted_at).is_(None),
            col(Membership.deleted_at).is_(None),
            col(Membership.accepted_at).is_not(None),
        )
    )
    row = found.first()
    return (row[0], Role(row[1])) if row else None
