"""A process that works an import off, to be killed in the middle: `python -m tests.engine.import_worker URL WS JOB`."""

import asyncio
import sys
from uuid import UUID

from leadboard.engine.imports import Importing
from leadboard.store import db


async def main(url: str, workspace: str, job: str) -> None:
    """Import whatever is left."""
    database = db.open_database(url)
    db.use(database)
    importing = Importing(UUID(workspace), UUID(job))
    while await importing.rows():
        pass
    importing.close()
    await database.dispose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
