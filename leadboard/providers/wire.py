"""The way to the services: one HTTP client for the process, and a pace for every service and key."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Self

import httpx

from leadboard.domain.services import Pace, Service

SECONDS = 10.0
"""Whole time of one attempt."""
LARGEST = 8_000_000
"""Bytes of an answer that are read."""

UNPACED = Pace(calls=1, seconds=0.0, together=1_000)
"""For services that are not asked over a network."""

Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], float]


class Pacer:
    """Holds callers back so that a service is asked no faster than it allows. Waiting callers keep their order."""

    def __init__(self, pace: Pace, sleep: Sleep, clock: Clock) -> None:
        self._together = asyncio.Semaphore(pace.together)
        self._turn = asyncio.Lock()
        self._apart = pace.seconds / pace.calls
        self._sleep, self._clock = sleep, clock
        self._free_at = float("-inf")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn, and hold a place while asking."""
        async with self._together:
            async with self._turn:
                wait = self._free_at - self._clock()
                if wait > 0:
                    await self._sleep(wait)
                self._free_at = max(self._free_at, self._clock()) + self._apart
            yield

    def hold(self, seconds: float) -> None:
        """Let nobody ask for so many seconds: the service said that nothing is left until then."""
        self._free_at = max(self._free_at, self._clock() + seconds)


class Wire:
    """How every provider reaches its service. `contact`: the address of who runs this installation, for services that
    want to know; `transport` is the demo world's or a test's; where nothing is `paced`, as in the demo world, a
    service is asked as fast as it answers."""

    def __init__(
        self,
        *,
        contact: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
        clock: Clock = time.monotonic,
        paced: bool = True,
    ) -> None:
        self.contact = contact
        self.clock = clock
        self.sleep = sleep
        self._transport = transport
        self._paced = paced
        self._pacers: dict[tuple[str, str], Pacer] = {}

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        """Made when the first service is asked."""
        return httpx.AsyncClient(
            transport=self._transport,
            timeout=SECONDS,
            trust_env=False,
            headers={"User-Agent": f"leadboard/0.1 ({self.contact})" if self.contact else "leadboard/0.1"},
        )

    def pacer(self, service: Service, key: str) -> Pacer:
        """The pace of a service for a key: two workspaces with keys of their own do not slow each other."""
        pace = service.pace if self._paced else UNPACED
        return self._pacers.setdefault((service.name, key), Pacer(pace, self.sleep, self.clock))

    async def send(self, request: httpx.Request) -> httpx.Response:
        """One attempt, read to its end. Raises what httpx raises, and `TimeoutError` after ten seconds in all."""
        async with asyncio.timeout(SECONDS):
            response = await self._client.send(request, stream=True)
            try:
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > LARGEST:
                        raise httpx.DecodingError(f"An answer of more than {LARGEST / 1e6:g} MB.", request=request)
            finally:
                await response.aclose()
        return httpx.Response(
            response.status_code,
            headers=[(name, value) for name, value in response.headers.multi_items() if name not in _ENCODED],
            content=bytes(body),
            request=request,
        )

    def request(self, method: str, url: str, **content: object) -> httpx.Request:
        """A request of our client, with its headers."""
        return self._client.build_request(method, url, **content)  # type: ignore[arg-type]

    async def aclose(self) -> None:
        """Close every connection."""
        if "_client" in vars(self):
            await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


_ENCODED = {"content-encoding", "content-length", "transfer-encoding"}
"""Said of the body as it was sent: ours is unpacked."""
