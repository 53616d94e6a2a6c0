"""A filter as conditions on leads, for every reader of them, on both databases."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Boolean, ColumnElement, FunctionElement, TableValuedAlias, and_, func, literal_column, or_
from sqlalchemy.ext.compiler import compiles
from sqlmodel import col

from leadboard.domain.filters import BAND_SCORES, EVERYTHING, NOBODY, LeadFilter, Span
from leadboard.store.tables import Lead

MINOR = 100
"""Units of money in one of what a filter says."""


class Holds(FunctionElement[bool]):
    """Whether a JSON array of texts holds this one."""

    type = Boolean()
    inherit_cache = True


@compiles(Holds)
def _holds(element: Holds, compiler: Any, **options: Any) -> str:
    array, text = (compiler.process(each, **options) for each in element.clauses)
    return f"EXISTS (SELECT 1 FROM json_each({array}) AS held WHERE held.value = {text})"  # noqa: S608  both are what SQLAlchemy made of them


@compiles(Holds, "postgresql")
def _holds_on_postgresql(element: Holds, compiler: Any, **options: Any) -> str:
    array, text = (compiler.process(each, **options) for each in element.clauses)
    return f"jsonb_exists(CAST({array} AS JSONB), CAST({text} AS TEXT))"


INDEXED: ColumnElement[bool] = func.length(Lead.name_key) >= literal_column("0")
"""True of every lead: the words by which SQLite takes `ix_lead_filter`."""


def where(wanted: LeadFilter) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a filter; none for one that narrows nothing."""
    if not wanted:
        return ()
    return INDEXED, *(_CONDITIONS[key](part) for key, part in vars(wanted).items() if part and part != EVERYTHING)


def texts_of(array: Any, dialect: str) -> TableValuedAlias:
    """The texts of a JSON array as rows of one column, `value`."""
    of = func.json_array_elements_text if dialect == "postgresql" else func.json_each
    return of(array).table_valued("value")


def _text(q: str) -> ColumnElement[bool]:
    """In the name, whatever the case of its letters, or in the domain. The database folds ASCII only; the key of the
    name was folded when it was stored."""
    return or_(
        col(Lead.name).icontains(q, autoescape=True),
        col(Lead.name_key).contains(q.casefold(), autoescape=True),
        col(Lead.domain).icontains(q, autoescape=True),
    )


def _size(size: Span) -> ColumnElement[bool]:
    """Ranges that meet; a lead whose size nobody knows is in none."""
    smallest = func.coalesce(Lead.headcount_min, Lead.headcount_max)
    largest = func.coalesce(Lead.headcount_max, Lead.headcount_min)
    return and_(smallest.is_not(None), *_between(smallest, largest, size))


def _value(value: Span) -> ColumnElement[bool]:
    """In whole units, which also keeps SQLite from the index by value, beside which it would read every lead."""
    units = col(Lead.value) // MINOR
    return and_(*_between(units, units, value))


def _between(lowest: Any, highest: Any, span: Span) -> list[ColumnElement[bool]]:
    below = [lowest <= span.high] if span.high is not None else []
    return below + ([highest >= span.low] if span.low is not None else [])


def _score(bands: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(*(col(Lead.fit_score).between(*BAND_SCORES[band]) for band in bands))


def _owner(names: tuple[str, ...]) -> ColumnElement[bool]:
    return col(Lead.owner_name).in_(["" if name == NOBODY else name for name in names])


def _tag(tags: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(*(Holds(Lead.tags, tag) for tag in tags))


_CONDITIONS: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "q": _text,
    "industry": lambda names: col(Lead.industry).in_(names),
    "country": lambda codes: col(Lead.country).in_(codes),
    "size": _size,
    "score": _score,
    "value": _value,
    "owner": _owner,
    "tag": _tag,
    "stage": lambda stages: col(Lead.column).in_(stages),
}
