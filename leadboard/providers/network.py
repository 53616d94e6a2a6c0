"""Connections of the fetcher: to the addresses that were checked, and to nothing else."""

import asyncio
import select
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Self, cast

import httpcore
import httpx

from leadboard.errors import Refused
from leadboard.providers.addresses import Resolver

MOST_ADDRESSES = 3
CONNECT_SECONDS = 4.0
KEPT_SECONDS = 5.0
MOST_WAITING = 65_536
"""Bytes that may have come before somebody reads them; then the other side waits."""


class Pinned(httpcore.AsyncNetworkBackend):
    """Connects to what the resolver returned and to nothing else: what was checked is what is connected."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolve = resolver

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the signature of httpcore)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        failure: OSError | None = None
        for target in (await self._resolve(host, port))[:MOST_ADDRESSES]:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return (await loop.create_connection(_Connection, target.address, target.port))[1]
            except OSError as error:
                failure = error
        raise httpcore.ConnectError("no address that answers") from failure

    async def connect_unix_socket(self, *args: object, **kwargs: object) -> httpcore.AsyncNetworkStream:
        raise Refused("Only web addresses are opened.")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Lines:
    """The connections of one visit: each serves a request at a time, and then the next one to the same server.

    A pool would look through all its connections before and after every request, and lock them for it.
    """

    def __init__(self, network: Pinned, trust: ssl.SSLContext) -> None:
        self._network = network
        self._trust = trust
        self._free: defaultdict[tuple[bytes, bytes], list[httpcore.AsyncHTTPConnection]] = defaultdict(list)
        self._closed = False

    @asynccontextmanager
    async def ask(self, request: httpcore.Request) -> AsyncIterator[httpcore.Response]:
        """The answer to a request, its body still to be read."""
        free = self._free[request.url.scheme, request.url.host]
        line = await self._next(free, request.url.origin)
        try:
            response = await line.handle_async_request(request)
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            if line.is_available() and not self._closed:
                free.append(line)
            else:
                await line.aclose()

    async def _next(
        self, free: list[httpcore.AsyncHTTPConnection], origin: httpcore.Origin
    ) -> httpcore.AsyncHTTPConnection:
        while free:
            if not (line := free.pop()).has_expired():
                return line
            await line.aclose()
        return httpcore.AsyncHTTPConnection(
            origin, self._trust, keepalive_expiry=KEPT_SECONDS, network_backend=self._network
        )

    async def aclose(self) -> None:
        """Close every connection, those at work as soon as they have answered."""
        self._closed = True
        for free in self._free.values():
            while free:
                await free.pop().aclose()


class Elsewhere:
    """The same over a transport instead of the network: the demo world's. Closing leaves the transport open."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    @asynccontextmanager
    async def ask(self, request: httpcore.Request) -> AsyncIterator[httpcore.Response]:
        """The answer to a request, its body still to be read."""
        scheme, host, target = (part.decode() for part in (request.url.scheme, request.url.host, request.url.target))
        sent = httpx.Request(request.method.decode(), f"{scheme}://{host}{target}", headers=request.headers)
        try:
            response = await self._transport.handle_async_request(sent)
        except httpx.ConnectError as error:
            raise httpcore.ConnectError(str(error)) from error
        try:
            assert isinstance(response.stream, httpx.AsyncByteStream)
            yield httpcore.Response(response.status_code, headers=response.headers.raw, content=response.stream)
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Nothing: whoever made the transport closes it."""


class _Connection(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """A connection on asyncio alone: the one httpcore brings asks at every turn which library it runs on."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._ended = False
        self._failure: Exception | None = None
        self._news = asyncio.Event()
        self._asking = select.poll()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._asking.register(transport.get_extra_info("socket"), select.POLLIN)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        if len(self._waiting) > MOST_WAITING:
            self._transport.pause_reading()
        self._news.set()

    def eof_received(self) -> None:
        self._ended = True
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._failure = True, exc
        self._news.set()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        while not self._waiting and not self._ended:
            self._news.clear()
            await self._news.wait()
        if not self._waiting and self._failure:
            raise httpcore.ReadError from self._failure
        data = bytes(self._waiting[:max_bytes])
        del self._waiting[:max_bytes]
        if not self._waiting:
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        if self._ended:
            raise httpcore.WriteError
        self._transport.write(buffer)

    async def aclose(self) -> None:
        self._transport.abort()  # a farewell would wait for the other side's

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> Self:
        if self._waiting:  # said in the open, it must not pass for what is said under the seal
            self._transport.abort()
            raise httpcore.ConnectError("It spoke before it was spoken to.")
        seal = asyncio.get_running_loop().start_tls
        try:
            sealed = await seal(self._transport, self, ssl_context, server_hostname=server_hostname)
        except OSError as error:
            raise httpcore.ConnectError from error
        if sealed is None:
            raise httpcore.ConnectError("The connection ended.")
        self._transport = sealed
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._unasked()
        return self._transport.get_extra_info(info)

    def _unasked(self) -> bool:
        """Whether something came that nobody asked for: the end, as a rule."""
        return self._ended or bool(self._waiting) or bool(self._asking.poll(0))
