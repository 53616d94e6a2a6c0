"""The ways into the demo world: in this process, or to one that serves it on a port of this machine."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from leadboard.sandbox.app import Sandbox

REFUSED = "x-sandbox-refused"
"""Header of an answer that stands for a name which cannot be reached: a connection cannot fail behind a server."""


CONTACT = "demo@leadboard.example"
"""Who asks the demo world's services."""


def in_process(sandbox: "Sandbox") -> httpx.ASGITransport:
    """Asks a demo world within this process."""
    return httpx.ASGITransport(app=sandbox)  # type: ignore[arg-type]  # httpx asks for any scope and message


@dataclass(frozen=True)
class DemoSites:
    """Makes the way to the websites of a world of its own: a seed is all that has to travel to another process."""

    seed: int = 7

    def __call__(self) -> httpx.AsyncBaseTransport:
        """The way into the world of the seed, imported by nobody who never goes there."""
        from leadboard.sandbox.app import Sandbox
        from leadboard.sandbox.world import World

        return in_process(Sandbox(World(self.seed)))


def when_asked(made: Callable[[], httpx.AsyncBaseTransport]) -> httpx.AsyncBaseTransport:
    """A way that is made with the first question that goes it."""
    return _WhenAsked(made)


class _WhenAsked(httpx.AsyncBaseTransport):
    def __init__(self, made: Callable[[], httpx.AsyncBaseTransport]) -> None:
        self._made = made

    @cached_property
    def _way(self) -> httpx.AsyncBaseTransport:
        return self._made()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._way.handle_async_request(request)


def to_server(port: int) -> httpx.AsyncBaseTransport:
    """Asks the demo world that serves on a port of this machine, under the names it is asked for."""
    return _ToServer(port)


class _ToServer(httpx.AsyncBaseTransport):
    def __init__(self, port: int) -> None:
        self._port = port
        self._network = httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        there = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
        sent = httpx.Request(
            request.method,
            there,
            headers=[(b"Host", request.url.raw_host), *headers],
            stream=request.stream,
            extensions=request.extensions,
        )
        response = await self._network.handle_async_request(sent)
        if said := response.headers.get(REFUSED):
            await response.aclose()
            raise httpx.ConnectError(said, request=request)
        return response

    async def aclose(self) -> None:
        await self._network.aclose()
