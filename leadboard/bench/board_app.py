"""The servers of the board bench: the product itself with a task that moves cards, and the bare fan-out beside it."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from leadboard.domain.stages import Column, Status
from leadboard.store import db
from leadboard.store.tables import Lead

PLAN: dict[str, Any] = json.loads(os.environ.get("LEADBOARD_BENCH_PLAN", "{}"))
"""`{workspace, viewers, rate, seconds, report, payload}` from the bench."""

SETTLE_SECONDS = 1.0


class Pace:
    """Calls something at a steady rate and reports when, and what this process's CPU spent on it."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.times: dict[int, float] = {}
        self._plan = plan

    async def keep(self, move: Any) -> None:
        """Run the moves and write the report."""
        await asyncio.sleep(SETTLE_SECONDS)
        many = self._plan["rate"] * self._plan["seconds"]
        began, cpu = time.monotonic(), time.process_time()
        for number in range(many):
            await asyncio.sleep(max(0.0, began + number / self._plan["rate"] - time.monotonic()))
            await move(number)
        await asyncio.sleep(0.5)
        spent = time.process_time() - cpu
        report = {"times": self.times, "cpu_seconds": spent, "moves": many}
        Path(self._plan["report"]).write_text(json.dumps(report))


async def move_cards(seats: Any) -> None:
    """Wait for the viewers, then move visible cards from column to column, each move a commit like any other."""
    workspace = UUID(PLAN["workspace"])
    while seats(workspace) < PLAN["viewers"]:
        await asyncio.sleep(0.1)
    async with db.read(workspace) as tx:
        cards = list((await tx.exec(select(Lead.id).where(Lead.fit_score == 100).order_by(col(Lead.name)))).all())
    columns = list(Column)
    pace = Pace(PLAN)

    async def move(number: int) -> None:
        async with db.begin(workspace) as tx:
            lead = await tx.find(Lead, cards[number % len(cards)])
            lead.column = columns[(columns.index(Column(lead.column)) + 1) % len(columns)]
            lead.status, lead.agent = Status.ENRICHING, f"move-{number:06d}"
            lead.stage_at, lead.version = tx.now, lead.version + 1
            tx.record("agent_start", lead.id, agent_name="web_research")
        pace.times[number] = time.monotonic()

    await pace.keep(move)


def product() -> Any:
    """The app as it ships, with the mover as one more lifespan task."""
    from leadboard.leadboard import app
    from leadboard.ui import live

    @app.register_lifespan_task
    @asynccontextmanager
    async def moving() -> AsyncIterator[None]:
        task = asyncio.create_task(move_cards(lambda workspace: live.current().tabs(workspace)))
        yield
        task.cancel()

    return app()


def floor() -> Starlette:
    """A bare Starlette websocket that sends the same number of bytes to everybody, and nothing else."""
    sockets: set[WebSocket] = set()

    async def endpoint(socket: WebSocket) -> None:
        await socket.accept()
        sockets.add(socket)
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            sockets.discard(socket)

    async def moving() -> None:
        while len(sockets) < PLAN["viewers"]:
            await asyncio.sleep(0.1)
        pace = Pace(PLAN)

        async def move(number: int) -> None:
            payload = f"move-{number:06d}" + "x" * (PLAN["payload"] - 11)
            pace.times[number] = time.monotonic()
            await asyncio.gather(*(socket.send_text(payload) for socket in sockets))

        await pace.keep(move)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(moving())
        yield
        task.cancel()

    return Starlette(routes=[WebSocketRoute("/", endpoint)], lifespan=lifespan)


def file() -> Starlette:
    """One page from a file, and nothing else: the floor of opening the board."""
    page = Path(os.environ["LEADBOARD_BENCH_PAGE"]).read_text()

    async def home(request: Request) -> HTMLResponse:
        return HTMLResponse(page)

    return Starlette(routes=[Route("/", home)])
