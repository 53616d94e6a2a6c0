"""Servers on loopback for tests: saved sites that behave, and one that does not."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from leadboard.bench.loopback import LOOPBACK, Answer, LoopbackResolver, SiteServer

__all__ = ["Behave", "RudeServer", "SiteServer", "folder_site"]

Behave = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def folder_site(folder: Path) -> dict[str, Answer]:
    """The HTML files of a folder as one site: `/name.html` each, and `/` for `index.html`."""
    pages: dict[str, Answer] = {f"/{page.name}": page.read_bytes() for page in sorted(folder.glob("*.htm*"))}
    return {"/": pages["/index.html"], **pages} if "/index.html" in pages else pages


class RudeServer:
    """Does with each connection whatever `behave` does, and counts them. Every host of `hosts` leads to it."""

    def __init__(self, behave: Behave, *hosts: str) -> None:
        self.connections = 0
        self._behave = behave
        self._hosts = hosts

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self.resolver = LoopbackResolver(self._hosts, {80: self.port, 443: self.port})
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._behave(reader, writer)
        writer.close()
