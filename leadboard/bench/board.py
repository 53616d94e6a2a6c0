"""How fast a move on the board reaches every viewer, against a bare websocket fan-out of the same bytes."""

import asyncio
import json
import os
import random
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID, uuid4

import httpx

from leadboard.domain.stages import Column, Stage, Status
from leadboard.store import db, sessions
from leadboard.store.migrate import migrate
from leadboard.store.tables import Feed, Install, Lead, Membership, Session, User, Workspace
from leadboard.ui.live import COALESCE_MOST

CARDS_THAT_MOVE = 180
COALESCE_MS = 1000 * COALESCE_MOST
START_SECONDS = 60.0
LONGEST_SECONDS = 90.0


async def run(leads: int = 20_000, viewers: int = 100, rate: int = 20, seconds: int = 6) -> dict[str, Any]:
    """Measure the product, then the floor with the payload just seen; times in milliseconds."""
    with tempfile.TemporaryDirectory(prefix="leadboard-bench-") as folder:
        plan = {"viewers": viewers, "rate": rate, "seconds": seconds, "report": f"{folder}/report.json"}
        url = f"sqlite:///{folder}/leadboard.db"
        workspace, tokens = await world(url, leads, viewers)
        product = await _measure(Path(folder), plan | {"workspace": str(workspace)}, "product", tokens)
        floor = await _measure(Path(folder), plan | {"payload": max(64, product.pop("payload_bytes"))}, "floor", [])
        floor.pop("payload_bytes")
    return {"leads": leads, "viewers": viewers, "rate": rate, **product, "floor": floor}


async def world(url: str, leads: int, viewers: int) -> tuple[UUID, list[str]]:
    """A workspace full of leads, and a session for every ten viewers."""
    migrate(url)
    database = db.open_database(url)
    workspace, user = Workspace(slug="bench", name="Bench"), User(email="v@bench.example", name="V", password_hash="")
    tokens = [secrets.token_urlsafe(32) for _ in range((viewers + 9) // 10)]
    dice = random.Random(1)
    columns = list(Column)
    async with database.begin(workspace.id) as tx:
        tx.add_all([workspace, user])
        await tx.flush()
        tx.add_all([Feed(workspace_id=workspace.id), *(_session(user, token) for token in tokens)])
        tx.add(Membership(workspace_id=workspace.id, user_id=user.id, role="owner", accepted_at=tx.now))
        tx.add(Install(owner_id=user.id))
    for start in range(0, leads, 2000):
        rows = [_lead(n, columns[n % len(columns)], dice) for n in range(start, min(start + 2000, leads))]
        async with database.begin(workspace.id) as tx:
            await tx.insert_many(Lead, rows)
    await database.dispose()
    return workspace.id, tokens


def _session(user: User, token: str) -> Session:
    return Session(token_hash=sessions.digest(token), user_id=user.id)


def _lead(n: int, column: Column, dice: random.Random) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "key": f"company-{n}.example",
        "name": f"Company {n:06d}",
        "domain": f"company-{n}.example",
        "what": "Spectrometers and software for food safety labs",
        "city": "Bergen",
        "country": "NO",
        "value": dice.randrange(1_000_000, 10_000_000),
        "owner_name": dice.choice(["Ada Moreno", "Ben Oduya", "Clara Voss"]),
        "fit_score": 100 if n < CARDS_THAT_MOVE else dice.randrange(0, 90),
        "column": column,
        "stage": Stage.HARVESTED,
        "status": Status.HARVESTED,
    }


async def _measure(folder: Path, plan: dict[str, Any], server: str, tokens: list[str]) -> dict[str, Any]:
    Path(plan["report"]).unlink(missing_ok=True)
    async with served(folder, f"leadboard.bench.board_app:{server}", LEADBOARD_BENCH_PLAN=json.dumps(plan)) as port:
        path = "/w/bench/board" if server == "product" else ""
        query = "/_event/?EIO=4&transport=websocket&token=" if path else "/?"
        crowd = {
            "urls": [f"ws://localhost:{port}{query}{uuid4()}" for _ in range(plan["viewers"])],
            "cookies": [f"__Host-lb={tokens[n // 10]}" if tokens else "" for n in range(plan["viewers"])],
            "origin": f"http://localhost:{port}",
            "path": path,
            "report": plan["report"],
            "seconds": LONGEST_SECONDS + plan["seconds"],
        }
        seen = await asyncio.to_thread(watch, crowd)
        report = json.loads(Path(plan["report"]).read_text())
    return _figures(report, seen, plan["viewers"], COALESCE_MS if path else 0.0)


def watch(crowd: dict[str, Any]) -> dict[str, Any]:
    """What viewers in a process of their own saw (`viewers.Seen`)."""
    done = subprocess.run(
        [sys.executable, "-m", "leadboard.bench.viewers"],
        input=json.dumps(crowd),
        capture_output=True,
        text=True,
        check=True,
    )
    seen = json.loads(done.stdout)
    if seen["failures"]:
        raise RuntimeError(f"Viewers failed: {seen['failures']}")
    return seen


@asynccontextmanager
async def served(folder: Path, target: str, **settings: str) -> AsyncIterator[int]:
    """A server process over the data in a folder, on a free port; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {
        "LEADBOARD_DATA_DIR": str(folder),
        "LEADBOARD_PORT": str(port),
        "LEADBOARD_ROLE": "web",
        "LOG_LEVEL": "ERROR",
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        **settings,
    }
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--workers", "1", "--no-log"]
    command += ["--host", "127.0.0.1", "--port", str(port), target]
    process = subprocess.Popen(command, env=env, cwd=Path(__file__).parents[2])
    try:
        await _answers(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


async def _answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    async with httpx.AsyncClient() as client:
        while time.monotonic() < until and process.poll() is None:
            try:
                await client.get(f"http://localhost:{port}/health")
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                return
    raise RuntimeError("The server of the bench did not start.")


def _figures(report: dict[str, Any], seen: dict[str, Any], viewers: int, coalesce: float) -> dict[str, Any]:
    sent = {int(number): moment for number, moment in report["times"].items()}
    late = [1000 * (at - sent[int(n)]) for n, times in seen["arrivals"].items() for at in times if int(n) in sent]
    cuts = quantiles(late, n=100) if len(late) > 1 else [float("nan")] * 99
    return {
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "cpu_ms_per_move": round(1000 * report["cpu_seconds"] / report["moves"], 2),
        "delivered": len(late),
        "expected": report["moves"] * viewers,
        "coalesce_ms": coalesce,
        "payload_bytes": seen["size"] // max(1, seen["messages"]),
    }
