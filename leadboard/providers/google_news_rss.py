"""Google News: what the press last wrote about a company. A feed without promises, so nothing depends on it."""

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from leadboard.domain.found import Answer, AskedCompany, FoundSignal, Health
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.vocabulary.triggers import LEXICON
from leadboard.domain.words import mentions
from leadboard.errors import TryLater
from leadboard.providers.base import Outage, Provider, Reply, retry_after
from leadboard.providers.reading import link

SINCE = "90d"
"""How old news may be."""
AFTER_TOO_MUCH = 600.0
"""Seconds to leave Google alone for where it turned us away and did not say for how long."""
EDITIONS = {"AU": "en-AU", "GB": "en-GB", "US": "en-US"}
"""Country -> language of the editions that are known to answer; all others are served by that of the US."""

_RAISES = re.compile(r"\b(?:raise[sd]?|secures?d?|closes?d?)\b.{0,60}[$€£¥]\s?\d", re.IGNORECASE)


class GoogleNews(Provider):
    """The feed of Google News' search."""

    service = Service(
        name="google_news_rss",
        label="Google News",
        site="https://news.google.com",
        key=KeyKind.NONE,
        offers=(
            Offer(
                Task.SIGNALS,
                gives=frozenset({"news", "funding", "expansion", "launch", "leadership", "deal", "event"}),
                needs=needs((Known.COMPANY_NAME,)),
            ),
        ),
        pace=Pace(calls=1, seconds=5.0, together=1),
        note="Google gives this feed for personal, non-commercial reading. Ask a lawyer before a business uses it.",
    )
    base_url = "https://news.google.com/"

    def failure(self, reply: Reply) -> Exception:
        """Who asks too much is turned away with any of these, or is sent to a page that wants consent."""
        if reply.status in (403, 429, 503):
            return TryLater("Google News asked for fewer questions.", retry_after(reply.headers) or AFTER_TOO_MUCH)
        if 300 <= reply.status < 400:
            return Outage("Google News wants a person to agree to its terms first.", status=reply.status)
        return super().failure(reply)

    async def check(self) -> Health:
        """Whether the feed can be read."""
        reply = await self.get("rss", **_edition("US"))
        self._items(reply)
        return Health(True, "Google News answers.")

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """News of the last months whose title names the company, in the order of the feed."""
        name = asked.name.replace('"', " ").strip()
        if not name:
            return Answer()
        reply = await self.get("rss/search", q=f'"{name}" when:{SINCE}', **_edition(asked.country))
        found = (_signal(item) for item in self._items(reply) if mentions(_text(item, "title"), name))
        return self.answer(Task.SIGNALS, tuple(found), reply)

    def _items(self, reply: Reply | None) -> list[Any]:
        """The items of the feed; `Garbled` where it is none, such as a page that wants consent."""
        parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring((reply.text if reply else "").encode(errors="replace"), parser)
        except etree.XMLSyntaxError:
            raise self.garbled(reply) from None
        if root.tag != "rss":
            raise self.garbled(reply)
        return root.findall("channel/item")


def _edition(country: str) -> Mapping[str, str]:
    """The three parameters of an edition, which have to match."""
    country = country if country in EDITIONS else "US"
    return {"hl": EDITIONS[country], "gl": country, "ceid": f"{country}:en"}


def _signal(item: Any) -> FoundSignal:
    """The address is Google's, which leads to the article; that of the article itself is not told."""
    title, publisher = _text(item, "title"), _text(item, "source")
    headline = title.removesuffix(f" - {publisher}") if publisher else title
    return FoundSignal(_kind(headline), headline, title, _day(_text(item, "pubDate")), link(_text(item, "link")), 0.7)


def _kind(headline: str) -> str:
    """What the news is a sign of, by its words."""
    hit = next(LEXICON.hits(headline), None)
    return hit.key if hit else "funding" if _RAISES.search(headline) else "news"


def _text(item: Any, name: str) -> str:
    return " ".join((item.findtext(name) or "").split())


def _day(said: str) -> date | None:
    try:
        return parsedate_to_datetime(said).date()
    except (ValueError, OverflowError):
        return None
