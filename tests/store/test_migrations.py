"""Migrations: they make the tables the code knows, on both databases, and can be taken back."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Connection, MetaData, Table, create_engine, inspect, select, text
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from leadboard.store.migrate import MIGRATIONS, migrate
from leadboard.store.tables import Part
from tests.support import postgres

OURS = {table.name for table in SQLModel.metadata.tables.values()}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables, as the login that owns them."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'down' / 'leadboard.db'}"
    owner, _ = postgres.create_database(request.getfixturevalue("postgres_server"), f"m{uuid.uuid4().hex}")
    return owner


@contextmanager
def opened(url: str) -> Iterator[tuple[Connection, Config]]:
    """A connection to a database, and Alembic set up to use it."""
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        yield connection, config
    engine.dispose()


OF_EXPRESSIONS = {
    index.name
    for table in SQLModel.metadata.tables.values()
    for index in table.indexes
    if len(index.columns) != len(index.expressions)
}
"""Indexes with a descending column, which SQLite does not tell back: compared by name."""

ONLY = {
    index.name: index.info["only"]
    for table in SQLModel.metadata.tables.values()
    for index in table.indexes
    if "only" in index.info
}
"""Indexes of one database alone -> which."""


def differences(connection: Connection) -> list[object]:
    """What would have to change for the tables to be those the code knows."""
    elsewhere = {name for name, only in ONLY.items() if only != connection.dialect.name}

    def ours(thing: Any, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
        if kind == "index" and not reflected and name in elsewhere:
            return False
        if kind == "index" and name in OF_EXPRESSIONS and connection.dialect.name == "sqlite":
            return False
        return kind != "table" or name in OURS

    context = MigrationContext.configure(connection, opts={"include_object": ours})
    indexes = {index["name"] for table in OURS for index in inspect(connection).get_indexes(table)}
    return [
        *compare_metadata(context, SQLModel.metadata),
        *(OF_EXPRESSIONS - elsewhere - indexes),
        *(elsewhere & indexes),
    ]


def tables_in(url: str) -> set[str]:
    with opened(url) as (connection, _):
        return set(inspect(connection).get_table_names())


def test_the_migrated_tables_are_those_the_code_knows(empty):
    migrate(empty)
    assert tables_in(empty) == OURS | {"alembic_version"}
    with opened(empty) as (connection, _):
        assert differences(connection) == []


def test_a_difference_would_be_noticed(empty):
    migrate(empty)
    with opened(empty) as (connection, _):
        connection.execute(text("ALTER TABLE lead ADD COLUMN planted VARCHAR"))
        connection.execute(text("DROP INDEX ix_lead_board"))
        told = str(differences(connection))
    assert "planted" in told
    assert "ix_lead_board" in told


def test_every_migration_can_be_taken_back_and_applied_again(empty):
    migrate(empty)
    with opened(empty) as (_, config):
        command.downgrade(config, "base")
    assert tables_in(empty) <= {"alembic_version"}
    migrate(empty)
    assert tables_in(empty) == OURS | {"alembic_version"}


def test_migrating_again_changes_nothing_and_keeps_rows(empty):
    migrate(empty)
    keep = "INSERT INTO attempt (id, key, at) VALUES (:id, :key, CURRENT_TIMESTAMP)"
    with opened(empty) as (connection, _):
        connection.execute(text(keep), {"id": uuid.uuid4().hex, "key": "kept"})
    migrate(empty)
    with opened(empty) as (connection, _):
        assert connection.execute(text("SELECT key FROM attempt")).scalars().all() == ["kept"]


def test_tables_of_the_workflow_library_are_left_alone(empty):
    migrate(empty)
    with opened(empty) as (connection, _):
        connection.execute(text("CREATE TABLE workflow_status (id INTEGER)"))
        assert differences(connection) == []


def test_there_is_one_line_of_migrations():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_what_the_agents_of_a_run_came_to_is_carried_over(empty):
    rows = {
        "workspace": {"id": uuid.uuid4(), "slug": "w", "name": "W", "currency": "USD"},
        "lead": {"id": uuid.uuid4(), "key": "acme", "name": "Acme"},
        "run": {"id": uuid.uuid4(), "status": "failed", "requested_by": "Ada", "error": ""},
    }
    ended = {"ok": True, "seconds": 0.5, "error": ""}
    failed = {"ok": False, "seconds": 0.1, "error": "No contact."}
    agents = {"lead_intake": ended, "lead_analysis": ended, "contact_extraction": failed}
    analysis, contacts = {"cleaned_text": "x", "analysis": {"y": 1}}, {"error": "No contact.", "errors": {"a": "b"}}
    migrate(empty)
    with opened(empty) as (connection, config):
        command.downgrade(config, "0002")
        old = MetaData()
        old.reflect(connection, only=["workspace", "lead", "run"])
        workspace, lead, run = (old.tables[name] for name in ("workspace", "lead", "run"))
        ids = {"workspace_id": rows["workspace"]["id"], "lead_id": rows["lead"]["id"]}
        _insert(connection, workspace, rows["workspace"])
        _say_whose(connection, ids["workspace_id"])
        _insert(connection, lead, {**rows["lead"], "workspace_id": ids["workspace_id"]})
        sections = {"analyzed_lead": analysis, "contact_information": contacts}
        _insert(connection, run, {**rows["run"], **ids, "agents": agents, "sections": sections})
    migrate(empty)
    with opened(empty) as (connection, _):
        _say_whose(connection, ids["workspace_id"])
        parts = connection.execute(select(Part.agent, Part.ok, Part.output, Part.error).order_by(Part.agent)).all()
    assert [tuple(part) for part in parts] == [
        ("contact_extraction", False, {}, "No contact."),
        ("lead_analysis", True, analysis, ""),
        ("lead_intake", True, {}, ""),
    ]


def test_leads_that_people_took_up_move_to_the_sales_board_and_are_counted_there(empty):
    ours = uuid.uuid4()
    leads = [("none", "enriched", None), ("negotiating", "persona", 900), ("reviewing", "failed", 50)]
    migrate(empty)
    with opened(empty) as (connection, config):
        command.downgrade(config, "0003")
        old = MetaData()
        old.reflect(connection, only=["workspace", "lead", "column_total"])
        _insert(connection, old.tables["workspace"], {"id": ours, "slug": "w", "name": "W", "currency": "USD"})
        _say_whose(connection, ours)
        for sales_stage, stage, value in leads:
            row = {"id": uuid.uuid4(), "workspace_id": ours, "key": stage, "name": stage, "column": "intake"}
            told = {"stage": stage, "sales_stage": sales_stage, "value": value, "status": "pending_enrichment"}
            _insert(connection, old.tables["lead"], {**row, **told})
    migrate(empty)
    with opened(empty) as (connection, config):
        _say_whose(connection, ours)
        assert _totals(connection) == {
            ("intake", 1, 0),
            ("negotiating", 1, 900),
            ("review", 1, 50),
            ("pending_enrichment", 3, 0),
        }
        command.downgrade(config, "0003")
        columns = connection.execute(text('SELECT stage, "column" FROM lead')).all()
    assert set(map(tuple, columns)) == {("enriched", "intake"), ("persona", "analysis"), ("failed", "attention")}


def _totals(connection: Connection) -> set[tuple[object, ...]]:
    return set(map(tuple, connection.execute(text('SELECT "column", leads, value FROM column_total')).all()))


def _say_whose(connection: Connection, workspace: uuid.UUID) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('app.workspace', :w, true)"), {"w": str(workspace)})


def _insert(connection: Connection, table: Table, row: dict[str, object]) -> None:
    """A row, its other columns filled with something of their type."""
    for column in table.columns:
        if column.name not in row and not column.nullable:
            row[column.name] = _something(column.type)
    connection.execute(table.insert(), {name: _stored(connection, value) for name, value in row.items()})


def _something(kind: TypeEngine[Any]) -> object:
    if isinstance(kind, JSON):
        return []
    return datetime(2026, 1, 1, tzinfo=UTC) if kind.python_type is datetime else kind.python_type()


def _stored(connection: Connection, value: object) -> object:
    """SQLite tells ids back as text."""
    return value.hex if isinstance(value, uuid.UUID) and connection.dialect.name == "sqlite" else value
