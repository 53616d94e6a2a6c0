"""Reading, trying, saving and restoring the ideal customer profile."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from leadboard.actions.access import allowed, looking
from leadboard.domain.icp import Icp, normalise, same_content
from leadboard.domain.icp_match import NO_PROFILE, Matches, Tally
from leadboard.domain.icp_suggest import Evidence, Sample, Suggestion
from leadboard.domain.rights import Principal, Right
from leadboard.domain.work import Workflow
from leadboard.errors import Refused
from leadboard.store import candidates, icps, work
from leadboard.store.db import Tx

AT_ONCE = 50
"""Leads that are read together while a draft is tried."""

BREATH = 10
"""Leads that are scored between two breaths: a few milliseconds."""


@dataclass(frozen=True)
class Trial:
    """How many leads a draft has been held against; what was found comes after the last."""

    leads: int
    matches: Matches | None = None
    suggestions: tuple[Suggestion, ...] = ()


async def read(me: Principal, slug: str) -> tuple[int, Icp | None]:
    """The version in force and its profile; (0, None) before the first."""
    async with looking(me, slug) as tx:
        return await icps.in_force(tx)


async def save(me: Principal, slug: str, raw: Mapping[str, Any], over: int | None = None) -> tuple[int, bool]:
    """Save a profile and set off the scoring of every lead against it. Returns the version and whether it changed.

    `over`: the version it was made from. Raises Refused (`newer_version`, 409) when somebody saved another one since.
    """
    async with allowed(me, slug, Right.SETTINGS) as tx:
        profile = normalise(raw)
        await _check_newest(tx, profile, over)
        return await _save(tx, profile, me.name)


async def restore(me: Principal, slug: str, number: int) -> tuple[int, Icp, bool]:
    """Put an earlier version in force again, as a new one. Returns its number, the profile and whether it changed."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        profile = await icps.version(tx, number)
        saved, changed = await _save(tx, profile, me.name)
        return saved, profile, changed


async def try_out(me: Principal, slug: str, icp: Icp) -> AsyncGenerator[Trial]:
    """Hold a draft against every lead, giving way to all others; each answer covers more leads, the last one tells.

    The score is the one that saving would store. Nothing is written. `NotFound` from the moment on when who asked is no
    member any more.
    """
    async with looking(me, slug) as tx:
        _, saved = await icps.in_force(tx)
        tally = Tally(icp, tx.now.date(), saved or NO_PROFILE)
    evidence, after = Evidence(), candidates.FIRST
    while True:
        async with looking(me, slug) as tx:
            some = await candidates.following(tx, after, AT_ONCE)
        if not some:
            break
        for at, each in enumerate(some):
            tally.add(each)
            evidence.add(Sample(each.name, each.value, each.company))
            if at % BREATH == 0:
                await asyncio.sleep(0)
        after = some[-1].id
        yield Trial(tally.leads)
    yield Trial(tally.leads, tally.matches(), evidence.suggest(icp))


async def _check_newest(tx: Tx, profile: Icp, over: int | None) -> None:
    newest = await icps.latest(tx)
    if newest is None or over is None or newest.version == over:
        return
    if not same_content(Icp.from_data(newest.data), profile):
        raise Refused(
            f"{newest.created_by} saved version {newest.version} while you worked on version {over}. Nothing of yours "
            "is lost: see below what it changed, then save again to put yours in force, or discard yours.",
            code="newer_version",
            status=409,
        )


async def _save(tx: Tx, profile: Icp, by: str) -> tuple[int, bool]:
    row, changed = await icps.save(tx, profile, by)
    if changed:
        await work.enqueue(tx, Workflow.RESCORE, str(tx.workspace), str(row.version), workflow_id=f"rescore-{uuid4()}")
    return row.version, changed
