"""Runs: one enrichment of one lead, from the wish to the package. Status and stage change in one transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select

from leadboard.domain.package import AgentResult
from leadboard.domain.stages import AGENTS, Agent, SalesStage, Stage, Status, column_of, forward, progress
from leadboard.domain.work import Workflow
from leadboard.errors import Refused
from leadboard.store import work
from leadboard.store.db import Tx
from leadboard.store.going import CANCELLED, GoingLead, GoingRun
from leadboard.store.tables import Lead, Package, Part, Run, Site
from leadboard.store.tenancy import Prepared

BUSY = col(Lead.status).in_((Status.PENDING_ENRICHMENT, Status.ENRICHING))
IDLE = ~BUSY

REQUESTED, RUNNING, ENRICHED, FAILED = "requested", "running", "enriched", "failed"

PERCENT_AFTER = {agent.id: progress({each.id for each in AGENTS[: place + 1]}) for place, agent in enumerate(AGENTS)}
"""Agents end in their order, each with a share of the progress: the percentage says which of them ended."""

_SITE = Prepared(select(Site.facts).where(col(Site.run_id) == bindparam("run")))
_PACKAGED = Prepared(select(Package.run_id).where(col(Package.lead_id) == bindparam("lead")))
_PARTS = Prepared(
    select(  # type: ignore[call-overload]
        Part.agent, Part.ok, Part.seconds, Part.output, Part.error
    ).where(col(Part.run_id) == bindparam("run"))
)

_ORDER = (col(Lead.queued_first).desc(), col(Lead.fit_score).desc(), col(Lead.name), col(Lead.id))


async def ids(tx: Tx, *narrow: Any) -> list[UUID]:
    """The ids of leads, in the order of the board."""
    statement = select(Lead.id).where(col(Lead.deleted_at).is_(None), *narrow).order_by(*_ORDER)
    return list((await tx.exec(statement)).all())


async def idle(tx: Tx, lead_ids: Sequence[UUID]) -> Sequence[Lead]:
    """Those of the leads that nobody is enriching, locked for the transaction, in the order of the board."""
    return await _locked(tx, lead_ids, IDLE)


async def busy(tx: Tx, lead_ids: Sequence[UUID]) -> Sequence[Lead]:
    """Those of the leads that wait for their enrichment or are in it, locked for the transaction."""
    return await _locked(tx, lead_ids, BUSY)


async def _locked(tx: Tx, lead_ids: Sequence[UUID], narrow: Any) -> Sequence[Lead]:
    wanted = (col(Lead.deleted_at).is_(None), col(Lead.id).in_(lead_ids), narrow)
    return (await tx.exec(select(Lead).where(*wanted).order_by(*_ORDER).with_for_update())).all()


async def request(tx: Tx, leads: Sequence[Lead], by: str) -> None:
    """Ask for the enrichment of idle leads, each with a workflow of its own. They start from the beginning."""
    for lead in leads:
        run = Run(workspace_id=tx.workspace, lead_id=lead.id, requested_by=by, requested_at=tx.now)
        tx.add(run)
        lead.run_id = run.id
        _show(tx, lead, Stage.HARVESTED, Status.PENDING_ENRICHMENT)
    await tx.flush()
    for lead in leads:
        priority = work.FIRST if lead.queued_first else work.ORDINARY
        ids = str(tx.workspace), str(lead.run_id)
        await work.enqueue(tx, Workflow.ENRICH, *ids, workflow_id=str(lead.run_id), priority=priority)


def announce(tx: Tx, what: str, lead_ids: Sequence[UUID], by: str) -> None:
    """Tell in the activity that enrichment was `requested` or `cancelled`, in one line for all of the leads."""
    only = lead_ids[0] if len(lead_ids) == 1 else None
    tx.record(f"enrichment_{what}", only, by=by, shown=True, leads=len(lead_ids))


async def retry(tx: Tx, lead: Lead, by: str) -> None:
    """Ask again for a lead that failed. `Refused` for any other."""
    if lead.status != Status.ENRICHMENT_FAILED:
        raise Refused("This lead did not fail, so there is nothing to retry. Use Enrich to run it again.")
    await request(tx, [lead], by)
    announce(tx, REQUESTED, [lead.id], by)


async def cancel(tx: Tx, leads: Sequence[Lead]) -> list[str]:
    """End the runs of busy leads and put each lead back where it stood: Enriched if it has a package, else Harvested.

    Returns the ids of their workflows, for `work.cancel` after the commit.
    """
    ended = [await _end_run(tx, lead, CANCELLED) for lead in leads]
    here = col(Package.lead_id).in_([lead.id for lead in leads])
    packaged = set((await tx.exec(select(Package.lead_id).where(here))).all())
    for lead in leads:
        if lead.id in packaged:
            _show(tx, lead, Stage.ENRICHED, Status.ENRICHED, percent=100)
        else:
            _show(tx, lead, Stage.HARVESTED, Status.HARVESTED)
    return [str(run_id) for run_id in ended if run_id]


async def prioritise(tx: Tx, lead: Lead, first: bool, by: str) -> list[str]:
    """Put a lead at the head of its column, or back in line; a run that still waits is asked for anew at that priority.

    Returns the ids of workflows that no longer count, for `work.cancel` after the commit.
    """
    if lead.queued_first == first:
        return []
    lead.queued_first = first
    lead.version += 1
    lead.updated_at = tx.now
    tx.record("lead_prioritised", lead.id, by=by, first=first)
    if lead.status != Status.PENDING_ENRICHMENT:
        return []
    replaced = await _end_run(tx, lead, CANCELLED)
    await tx.flush()
    await request(tx, [lead], by)
    return [str(replaced)] if replaced else []


async def _end_run(tx: Tx, lead: Lead, status: str) -> UUID | None:
    run = await tx.get(Run, (tx.workspace, lead.run_id), with_for_update=True) if lead.run_id else None
    if run is None or run.ended_at is not None:
        return None
    run.status, run.ended_at = status, tx.now
    return run.id


async def results(tx: Tx, run_id: UUID) -> list[AgentResult]:
    """What the agents of a run came to so far, in their order."""
    ended = {part.agent: AgentResult(*part) for part in await tx.rows(_PARTS, run=run_id)}
    return [ended[agent.id] for agent in AGENTS if agent.id in ended]


def start(tx: Tx, run: GoingRun, lead: GoingLead) -> bool:
    """Begin a requested run with its first agent. A second time changes nothing, and the answer is False."""
    if run.status != REQUESTED:
        return False
    run.status, run.started_at = RUNNING, tx.now
    tx.record("lead_enrichment_start", lead.id, run_id=str(run.id), company_name=lead.name)
    _show(tx, lead, Stage.HARVESTED, Status.ENRICHING)
    _start_agent(tx, run, lead, AGENTS[0], 0)
    return True


async def site_of(tx: Tx, run_id: UUID) -> dict[str, Any] | None:
    """What a run read on the company's website (`pages`, `fetched_ms`, `error`), once it has."""
    return next((facts for (facts,) in await tx.rows(_SITE, run=run_id)), None)


def keep_site(tx: Tx, run: GoingRun, facts: dict[str, Any], said: str) -> None:
    """Store what was read on the company's website, and say how it went."""
    run.site = facts
    say(tx, run, said)


def say(tx: Tx, run: GoingRun, message: str) -> None:
    """Tell in the lead's timeline how its enrichment goes."""
    tx.record("status_update", run.lead_id, run_id=str(run.id), status_message=message)


def end_agent(tx: Tx, run: GoingRun, lead: GoingLead, result: AgentResult, following: Agent | None) -> None:
    """Write the end of one agent and the start of the next; a second time changes nothing."""
    percent = PERCENT_AFTER[result.agent]
    if lead.percent >= percent:
        return
    run.ended.append(result)
    tx.record(
        "agent_end",
        lead.id,
        run_id=str(run.id),
        agent_name=result.agent,
        success=result.ok,
        execution_time_seconds=round(result.seconds, 4),
        error=result.error,
        progress=percent,
    )
    if following:
        _start_agent(tx, run, lead, following, percent)
    else:
        _show(tx, lead, Stage(lead.stage), Status.ENRICHING, agent=lead.agent, percent=percent)


def _start_agent(tx: Tx, run: GoingRun, lead: GoingLead, agent: Agent, percent: int) -> None:
    stage = forward(Stage(lead.stage), agent.stage)
    tx.record(
        "agent_start",
        lead.id,
        run_id=str(run.id),
        agent_name=agent.id,
        label=agent.label,
        stage=stage,
        progress=percent,
    )
    _show(tx, lead, stage, Status.ENRICHING, agent=agent.label, percent=percent)


async def finish(tx: Tx, run: GoingRun, lead: GoingLead, package: dict[str, Any]) -> None:
    """Store the package (`domain.package.build`) and end the run: the lead is enriched."""
    confidence, roi = package["confidence_score"], package["roi_potential_score"]
    qualification = package.get("lead_qualification", {})
    stored = {"lead_id": lead.id, "run_id": run.id, "sections": package, "confidence": confidence, "roi": roi}
    store = tx.update_many if await tx.rows(_PACKAGED, lead=lead.id) else tx.insert_many
    await store(Package, [{**stored, "at": tx.now}])
    run.status, run.ended_at = ENRICHED, tx.now
    lead.more["queued_first"] = False
    _show(tx, lead, Stage.ENRICHED, Status.ENRICHED, percent=100)
    seconds = package["metadata"]["total_seconds"]
    tx.record("lead_enrichment_end", lead.id, run_id=str(run.id), success=True, total_seconds=seconds)
    tx.record(
        "lead_enriched",
        lead.id,
        shown=True,
        run_id=str(run.id),
        confidence=confidence,
        roi=roi,
        tier=qualification.get("tier", ""),
        score=qualification.get("score"),
    )


def fail(tx: Tx, run: GoingRun, lead: GoingLead, error: str) -> None:
    """End the run: the lead needs attention, and its card says why. A retry starts over."""
    run.status, run.error, run.ended_at = FAILED, error, tx.now
    _show(tx, lead, Stage.FAILED, Status.ENRICHMENT_FAILED, percent=lead.percent, error=error)
    tx.record("lead_enrichment_end", lead.id, run_id=str(run.id), success=False, error=error)
    tx.record("lead_enrichment_failed", lead.id, shown=True, run_id=str(run.id), error=error, retryable=True)


def _show(
    tx: Tx, lead: Lead | GoingLead, stage: Stage, status: Status, *, agent: str = "", percent: int = 0, error: str = ""
) -> None:
    """Set what the card shows, and the column with it; a card that people took up stays where they put it."""
    if lead.stage != stage:
        lead.stage, lead.column = stage, column_of(stage, lead.sales_stage)
        lead.stage_at = tx.now if lead.sales_stage == SalesStage.NONE else lead.stage_at
    lead.status, lead.agent, lead.percent, lead.error = status, agent, percent, error
    lead.version += 1
    lead.updated_at = tx.now
