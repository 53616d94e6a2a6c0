"""The model's service on the wire: the demo world's, in any mode, and what was asked of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2
import orjson

from leadboard.sandbox.anthropic import Mode, anthropic
from leadboard.sandbox.services.base import Asked, Reply
from leadboard.sandbox.world import World

Answering = Callable[[httpx2.Request], httpx2.Response | None]
WORLD = World()


@dataclass
class Service:
    """Answers as the demo world does in this mode; `first` are the answers to the first messages, before it does."""

    mode: Mode = Mode.HONEST
    first: Sequence[Reply | Exception] = ()
    asked: list[dict[str, Any]] = field(default_factory=list)
    counted: int = 0
    keys: set[str] = field(default_factory=set)

    @property
    def transport(self) -> httpx2.MockTransport:
        """For a client of the SDK."""
        return httpx2.MockTransport(self._answer)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        data = orjson.loads(request.content)
        self.keys.add(request.headers["authorization"])
        if request.url.path.endswith("count_tokens"):
            self.counted += 1
        else:
            self.asked.append(data)
            if len(self.asked) <= len(self.first):
                said = self.first[len(self.asked) - 1]
                if isinstance(said, Exception):
                    raise said
                return _response(said)
        api = anthropic(self.mode)
        found = api.handler(request.method, request.url.path)
        assert found is not None
        return _response(found[0](_asked(request)))


def _asked(request: httpx2.Request) -> Asked:
    return Asked(
        world=WORLD,
        now=datetime.now(UTC),
        method=request.method,
        host=request.url.host,
        path=request.url.path,
        query={},
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.content,
    )


def _response(reply: Reply) -> httpx2.Response:
    content = reply.body if isinstance(reply.body, bytes) else str(reply.body).encode()
    if isinstance(reply.body, dict):
        content = orjson.dumps(reply.body)
    headers = {"content-type": "application/json", **reply.headers}
    return httpx2.Response(reply.status, headers=headers, content=content)


def error(status: int, kind: str = "api_error", **headers: str) -> Reply:
    """A failure in the service's own form."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, {"type": "error", "error": {"type": kind, "message": "Sorry"}, "request_id": "req_1"}, named)
