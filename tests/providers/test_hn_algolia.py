"""Hacker News, against the answers its search promises."""

from datetime import date

import pytest

from leadboard.domain.found import AskedCompany, FoundSignal
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.hn_algolia import HackerNews
from tests.support.services import wired

HELIX = AskedCompany("Helix Forge", "helixforge.example")
SHOW = {
    "objectID": "44000001",
    "title": "Show HN: Helix Forge",
    "url": "https://www.helixforge.example",
    "author": "mlinek",
    "points": 88,
    "created_at": "2026-08-20T10:00:00Z",
    "created_at_i": 1_787_220_000,
    "story_text": None,
    "_tags": ["story", "author_mlinek", "story_44000001", "show_hn"],
}
COMMENT = {
    "objectID": "44000002",
    "title": None,
    "url": None,
    "comment_text": 'Helix Forge | Engineer | Boston<p>See <a href="https:&#x2F;&#x2F;helixforge.example">us</a>',
    "story_title": "Ask HN: Who is hiring? (August 2026)",
    "story_id": 44000000,
    "created_at": "2026-08-03T10:00:00Z",
    "_tags": ["comment", "author_mlinek", "story_44000000"],
}


def found(*hits):
    return {"hits": list(hits), "nbHits": len(hits), "page": 0, "nbPages": 1, "hitsPerPage": 50}


async def test_what_was_last_written_about_a_domain_is_asked_for_once():
    news, asked = wired(HackerNews, found(SHOW, COMMENT))
    answer = await news.signals(HELIX)
    assert asked.asked == ["GET https://hn.algolia.com/api/v1/search_by_date"]
    assert asked.query() == {"query": '"helixforge.example"', "tags": "(story,comment,job)", "hitsPerPage": "50"}
    item = "https://news.ycombinator.com/item?id="
    hiring, roles = "Ask HN: Who is hiring? (August 2026)", "Helix Forge | Engineer | Boston"
    assert answer.items == (
        FoundSignal("launch", "hacker_news", "Show HN: Helix Forge", date(2026, 8, 20), f"{item}44000001", 0.9),
        FoundSignal("hiring", roles, hiring, date(2026, 8, 3), f"{item}44000002", 0.7),
    )


@pytest.mark.parametrize(
    ("changes", "kind", "value"),
    [
        ({"title": "Launch HN: Helix Forge (YC S26)"}, "launch", "hacker_news"),
        ({"title": "Helix Forge is hiring biologists", "_tags": ["job"]}, "hiring", "Helix Forge is hiring biologists"),
        ({"title": "Proteins, folded"}, "mention", "hacker_news"),
        ({"title": "Show HN: A clone of helixforge.example", "url": "https://clone.example"}, "mention", "hacker_news"),
        ({"title": None, "url": None, "comment_text": "I like helixforge.example"}, "mention", "hacker_news"),
    ],
)
async def test_what_is_written_is_told_apart(changes, kind, value):
    news, _ = wired(HackerNews, found({**SHOW, **changes}))
    (signal,) = (await news.signals(HELIX)).items
    assert (signal.kind, signal.value) == (kind, value)


async def test_what_does_not_name_the_company_is_left_out():
    other = {**SHOW, "url": "https://helixforges.example", "title": "Helix Forges"}
    news, _ = wired(HackerNews, found(other, {**SHOW, "objectID": "x/../y"}, "odd", None, {}))
    assert (await news.signals(HELIX)).items == ()


async def test_without_a_domain_the_name_is_asked_for_and_is_less_sure():
    news, asked = wired(HackerNews, found(SHOW, {**SHOW, "title": "Helix and forge"}))
    (signal,) = (await news.signals(AskedCompany('Helix "Forge"'))).items
    assert (signal.kind, signal.confidence) == ("launch", 0.5)
    assert asked.query()["query"] == '"Helix  Forge"'
    nameless, asked = wired(HackerNews, found(SHOW))
    assert (await nameless.signals(AskedCompany())).items == ()
    assert asked.requests == []


async def test_nothing_written_is_a_miss():
    assert (await wired(HackerNews, found())[0].signals(HELIX)).items == ()


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, {"code": 400, "message": "invalid numeric attribute(points)"}), Misasked),
        ((403, "Forbidden"), KeyRefused),
        ((429, ""), TryLater),
        ((503, ""), Outage),
        ((404, ""), Garbled),
        ({"hits": {}}, Garbled),
        ("<html>", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    news, _ = wired(HackerNews, answer)
    with pytest.raises(raised):
        await news.signals(HELIX)


async def test_the_search_is_tried():
    assert (await wired(HackerNews, found(SHOW))[0].check()).ok
    with pytest.raises(Garbled):
        await wired(HackerNews, [])[0].check()
