"""Alembic's entry: runs on the connection that `store.migrate` hands over, or on DATABASE_URL from the command line."""

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlmodel import AutoString, SQLModel

from leadboard.store import tables
from leadboard.store.tables.base import UtcTime

OURS = {table.name for table in SQLModel.metadata.tables.values()}
assert tables.Lead.metadata is SQLModel.metadata


def _ours(thing: Any, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Leave alone what is not ours: the workflow library keeps its tables in the same database; and an index that only
    the other database has."""
    if kind == "index" and not reflected:
        return thing.info.get("only") in (None, context.get_context().dialect.name)
    return kind != "table" or name in OURS


def _render(kind: str, thing: object, context: object) -> str | Literal[False]:
    """Write our column types by the names the migrations import."""
    if kind == "type" and isinstance(thing, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(thing, UtcTime):
        return "UtcTime()"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_object=_ours,
        render_item=_render,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    _run(handed_over)
else:
    with create_engine(os.environ["DATABASE_URL"]).connect() as own:
        _run(own)
        own.commit()
