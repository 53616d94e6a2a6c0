"""What one process commits, another one hears, over PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import make_url

from leadboard.store import db
from leadboard.store.bus import Topics
from leadboard.store.relay import Relay, between_processes
from leadboard.store.tables import Lead
from tests.conftest import Team, make_team

NEVER = 3600.0

Heard = list[tuple[UUID, Topics]]


class Process:
    """A process of the same installation: its own connections, its own bus, and what its views heard."""

    def __init__(self, url: str) -> None:
        self.database = db.open_database(url)
        self.heard: Heard = []
        self.used: list[UUID] = []
        self.database.bus.listen(lambda workspace, topics: self.heard.append((workspace, topics)))

    async def add(self, workspace: UUID, name: str) -> None:
        async with self.database.begin(workspace) as tx:
            tx.add(lead := Lead(workspace_id=workspace, key=name, name=name))
            tx.record("lead_created", lead.id)


@pytest.fixture
async def two(postgres_url: str) -> AsyncIterator[tuple[Process, Process]]:
    here, there = Process(postgres_url), Process(postgres_url)
    db.use(here.database)
    yield here, there
    db.use(None)
    await here.database.dispose()
    await there.database.dispose()


async def until(true: Callable[[], object], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 (what is awaited is in another process)
            await asyncio.sleep(0.02)


async def listening(url: str, many: int) -> None:
    """Wait until so many connections of this database listen for news."""
    asked = "select count(*) from pg_stat_activity where datname = current_database() and query like 'listen%'"
    async with await psycopg.AsyncConnection.connect(plain(url), autocommit=True) as connection:
        while (await (await connection.execute(asked)).fetchone() or (0,))[0] < many:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


async def test_the_other_process_hears_what_a_commit_changed_and_its_own_hears_it_once(
    two: tuple[Process, Process], postgres_url: str
) -> None:
    here, there = two
    team = await make_team("north")
    async with Relay(here.database, list, NEVER), Relay(there.database, list, NEVER):
        await listening(postgres_url, 2)
        here.heard.clear()
        await here.add(team.id, "Acme")
        await until(lambda: there.heard)
        await there.add(team.id, "Bora")
        await until(lambda: len(here.heard) > 1)

    assert there.heard[0] == here.heard[0]
    assert here.heard[0][1]
    assert [workspace for workspace, _ in here.heard] == [team.id, team.id]
    assert len(there.heard) == 2


async def test_what_is_committed_while_the_line_is_busy_goes_together_and_too_much_is_anything(
    two: tuple[Process, Process], postgres_url: str
) -> None:
    here, there = two
    team, other = await make_team("north"), await make_team("south")
    async with Relay(here.database, list, NEVER), Relay(there.database, list, NEVER):
        await listening(postgres_url, 2)
        for number in range(1_000):
            here.database.bus.publish(team.id, frozenset({f"lead:{number:036}"}))
        for topic in ("column:intake", "activity"):
            here.database.bus.publish(other.id, frozenset({topic}))
        await until(lambda: len(there.heard) == 2)

    assert there.heard == [(team.id, None), (other.id, frozenset({"column:intake", "activity"}))]


async def test_who_lost_the_connection_reads_everything_in_use_and_hears_again(
    two: tuple[Process, Process], postgres_url: str
) -> None:
    here, there = two
    team = await make_team("north")
    there.used = [team.id]
    async with Relay(here.database, list, NEVER), Relay(there.database, lambda: there.used, NEVER):
        await listening(postgres_url, 2)
        there.heard.clear()
        cut = "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'"
        async with await psycopg.AsyncConnection.connect(plain(postgres_url), autocommit=True) as connection:
            await connection.execute(cut)
        await until(lambda: (team.id, None) in there.heard)
        await listening(postgres_url, 2)
        there.heard.clear()
        await here.add(team.id, "Acme")
        await until(lambda: there.heard)

    assert there.heard[0][1]


async def test_a_commit_whose_process_could_not_tell_is_found_by_its_number(two: tuple[Process, Process]) -> None:
    here, there = two
    team = await make_team("north")
    there.used = [team.id]
    async with Relay(there.database, lambda: there.used, look_seconds=0.05):
        await asyncio.sleep(0.3)
        there.heard.clear()
        await here.add(team.id, "Acme")  # here has no relay
        await until(lambda: there.heard)

    assert there.heard[0] == (team.id, None)


async def test_the_one_process_of_a_file_needs_no_news(database: db.Database, team: Team) -> None:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(between_processes(database))
        assert database.bus._forwards == []
