"""What tests of durable work share: a database with DBOS's tables, a client, and one parse pool."""

from collections.abc import AsyncIterator

import pytest

from leadboard.engine.parse_pool import ParsePool
from leadboard.store import db, work


@pytest.fixture
async def ready(database: db.Database) -> AsyncIterator[db.Database]:
    """The embedded database with DBOS's tables, and the client in use."""
    work.migrate(database.url)
    client = work.connect(database.url)
    work.use(client)
    yield database
    work.use(None)
    client.destroy()


@pytest.fixture
async def pool() -> AsyncIterator[ParsePool]:
    """One worker that reads pages."""
    async with ParsePool(workers=1) as running:
        yield running
