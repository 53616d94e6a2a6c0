"""The demo world on the wire: one ASGI app that is every service and every website of it, by the name it is asked for.

A name that it does not have cannot be reached, as on any network: asking for it raises `httpx.ConnectError`.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

import httpx
import orjson

from leadboard.sandbox import sites
from leadboard.sandbox.behaviour import Behaviour, Fault
from leadboard.sandbox.services import apis
from leadboard.sandbox.services.base import Api, Asked, Reply
from leadboard.sandbox.world import World

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LONGEST = 1_000_000
"""Bytes of a question."""
CUT = "<html><body><h1>Something went wrong</h1>"
"""What a broken machine before a service answers in its place."""


class Question(NamedTuple):
    """What was asked, without the key: `path` with its parameters, `digest` of the body."""

    service: str
    method: str
    path: str
    digest: str


class Sandbox:
    """The services and websites of a world. `calls`: how often each service was asked; `paid`: which questions it would
    have charged for, and how often."""

    def __init__(self, world: World | None = None, behaviour: Behaviour | None = None) -> None:
        self.world = world or World()
        self.behaviour = behaviour or Behaviour()
        self.calls: Counter[str] = Counter()
        self.paid: Counter[Question] = Counter()
        self._asked: Counter[Question] = Counter()
        self._count = 0

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one question over HTTP. Raises `httpx.ConnectError` for a host that there is not, or that is down."""
        if scope["type"] != "http":
            raise ValueError(f"The demo world speaks HTTP only, no {scope['type']}.")
        asked = await _read(scope, receive, self.world)
        await _tell(await self.answer(asked), send)

    async def answer(self, asked: Asked) -> Reply:
        """The answer to one question, after as long as it takes."""
        api = apis.by_host().get(asked.host)
        if api is None:
            if (site := sites.answer(asked)) is None:
                raise httpx.ConnectError(f"There is no {asked.host} in the demo world.")
            await asyncio.sleep(site.seconds)
            return site.reply
        if api.name in self.behaviour.down:
            raise httpx.ConnectError(f"{api.name} is down.")
        self._count += 1
        self.calls[api.name] += 1
        fault, seconds = self.behaviour.drawn(self._count)
        await asyncio.sleep(seconds)
        return self._judged(api, asked, fault)

    def _judged(self, api: Api, asked: Asked, fault: Fault) -> Reply:
        """What the service says, or what went wrong before it came to that."""
        match fault:
            case Fault.ERROR:
                return api.broken
            case Fault.RATE_LIMIT:
                return api.too_many
            case Fault.MALFORMED:
                return Reply(200, CUT, {"Content-Type": "text/html"})
        key = api.key(asked)
        if key in self.behaviour.bad_keys:
            return api.wrong_key
        if (found := api.handler(asked.method, asked.path)) is None:
            return api.unknown
        handler, parts = found
        question = _question(api, asked, key)
        said = handler(replace(asked, parts=parts, before=self._asked[question]))
        reply = said if isinstance(said, Reply) else Reply(body=said)
        self._asked[question] += 1
        if reply.paid:
            self.paid[question] += 1
        return reply


def _question(api: Api, asked: Asked, key: str) -> Question:
    said = urlencode(sorted((name, value) for name, value in asked.query.items() if not key or value != key))
    digest = hashlib.sha256(asked.body).hexdigest()[:16] if asked.body else ""
    return Question(api.name, asked.method, f"{asked.path}?{said}" if said else asked.path, digest)


async def _read(scope: Mapping[str, Any], receive: Receive, world: World) -> Asked:
    body, more = bytearray(), True
    while more and len(body) <= LONGEST:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    return Asked(
        world=world,
        now=datetime.now(UTC),
        method=scope["method"],
        host=headers.get("host", "").partition(":")[0].lower(),
        path=scope["path"],
        query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
        headers=headers,
        body=bytes(body),
    )


async def _tell(reply: Reply, send: Send) -> None:
    kind, body = _rendered(reply.body)
    headers = {"Content-Type": kind, "Content-Length": str(len(body)), **reply.headers}
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def _rendered(body: Any) -> tuple[str, bytes]:
    match body:
        case bytes():
            return "application/octet-stream", body
        case str():
            return "text/plain; charset=utf-8", body.encode()
    return "application/json", orjson.dumps(body)
