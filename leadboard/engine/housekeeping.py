"""Keeps the work itself in order: runs whose workflow broke are settled, finished workflows are forgotten."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from leadboard.domain.work import Workflow
from leadboard.engine import imports
from leadboard.engine.enrich import BROKEN
from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.store import db, runs, sessions, work
from leadboard.store.going import going

BROKEN_STATES = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
FINISHED_STATES = ["SUCCESS", "CANCELLED", *BROKEN_STATES]

KEPT = timedelta(days=7)
LOOKED_BACK = timedelta(days=1)
"""How long ago a workflow may have broken and still be looked at: many ticks, in case none came for a while."""

BATCH = 500


def settle_broken(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that fails leads whose enrichment broke without a word, so that none seems busy for ever."""

    async def settle(workspace_id: str, period: str) -> None:
        await step("settle", settle_runs)

    return settle


def forget_finished(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that deletes workflows which ended a week ago: 150,000 of them would cost a tenth of the speed."""

    async def forget(workspace_id: str, period: str) -> None:
        await step("forget", forget_workflows)

    return forget


def tidy(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that erases what nobody needs any more: guesses, ended sessions, uploads of a month ago."""

    async def erase(workspace_id: str, period: str) -> None:
        await step("tidy", erase_old, tools.uploads)

    return erase


async def erase_old(uploads: Path | None) -> None:
    """Erase old guesses, sessions and uploaded files."""
    async with db.begin() as tx:
        await sessions.tidy(tx)
    if uploads is not None:
        imports.tidy(uploads, db.current().clock())


async def settle_runs() -> None:
    """Fail every run whose workflow ended in an error of ours, or took its process down too often."""
    after = db.current().clock() - LOOKED_BACK
    broken = await work.current().list_workflows_async(
        name=Workflow.ENRICH, status=BROKEN_STATES, completed_after=after.isoformat(), load_output=False
    )
    for workflow in broken:
        if workflow.input:
            workspace, run_id = workflow.input["args"]
            async with db.begin(UUID(workspace)) as tx, going(tx, [UUID(run_id)]) as alive:
                for run, lead in alive.values():
                    runs.fail(tx, run, lead, BROKEN)


async def forget_workflows() -> None:
    """Delete the workflows that ended long ago, with their steps."""
    before = (db.current().clock() - KEPT).isoformat()
    client = work.current()
    while finished := await client.list_workflows_async(
        status=FINISHED_STATES, completed_before=before, limit=BATCH, load_input=False, load_output=False
    ):
        await client.delete_workflows_async([workflow.workflow_id for workflow in finished])
