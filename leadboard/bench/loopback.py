"""Saved sites on loopback, for benches and tests: the product itself has no way to reach them."""

import asyncio
import ssl
from collections.abc import Container, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Self

from leadboard.errors import ProviderError
from leadboard.providers.addresses import Target

LOOPBACK = "127.0.0.1"
Answer = str | bytes | tuple[int, Mapping[str, str], str | bytes]
Sites = Mapping[str, Mapping[str, Answer]]
_MISSING: Answer = (404, {"Content-Type": "text/plain"}, "not here")


class LoopbackResolver:
    """Sends known hosts to ports of this machine (`ports`: URL port -> local port); every other name is unknown."""

    def __init__(self, hosts: Container[str], ports: Mapping[int, int]) -> None:
        self._hosts = hosts
        self._ports = ports

    async def __call__(self, host: str, port: int) -> list[Target]:
        if host not in self._hosts:
            raise ProviderError(f"There is no website at {host}: the name is not known. Check the address.")
        if port not in self._ports:
            raise ProviderError(f"{host} could not be reached.")
        return [Target(LOOPBACK, self._ports[port])]


class SiteServer:
    """Serves `{host: {path: answer}}` on a loopback port: `async with SiteServer(sites) as server: server.resolver`.

    An answer is a body (HTML, status 200) or `(status, headers, body)`. With `tls` the sites answer on https as well.
    `asked` lists the (host, path) pairs in the order they came.
    """

    def __init__(self, sites: Sites, *, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[tuple[str, str]] = []
        self._sites = sites
        self._port = port
        self._tls = tls
        self._servers: list[asyncio.Server] = []
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}

    async def __aenter__(self) -> Self:
        self._servers = [await asyncio.start_server(self._serve, LOOPBACK, self._port)]
        ports = {80: self._servers[0].sockets[0].getsockname()[1]}
        if self._tls:
            self._servers.append(await asyncio.start_server(self._serve, LOOPBACK, 0, ssl=self._tls))
            ports[443] = self._servers[1].sockets[0].getsockname()[1]
        self.port = ports[80]
        self.resolver = LoopbackResolver(self._sites, ports)
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self._servers:
            server.close()
        for writer in self._open:
            writer.close()
        await asyncio.gather(*filter(None, self._open.values()))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = asyncio.current_task()
        with suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                host = next(line[5:].strip() for line in lines if line.lower().startswith("host:"))
                self.asked.append((host, path))
                writer.write(_rendered(self._sites.get(host, {}).get(path, _MISSING)))
                await writer.drain()
        del self._open[writer]
        writer.close()


def _rendered(answer: Answer) -> bytes:
    status, headers, body = answer if isinstance(answer, tuple) else (200, {}, answer)
    payload = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(payload)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{head}\r\n".encode() + payload
