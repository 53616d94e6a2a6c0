"""What a site lets us read: robots.txt as RFC 9309 has it."""

import asyncio
import re
from urllib.parse import urlsplit

from protego import Protego

from leadboard.errors import ProviderError, Refused
from leadboard.providers.fetcher import BOT, Fetcher, Terms

TERMS = Terms(seconds=5.0, size=500_000, types=None, cut=True)
LONGEST_DELAY = 2.0
QUICKLY_PARSED = 20_000  # characters that do not hold up the event loop

_AGENT = re.compile(r"^[ \t]*user[- ]?agent[ \t]*[: \t][ \t]*([^\s#/]*).*$", re.IGNORECASE | re.MULTILINE)


class Robots:
    """The rules of every host that one crawl meets, each read once.

    No robots.txt (4xx) allows everything; a server that fails (5xx) allows nothing; a server that cannot be reached has
    its own failure repeated for each of its pages.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._known: dict[str, Protego | Refused | ProviderError] = {}
        self._lock = asyncio.Lock()

    async def check(self, url: str) -> None:
        """Refuse a URL that robots.txt disallows (`Refused`, code `robots`)."""
        rules = await self._rules(url)
        if not rules.can_fetch(url, BOT):
            raise Refused("The website's robots.txt asks not to read this page.", code="robots")

    def delay(self, url: str) -> float:
        """Seconds to leave between two visits to the host of `url`, at most two; 0 when it asks for none."""
        rules = self._known.get(_origin(url))
        return min(rules.crawl_delay(BOT) or 0.0, LONGEST_DELAY) if isinstance(rules, Protego) else 0.0

    async def _rules(self, url: str) -> Protego:
        origin = _origin(url)
        async with self._lock:
            if origin not in self._known:
                self._known[origin] = await self._read(origin)
        rules = self._known[origin]
        if isinstance(rules, Protego):
            return rules
        raise rules

    async def _read(self, origin: str) -> Protego | Refused | ProviderError:
        try:
            page = await self._fetcher.get(f"{origin}/robots.txt", TERMS)
        except (Refused, ProviderError) as error:
            return error
        if page.status >= 500:
            host = urlsplit(origin).hostname
            return Refused(f"{host} could not show its robots.txt, so its pages are left alone.", code="robots")
        text = page.body.decode("utf-8-sig", "replace")
        if len(text) < QUICKLY_PARSED:
            return _parse(text)
        return await asyncio.to_thread(_parse, text)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _parse(text: str) -> Protego:
    # Every other robot gets the same name first: the parser's cost grows with names times rules.
    return Protego.parse(_AGENT.sub(_agent, "\n".join(text.splitlines())))


def _agent(line: re.Match[str]) -> str:
    name = line[1].lower()
    return f"User-agent: {name if name in (BOT, '*') else 'other'}"
