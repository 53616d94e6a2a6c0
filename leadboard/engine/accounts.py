"""The hourly look at every workspace's account: credits that are due, and batches whose time to go on has come."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.store import batches, credits, db, people


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that keeps accounts."""

    async def keep(workspace_id: str, period: str) -> None:
        await step("keep", keep_accounts)

    return keep


async def keep_accounts() -> None:
    """Renew credits and wake batches, workspace by workspace: each in a transaction of its own."""
    async with db.read() as tx:
        workspaces = [workspace.id for workspace in await people.every_workspace(tx)]
    for workspace in workspaces:
        await keep_account(workspace)


async def keep_account(workspace: UUID) -> None:
    """What is due in one workspace."""
    async with db.begin(workspace) as tx:
        await credits.renew(tx)
        for batch in await batches.due(tx):
            await batches.resume(tx, batch)
