"""The door of every action: who is asking, what is their role here, and only then a transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from leadboard.domain.rights import Principal, Right, Role, check_right
from leadboard.errors import NotFound
from leadboard.store import db, people
from leadboard.store.db import Tx
from leadboard.store.tables import Workspace


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
    check_right(found[1], right)
    return Place(*found)


@asynccontextmanager
async def allowed(me: Principal, slug: str, right: Right) -> AsyncIterator[Tx]:
    """A transaction that writes in this workspace, for somebody who may."""
    here = await place(me, slug, right)
    async with db.begin(here.workspace.id, user=me.user_id, people=True) as tx:
        yield tx


@asynccontextmanager
async def looking(me: Principal, slug: str, right: Right = Right.READ) -> AsyncIterator[Tx]:
    """A transaction that reads this workspace, for somebody who may."""
    here = await place(me, slug, right)
    async with db.read(here.workspace.id, user=me.user_id) as tx:
        yield tx
