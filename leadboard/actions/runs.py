"""What a person may do with enrichment: ask for it, ask again, withdraw it, put a lead first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col

from leadboard.actions.access import allowed, looking
from leadboard.domain.filters import ALL, LeadFilter
from leadboard.domain.rights import Principal, Right
from leadboard.domain.stages import COLUMN_TITLES, Column
from leadboard.errors import NotFound
from leadboard.store import filters, runs, work
from leadboard.store.db import Tx
from leadboard.store.tables import Lead

AT_ONCE = 200
"""Leads of one transaction: whoever else wants to write gets a turn in between."""


@dataclass(frozen=True)
class Asked:
    """How many leads were asked for, and how many were left alone because they are being enriched already."""

    requested: int
    busy: int


async def enrich(me: Principal, slug: str, lead_ids: Sequence[str]) -> Asked:
    """Enrich these leads; those that failed or are enriched already start over. `NotFound` for a foreign id."""
    return await _enrich(me, slug, await _given(me, slug, lead_ids))


async def enrich_column(me: Principal, slug: str, column: str, narrow: LeadFilter = ALL) -> Asked:
    """Enrich every lead of a column that is not being enriched, as far as a filter holds it."""
    return await _enrich(me, slug, await _in_column(me, slug, column, narrow))


async def enrich_harvested(me: Principal, slug: str) -> Asked:
    """Enrich every lead that was found and not worked on."""
    return await enrich_column(me, slug, Column.HARVESTED)


async def retry(me: Principal, slug: str, lead_id: str) -> None:
    """Ask again for a lead whose enrichment failed; `Refused` for any other."""
    async with allowed(me, slug, Right.SPEND) as tx:
        await runs.retry(tx, await tx.find(Lead, lead_id), me.name)


async def cancel(me: Principal, slug: str, lead_ids: Sequence[str]) -> int:
    """Withdraw the enrichment of these leads, waiting or under way; returns how many it was for."""
    return await _cancel(me, slug, await _given(me, slug, lead_ids))


async def cancel_column(me: Principal, slug: str, column: str, narrow: LeadFilter = ALL) -> int:
    """Withdraw the enrichment of every lead in a column that a filter holds; returns how many it was for."""
    return await _cancel(me, slug, await _in_column(me, slug, column, narrow))


async def cancel_all(me: Principal, slug: str, narrow: LeadFilter = ALL) -> int:
    """Withdraw every enrichment of the workspace, of leads that a filter holds; returns how many it was for."""
    async with looking(me, slug, Right.SPEND) as tx:
        chosen = await _chosen(tx, *filters.where(narrow))
    return await _cancel(me, slug, chosen)


async def prioritise(me: Principal, slug: str, lead_id: str, first: bool = True) -> None:
    """Put a lead at the head of its column and of the queue, or back in line."""
    async with allowed(me, slug, Right.SPEND) as tx:
        replaced = await runs.prioritise(tx, await tx.find(Lead, lead_id), first, me.name)
    await work.cancel(replaced)


@dataclass(frozen=True)
class _Chosen:
    idle: list[UUID]
    busy: list[UUID]


async def _chosen(tx: Tx, *narrow: Any) -> _Chosen:
    return _Chosen(await runs.ids(tx, runs.IDLE, *narrow), await runs.ids(tx, runs.BUSY, *narrow))


async def _in_column(me: Principal, slug: str, column: str, narrow: LeadFilter) -> _Chosen:
    if column not in COLUMN_TITLES:
        raise NotFound("column")
    async with looking(me, slug, Right.SPEND) as tx:
        return await _chosen(tx, Lead.column == column, *filters.where(narrow))


async def _given(me: Principal, slug: str, lead_ids: Sequence[str]) -> _Chosen:
    """The leads a browser named, each known to belong here."""
    wanted = list(dict.fromkeys(_uuid(lead_id) for lead_id in lead_ids))
    idle, busy = [], []
    async with looking(me, slug, Right.SPEND) as tx:
        for some in _in_turns(wanted):
            found = await _chosen(tx, col(Lead.id).in_(some))
            idle += found.idle
            busy += found.busy
    if len(idle) + len(busy) < len(wanted):
        raise NotFound("lead")
    return _Chosen(idle, busy)


async def _enrich(me: Principal, slug: str, chosen: _Chosen) -> Asked:
    requested = 0
    for turn, some in enumerate(_in_turns(chosen.idle)):
        async with allowed(me, slug, Right.SPEND) as tx:
            leads = await runs.idle(tx, some)
            await runs.request(tx, leads, me.name)
            if turn == 0:
                runs.announce(tx, runs.REQUESTED, chosen.idle, me.name)
        requested += len(leads)
    return Asked(requested, len(chosen.idle) + len(chosen.busy) - requested)


async def _cancel(me: Principal, slug: str, chosen: _Chosen) -> int:
    cancelled = 0
    for turn, some in enumerate(_in_turns(chosen.busy)):
        async with allowed(me, slug, Right.SPEND) as tx:
            leads = await runs.busy(tx, some)
            ended = await runs.cancel(tx, leads)
            if turn == 0:
                runs.announce(tx, runs.CANCELLED, chosen.busy, me.name)
        await work.cancel(ended)
        cancelled += len(leads)
    return cancelled


def _in_turns(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _uuid(lead_id: str) -> UUID:
    try:
        return UUID(lead_id)
    except (ValueError, AttributeError, TypeError):
        raise NotFound("lead") from None
