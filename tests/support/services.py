"""The wire of outside services: recorded answers, in the order they are asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import httpx

from leadboard.providers.base import Provider
from leadboard.providers.wire import Wire

KEY = "k-3f9a51c07d"
CONTACT = "ops@leadboard.example"

P = TypeVar("P", bound=Provider)


@dataclass
class Recorded(httpx.AsyncBaseTransport):
    """Answers in their order and keeps the requests. An answer is a body (JSON, text or bytes), a pair of status and
    body, a triple with headers, or an exception; the last one is repeated."""

    answers: list[Any]
    requests: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        status, body, headers = _parts(answer)
        content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else _json(body)
        return httpx.Response(status, headers=headers, content=content, request=request)

    @property
    def asked(self) -> list[str]:
        """Method and address of each request, without its query."""
        return [f"{each.method} {each.url.copy_with(query=None)}" for each in self.requests]

    def query(self, place: int = -1) -> dict[str, str]:
        """The query of a request."""
        return dict(parse_qsl(self.requests[place].url.query.decode(), keep_blank_values=True))

    def body(self, place: int = -1) -> Any:
        """The JSON body of a request."""
        return json.loads(self.requests[place].content)


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()


def _parts(answer: Any) -> tuple[int, Any, Mapping[str, str]]:
    match answer:
        case (int(status), body, dict(headers)):
            return status, body, headers
        case (int(status), body):
            return status, body, {}
    return 200, answer, {}


@dataclass
class Slept:
    """A clock that only waiting moves on."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds

    def clock(self) -> float:
        return self.now


def wired(kind: type[P], *answers: Any, key: str = KEY, contact: str = CONTACT) -> tuple[P, Recorded]:
    """A provider whose service answers as recorded, and what it was asked. Its pace costs no time."""
    recorded, slept = Recorded(list(answers)), Slept()
    return kind(Wire(contact=contact, transport=recorded, sleep=slept.sleep, clock=slept.clock), key), recorded
