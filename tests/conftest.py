"""Fixtures of the whole suite: a real database of either kind, and two workspaces in it."""

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from leadboard.domain.rights import Principal, Role
from leadboard.store import db, vault, work
from leadboard.store.migrate import migrate
from leadboard.store.tables import Feed, Membership, User, Workspace
from leadboard.store.vault import Vault
from tests.support import bundle, postgres
from tests.support.engines import Engines
from tests.support.turns import one_at_a_time

SHARED = Path(__file__).parents[1].parent / "shared"


BROWSER_TESTS = "tests/e2e/"
OWN_SERVER = ("tests/e2e/test_first_day.py", "tests/e2e/test_sessions.py")
"""The other browser tests share one server, and so one worker."""

TURNS = (BROWSER_TESTS, "tests/engine/", "tests/bench/", *OWN_SERVER)
"""What takes long comes first, so that no worker ends long after the other."""

# How long an example took says how busy the machine was.
hypothesis.settings.register_profile("unhurried", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("unhurried")


def _share(nodeid: str) -> str:
    """What stays on one worker: a file, or all the browser tests that share a server."""
    file = nodeid.partition("::")[0]
    return BROWSER_TESTS if file.startswith(BROWSER_TESTS) and file not in OWN_SERVER else file


def _turn(item: pytest.Item) -> int:
    share = _share(item.nodeid)
    if share in TURNS:
        return TURNS.index(share)
    return next((turn for turn, start in enumerate(TURNS) if share.startswith(start)), len(TURNS))


class Shares(LoadScopeScheduling):
    """Gives whoever is free the next share."""

    def _split_scope(self, nodeid: str) -> str:
        return _share(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Shares:
    """How tests are shared out with `-n 2`."""
    return Shares(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest shares first."""
    items.sort(key=_turn)


def need(part: str) -> Path:
    """A folder of the shared data, or a loud skip where it is absent."""
    folder = SHARED / "data" / part
    if not folder.exists():
        pytest.skip(f"the shared data {part} is absent beside the project")
    return folder


@pytest.fixture(scope="session")
def frontend(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The built frontend of this code: one build serves every test."""
    bundle.ensure_built(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One PostgreSQL for the whole run."""
    if postgres.binaries() is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL's binaries are missing, and CI needs them")
        pytest.skip("PostgreSQL's binaries are missing")
    with postgres.server() as prefix:
        yield prefix


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy, DBOS's tables in it: migrating once is enough for a thousand tests."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # whose folder is one of several in the run's
        run = run.parent
    path = run / "migrated.db"
    with one_at_a_time(run):
        if not path.exists():
            making = run / "migrating.db"
            migrate(f"sqlite:///{making}")
            work.migrate(f"sqlite:///{making}")
            making.rename(path)
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The name of a migrated database on the server, to copy."""
    owner, _ = postgres.create_database(postgres_server, name := "migrated")
    migrate(owner, app_role=postgres.APP_ROLE)
    work.migrate(owner, app_role=postgres.APP_ROLE)
    return name


@pytest.fixture
def postgres_url(postgres_server: str, migrated_postgres: str) -> Iterator[str]:
    """The URL of a fresh, migrated database on the server, for the app's own role."""
    _, app = postgres.create_database(postgres_server, name := f"t{uuid.uuid4().hex}", migrated_postgres)
    yield app
    postgres.drop_database(postgres_server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh, migrated database of either kind."""
    if request.param == "sqlite":
        return _copy(request.getfixturevalue("migrated_sqlite"), tmp_path)
    return request.getfixturevalue("postgres_url")


def _copy(template: Path, folder: Path) -> str:
    path = folder / "leadboard.db"
    path.write_bytes(template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """What opens the databases of this process's tests."""
    return Engines(tmp_path_factory.mktemp("engines"))


async def _in_use(database: db.Database) -> AsyncIterator[db.Database]:
    db.use(database)
    vault.use(Vault([b"a key of tests, of 32 bytes in all"[:32]]))
    yield database
    vault.use(None)
    db.use(None)
    await database.dispose()


@pytest.fixture
async def any_database(any_database_url: str, engines: Engines) -> AsyncIterator[db.Database]:
    """A database of either kind, in use: tests of the store run twice."""
    async for database in _in_use(engines.open(any_database_url)):
        yield database


@pytest.fixture
async def database(migrated_sqlite: Path, tmp_path: Path, engines: Engines) -> AsyncIterator[db.Database]:
    """The embedded database, in use."""
    async for opened in _in_use(engines.open(_copy(migrated_sqlite, tmp_path))):
        yield opened


@dataclass(frozen=True)
class Team:
    """A workspace and one person of each role in it."""

    id: uuid.UUID
    slug: str
    owner: Principal
    admin: Principal
    member: Principal
    viewer: Principal


async def make_team(slug: str) -> Team:
    """Store a workspace with four people."""
    workspace = Workspace(slug=slug, name=slug.title())
    people: dict[str, Principal] = {}
    async with db.begin(workspace.id) as tx:
        tx.add(workspace)
        await tx.flush()
        tx.add(Feed(workspace_id=workspace.id))
        for role in Role:
            user = User(email=f"{role}@{slug}.example", name=f"{role.title()} {slug.title()}", password_hash="x")
            tx.add(user)
            await tx.flush()
            tx.add(Membership(workspace_id=workspace.id, user_id=user.id, role=role, accepted_at=tx.now))
            people[role] = Principal(user.id, user.name)
    return Team(workspace.id, slug, **people)


@pytest.fixture
async def team(request: pytest.FixtureRequest) -> Team:
    """Workspace "north" in whichever database the test uses."""
    name = "any_database" if "any_database" in request.fixturenames else "database"
    request.getfixturevalue(name)
    return await make_team("north")


@pytest.fixture
async def other_team(team: Team) -> Team:
    """Workspace "south", with nothing shared but the database."""
    return await make_team("south")
