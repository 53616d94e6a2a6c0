"""Reading and saving the ideal customer profile."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from leadboard.actions.access import allowed, looking
from leadboard.domain.icp import Icp, normalise
from leadboard.domain.rights import Principal, Right
from leadboard.domain.work import Workflow
from leadboard.store import icps, work


async def read(me: Principal, slug: str) -> tuple[int, Icp | None]:
    """The version in force and its profile; (0, None) before the first."""
    async with looking(me, slug) as tx:
        return await icps.in_force(tx)


async def save(me: Principal, slug: str, raw: Mapping[str, Any]) -> tuple[int, bool]:
    """Save a profile and set off the scoring of every lead against it. Returns the version and whether it changed."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        row, changed = await icps.save(tx, normalise(raw), me.name)
        if changed:
            await work.enqueue(
                tx, Workflow.RESCORE, str(tx.workspace), str(row.version), workflow_id=f"rescore-{uuid4()}"
            )
        return row.version, changed
