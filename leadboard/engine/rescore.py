"""Scores every lead against a new version of the profile, some at a time, so that nobody waits behind it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from sqlmodel import col, select

from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.store import db, icps, scores
from leadboard.store.db import Tx
from leadboard.store.tables import Contact, Lead

AT_ONCE = 20
"""Leads a transaction, some 30 ms of work: whoever else wants to write gets a turn in between."""


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that a saved profile sets off: (workspace id, version)."""

    async def rescore(workspace_id: str, version: str) -> None:
        await step("score", score_all, workspace_id, int(version))

    return rescore


async def score_all(workspace_id: str, version: int) -> int:
    """Score the leads that have not seen this version yet; returns how many. A newer version ends it: its own
    workflow does the rest. Doing it again after a crash skips what is done."""
    scored, after = 0, UUID(int=0)
    while True:
        async with db.begin(UUID(workspace_id)) as tx:
            in_force, profile = await icps.in_force(tx)
            leads = await _next(tx, after)
            if in_force != version or profile is None or not leads:
                if in_force == version:
                    tx.record("leads_scored", shown=True, leads=scored, version=version)
                return scored
            after = leads[-1].id
            stale = [lead for lead in leads if lead.fit_icp_version < version]
            people = await _people(tx, stale)
            for lead in stale:
                scores.rate(tx, lead, people.get(lead.id, []), version, profile)
                await asyncio.sleep(0)  # a score takes a millisecond, and the loop must not stand still for twenty
            scored += len(stale)


async def _next(tx: Tx, after: UUID) -> Sequence[Lead]:
    statement = select(Lead).where(col(Lead.id) > after, col(Lead.deleted_at).is_(None))
    return (await tx.exec(statement.order_by(col(Lead.id)).limit(AT_ONCE))).all()


async def _people(tx: Tx, leads: Sequence[Lead]) -> dict[UUID, list[Contact]]:
    """The contacts of these leads, by lead."""
    found = await tx.exec(
        select(Contact).where(col(Contact.lead_id).in_([lead.id for lead in leads]), col(Contact.deleted_at).is_(None))
    )
    by_lead: dict[UUID, list[Contact]] = {}
    for contact in found.all():
        by_lead.setdefault(contact.lead_id, []).append(contact)
    return by_lead
