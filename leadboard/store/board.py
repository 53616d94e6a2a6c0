"""What the board shows: windows of columns, their totals, and the latest activity. None of it counts leads."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, column
from sqlmodel import col, select

from leadboard.domain.stages import SalesColumn
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


Windows = dict[str, list[BoardRow]]
"""Column -> the leads it shows."""

_ROW = tuple(getattr(Lead, name) for name in BoardRow._fields)

_SHOWN: ColumnElement[bool] = column("shown")
"""The bare column, as the index has it: SQLite uses a partial index only for its very words."""

_ORDER = (col(Lead.queued_first).desc(), col(Lead.fit_score).desc(), col(Lead.name), col(Lead.id))
_BY_VALUE = (col(Lead.value).desc().nulls_last(), col(Lead.name), col(Lead.id))


def _window(order: Sequence[Any]) -> Prepared:
    here = (Lead.column == bindparam("in_column"), col(Lead.deleted_at).is_(None))
    return Prepared(select(*_ROW).where(*here).order_by(*order).limit(bindparam("at_most")))  # type: ignore[call-overload]


_WINDOW, _SALES_WINDOW = _window(_ORDER), _window(_BY_VALUE)
_TOTALS = Prepared(select(ColumnTotal.column, ColumnTotal.leads, ColumnTotal.value))


async def windows(tx: Tx, wanted: Mapping[str, int]) -> Windows:
    """The first leads of each column, as many as are wanted of it: prioritised first, then by fit, then by name."""
    return await _windows(tx, _WINDOW, wanted)


async def sales_windows(tx: Tx, wanted: Mapping[str, int]) -> Windows:
    """The same of the Sales board: by value, then by name."""
    return await _windows(tx, _SALES_WINDOW, wanted)


async def _windows(tx: Tx, window: Prepared, wanted: Mapping[str, int]) -> Windows:
    found = await tx.rows_of_each(window, [{"in_column": each, "at_most": many} for each, many in wanted.items()])
    return {each: [BoardRow(*row) for row in rows] for each, rows in zip(wanted, found, strict=True)}


async def totals(tx: Tx) -> dict[str, tuple[int, int]]:
    """Column -> (leads, value in minor units), kept by the transactions themselves."""
    return {column: (leads, value) for column, leads, value in await tx.rows(_TOTALS)}


async def activity(tx: Tx, limit: int = 30) -> Sequence[Event]:
    """The latest events that the activity panel tells, newest first."""
    statement = select(Event).where(_SHOWN).order_by(col(Event.n).desc()).limit(limit)
    return (await tx.exec(statement)).all()


async def names(tx: Tx, lead_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Names of leads, for sentences about them."""
    rows = await tx.exec(select(Lead.id, Lead.name).where(col(Lead.id).in_(lead_ids)))
    return dict(rows.all())


async def neighbours(tx: Tx, lead: Lead) -> tuple[UUID | None, UUID | None]:
    """The leads before and after this one in its column, within the reach of a long window."""
    ids = (
        await tx.exec(
            select(Lead.id)
            .where(Lead.column == lead.column, col(Lead.deleted_at).is_(None))
            .order_by(*(_BY_VALUE if lead.column in tuple(SalesColumn) else _ORDER))
            .limit(500)
        )
    ).all()
    if lead.id not in ids:
        return None, None
    place = list(ids).index(lead.id)
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)
