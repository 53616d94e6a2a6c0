"""Asking for a study of the workspace's own website, and reading what it found."""

from leadboard.actions.access import allowed, looking
from leadboard.domain.rights import Principal, Right
from leadboard.domain.study import clean_website
from leadboard.domain.work import Workflow
from leadboard.store import studies, work
from leadboard.store.tables import Study


async def request(me: Principal, slug: str, website: str) -> None:
    """Study a website; while one is being studied, that one goes on instead. Refuses what is no address."""
    address = clean_website(website)
    async with allowed(me, slug, Right.SETTINGS) as tx:
        study, is_new = await studies.request(tx, address, me.user_id, me.name)
        if is_new:
            await work.enqueue(
                tx,
                Workflow.STUDY,
                str(tx.workspace),
                str(study.id),
                workflow_id=f"study-{study.id}",
                priority=work.FIRST,
            )


async def latest(me: Principal, slug: str) -> Study | None:
    """The study asked for last; None before the first."""
    async with looking(me, slug) as tx:
        return await studies.latest(tx)
