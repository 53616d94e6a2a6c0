"""Reads the website of a lead, makes of it what the store keeps, and lets the agents work on it."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, NamedTuple, Protocol

from leadboard.domain.site import PageFacts
from leadboard.engine.crawl import Crawl, Limits, crawl
from leadboard.engine.parse_pool import ParsePool
from leadboard.engine.thinking import PAGES, Brief, Thoughts, think
from leadboard.errors import ProviderError, Refused
from leadboard.providers.fetcher import Fetcher, Page


class SiteRead(NamedTuple):
    """A website as JSON (`pages`, `fetched_ms`, `error`, `skipped`, and by which `tier` it was read), and how it went
    in a sentence for people."""

    site: dict[str, Any]
    said: str


class Reader(Protocol):
    """Reads websites and lets agents work on them. Both raise `TryLater` when asked for patience."""

    async def read(self, start: str, region: str | None) -> SiteRead:
        """Read the website behind a URL or a bare domain; `region` is the country (ISO) its phone numbers are read for.
        A failure is the `error` of what was read."""
        ...

    async def think(self, brief: Brief) -> Thoughts:
        """Let the agents work, as `thinking.think` does."""
        ...


class SiteReader:
    """The reader on this process's event loop."""

    def __init__(self, fetcher: Fetcher, pool: ParsePool, limits: Limits | None = None) -> None:
        self._fetcher = fetcher
        self._pool = pool
        self._limits = limits or Limits()

    async def read(self, start: str, region: str | None) -> SiteRead:
        """Read a website within the limits."""
        try:
            done = await crawl(self._fetcher, start, self._parse(region), self._limits)
        except (Refused, ProviderError) as error:
            return SiteRead(unread(error.sentence), error.sentence)
        return SiteRead(_stored(done), done.said)

    async def think(self, brief: Brief) -> Thoughts:
        """Let the agents work, while this loop stands still."""
        return think(brief)

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
