"""The demo world in a process of its own: `python -m leadboard.sandbox --port 8123 --errors 0.05`."""

import asyncio
import os
import signal
from collections.abc import Mapping
from typing import Annotated, Any

import httpx
import orjson
import typer
from granian.constants import Interfaces
from granian.server.embed import Server

from leadboard.sandbox.app import Receive, Sandbox, Send
from leadboard.sandbox.behaviour import Behaviour
from leadboard.sandbox.transport import REFUSED
from leadboard.sandbox.world import USUAL, World

ABOUT = b"sandbox.localhost"
"""The host at which the demo world tells what it was asked."""


def serve(
    port: Annotated[int, typer.Option(help="Port on this machine.")],
    seed: Annotated[int, typer.Option(help="Which world.")] = 7,
    companies: Annotated[int, typer.Option(help="How many companies it has.")] = USUAL,
    latency: Annotated[float, typer.Option(help="Seconds an answer takes on average.")] = 0.0,
    errors: Annotated[float, typer.Option(help="Share of questions that fail.")] = 0.0,
    rate_limits: Annotated[float, typer.Option(help="Share of questions that come too fast.")] = 0.0,
    malformed: Annotated[float, typer.Option(help="Share of answers that cannot be read.")] = 0.0,
    down: Annotated[str, typer.Option(help="Services that cannot be reached, with commas between them.")] = "",
) -> None:
    """Serve the demo world until told to stop. `GET http://sandbox.localhost:PORT/__paid` tells what was asked."""
    services = frozenset(filter(None, down.split(",")))
    behaviour = Behaviour(latency, errors, rate_limits, malformed, services, seed=seed)
    sandbox = Sandbox(World(seed, companies), behaviour)
    asyncio.run(_serve(sandbox, port))


async def _serve(sandbox: Sandbox, port: int) -> None:
    server = Server(served(sandbox), port=port, interface=Interfaces.ASGINL, websockets=False, log_enabled=False)
    for number in (signal.SIGTERM, signal.SIGINT):  # nothing is kept, so there is nothing to end in good order
        asyncio.get_running_loop().add_signal_handler(number, os._exit, 0)
    await server.serve()


def served(sandbox: Sandbox) -> Any:
    """The app behind a server: a connection cannot fail there, so an answer says that it would have."""

    async def app(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        host = dict(scope["headers"]).get(b"host", b"").partition(b":")[0]
        if host == ABOUT:
            await _tell(send, 200, orjson.dumps(told(sandbox)))
            return
        try:
            await sandbox(scope, receive, send)
        except httpx.ConnectError as error:
            await _tell(send, 502, b"", (REFUSED.encode(), str(error).encode()))

    return app


def told(sandbox: Sandbox) -> dict[str, Any]:
    """How often each service was asked, and each question that was paid for with how often it was."""
    return {"calls": dict(sandbox.calls), "paid": [[*question, times] for question, times in sandbox.paid.items()]}


async def _tell(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    sent = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    typer.run(serve)
