"""Reads a company's own website: the pages that say most about it first, politely, and within limits."""

import asyncio
import heapq
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

import httpx

from leadboard.domain.identity import registrable_domain
from leadboard.engine.page_order import is_file, rank, same_page_key, tidy
from leadboard.errors import ProviderError, Refused, TryLater
from leadboard.providers.addresses import checked
from leadboard.providers.fetcher import HTML, Fetcher, Page, Terms
from leadboard.providers.robots import Robots

MOST_LINKS = 1_000
STATIC_TIER = "static"


class Link(Protocol):
    """A link as the reader found it."""

    @property
    def url(self) -> str: ...
    @property
    def text(self) -> str: ...


class Facts(Protocol):
    """What the crawl needs to know of a page that was read; `leadboard.domain.site.PageFacts` is one."""

    @property
    def links(self) -> Sequence[Link]: ...


F = TypeVar("F", bound=Facts)
Read = Callable[[Page], Awaitable[F]]


class Why(StrEnum):
    """Why a page of the site was left out."""

    ROBOTS = "robots"  # robots.txt asks for it
    PAGES = "pages"  # more pages than are read of one site
    DEPTH = "depth"  # too many clicks from the start
    TIME = "time"  # the site's time was used up
    TYPE = "type"  # a file, not a page
    FAILED = "failed"  # the server did not show it
    UNREADABLE = "unreadable"  # it came, but could not be read
    BUSY = "busy"  # the server asked for fewer visits


_WORDS = {
    Why.ROBOTS: "closed by the website's robots.txt",
    Why.PAGES: "beyond the number of pages that are read",
    Why.DEPTH: "too many clicks away from the start",
    Why.TIME: "not reached in time",
    Why.TYPE: "no page but a file",
    Why.FAILED: "not shown by the website",
    Why.UNREADABLE: "not readable",
    Why.BUSY: "left because the website asked for fewer visits",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one site is read; times in seconds, `depth` in clicks from the start page."""

    pages: int = 20
    depth: int = 2
    site_seconds: float = 60.0
    page_seconds: float = 10.0
    at_once: int = 3


@dataclass(frozen=True, slots=True)
class Visited(Generic[F]):
    """A page that was read: its address after redirects, when (milliseconds since 1970 UTC) and what it says."""

    url: str
    fetched_ms: int
    facts: F


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that was left out, and why, as a sentence for people."""

    url: str
    why: Why
    sentence: str


@dataclass(frozen=True, slots=True)
class Crawl(Generic[F]):
    """A site as far as it was read: `pages` start page first, then by their worth; `tier` is how it was read."""

    start: str
    pages: tuple[Visited[F], ...]
    skipped: tuple[Skipped, ...]
    tier: str = STATIC_TIER

    @property
    def said(self) -> str:
        """What was read and what not, for the lead: `Read 3 pages. Left out: 2 not reached in time.`"""
        count = len(self.pages)
        read = f"Read {count} page{'' if count == 1 else 's'}."
        reasons = Counter(skipped.why for skipped in self.skipped)
        parts = ", ".join(f"{number} {_WORDS[why]}" for why, number in reasons.most_common())
        return f"{read} Left out: {parts}." if parts else read


async def crawl(fetcher: Fetcher, start_url: str, read: Read[F], limits: Limits | None = None) -> Crawl[F]:
    """Read a website from `start_url` (a URL or a bare domain, tried on https, http and with www).

    Raises `Refused` when its address is never opened, robots.txt closes it or its start page cannot be read,
    `ProviderError` when no start page answers, `TryLater` when the server asks for patience. Whatever happens on a
    later page is kept in `skipped`.
    """
    async with fetcher.visitor() as visitor:
        return await _crawl(_Walk(visitor, read, limits or Limits()), start_url)


async def _crawl(walk: "_Walk[F]", start_url: str) -> Crawl[F]:
    try:
        async with asyncio.timeout(walk.limits.site_seconds):
            await walk.begin(start_url)
            await walk.go_on()
    except TimeoutError as error:
        if not walk.pages:
            raise ProviderError(f"{start_url} did not answer within {walk.limits.site_seconds:g} s.") from error
    walk.leave(Why.TIME)
    walk.end()
    return Crawl(walk.pages[0].url, tuple(walk.pages), tuple(walk.skipped))


@dataclass(order=True, slots=True)
class _Todo:
    """A page to visit; the order of its fields is the order of visits."""

    rank: int
    depth: int
    found: int
    url: str = field(compare=False)


class _Walk(Generic[F]):
    """The state of one crawl. Pages are visited in rounds: equal sites are read equally, whatever their speed."""

    def __init__(self, fetcher: Fetcher, read: Read[F], limits: Limits) -> None:
        self.limits = limits
        self.pages: list[Visited[F]] = []
        self.skipped: list[Skipped] = []
        self._fetcher = fetcher
        self._read = read
        self._robots = Robots(fetcher)
        self._terms = Terms(seconds=limits.page_seconds, types=HTML)
        self._todo: list[_Todo] = []
        self._seen: set[str] = set()
        self._deep: dict[str, str] = {}
        self._site = ""

    async def begin(self, start_url: str) -> None:
        """Read the start page from the first of its spellings that answers."""
        failure: ProviderError | None = None
        for url in spellings(start_url):
            self._site = _site_of(str(url))
            try:
                page = await self._fetcher.get(str(url), self._terms, check=self._check)
                if not 200 <= page.status < 300:
                    raise ProviderError(f"{url.host} answered {page.status} instead of its start page.")
            except ProviderError as error:
                failure = failure or error
                continue
            self._seen |= {same_page_key(str(url)), same_page_key(page.final_url)}
            self._keep(page, await self._read(page), depth=0)
            return
        raise failure or Refused("There is no website address to read.", field="url")

    async def go_on(self) -> None:
        """Visit what was found, a few pages at once, the best first, until the limits or the site end."""
        while self._todo and (room := self.limits.pages - len(self.pages)) > 0:
            delay = self._robots.delay(self.pages[-1].url)
            await asyncio.sleep(delay)
            most = 1 if delay else min(room, self.limits.at_once)
            batch = [heapq.heappop(self._todo) for _ in range(min(most, len(self._todo)))]
            for todo, done in zip(batch, await self._visit_all(batch), strict=True):
                if isinstance(done, Skipped):
                    self.skipped.append(done)
                elif done:
                    self._keep(*done, depth=todo.depth)
            if any(skipped.why is Why.BUSY for skipped in self.skipped):
                self.leave(Why.BUSY)
        self.leave(Why.PAGES)

    def leave(self, why: Why) -> None:
        """Give up what is still to be visited."""
        self.skipped += [_skipped(todo.url, why) for todo in sorted(self._todo)]
        self._todo.clear()

    def end(self) -> None:
        """Say which pages were too deep; many a deep link is found again closer to the start."""
        self.skipped += [_skipped(url, Why.DEPTH) for key, url in self._deep.items() if key not in self._seen]

    async def _visit_all(self, batch: list[_Todo]) -> Sequence[tuple[Page, F] | Skipped | None]:
        """Visit a round. When the site's time ends meanwhile, the round goes back to the pages not reached."""
        try:
            return await asyncio.gather(*(self._visit(todo) for todo in batch))
        except asyncio.CancelledError:
            self._todo += batch
            raise

    async def _visit(self, todo: _Todo) -> tuple[Page, F] | Skipped | None:
        """Read one page; None when it turned out to be one that was read before."""
        try:
            page = await self._fetcher.get(todo.url, self._terms, check=self._check)
            if not 200 <= page.status < 300:
                return Skipped(todo.url, Why.FAILED, f"The website answered {page.status}.")
            key = same_page_key(page.final_url)
            if key != same_page_key(todo.url) and key in self._seen:
                return None
            self._seen.add(key)
        except (Refused, ProviderError, TryLater) as error:
            return Skipped(todo.url, _why(error), error.sentence)
        try:
            return page, await self._read(page)
        except (Refused, ProviderError) as error:
            return Skipped(todo.url, Why.UNREADABLE, error.sentence)

    async def _check(self, url: str) -> None:
        """Each hop stays on this site and within its robots.txt."""
        if (site := _site_of(url)) != self._site:
            raise ProviderError(f"The page leads to {site}, another website than {self._site}.")
        await self._robots.check(url)

    def _keep(self, page: Page, facts: F, depth: int) -> None:
        self.pages.append(Visited(page.final_url, page.fetched_ms, facts))
        self._note(facts.links, depth + 1)

    def _note(self, links: Iterable[Link], depth: int) -> None:
        """Put the site's own links on the list, each address once."""
        for link in links:
            url = tidy(link.url)
            if url is None or _site_of(url) != self._site:
                continue
            key = same_page_key(url)
            if key in self._seen or len(self._seen) >= MOST_LINKS:
                continue
            if depth > self.limits.depth:
                self._deep.setdefault(key, url)
                continue
            self._seen.add(key)
            if is_file(url):
                self.skipped.append(_skipped(url, Why.TYPE))
            else:
                heapq.heappush(self._todo, _Todo(rank(url, link.text), depth, len(self._seen), url))


def spellings(start: str) -> Iterator[httpx.URL]:
    """The URLs under which a website is looked for, in order. Raises `Refused` when it can be none."""
    start = start.strip()
    given = [start] if "://" in start else [f"{scheme}://{start}" for scheme in ("https", "http")]
    first = checked(given[0])
    yield first
    names = (first.host,) if first.host.startswith("www.") else (first.host, f"www.{first.host}")
    tried = {first}
    for url in map(checked, (*given[1:], *(f"{scheme}://{name}/" for name in names for scheme in ("https", "http")))):
        if url not in tried:
            tried.add(url)
            yield url


def _site_of(url: str) -> str:
    return registrable_domain(url) or urlsplit(url).hostname or ""


def _skipped(url: str, why: Why) -> Skipped:
    return Skipped(url, why, f"Left out: {_WORDS[why]}.")


def _why(error: Refused | ProviderError | TryLater) -> Why:
    if isinstance(error, TryLater):
        return Why.BUSY
    return Why.ROBOTS if isinstance(error, Refused) and error.code == "robots" else Why.FAILED
