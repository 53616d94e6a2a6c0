"""The tenant wall inside every session: statements are narrowed to the workspace, rows of another one never flushed.

It fails closed: a tenant's table cannot be read without a workspace, and what is not an ORM statement is refused.
PostgreSQL's row-level security stands behind it as a second wall (migrations).
"""

from functools import lru_cache
from typing import Any, TypeGuard
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    FunctionElement,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    event,
    inspect,
)
from sqlalchemy.orm import ORMExecuteState, UOWTransaction, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlmodel import Session, SQLModel

from leadboard.store import tables

TENANT_TABLES: tuple[type[SQLModel], ...] = tuple(
    sorted(
        (
            mapper.class_
            for mapper in tables.User._sa_registry.mappers
            if "workspace_id" in mapper.columns and mapper.class_ not in (tables.Membership, tables.Audit)
        ),
        key=lambda cls: cls.__name__,
    )
)
"""Everything that belongs to one workspace. Membership and Audit are also read by person: in `store.people` only."""


_TENANT_NAMES = frozenset(str(cls.__tablename__) for cls in TENANT_TABLES)


class OutsideWorkspace(Exception):
    """Code tried to reach over the tenant wall: always a bug, never a person's mistake."""


class Prepared:
    """A SELECT over tenants' tables, or their own rows, that is put together once, at import, for what is read at every
    tick.

    It runs beside the session (`Tx.rows`), which costs more than the reading itself, so it is narrowed here.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        tables = {each for each in visitors.iterate(statement) if _is_read(each) and each is not statement}
        if tables != set(statement.get_final_froms()) or not all(_is_tenants(each) for each in tables):
            raise OutsideWorkspace("A prepared statement reads tenants' tables, each by its name, and nothing else.")
        self.statement = statement.where(*(_workspace_of(each) == bindparam("workspace") for each in tables))


class PreparedUpdate:
    """An UPDATE of a tenant's table that is put together once, at import, for what is written at every tick: it runs
    beside the session (`Tx.change`), so rows that the session holds do not hear of it."""

    def __init__(self, statement: Update) -> None:
        if not isinstance(statement.table, Table) or not _is_tenants(statement.table) or _sets_workspace(statement):
            raise OutsideWorkspace("A prepared update is of one tenant's table, and rows stay in their workspace.")
        self.statement = statement.where(_workspace_of(statement.table) == bindparam("workspace"))


def _is_read(element: object) -> TypeGuard[FromClause]:
    """Whether rows come out of it. A function of values is none, although SQLAlchemy could also select from it."""
    return isinstance(element, FromClause) and not isinstance(element, FunctionElement)


def _is_tenants(table: FromClause) -> bool:
    return isinstance(table, Table) and (table.name in _TENANT_NAMES or _is_workspace(table))


def _is_workspace(table: FromClause) -> bool:
    return table is inspect(tables.Workspace).local_table


def _workspace_of(table: FromClause) -> ColumnElement[UUID]:
    return table.c.id if _is_workspace(table) else table.c.workspace_id


class TenantSession(Session):
    """A session of one workspace (`info["workspace"]`), or of none, which then sees no tenant's table."""


@event.listens_for(TenantSession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    if not state.is_orm_statement:
        raise OutsideWorkspace("Only statements over mapped tables run here.")
    if state.execution_options.get("every_workspace"):
        return
    if isinstance(state.statement, Insert) or isinstance(state.parameters, list | tuple):
        raise OutsideWorkspace("Many rows go through Tx.insert_many and Tx.update_many, which stamp the workspace.")
    if isinstance(state.statement, Update) and _sets_workspace(state.statement):
        raise OutsideWorkspace("A row stays in its workspace.")
    workspace = state.session.info.get("workspace")
    if workspace is not None:
        state.statement = state.statement.options(*_criteria(workspace))
    elif _mentions_tenant(state.statement):
        raise OutsideWorkspace("A tenant's table needs a workspace.")


def _sets_workspace(statement: Update) -> bool:
    return any(getattr(column, "name", column) == "workspace_id" for column in statement._values or ())


def _mentions_tenant(statement: Any) -> bool:
    """Whether any table in the statement, subqueries included, belongs to tenants."""
    return any(
        element.__visit_name__ == "table" and getattr(element, "name", None) in _TENANT_NAMES
        for element in visitors.iterate(statement)
    )


@lru_cache(maxsize=1024)
def _criteria(workspace: UUID) -> list[Any]:
    return [
        with_loader_criteria(cls, cls.workspace_id == workspace, include_aliases=True)  # type: ignore[attr-defined]
        for cls in TENANT_TABLES
    ]


@event.listens_for(TenantSession, "before_flush")
def _guard_rows(session: TenantSession, flush: UOWTransaction, instances: object) -> None:
    workspace = session.info.get("workspace")
    for row in (*session.new, *session.dirty, *session.deleted):
        if type(row) in TENANT_TABLES and row.workspace_id != workspace:
            raise OutsideWorkspace(f"A {type(row).__name__} of another workspace was about to be written.")
