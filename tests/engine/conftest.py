"""What tests of durable work share: a database, a client, and one parse pool."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from leadboard.engine.parse_pool import ParsePool
from leadboard.store import db, work
from tests.support.waiting import waits

__all__ = ["waits"]


@pytest.fixture
async def ready(database: db.Database) -> AsyncIterator[db.Database]:
    """The embedded database, and the client of its durable work in use."""
    client = work.connect(database.url)
    work.use(client)
    yield database
    work.use(None)
    client.destroy()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pool() -> AsyncIterator[ParsePool]:
    """One worker that reads pages."""
    async with ParsePool(workers=1) as running:
        yield running
