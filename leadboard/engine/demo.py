"""Who may look into the demo world."""

from uuid import UUID

from leadboard.domain.demo import of_demo_world
from leadboard.domain.identity import host
from leadboard.store import db
from leadboard.store.tables import Workspace


async def in_demo(workspace: UUID, address: str) -> bool:
    """Whether an address is one of the demo world's, asked for by a workspace that is marked as a demo."""
    if not of_demo_world(host(address)):
        return False
    async with db.read(workspace) as tx:
        return (await tx.get_one(Workspace, workspace)).demo
