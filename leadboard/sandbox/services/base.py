"""What every service of the demo world shares: a question, an answer, and the table of what is answered where."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson

from leadboard.sandbox.world import World


@dataclass(frozen=True)
class Asked:
    """One question. `headers` in lower case; `parts` is what stands where the pattern of the path has a name; `before`
    is how often the very same was asked before."""

    world: World
    now: datetime
    method: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    parts: Mapping[str, str] = field(default_factory=dict)
    before: int = 0

    @property
    def today(self) -> date:
        """The day on which it is asked, in UTC."""
        return self.now.date()

    @cached_property
    def data(self) -> dict[str, Any]:
        """The body as an object of JSON; empty where it is none."""
        try:
            said = orjson.loads(self.body)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return dict(parse_qsl(self.body.decode(errors="replace")))


@dataclass(frozen=True)
class Reply:
    """One answer: `body` is a text or bytes as they are, anything else becomes JSON. `paid`: the service would charge
    for it."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    paid: bool = False


Handler = Callable[[Asked], Any]
"""Answers with a `Reply`, or with what becomes the JSON of a 200 that costs nothing."""
SLOW = {"Retry-After": "1"}


@dataclass(frozen=True)
class Api:
    """One service: its hosts, and "METHOD /path/{name}" -> handler.

    `key` reads the key out of a question; `wrong_key`, `too_many` and `broken` are the service's own words for a key
    that it does not know, for who asks too much, and for trouble of its own; `unknown` for a path that it has not.
    """

    name: str
    hosts: tuple[str, ...]
    routes: Mapping[str, Handler]
    key: Callable[[Asked], str] = lambda asked: ""
    wrong_key: Reply = Reply(401, {"error": "Unauthorized"})
    too_many: Reply = Reply(429, {"error": "Too many requests"}, SLOW)
    broken: Reply = Reply(500, {"error": "Internal server error"})
    unknown: Reply = Reply(404, {"error": "Not found"})

    def handler(self, method: str, path: str) -> tuple[Handler, dict[str, str]] | None:
        """Who answers a question, and the named parts of its path."""
        for route, handler in self.routes.items():
            wanted, _, pattern = route.partition(" ")
            if wanted == method and (parts := _matched(pattern, path)) is not None:
                return handler, parts
        return None


@lru_cache(maxsize=4096)
def _matched(pattern: str, path: str) -> dict[str, str] | None:
    theirs, ours = path.strip("/").split("/"), pattern.strip("/").split("/")
    if len(theirs) != len(ours):
        return None
    parts: dict[str, str] = {}
    for said, wanted in zip(theirs, ours, strict=True):
        before, brace, rest = wanted.partition("{")
        name, _, after = rest.partition("}")
        if not brace:
            if said != wanted:
                return None
        elif said.startswith(before) and said.endswith(after) and len(said) > len(before) + len(after):
            parts[name] = unquote(said[len(before) : len(said) - len(after)])
        else:
            return None
    return parts


# Where services look for their key.


def in_header(name: str) -> Callable[[Asked], str]:
    """The key in a header of its own."""
    return lambda asked: asked.headers.get(name.lower(), "")


def in_query(name: str) -> Callable[[Asked], str]:
    """The key as a parameter of the address."""
    return lambda asked: asked.query.get(name, "")


def bearer(asked: Asked) -> str:
    """The key as a bearer token."""
    return asked.headers.get("authorization", "").removeprefix("Bearer ")


def basic(asked: Asked) -> str:
    """The key as the name of a user without a password."""
    said = asked.headers.get("authorization", "").removeprefix("Basic ")
    try:
        return base64.b64decode(said, validate=True).decode().removesuffix(":")
    except ValueError:
        return ""
