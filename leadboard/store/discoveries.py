"""Searches for new companies: what was asked for, how far each source is, and what came of it.

How far a source is stands in its entry of `Discovery.sources` and moves in the transaction that stores what its page
brought, so that a search that was killed goes on with the next page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from uuid import UUID, uuid4

from sqlmodel import col, func, select

from leadboard.domain.discovery import LONGEST, UNDER_WAY, DiscoveryStatus
from leadboard.domain.discovery.sift import LeftOut
from leadboard.store.budgets import Scope
from leadboard.store.db import Tx
from leadboard.store.tables import Ask, Discovery, Event, Lead, Workspace

TOPIC = "discovery"
STARTED = "pipeline_start"
"""The event of a search that begins."""
CREATED = "lead_generated"
"""The event of a lead that a search made."""
AGAIN = "lead_found_again"
"""That of a lead which a search found, and which was there: `skipped` when nothing was taken in."""
MOST_LEFT_OUT = 200
"""Companies that are listed with why they were left out; more are only counted."""

WAITING, ASKING, DONE, FAILED, STOPPED = "waiting", "asking", "done", "failed", "stopped"


@dataclass
class SourceState:
    """How far one source is. `cursors`: of the pages that were read, in their order; `next`: that of the page to read;
    `tries`: how often that one was asked for in vain; `found`: companies on its pages, `left` of them new ones that
    better ones were preferred to."""

    service: str
    why: str = ""
    status: str = WAITING
    found: int = 0
    left: int = 0
    micros: int = 0
    demo: bool = False
    cursors: list[str] = field(default_factory=list)
    next: str = ""
    tries: int = 0
    error: str = ""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """The state that is kept."""
        return cls(**kept)

    @property
    def goes_on(self) -> bool:
        """Whether it has another page to be asked for."""
        return self.status in (WAITING, ASKING)


async def latest(tx: Tx) -> Discovery | None:
    """The search asked for last; None before the first."""
    return (
        await tx.exec(select(Discovery).order_by(col(Discovery.created_at).desc(), col(Discovery.id)).limit(1))
    ).first()


async def request(
    tx: Tx, *, target: int, icp_version: int, cap_micros: int | None, enrich: bool, user_id: UUID, by: str
) -> tuple[Discovery, bool]:
    """Ask for a search; while one is under way that one is returned. Says whether it is new.

    Whoever asks at the same moment waits for this transaction: a workspace has one at a time.
    """
    await tx.get_one(Workspace, tx.workspace, with_for_update=True)
    last = await latest(tx)
    if last is not None and last.status in UNDER_WAY:
        if tx.now - last.created_at < LONGEST:
            return last, False
        fail(tx, last, "It took longer than a search may take.")
    fresh = Discovery(
        id=uuid4(),
        workspace_id=tx.workspace,
        target=target,
        icp_version=icp_version,
        cap_micros=cap_micros,
        enrich=enrich,
        user_id=user_id,
        by=by,
        created_at=tx.now,
    )
    tx.add(fresh)
    tx.touch(TOPIC)
    return fresh, True


async def going(tx: Tx, discovery_id: UUID) -> Discovery | None:
    """The search, kept from changing until this transaction ends; None once it has ended."""
    found = await tx.get_one(Discovery, (tx.workspace, discovery_id), with_for_update=True)
    return found if found.status in UNDER_WAY else None


def sources_of(discovery: Discovery) -> list[SourceState]:
    """How far its sources are, in the order in which they are asked."""
    return [SourceState.read(each) for each in discovery.sources]


def begin(tx: Tx, discovery: Discovery, sources: Sequence[SourceState]) -> None:
    """Start the search with these sources; a second time changes nothing."""
    if discovery.status != DiscoveryStatus.REQUESTED:
        return
    discovery.status, discovery.started_at = DiscoveryStatus.RUNNING, tx.now
    keep(tx, discovery, sources)
    tx.record(STARTED, by=discovery.by, shown=True, discovery=str(discovery.id), max_leads=discovery.target)


def keep(tx: Tx, discovery: Discovery, sources: Sequence[SourceState]) -> None:
    """Keep how far the sources are."""
    discovery.sources = [asdict(source) for source in sources]
    tx.touch(TOPIC)


def warn(discovery: Discovery, sentence: str) -> None:
    """Tell what went wrong without ending the search, once."""
    if sentence not in discovery.warnings:
        discovery.warnings = [*discovery.warnings, sentence]


def leave_out(discovery: Discovery, left_out: Iterable[LeftOut]) -> None:
    """List who was left out and why, each company once."""
    listed = {each["key"] for each in discovery.rejected}
    fresh = [each for each in left_out if each.key not in listed]
    discovery.excluded += sum(each.excluded for each in fresh)
    rows = [{"key": each.key, "name": each.name[:200], "service": each.service, "why": each.why} for each in fresh]
    discovery.rejected = [*discovery.rejected, *rows][:MOST_LEFT_OUT]


def budget_of(discovery: Discovery) -> Scope:
    """The budget of the search itself: of no day, but counted from its first one on."""
    return Scope(f"discovery {discovery.id}", "search", discovery.cap_micros, discovery.created_at.date())


async def spent(tx: Tx, discovery: Discovery) -> dict[str, int]:
    """What its calls have cost so far: question -> millionths of a US dollar. The log of calls says so, whatever
    became of the process that made them."""
    paid = (
        select(Ask.question, func.sum(Ask.micros))
        .where(Ask.discovery_id == discovery.id, col(Ask.asked_at) >= discovery.created_at)
        .group_by(col(Ask.question))
    )
    return {question: int(micros) for question, micros in (await tx.exec(paid)).all()}


async def seen(tx: Tx, discovery: Discovery, lead_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the leads that this search has counted."""
    kinds = (CREATED, AGAIN)
    found = select(Event.lead_id, Event.data).where(col(Event.lead_id).in_(lead_ids), col(Event.kind).in_(kinds))
    mine = str(discovery.id)
    return {lead_id for lead_id, data in (await tx.exec(found)).all() if lead_id and data.get("discovery") == mine}


async def created(tx: Tx, discovery: Discovery) -> list[UUID]:
    """The leads that it made and that are still there."""
    began = select(Event.n).where(Event.shown, Event.kind == STARTED).order_by(col(Event.n).desc()).limit(1)
    since = (await tx.exec(began)).first() or 0  # only the numbers of events are indexed, not their times
    here = select(Event.lead_id, Event.data).where(col(Event.n) > since, Event.kind == CREATED)
    mine = str(discovery.id)
    ids = [lead_id for lead_id, data in (await tx.exec(here)).all() if lead_id and data.get("discovery") == mine]
    there = select(Lead.id).where(col(Lead.id).in_(ids), col(Lead.deleted_at).is_(None))
    return list((await tx.exec(there)).all())


def complete(tx: Tx, discovery: Discovery) -> None:
    """End the search with what it found."""
    _end(tx, discovery, DiscoveryStatus.COMPLETE)
    tx.record(
        "pipeline_end",
        by=discovery.by,
        shown=True,
        discovery=str(discovery.id),
        success=True,
        total_leads_generated=discovery.created,
        refreshed=discovery.refreshed,
        skipped_existing=discovery.skipped_existing,
        excluded=discovery.excluded,
    )


def cancel(tx: Tx, discovery: Discovery) -> None:
    """End the search because somebody wants no more of it: what it found stays."""
    _end(tx, discovery, DiscoveryStatus.CANCELLED)


def fail(tx: Tx, discovery: Discovery, sentence: str) -> None:
    """End the search because of a fault of ours."""
    discovery.error = sentence
    _end(tx, discovery, DiscoveryStatus.FAILED)


def _end(tx: Tx, discovery: Discovery, status: DiscoveryStatus) -> None:
    discovery.status, discovery.ended_at = status, tx.now
    sources = sources_of(discovery)
    for source in sources:
        source.status = STOPPED if source.goes_on else source.status
    keep(tx, discovery, sources)
