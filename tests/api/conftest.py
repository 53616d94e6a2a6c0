"""A real server with the gate in front of our API and a tiny app that tells what reached it."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from granian.constants import Interfaces
from granian.server.embed import Server
from websockets.asyncio.client import ClientConnection, connect

from leadboard import log
from leadboard.actions import people
from leadboard.actions.people import NewPerson
from leadboard.actions.sign_in import Caller
from leadboard.api.app import build_api
from leadboard.api.asgi import Receive, Scope, Send
from leadboard.api.gate import Gate
from leadboard.api.lines import Limits, Lines
from leadboard.settings import Settings
from tests.support.passwords import cheap_hashes
from tests.support.postgres import free_port

__all__ = ["cheap_hashes"]

PASSWORD = "seven green bicycles"
PAGE = "<!doctype html><script>let theme = 1 < 2;</script><script src='/a.js'></script><p>Hello</p>"


async def tell(scope: Scope, receive: Receive, send: Send) -> None:
    """Behind the gate, in place of the pages: says what arrived."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        seen = {name.decode(): value.decode() for name, value in scope["headers"]}
        await send(
            {"type": "websocket.send", "text": json.dumps({"query": scope["query_string"].decode(), "headers": seen})}
        )
        while (message := await receive())["type"] != "websocket.disconnect":
            await send({"type": "websocket.send", "text": message.get("text") or ""})
        return
    if scope["path"] == "/page":
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-security-policy", b"default-src *")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE.encode()})
        return
    if scope["path"] == "/unchanged":
        await send({"type": "http.response.start", "status": 304, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    seen = {name.decode(): value.decode() for name, value in scope["headers"]}
    body = json.dumps({"path": scope["path"], "headers": seen, "client": scope["client"][0], "size": size}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@dataclass(frozen=True)
class Site:
    """The server, and ways to call it. Swap `base` and `websocket_path` for the real app's."""

    base: str
    settings: Settings
    lines: Lines
    websocket_path: str = "/_event/"

    @property
    def origin(self) -> str:
        return self.base

    def cookie(self, token: str) -> dict[str, str]:
        return {"cookie": f"{self.settings.cookie_name}={token}"} if token else {}

    async def ask(self, method: str, path: str, token: str = "", **options: Any) -> httpx.Response:
        """A request as our own pages make it; `headers` are added, None takes one away."""
        headers = {"origin": self.origin, **self.cookie(token), **options.pop("headers", {})}
        sent = {name: value for name, value in headers.items() if value is not None}
        async with httpx.AsyncClient(base_url=self.base, verify=False) as client:
            return await client.request(method, path, headers=sent, **options)

    async def post(self, path: str, signed: str = "", /, **form: str) -> httpx.Response:
        return await self.ask("POST", path, signed, data=form)

    def open(self, token: str = "", client: str = "tab", **options: Any) -> Any:
        """A websocket as our own pages open it."""
        address = self.base.replace("http", "ws", 1) + f"{self.websocket_path}?token={client}"
        options.setdefault("origin", self.origin)
        headers = {**self.cookie(token), **options.pop("headers", {})}
        return connect(address, additional_headers=headers, **options)


async def seen_by_app(socket: ClientConnection) -> tuple[str, dict[str, str]]:
    """The client token and the headers the app behind the gate was given."""
    told = json.loads(await socket.recv())
    return httpx.QueryParams(told["query"])["token"], told["headers"]


@asynccontextmanager
async def serving(settings: Settings, limits: Limits | None = None, pages: Path | None = None) -> AsyncIterator[Site]:
    """The site on a free port, for as long as the block runs."""
    lines = Lines(limits)
    api = build_api(settings)
    api.mount("", tell)
    gate = Gate(api, settings, lines, pages)
    server = Server(gate, "127.0.0.1", settings.port, interface=Interfaces.ASGI, log_enabled=False)
    running = asyncio.create_task(server.serve())
    try:
        await _answers(settings.port)
        async with gate.run():
            yield Site(f"http://127.0.0.1:{settings.port}", settings, lines)
    finally:
        server.stop()
        await running


async def _answers(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return


@pytest.fixture(autouse=True)
def _logged_as_in_production() -> Iterator[None]:
    was = logging.root.handlers, logging.root.level
    log.configure("ERROR")
    yield
    logging.root.handlers, logging.root.level = was
    structlog.reset_defaults()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(LEADBOARD_DATA_DIR=tmp_path / "data", LEADBOARD_PORT=free_port())


@pytest.fixture
async def site(database: object, settings: Settings) -> AsyncIterator[Site]:
    async with serving(settings) as opened:
        yield opened


@dataclass(frozen=True)
class Signed:
    """Somebody who is signed in."""

    token: str
    slug: str
    session: str


@pytest.fixture
async def ada(site: Site) -> Signed:
    """The first owner, signed in, of workspace "north"."""
    code = site.settings.set_up_code()
    opened, slug = await people.set_up(code, code, NewPerson("ada@north.example", PASSWORD), "North", Caller())
    return Signed(opened.token, slug, str(opened.me.session_id))
