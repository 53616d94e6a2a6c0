"""The server of the discover bench: the product itself, whose owner presses Discover once a viewer looks.

Its plan is `{workspace, user, target, port, report}`; `port` is the demo world's.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from leadboard.actions import discoveries
from leadboard.bench.board_app import PLAN, SETTLE_SECONDS
from leadboard.domain.discovery import UNDER_WAY
from leadboard.domain.rights import Principal


async def press(seats: Any) -> None:
    """Wait for the viewer, press, and write the report once the search has ended."""
    workspace, me = UUID(PLAN["workspace"]), Principal(UUID(PLAN["user"]), "V")
    while not seats(workspace):
        await asyncio.sleep(0.05)
    await asyncio.sleep(SETTLE_SECONDS)
    pressed, cpu = time.monotonic(), time.process_time()
    await discoveries.request(me, "bench", PLAN["target"], enrich=False)
    while (last := await discoveries.latest(me, "bench")) is None or last.status in UNDER_WAY:
        await asyncio.sleep(0.05)
    ended, spent = time.monotonic() - pressed, time.process_time() - cpu
    await asyncio.sleep(SETTLE_SECONDS)
    told = {"created": last.created, "sources": len(last.sources), "warnings": last.warnings}
    report = {"pressed": pressed, "ended": ended, "cpu_seconds": spent, **told}
    Path(PLAN["report"]).write_text(json.dumps(report))


def product() -> Any:
    """The app as it ships, over the demo world on its port."""
    from leadboard import leadboard as root
    from leadboard.sandbox.transport import to_server
    from leadboard.ui import live

    root.demo = to_server(PLAN["port"])

    @root.app.register_lifespan_task
    @asynccontextmanager
    async def pressing() -> AsyncIterator[None]:
        task = asyncio.create_task(press(lambda workspace: live.current().tabs(workspace)))
        yield
        task.cancel()

    return root.app()
