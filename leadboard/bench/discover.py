"""How long after a press of Discover the cards are on a viewer's board, against asking the same services alone."""

import asyncio
import json
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from leadboard.bench.board import START_SECONDS, served, watch, world
from leadboard.domain.discovery.search import search_of
from leadboard.domain.discovery.sources import sources
from leadboard.domain.found import Search
from leadboard.domain.icp import Icp
from leadboard.engine.asking import DEMO_KEY
from leadboard.errors import ProviderError
from leadboard.providers.registry import SERVICES, provider_of
from leadboard.providers.wire import Wire
from leadboard.sandbox.transport import CONTACT, to_server
from leadboard.store import db, icps, work
from leadboard.store.tables import Install, Workspace

ICP = Icp(
    industry=("Dental care", "Restaurants", "Accounting", "Software", "Biotech"),
    geographies=("United Kingdom", "London", "Manchester"),
    size_min=2,
    size_max=500,
)
"""Whom the search is for: enough companies of the demo world match."""
CARD = r"/w/bench/board/([0-9a-f-]{36})"
LONGEST_SECONDS = 60.0


async def run(target: int = 50, latency: float = 0.1) -> dict[str, Any]:
    """Measure the floor, then the product; times in seconds, `latency` is that of the services, on average."""
    async with demo_world(latency) as port:
        floor = await _floor(port)
        with tempfile.TemporaryDirectory(prefix="leadboard-bench-") as folder:
            product = await _product(Path(folder), port, target)
    return {"target": target, "latency": latency, **product, "floor": floor}


@asynccontextmanager
async def demo_world(latency: float) -> AsyncIterator[int]:
    """The demo world in a process of its own; yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = (sys.executable, "-m", "leadboard.sandbox", "--port", str(port), "--latency", str(latency))
    process = await asyncio.create_subprocess_exec(*command)
    try:
        await _answers(port)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _answers(port: int) -> None:
    async with asyncio.timeout(START_SECONDS), httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                await client.get(f"http://127.0.0.1:{port}/__paid", headers={"Host": "sandbox.localhost"})
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                return


async def _product(folder: Path, port: int, target: int) -> dict[str, Any]:
    url = f"sqlite:///{folder}/leadboard.db"
    workspace, [token] = await world(url, 0, 1)
    plan = {
        "workspace": str(workspace),
        "user": str(await _prepare(url, workspace)),
        "target": target,
        "port": port,
        "report": f"{folder}/report.json",
    }
    told = {"LEADBOARD_BENCH_PLAN": json.dumps(plan), "LEADBOARD_ROLE": "run"}
    async with served(folder, "leadboard.bench.discover_app:product", **told) as at:
        viewer = {
            "urls": [f"ws://localhost:{at}/_event/?EIO=4&transport=websocket&token={uuid4()}"],
            "cookies": [f"__Host-lb={token}"],
            "origin": f"http://localhost:{at}",
            "path": "/w/bench/board",
            "report": plan["report"],
            "seconds": LONGEST_SECONDS,
            "mark": CARD,
            "more": ["harvested"],
        }
        seen = await asyncio.to_thread(watch, viewer)
        report = json.loads(Path(plan["report"]).read_text())
    late = sorted(times[0] - report["pressed"] for times in seen["arrivals"].values())
    if not late:
        raise RuntimeError(f"No card came: {report}")
    return {
        "first_card": round(late[0], 3),
        "all_cards": round(late[-1], 3),
        "cards": len(late),
        "created": report["created"],
        "sources": report["sources"],
        "ended": round(report["ended"], 3),
        "cpu": round(report["cpu_seconds"], 3),
        "warnings": report["warnings"],
    }


async def _prepare(url: str, workspace: UUID) -> UUID:
    """Make it a demo workspace with a profile; returns its owner."""
    await asyncio.to_thread(work.migrate, url)
    database = db.open_database(url)
    async with database.begin(workspace) as tx:
        (await tx.get_one(Workspace, workspace)).demo = True
        await icps.save(tx, ICP, "V")
    async with database.read() as tx:
        owner = (await tx.get_one(Install, 1)).owner_id
    await database.dispose()
    assert owner is not None
    return owner


async def _floor(port: int) -> dict[str, Any]:
    """The first page of the same sources by their adapters alone: nothing is kept, merged, scored or shown."""
    search = search_of(ICP)
    asked = [each.service.name for each in sources(search, SERVICES, lambda service: True) if each.asked]
    async with Wire(contact=CONTACT, transport=to_server(port), paced=False) as wire:
        began = time.monotonic()
        answers = [_answered(wire, name, search, began) for name in asked]
        late = [seconds for seconds in await asyncio.gather(*answers) if seconds is not None]
    return {"first_answer": round(min(late), 3), "all_answers": round(max(late), 3)}


async def _answered(wire: Wire, name: str, search: Search, began: float) -> float | None:
    """When a source has told of a company; None when it knows none."""
    try:
        answer = await provider_of(name)(wire, DEMO_KEY).companies(search)  # type: ignore[attr-defined]
    except ProviderError:
        return None
    return time.monotonic() - began if answer.items else None
