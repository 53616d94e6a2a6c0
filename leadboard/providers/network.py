"""Connections of the fetcher: to the addresses that were checked, and to nothing else."""

import asyncio
import select
import socket
import ssl
from collections.abc import Iterable
from typing import Any, Self, cast

import httpcore

from leadboard.errors import Refused
from leadboard.providers.addresses import Resolver

MOST_ADDRESSES = 3
CONNECT_SECONDS = 4.0


class Pinned(httpcore.AsyncNetworkBackend):
    """Connects to what the resolver returned and to nothing else: what was checked is what is connected."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolve = resolver
        self._inner = cast(httpcore.AsyncNetworkBackend, httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the signature of httpcore)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for target in (await self._resolve(host, port))[:MOST_ADDRESSES]:
            try:
                return _Connection(await self._inner.connect_tcp(target.address, target.port, timeout=CONNECT_SECONDS))
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    async def connect_unix_socket(self, *args: object, **kwargs: object) -> httpcore.AsyncNetworkStream:
        raise Refused("Only web addresses are opened.")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Connection(httpcore.AsyncNetworkStream):
    """A connection that knows its socket. The pool asks every connection before each request whether the other side has
    closed it, and the library underneath would ask the system for both its addresses each time."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._socket: socket.socket = inner.get_extra_info("socket")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> Self:
        return type(self)(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return _readable(self._socket)
        return self._inner.get_extra_info(info)


def _readable(connection: socket.socket) -> bool:
    """Whether something came that nobody asked for: the end, as a rule."""
    if connection.fileno() < 0:
        return True
    asking = select.poll()
    asking.register(connection, select.POLLIN)
    return bool(asking.poll(0))
