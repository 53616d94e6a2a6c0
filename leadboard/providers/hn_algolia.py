"""Hacker News, by Algolia's search: launches, open roles and talk of a company."""

import html
import re
from collections.abc import Mapping
from typing import Any

from leadboard.domain.found import Answer, AskedCompany, FoundSignal, Health
from leadboard.domain.identity import registrable_domain
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.words import mentions
from leadboard.providers.base import Provider
from leadboard.providers.handles import names
from leadboard.providers.reading import day, first, rows, text

MOST = 50
"""Stories and comments that are looked at: the newest."""
LONGEST = 160
_LAUNCH = re.compile(r"(?:show|launch) hn\b", re.IGNORECASE)
_HIRING = re.compile(r"\bwho is hiring\b", re.IGNORECASE)
_MARK = re.compile(r"<[^>]*>")


class HackerNews(Provider):
    """Hacker News. Points cannot be asked for any more (June 2026), only moments can."""

    service = Service(
        name="hn_algolia",
        label="Hacker News",
        site="https://hn.algolia.com",
        key=KeyKind.NONE,
        offers=(
            Offer(
                Task.SIGNALS,
                gives=frozenset({"launch", "hiring", "mention"}),
                needs=needs((Known.DOMAIN,), (Known.COMPANY_NAME,)),
            ),
        ),
        pace=Pace(calls=2),
    )
    base_url = "https://hn.algolia.com/api/v1/"

    async def check(self) -> Health:
        """Whether the search answers."""
        reply = await self.get("search_by_date", query="", tags="front_page", hitsPerPage=1)
        match reply and reply.data:
            case {"hits": list()}:
                return Health(True, "Hacker News answers.")
        raise self.garbled(reply)

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """What was last written about the company: by its domain, which is its alone, else by its name."""
        domain = registrable_domain(asked.domain)
        query = domain or asked.name.replace('"', " ").strip()
        if not query:
            return Answer()
        reply = await self.get("search_by_date", query=f'"{query}"', tags="(story,comment,job)", hitsPerPage=MOST)
        match reply and reply.data:
            case {"hits": list(hits)}:
                found = (_signal(hit, sure, domain) for hit in rows(hits) if (sure := _sure(hit, asked.name, domain)))
                return self.answer(Task.SIGNALS, tuple(filter(None, found)), reply)
        raise self.garbled(reply)


def _sure(hit: Mapping[str, Any], name: str, domain: str) -> float:
    """How sure it is that this is about the company: the search forgives slips of the pen, so we read for ourselves."""
    if _is_own(hit, domain):
        return 0.9
    said = html.unescape(" ".join(text(hit.get(name)) for name in ("title", "story_text", "comment_text")))
    return 0.7 * names(said, domain) if domain else 0.5 * mentions(said, name)


def _is_own(hit: Mapping[str, Any], domain: str) -> bool:
    """Whether it leads to the company's website."""
    return bool(domain) and registrable_domain(text(hit.get("url"))) == domain


def _signal(hit: Mapping[str, Any], sure: float, domain: str) -> FoundSignal | None:
    ref, title = text(hit.get("objectID")), first(hit, "title", "story_title")
    if not (ref.isascii() and ref.isdigit()):
        return None
    kind, value = _kind(hit, title, domain)
    at = day(hit.get("created_at_i")) or day(hit.get("created_at"))
    return FoundSignal(kind, value, title, at, f"https://news.ycombinator.com/item?id={ref}", sure)


def _kind(hit: Mapping[str, Any], title: str, domain: str) -> tuple[str, str]:
    """What it is a sign of, and the value of that. The first line of a comment on hiring names the roles."""
    comment, tags = _plain(hit.get("comment_text")), hit.get("_tags")
    if comment and _HIRING.search(title):
        return "hiring", comment.partition("\n")[0][:LONGEST]
    if isinstance(tags, list) and "job" in tags:
        return "hiring", title[:LONGEST]
    if not comment and _LAUNCH.match(title) and (_is_own(hit, domain) or not domain):
        return "launch", "hacker_news"
    return "mention", "hacker_news"


def _plain(value: Any) -> str:
    """A text without its marks; paragraphs are lines."""
    return html.unescape(_MARK.sub("", text(value).replace("<p>", "\n"))).strip()
