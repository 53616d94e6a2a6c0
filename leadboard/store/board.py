"""What the board shows: windows of columns, their totals, and the latest activity. Only what a filter holds is counted:
totals of the whole board are kept by the transactions themselves.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, column, func, literal, literal_column
from sqlmodel import col, select

from leadboard.domain.filters import ALL, LeadFilter
from leadboard.domain.sorting import Sort
from leadboard.domain.stages import Column, Status
from leadboard.store import filters
from leadboard.store.db import Tx
from leadboard.store.tables import ColumnTotal, Event, Lead
from leadboard.store.tenancy import Prepared


class BoardRow(NamedTuple):
    """A lead as the board needs it."""

    id: UUID
    name: str
    what: str
    fit_score: int
    value: int | None
    owner_name: str
    city: str
    country: str
    stage_at: datetime
    queued_first: bool
    status: str
    agent: str
    percent: int
    error: str
    version: int
    fit_icp_version: int
    """The version of the profile that `fit_score` was made with."""
    lost_reason: str
    meeting_at: datetime | None


Windows = dict[str, list[BoardRow]]
"""Column -> the leads it shows."""

Totals = dict[str, tuple[int, int]]
"""Column -> (leads, value in minor units); beside the columns `pending_enrichment`, the leads that wait their turn."""

_ROW = tuple(getattr(Lead, name) for name in BoardRow._fields)

_SHOWN: ColumnElement[bool] = column("shown")
"""The bare column, as the index has it: SQLite uses a partial index only for its very words."""

_ORDERS: Mapping[Sort, tuple[Any, ...]] = {
    Sort.FIT: (col(Lead.queued_first).desc(), col(Lead.fit_score).desc(), col(Lead.name), col(Lead.id)),
    Sort.VALUE: (col(Lead.value).desc().nulls_last(), col(Lead.name), col(Lead.id)),
    Sort.NEWEST: (col(Lead.stage_at).desc(), col(Lead.id).desc()),
    Sort.LONGEST: (col(Lead.stage_at), col(Lead.id)),
}
"""Each has an index that follows it, so a window costs the same in a column of any length."""


def _window(order: Sequence[Any]) -> Prepared:
    here = (Lead.column == bindparam("in_column"), col(Lead.deleted_at).is_(None))
    return Prepared(select(*_ROW).where(*here).order_by(*order).limit(bindparam("at_most")))  # type: ignore[call-overload]


_WINDOWS = {sort: _window(order) for sort, order in _ORDERS.items()}
_ROWS = Prepared(select(*_ROW).where(col(Lead.id).in_(bindparam("ids", expanding=True))))  # type: ignore[call-overload]
_TOTALS = Prepared(select(ColumnTotal.column, ColumnTotal.leads, ColumnTotal.value))

_NO_INDEX: ColumnElement[bool] = func.length(Lead.name_key) < literal_column("0")
"""False of every lead. Before an order it puts that into words which no index follows: few of many leads are found
sooner in the index of filters, and sorted."""


@lru_cache(maxsize=512)
def _ids(narrow: LeadFilter, sort: Sort) -> Prepared:
    order = _ORDERS[sort] if sort == Sort.FIT else (_NO_INDEX, *_ORDERS[sort])
    here = (Lead.column == bindparam("in_column"), col(Lead.deleted_at).is_(None), *filters.where(narrow))
    return Prepared(select(Lead.id).where(*here).order_by(*order).limit(bindparam("at_most")))


@lru_cache(maxsize=512)
def _count(narrow: LeadFilter) -> Prepared:
    counted = (func.count(), func.coalesce(func.sum(Lead.value), 0))
    pending = func.count().filter(col(Lead.status) == Status.PENDING_ENRICHMENT)
    here = col(Lead.column).in_(bindparam("columns", expanding=True)), col(Lead.deleted_at).is_(None)
    statement = select(Lead.column, *counted, pending).where(*here, *filters.where(narrow))  # type: ignore[call-overload]
    return Prepared(statement.group_by(Lead.column))


async def windows(tx: Tx, wanted: Mapping[str, int], narrow: LeadFilter = ALL, sort: Sort = Sort.FIT) -> Windows:
    """The first leads of each column, as many as are wanted of it. By fit means prioritised first, and whoever is equal
    by fit or value stands by name."""
    if narrow:
        return await _matching(tx, _ids(narrow, sort), wanted)
    return await _windows(tx, _WINDOWS[sort], wanted)


async def _windows(tx: Tx, window: Prepared, wanted: Mapping[str, int]) -> Windows:
    found = await tx.rows_of_each(window, [{"in_column": each, "at_most": many} for each, many in wanted.items()])
    return {each: [BoardRow(*row) for row in rows] for each, rows in zip(wanted, found, strict=True)}


async def _matching(tx: Tx, window: Prepared, wanted: Mapping[str, int]) -> Windows:
    """Which leads, from an index that holds all a filter asks for, and then only their rows."""
    found = await tx.rows_of_each(window, [{"in_column": each, "at_most": many} for each, many in wanted.items()])
    ids = [lead_id for rows in found for (lead_id,) in rows]
    rows = {row.id: row for row in (BoardRow(*row) for row in await tx.rows(_ROWS, ids=ids))}
    return {
        each: [rows[lead_id] for (lead_id,) in some if lead_id in rows]
        for each, some in zip(wanted, found, strict=True)
    }


async def totals(tx: Tx) -> Totals:
    """The totals of the whole board, kept by the transactions themselves."""
    return {column: (leads, value) for column, leads, value in await tx.rows(_TOTALS)}


async def matching_totals(tx: Tx, narrow: LeadFilter, columns: Collection[str]) -> Totals:
    """The totals of these columns as far as a filter holds them, counted now."""
    counted: Totals = {each: (0, 0) for each in columns}  # noqa: C420  typed as what comes in
    if Column.HARVESTED in counted:
        counted[Status.PENDING_ENRICHMENT] = (0, 0)
    for each, leads, value, pending in await tx.rows(_count(narrow), columns=list(columns)):
        counted[each] = (leads, int(value))
        if each == Column.HARVESTED:
            counted[Status.PENDING_ENRICHMENT] = (pending, 0)
    return counted


class Happened(NamedTuple):
    """An event as the activity tells it."""

    n: int
    kind: str
    lead_id: UUID | None
    actor: str
    shown: bool
    data: dict[str, Any]
    at: datetime


_ACTIVITY = Prepared(
    select(*(getattr(Event, name) for name in Happened._fields))  # type: ignore[call-overload]
    .where(_SHOWN)
    .order_by(col(Event.n).desc())
    .limit(bindparam("at_most"))
)


async def activity(tx: Tx, limit: int = 30) -> list[Happened]:
    """The latest events that the activity panel tells, newest first."""
    return [Happened(*row) for row in await tx.rows(_ACTIVITY, at_most=limit)]


_NAMES = Prepared(select(Lead.id, Lead.name).where(col(Lead.id).in_(bindparam("ids", expanding=True))))


async def names(tx: Tx, lead_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Names of leads, for sentences about them."""
    return dict(await tx.rows(_NAMES, ids=list(lead_ids)))


async def neighbours(
    tx: Tx, lead: Lead, narrow: LeadFilter = ALL, sort: Sort = Sort.FIT
) -> tuple[UUID | None, UUID | None]:
    """The leads before and after this one in its column as far as a filter holds it, within the reach of a long
    window."""
    ids = (
        await tx.exec(
            select(Lead.id)
            .where(Lead.column == lead.column, col(Lead.deleted_at).is_(None), *filters.where(narrow))
            .order_by(*_ORDERS[sort])
            .limit(500)
        )
    ).all()
    if lead.id not in ids:
        return None, None
    place = list(ids).index(lead.id)
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)


MOST_CHOICES = 100


class Choices(NamedTuple):
    """What leads say where a filter can ask: (word, leads), the most frequent ones, by word."""

    industry: Sequence[tuple[str, int]]
    country: Sequence[tuple[str, int]]
    owner: Sequence[tuple[str, int]]
    tag: Sequence[tuple[str, int]]


async def choices(tx: Tx) -> Choices:
    """What there is to choose from. It reads every lead, so it is asked for only by who is about to choose."""
    each = filters.texts_of(Lead.tags, tx.get_bind().dialect.name)
    tags = select(each.c.value, func.count()).select_from(Lead).join(each, literal(True))
    texts = [select(name, func.count()).where(name != "") for name in (Lead.industry, Lead.country, Lead.owner_name)]  # type: ignore[call-overload]
    return Choices(*[await _most(tx, statement) for statement in (*texts, tags)])


async def _most(tx: Tx, statement: Any) -> list[tuple[str, int]]:
    word, leads = statement.selected_columns
    most = statement.where(col(Lead.deleted_at).is_(None), filters.INDEXED).group_by(word).order_by(leads.desc(), word)
    rows = await tx.exec(most.limit(MOST_CHOICES))
    return sorted((tuple(row) for row in rows.all()), key=lambda found: found[0].casefold())
