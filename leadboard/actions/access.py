"""The door of every action: who is asking, what is their role here, and only then a transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from leadboard.domain.rights import NO_RIGHT, Principal, Right, Role, check_right
from leadboard.errors import NotFound, Refused
from leadboard.store import db, people
from leadboard.store.db import Tx
from leadboard.store.tables import Workspace

REFUSED_AGAIN = timedelta(minutes=1)
"""A second refusal of the same person and right within this is the same try: nobody fills the disk by insisting."""


@dataclass(frozen=True)
class Place:
    """A workspace as one person stands in it."""

    workspace: Workspace
    role: Role


async def place(me: Principal, slug: str, right: Right = Right.READ) -> Place:
    """The workspace and the role, read now; `NotFound` for foreign and missing alike, `Refused` for a weak role."""
    async with db.read(user=me.user_id) as tx:
        found = await people.standing(tx, me.user_id, slug)
    if found is None:
        raise NotFound("workspace")
    here = Place(*found)
    async with _refusals_kept(me, here.workspace.id, right):
        check_right(here.role, right)
    return here


@asynccontextmanager
async def acting(me: Principal, slug: str, right: Right) -> AsyncIterator[tuple[Tx, Place]]:
    """A transaction that writes in this workspace, for somebody who may, and the workspace as they stand in it."""
    here = await place(me, slug, right)
    async with (
        _refusals_kept(me, here.workspace.id, right),
        db.begin(here.workspace.id, user=me.user_id, people=True) as tx,
    ):
        yield tx, here


@asynccontextmanager
async def allowed(me: Principal, slug: str, right: Right) -> AsyncIterator[Tx]:
    """The same for whoever needs nothing but the transaction."""
    async with acting(me, slug, right) as (tx, _):
        yield tx


@asynccontextmanager
async def looking(me: Principal, slug: str, right: Right = Right.READ) -> AsyncIterator[Tx]:
    """A transaction that reads this workspace, for somebody who may."""
    here = await place(me, slug, right)
    async with db.read(here.workspace.id, user=me.user_id) as tx:
        yield tx


@asynccontextmanager
async def _refusals_kept(me: Principal, workspace_id: UUID, right: Right) -> AsyncIterator[None]:
    """Keep in the audit log that somebody was refused for lack of a right: once in a while, however often they try."""
    try:
        yield
    except Refused as refused:
        if refused.code == NO_RIGHT:
            await _keep_refusal(me, workspace_id, right)
        raise


async def _keep_refusal(me: Principal, workspace_id: UUID, right: Right) -> None:
    async with db.read(workspace_id, user=me.user_id) as tx:
        if await people.audited(tx, "refused", me.user_id, right, REFUSED_AGAIN):
            return
    async with db.begin(workspace_id, user=me.user_id, people=True) as tx:
        people.audit(tx, "refused", me.user_id, resource=right)
