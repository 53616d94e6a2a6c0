"""The tenant wall: whatever statement a workspace runs, no other workspace's row is read, changed or made."""

import ast
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, exists, func, insert, literal, text, union
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col, delete, select, update

from leadboard.store import db, tables
from leadboard.store.tables import Claim, Contact, Invite, Lead, User
from leadboard.store.tenancy import TENANT_TABLES, OutsideWorkspace, Prepared, PreparedUpdate
from tests.conftest import Team, make_team
from tests.test_layers import OUTSIDE

PACKAGE = Path(__file__).parents[2] / "leadboard"
MARK = "north only"

Statement = Callable[[], Any]

other = aliased(Lead)
inner = select(Lead).subquery()
named = select(Lead.name).cte()

READS: dict[str, Statement] = {
    "rows": lambda: select(Lead.name, Lead),
    "columns": lambda: select(Lead.name),
    "count": lambda: select(func.count()).select_from(Lead),
    "sum": lambda: select(func.count(Lead.id)),
    "alias": lambda: select(other.name),
    "join": lambda: select(Contact.name).join(Lead, col(Lead.id) == col(Contact.lead_id)),
    "join from no tenant": lambda: select(Lead.name).select_from(tables.User).join(Lead, literal(True)),
    "outer join": lambda: select(Lead.name).select_from(Contact).outerjoin(Lead, literal(True)),
    "self join": lambda: select(other.name).select_from(Lead).join(other, literal(True)),
    "subquery": lambda: select(inner.c.name),
    "common table": lambda: select(named.c.name),
    "scalar subquery": lambda: select(select(func.max(Lead.name)).scalar_subquery()),
    "in": lambda: select(Contact.name).where(col(Contact.lead_id).in_(select(Lead.id))),
    "union": lambda: union(select(Lead.name), select(Contact.name)),
    "exists": lambda: select(func.count()).select_from(Lead).where(exists(select(other.id))),
    "another workspace asked for": lambda: select(Lead.name).where(col(Lead.name) == MARK),
}


async def fill(team: Team, name: str) -> Lead:
    async with db.begin(team.id) as tx:
        lead = Lead(workspace_id=team.id, key=name, name=name)
        tx.add(lead)
        await tx.flush()
        tx.add(Contact(workspace_id=team.id, lead_id=lead.id, key=name, name=name))
    return lead


async def test_every_form_of_reading_stays_in_the_workspace(any_database, team, other_team):
    await fill(team, MARK)
    for form, statement in READS.items():
        async with db.read(other_team.id) as tx:
            found = (await tx.exec(statement())).all()
        assert [row for row in found if row not in (0, None, (0,), (None,))] == [], form
        async with db.read(team.id) as tx:
            assert (await tx.exec(statement())).all() not in ([], [0], [None], [(0,)]), form


async def test_without_a_workspace_every_form_is_refused(database, team):
    await fill(team, MARK)
    async with db.read() as tx:
        for statement in READS.values():
            with pytest.raises(OutsideWorkspace):
                await tx.exec(statement())


async def test_a_foreign_row_is_not_got_by_its_key(any_database, team, other_team):
    lead = await fill(team, MARK)
    async with db.begin(other_team.id) as tx:
        assert await tx.get(Lead, (team.id, lead.id)) is None
        assert await tx.get(Lead, (other_team.id, lead.id)) is None
        await tx.merge(Lead(workspace_id=team.id, id=lead.id, key="k", name="taken"))
        with pytest.raises(OutsideWorkspace):
            await tx.flush()
        await tx.rollback()


async def test_changing_and_deleting_in_bulk_leaves_the_others_alone(any_database, team, other_team):
    await fill(team, MARK)
    async with db.begin(other_team.id) as tx:
        assert (await tx.exec(update(Contact).values(name="taken"))).rowcount == 0
        assert (await tx.exec(delete(Contact))).rowcount == 0
        assert (await tx.exec(update(Lead).values(name="taken"))).rowcount == 0
        assert (await tx.exec(delete(Lead).where(col(Lead.name) == MARK))).rowcount == 0
    async with db.read(team.id) as tx:
        assert (await tx.exec(select(Lead.name))).all() == [MARK]
        assert (await tx.exec(select(Contact.name))).all() == [MARK]


async def test_no_row_changes_its_workspace(any_database, team, other_team):
    await fill(team, MARK)
    async with db.begin(team.id) as tx:
        with pytest.raises(OutsideWorkspace):
            await tx.exec(update(Contact).values(workspace_id=other_team.id))
        with pytest.raises(OutsideWorkspace):
            await tx.exec(update(Contact), params=[{"workspace_id": team.id, "id": uuid.uuid4(), "name": "x"}])
        (contact,) = (await tx.exec(select(Contact))).all()
        contact.workspace_id = other_team.id
        with pytest.raises(OutsideWorkspace):
            await tx.flush()
        await tx.rollback()


async def test_no_row_of_another_workspace_is_written(any_database, team, other_team):
    lead = await fill(team, MARK)

    async def flush(*rows: SQLModel) -> None:
        async with db.begin(other_team.id) as tx:
            tx.add_all(rows)

    with pytest.raises(OutsideWorkspace):
        await flush(Lead(workspace_id=team.id, key="x", name="x"))
    with pytest.raises(IntegrityError):
        await flush(Contact(workspace_id=other_team.id, lead_id=lead.id, key="x"))
    async with db.begin(other_team.id) as tx:
        with pytest.raises(OutsideWorkspace):
            await tx.exec(insert(Lead).values(workspace_id=team.id, key="x", name="x"))
        await tx.insert_many(Lead, [{"workspace_id": team.id, "key": "y", "name": "y"}])
    async with db.read(team.id) as tx:
        assert (await tx.exec(select(Lead.name))).all() == [MARK]


async def test_what_is_no_mapped_statement_is_refused(database, team):
    async with db.read(team.id) as tx:
        for raw in (text("select name from lead"), select(Lead.__table__.c.name)):
            with pytest.raises(OutsideWorkspace):
                await tx.exec(raw)


async def test_the_workspace_still_counts_after_a_commit(any_database, team, other_team):
    await fill(team, MARK)
    async with db.begin(other_team.id) as tx:
        await tx.commit()
        assert (await tx.exec(select(Lead))).all() == []


async def test_invitations_are_read_in_their_workspace_only(any_database, team, other_team):
    async with db.begin(team.id) as tx:
        tx.add(Invite(workspace_id=team.id, token_hash="x", created_by=team.owner.user_id, expires_at=tx.now))
    async with db.read(other_team.id) as tx:
        assert (await tx.exec(select(Invite))).all() == []
    async with db.read() as tx:
        with pytest.raises(OutsideWorkspace):
            await tx.exec(select(Invite))


OPERATIONS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["add", "rename", "remove", "bulk", "claim"]), st.integers(0, 3)),
    max_size=20,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
async def test_two_workspaces_with_equal_data_never_mix(database, operations):
    teams = [await make_team(f"t{uuid.uuid4().hex[:12]}") for _ in range(2)]
    expected: list[dict[str, str]] = [{}, {}]
    for second, what, number in operations:
        team, mine, key = teams[second], expected[second], f"k{number}"
        async with db.begin(team.id) as tx:
            present = {lead.key: lead for lead in (await tx.exec(select(Lead))).all()}
            assert {lead.key: lead.name for lead in present.values()} == mine
            if what == "add" and key not in present:
                tx.add(Lead(workspace_id=team.id, key=key, name=key))
                mine[key] = key
            elif what == "rename" and key in present:
                present[key].name = mine[key] = f"{key} of {second}"
            elif what == "remove" and key in present:
                await tx.delete(present[key])
                del mine[key]
            elif what == "bulk":
                await tx.exec(update(Lead).values(name="all"))
                mine.update(dict.fromkeys(mine, "all"))
            elif what == "claim" and key in present:
                claim = {"lead_id": present[key].id, "field": "name", "value": key, "source": "s", "method": "m"}
                claim["confidence"] = 1.0
                await tx.insert_many(Claim, [claim])
                await tx.exec(delete(Claim))
    for team, mine in zip(teams, expected, strict=True):
        async with db.read(team.id) as tx:
            assert dict((await tx.exec(select(Lead.key, Lead.name))).all()) == mine
            assert (await tx.exec(select(func.count()).select_from(Claim))).one() == 0


def test_every_table_of_a_workspace_is_behind_the_wall():
    with_workspace = {
        str(mapper.class_.__tablename__)
        for mapper in tables.User._sa_registry.mappers
        if "workspace_id" in mapper.columns
    }
    by_person = {"membership", "audit"}
    assert {str(cls.__tablename__) for cls in TENANT_TABLES} == with_workspace - by_person


REVIEWED = {
    ("store/asks.py", "connection"),  # counts what was spared, stamped with the workspace
    ("store/board.py", "literal_column"),  # the number 0
    ("store/budgets.py", "connection"),  # budgets belong to no tenant
    ("store/db.py", "text"),
    ("store/db.py", "connection"),
    ("store/db.py", "exec_driver_sql"),
    ("store/db.py", "every_workspace"),
    ("store/filters.py", "literal_column"),  # the number 0
    ("store/migrate.py", "text"),
    ("store/tenancy.py", "every_workspace"),
    ("store/work.py", "connection"),
}
"""Where statements pass by the wall, each read by a person: a new one is added here or not written."""


WITHOUT_DATABASE = {layer for layer, libraries in OUTSIDE.items() if "sqlalchemy" in libraries}


def passes_by(source: str) -> set[str]:
    """What a file uses that the wall does not see."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="connection" | "raw_connection" | "exec_driver_sql" as name)):
                found.add(name)
            case ast.Call(func=ast.Name(id="text" | "literal_column" as name)):
                found.add(name)
            case ast.Call(
                func=ast.Attribute(attr="text" | "literal_column" as name, value=ast.Name(id="sa" | "sqlalchemy"))
            ):
                found.add(name)
            case ast.Constant(value="every_workspace") | ast.keyword(arg="every_workspace"):
                found.add("every_workspace")
    return found


def test_raw_statements_are_where_they_were_reviewed():
    found = {
        (str(path.relative_to(PACKAGE)), use)
        for path in PACKAGE.rglob("*.py")
        if not {"migrations", "tables", *WITHOUT_DATABASE} & set(path.relative_to(PACKAGE).parts)
        for use in passes_by(path.read_text())
    }
    assert found == REVIEWED


@pytest.mark.parametrize(
    "planted",
    [
        "await tx.execute(text('select 1'))",
        "connection = await tx.connection()",
        "statement.execution_options(every_workspace=True)",
        "statement.execution_options(**{'every_workspace': True})",
        "select(literal_column('1'))",
        "sa.text('x')",
    ],
)
def test_a_planted_raw_statement_is_found(planted):
    assert passes_by(f"async def f():\n    {planted}\n")


def test_a_prepared_update_is_of_a_tenants_table_and_keeps_the_workspace():
    with pytest.raises(OutsideWorkspace):
        PreparedUpdate(update(User).values(name="x"))
    with pytest.raises(OutsideWorkspace):
        PreparedUpdate(update(Lead).values(workspace_id=uuid.uuid4()))


async def test_a_prepared_update_changes_nothing_of_another_workspace(any_database, team, other_team):
    rename = PreparedUpdate(update(Lead).values(name=bindparam("to")).returning(Lead.name))
    for each in (team, other_team):
        async with db.begin(each.id) as tx:
            tx.add(Lead(workspace_id=each.id, key="a", name="Acme"))
    async with db.begin(team.id) as tx:
        assert [name for (name,) in await tx.change(rename, to="New")] == ["New"]
    async with db.read(other_team.id) as tx:
        assert (await tx.exec(select(Lead.name))).all() == ["Acme"]


POSTGRESQL = pytest.mark.parametrize("any_database_url", ["postgresql"], indirect=True)
"""SQLite has the first wall only."""


@pytest.fixture
def direct(any_database: db.Database) -> psycopg.Connection:
    """The app's own login on PostgreSQL, with nothing of ours in between."""
    return psycopg.connect(any_database.url.replace("+psycopg", ""), autocommit=True)


def as_workspace(connection: psycopg.Connection, workspace: uuid.UUID | str) -> None:
    connection.execute("select set_config('app.workspace', %s, false)", [str(workspace)])


@POSTGRESQL
async def test_postgresql_shows_the_app_the_rows_of_its_workspace_only(direct, team, other_team):
    lead = await fill(team, MARK)
    counts = {}
    for workspace in (team.id, other_team.id, "", uuid.uuid4()):
        as_workspace(direct, workspace)
        counts[workspace] = direct.execute("select count(*) from lead").fetchone()[0]
    assert list(counts.values()) == [1, 0, 0, 0]
    as_workspace(direct, other_team.id)
    assert direct.execute("update lead set name = 'taken'").rowcount == 0
    assert direct.execute("delete from lead where id = %s", [lead.id]).rowcount == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        direct.execute("insert into feed (workspace_id, n) values (%s, 1)", [uuid.uuid4()])


BYPASSES = [
    "alter table lead disable row level security",
    "alter table lead no force row level security",
    "drop policy tenant on lead",
    "create policy open on lead using (true)",
    "truncate lead",
    "set role migrator",
    "set session authorization migrator",
    "alter role leadboard_app bypassrls",
    "create table mine (x int)",
    "drop table lead",
    "copy lead to program 'cat'",
]


@POSTGRESQL
async def test_the_apps_login_cannot_take_the_wall_down(direct, team, other_team):
    await fill(team, MARK)
    for attempt in BYPASSES:
        with pytest.raises(psycopg.Error):
            direct.execute(attempt)
    as_workspace(direct, other_team.id)
    direct.execute("set row_security = off")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        direct.execute("select * from lead")
    role = direct.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user").fetchone()
    assert role == (False, False)


@POSTGRESQL
def test_every_table_of_a_workspace_has_its_policy_and_keys_in_postgresql(direct):
    columns = "select table_name from information_schema.columns where table_schema = 'public' and column_name = %s"
    names = {row[0] for row in direct.execute(columns, ["workspace_id"])}
    assert {str(cls.__tablename__) for cls in TENANT_TABLES} < names
    forced = "select relname from pg_class where relrowsecurity and relforcerowsecurity and relkind = 'r'"
    assert {row[0] for row in direct.execute(forced)} == names
    whole = "select tablename from pg_policies where cmd = 'ALL' and qual is not null and with_check = qual"
    assert {row[0] for row in direct.execute(whole)} == names
    for table in sorted(names - {"membership", "audit"}):
        keys = direct.execute(
            "select indexdef from pg_indexes where tablename = %s and indexdef like 'CREATE UNIQUE%%'", [table]
        ).fetchall()
        assert keys
        for (key,) in keys:
            assert "(workspace_id" in key, key
        foreign = direct.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where contype = 'f' and conrelid = %s::regclass",
            [table],
        )
        for (key,) in foreign:
            assert key.startswith("FOREIGN KEY (workspace_id"), key


@POSTGRESQL
async def test_a_workspace_of_the_last_transaction_is_not_left_on_its_connection(any_database, team):
    await fill(team, MARK)
    async with any_database.writer.connect() as connection:
        assert (await connection.execute(text("select count(*) from lead"))).scalar_one() == 0


async def test_a_prepared_statement_reads_its_own_workspace_only(any_database, team, other_team):
    mine, theirs = await fill(team, MARK), await fill(other_team, "south only")
    names = Prepared(select(Lead.name).where(col(Lead.deleted_at).is_(None)))
    both = Prepared(select(Lead.name, Contact.name).where(col(Contact.lead_id) == col(Lead.id)))
    own = Prepared(select(tables.Workspace.slug))
    for owner, lead in ((team, mine), (other_team, theirs)):
        async with db.read(owner.id) as tx:
            assert [tuple(row) for row in await tx.rows(names)] == [(lead.name,)]
            assert [tuple(row) for row in await tx.rows(both)] == [(lead.name, lead.name)]
            assert [tuple(row) for row in await tx.rows(own)] == [(owner.slug,)]
    async with db.read() as tx:
        with pytest.raises(OutsideWorkspace):
            await tx.rows(names)


@pytest.mark.parametrize(
    "statement",
    [
        select(tables.User.name),
        select(Lead.name).select_from(tables.User).join(Lead, literal(True)),
        select(inner.c.name),
        select(named.c.name),
        select(other.name),
        select(Contact.name).where(col(Contact.lead_id).in_(select(Lead.id))),
        select(func.count()).select_from(Lead).where(exists(select(other.id))),
        select(select(func.max(Lead.name)).scalar_subquery()),
        select(func.json_each(Lead.tags).table_valued("value").c.value),
        select(Lead.name).where(func.coalesce(select(other.name).scalar_subquery(), "") == ""),
    ],
    ids=str,
)
def test_what_could_read_beside_its_own_tables_is_not_prepared(statement):
    with pytest.raises(OutsideWorkspace):
        Prepared(statement)
