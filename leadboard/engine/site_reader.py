"""Reads the website of a lead, makes of it what the store keeps, and lets the agents work on it."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import httpx

from leadboard.domain.demo import of_demo_world
from leadboard.domain.identity import host
from leadboard.domain.site import PageFacts
from leadboard.engine.crawl import Crawl, Limits, crawl
from leadboard.engine.parse_pool import ParsePool
from leadboard.engine.thinking import PAGES, Brief, Thoughts, think
from leadboard.errors import ProviderError, Refused
from leadboard.providers.fetcher import Fetcher, Page

DemoWorld = Callable[[], httpx.AsyncBaseTransport]
"""Makes the way to the demo world. It is sent to another process, so it has to be one that pickles."""


class SiteRead(NamedTuple):
    """A website as JSON (`pages`, `fetched_ms`, `error`, `skipped`, and by which `tier` it was read), and how it went
    in a sentence for people."""

    site: dict[str, Any]
    said: str


class Reader(Protocol):
    """Reads websites and lets agents work on them. Both raise `TryLater` when asked for patience."""

    async def read(self, start: str, region: str | None, demo: bool = False) -> SiteRead:
        """Read the website behind a URL or a bare domain; `region` is the country (ISO) its phone numbers are read for.
        `demo`: read it in the demo world, where it has one of its addresses. A failure is the `error` of what was
        read."""
        ...

    async def think(self, brief: Brief) -> Thoughts:
        """Let the agents work, as `thinking.think` does."""
        ...


class SiteReader:
    """The reader on this process's event loop. `world` makes the way to the demo world, when it is first needed."""

    def __init__(
        self, fetcher: Fetcher, pool: ParsePool, limits: Limits | None = None, world: DemoWorld | None = None
    ) -> None:
        self._fetcher = fetcher
        self._pool = pool
        self._limits = limits or Limits()
        self._world = world

    async def read(self, start: str, region: str | None, demo: bool = False) -> SiteRead:
        """Read a website within the limits."""
        fetcher = self._demo_fetcher if demo and of_demo_world(host(start)) else self._fetcher
        try:
            done = await crawl(fetcher, start, self._parse(region), self._limits)
        except (Refused, ProviderError) as error:
            return SiteRead(unread(error.sentence), error.sentence)
        return SiteRead(_stored(done), done.said)

    async def think(self, brief: Brief) -> Thoughts:
        """Let the agents work, while this loop stands still."""
        return think(brief)

    @cached_property
    def _demo_fetcher(self) -> Fetcher:
        """Reaches the demo world and nothing else; where there is none, it is an ordinary one."""
        return Fetcher(transport=self._world()) if self._world else self._fetcher

    def _parse(self, region: str | None) -> Callable[[Page], Awaitable[PageFacts]]:
        return lambda page: self._pool.parse(page.body, page.final_url, region, charset=page.charset or None)


def unread(error: str) -> dict[str, Any]:
    """A website that could not be read, and why."""
    return {"pages": [], "fetched_ms": [], "error": error, "skipped": [], "tier": ""}


def _stored(done: Crawl[PageFacts]) -> dict[str, Any]:
    return {
        "pages": PAGES.dump_python(tuple(page.facts for page in done.pages), mode="json"),
        "fetched_ms": [page.fetched_ms for page in done.pages],
        "error": "",
        "skipped": [asdict(skipped) for skipped in done.skipped],
        "tier": done.tier,
    }
