"""Google News in the demo world: a feed of what papers wrote."""

import re
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from lxml.builder import E

from leadboard.domain.words import mentions
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply
from leadboard.sandbox.world import News, on

MOST = 100
"""Items of a feed."""
_WHEN = re.compile(r"\bwhen:(\d+)([hdmy])\b")
_DAYS = {"h": 1 / 24, "d": 1, "m": 30, "y": 365}


def search(asked: Asked) -> Reply:
    """News whose headline holds the phrase, not older than `when:` says."""
    query = asked.query.get("q", "")
    when = _WHEN.search(query)
    oldest = int(when[1]) * _DAYS[when[2]] if when else 365 * 30
    phrase = _WHEN.sub("", query).replace('"', " ")
    found = [
        (each, company.domain)
        for company in asked.world.companies
        for each in asked.world.news(company.domain)
        if each.days_ago <= oldest and mentions(each.title, phrase)
    ]
    return _feed(asked, query, found)


def headlines(asked: Asked) -> Reply:
    """What was written last, whoever it is about."""
    found = [(each, company.domain) for company in asked.world.companies for each in asked.world.news(company.domain)]
    return _feed(asked, "Top stories", found)


def _feed(asked: Asked, title: str, found: list[tuple[News, str]]) -> Reply:
    items = [_item(each, domain, asked) for each, domain in sorted(found, key=lambda pair: pair[0].days_ago)[:MOST]]
    channel = E.channel(
        E.generator("NFE/5.0"),
        E.title(f"{title} - Google News"),
        E.link("https://news.google.com/search"),
        E.language(asked.query.get("hl", "en-US")),
        *items,
    )
    feed = etree.tostring(E.rss(channel, version="2.0"), xml_declaration=True, encoding="UTF-8")
    return Reply(200, feed, {"Content-Type": "application/xml; charset=utf-8"})


def _item(news: News, domain: str, asked: Asked) -> Any:
    """The address is one of Google's own; the article's is not told."""
    title = f"{news.title} - {news.publisher}"
    ref = "CBMi" + f"{domain}{news.days_ago}{news.kind}".encode().hex()[:60]
    link = f"https://news.google.com/rss/articles/{ref}?oc=5"
    at = datetime.combine(on(news.days_ago, asked.today), time(7), UTC)
    home = "https://" + "-".join(re.findall(r"\w+", news.publisher.lower())) + ".example"
    return E.item(
        E.title(title),
        E.link(link),
        E.guid(ref, isPermaLink="false"),
        E.pubDate(format_datetime(at, usegmt=True)),
        E.description(etree.tostring(E.a(news.title, href=link), encoding="unicode")),
        E.source(news.publisher, url=home),
    )


API = Api(
    name="google_news_rss",
    hosts=("news.google.com",),
    routes={"GET /rss/search": search, "GET /rss": headlines},
    too_many=Reply(429, "<html><title>Sorry...</title></html>", {"Content-Type": "text/html", **SLOW}),
)
