"""A worker of batches over a demo world elsewhere, to be killed: `python -m tests.engine.batch_worker ARGUMENTS`."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import stamina

from leadboard.engine.runtime import Runtime
from leadboard.engine.tools import Tools
from leadboard.providers.wire import Wire
from leadboard.sandbox.transport import to_server
from leadboard.store import db, work


async def worker(url: str, port: int) -> None:
    """Work until killed; it says when it is ready. It asks as often as ever, and does not wait in between."""
    stamina.set_testing(True, attempts=4, cap=True)
    database = db.open_database(url)
    db.use(database)
    work.use(work.connect(url))
    wire = Wire(transport=to_server(port), paced=False)
    runtime = Runtime(database, Tools(reader=None, demo_wire=wire), executor_id="embedded")  # type: ignore[arg-type]
    await runtime.start()
    print("ready", flush=True)
    await asyncio.Event().wait()


@asynccontextmanager
async def batch_worker(url: str, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker in a process of its own, ready when this yields."""
    given = json.dumps([url, port])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.engine.batch_worker", given, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip() == b"ready"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(worker(*json.loads(sys.argv[1])))
