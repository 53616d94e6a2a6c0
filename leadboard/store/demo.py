"""The demo world of a workspace: whether it asks there, and how it leaves."""

from sqlmodel import col, select

from leadboard.domain.stages import Status
from leadboard.store import runs
from leadboard.store.db import Tx
from leadboard.store.tables import Lead, Workspace

ENDING = ".example"
"""Under which every company of the demo world lives, and no real one."""

_BUSY = (Status.PENDING_ENRICHMENT, Status.ENRICHING)


async def leave(tx: Tx, by: str) -> tuple[int, list[str]]:
    """Ask the demo world no more, and take away what came from it: how many leads, and the ids of workflows that no
    longer count, for `work.cancel` after the commit."""
    workspace = await tx.get_one(Workspace, tx.workspace, with_for_update=True)
    workspace.demo = False
    invented = select(Lead).where(col(Lead.deleted_at).is_(None), col(Lead.domain).endswith(ENDING))
    leads = (await tx.exec(invented.with_for_update())).all()
    ended = await runs.cancel(tx, [lead for lead in leads if lead.status in _BUSY])
    for lead in leads:
        lead.deleted_at = tx.now
    tx.record("demo_left", by=by, shown=True, leads=len(leads))
    return len(leads), ended
