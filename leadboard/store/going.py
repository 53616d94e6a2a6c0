"""Runs under way, as the steps of many at once write them: a few columns in one statement each, no whole rows.

A step changes a word on a card. Reading the lead and its run for that, and finding out what changed of them, took
longer than all the statements together.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select

from leadboard.domain.package import AgentResult
from leadboard.store.db import Counted, Tx
from leadboard.store.tables import Lead, Part, Run, Site
from leadboard.store.tenancy import Prepared


@dataclass(slots=True)
class GoingRun:
    """What steps read and write of a run; to be written are the agents that `ended`, and the `site` that was read."""

    id: UUID
    lead_id: UUID
    status: str
    error: str
    started_at: datetime | None
    ended_at: datetime | None
    ended: list[AgentResult] = field(default_factory=list, compare=False)
    site: dict[str, Any] | None = field(default=None, compare=False)


@dataclass(slots=True)
class GoingLead:
    """What steps read and write of a lead; `more` are other columns to be written."""

    id: UUID
    stage: str
    column: str
    stage_at: datetime
    status: str
    agent: str
    percent: int
    error: str
    version: int
    updated_at: datetime
    sales_stage: str
    deleted_at: datetime | None
    value: int | None
    name: str
    domain: str
    website: str
    country: str
    more: dict[str, Any] = field(default_factory=dict)


CANCELLED = "cancelled"
_RUN = tuple(each.name for each in fields(GoingRun) if each.name in Run.model_fields)
_LEAD = tuple(each.name for each in fields(GoingLead) if each.name in Lead.model_fields)
_WRITTEN_OF_RUN = ("id", "status", "error", "started_at", "ended_at")
_WRITTEN_OF_LEAD = (
    *("id", "stage", "column", "stage_at", "status", "agent", "percent", "error", "version", "updated_at"),
)

_GOING = Prepared(
    select(*(getattr(Run, name) for name in _RUN), *(getattr(Lead, name) for name in _LEAD))
    .where(col(Lead.id) == Run.lead_id, col(Run.id).in_(bindparam("ids", expanding=True)), col(Run.ended_at).is_(None))
    .order_by(col(Run.id))
    .with_for_update()
)

Going = dict[UUID, tuple[GoingRun, GoingLead]]
"""Run id -> the run and its lead."""


@asynccontextmanager
async def going(tx: Tx, run_ids: Sequence[UUID]) -> AsyncIterator[Going]:
    """Those of the runs that go on, with their leads, all locked; what the block changes of them is written at its end.

    A run whose lead was deleted is not among them: it ends.
    """
    rows = await tx.rows(_GOING, ids=run_ids)
    found = [(GoingRun(*row[: len(_RUN)]), GoingLead(*row[len(_RUN) :])) for row in rows]
    before = [(copy(run), replace(lead, more={})) for run, lead in found]
    for run, lead in found:
        if lead.deleted_at is not None:
            run.status, run.ended_at = CANCELLED, tx.now
    yield {run.id: (run, lead) for run, lead in found if lead.deleted_at is None}
    runs = [now for (was, _), (now, _) in zip(before, found, strict=True) if was != now]
    leads = [(was, now) for (_, was), (_, now) in zip(before, found, strict=True) if was != now]
    await tx.update_many(Run, [_columns(run, _WRITTEN_OF_RUN) for run in runs])
    rows = [_columns(lead, _WRITTEN_OF_LEAD) | lead.more for _, lead in leads]
    await tx.update_leads(rows, [Counted(was.column, was.value, was.status) for was, _ in leads])
    for run, _ in found:
        if run.site:  # each by itself: a website takes milliseconds to encode
            await tx.insert_many(Site, [_site(run, run.site, tx.now)])
    await tx.insert_many(Part, [_part(run, result) for run, _ in found for result in run.ended])


def _columns(row: GoingRun | GoingLead, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _site(run: GoingRun, read: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    facts = {name: value for name, value in read.items() if name != "skipped"}
    return {"run_id": run.id, "facts": facts, "skipped": read["skipped"], "read_at": now}


def _part(run: GoingRun, result: AgentResult) -> dict[str, Any]:
    seconds = round(result.seconds, 4)
    row = {"agent": result.agent, "ok": result.ok, "seconds": seconds, "error": result.error}
    return {**row, "run_id": run.id, "output": dict(result.output)}
