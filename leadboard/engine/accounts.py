"""The hourly look at every workspace's account: credits that are due, batches whose time to go on has come, and calls
that their process left behind."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from leadboard.engine.asking import Asker
from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.store import asks, batches, credits, db, discoveries, people
from leadboard.store.budgets import Scope
from leadboard.store.db import Tx
from leadboard.store.tables import Ask, Batch, Discovery

LEFT = timedelta(minutes=15)
"""A call that is older has lost its process: it has four attempts of ten seconds, and some patience between them."""


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that keeps accounts."""

    async def keep(workspace_id: str, period: str) -> None:
        await step("keep", keep_accounts, tools)

    return keep


async def keep_accounts(tools: Tools) -> None:
    """Renew credits, wake batches and end what was left behind, workspace by workspace."""
    async with db.read() as tx:
        workspaces = [workspace.id for workspace in await people.every_workspace(tx)]
    for workspace in workspaces:
        await keep_account(tools, workspace)


async def keep_account(tools: Tools, workspace: UUID) -> None:
    """What is due in one workspace."""
    async with db.begin(workspace) as tx:
        for call in await asks.left_behind(tx, tx.now - LEFT):
            await Asker(tools, workspace, await _caps(tx, call)).bury(tx, [call])
        await credits.renew(tx)
        for batch in await batches.due(tx):
            await batches.resume(tx, batch)


async def _caps(tx: Tx, call: Ask) -> tuple[Scope, ...]:
    """The budget of the piece of work that a call was for."""
    if call.batch_id and (batch := await tx.get(Batch, (tx.workspace, call.batch_id))):
        return (batches.budget_of(batch),)
    if call.discovery_id and (discovery := await tx.get(Discovery, (tx.workspace, call.discovery_id))):
        return (discoveries.budget_of(discovery),)
    return ()
