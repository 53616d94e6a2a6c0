"""Every durable workflow under the name it is asked for by."""

from collections.abc import Awaitable, Callable

from dbos import DBOS

from leadboard.domain.work import Workflow
from leadboard.engine import (
    access,
    accounts,
    batch,
    discover,
    enrich,
    housekeeping,
    imports,
    rescore,
    study,
    verification,
)
from leadboard.engine.tools import Tools

Body = Callable[..., Awaitable[None]]
"""What a workflow does, given the ids it was enqueued with: the workspace's first, then that of the wish."""

MAX_RECOVERY_ATTEMPTS = 5
"""So often a workflow may take its process down with it; by default it would be a hundred times."""

WORKFLOWS: tuple[tuple[Workflow, Callable[[Tools], Body]], ...] = (
    (Workflow.ENRICH, enrich.workflow),
    (Workflow.IMPORT, imports.workflow),
    (Workflow.REVERT_IMPORT, imports.revert_workflow),
    (Workflow.RESCORE, rescore.workflow),
    (Workflow.CHECK_ACCESS, access.workflow),
    (Workflow.STUDY, study.workflow),
    (Workflow.BATCH, batch.workflow),
    (Workflow.VERIFY, verification.workflow),
    (Workflow.KEEP_ACCOUNTS, accounts.workflow),
    (Workflow.DISCOVER, discover.workflow),
    (Workflow.SETTLE_BROKEN, housekeeping.settle_broken),
    (Workflow.FORGET_FINISHED, housekeeping.forget_finished),
    (Workflow.TIDY, housekeeping.tidy),
)


def register(tools: Tools, around: Callable[[Body], Body]) -> None:
    """Tell DBOS every workflow of the table, each wrapped by `around`."""
    for name, made in WORKFLOWS:
        DBOS.workflow(name=name, max_recovery_attempts=MAX_RECOVERY_ATTEMPTS)(around(made(tools)))
