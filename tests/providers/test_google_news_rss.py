"""Google News, against the feed that it sends without a promise."""

from datetime import date

import httpx
import pytest

from leadboard.domain.found import AskedCompany, FoundSignal
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, Misasked, Outage
from leadboard.providers.google_news_rss import GoogleNews
from tests.support.services import wired

HELIX = AskedCompany("Helix Forge", "helixforge.example", "GB")


def item(title="Helix Forge raises $20m - Example Times", link="https://news.google.com/rss/articles/CBMiExample?oc=5"):
    return (
        f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">CBMiExample</guid>'
        '<pubDate>Thu, 20 Aug 2026 07:00:00 GMT</pubDate><description>&lt;a href="..."&gt;x&lt;/a&gt;</description>'
        '<source url="https://www.example-times.example">Example Times</source></item>'
    )


def feed(*items):
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><rss version="2.0"><channel>'
        f'<title>"Helix Forge" - Google News</title><language>en-GB</language>{"".join(items)}</channel></rss>'
    )


async def test_news_of_a_company_come_with_publisher_and_day():
    news, asked = wired(GoogleNews, feed(item()))
    answer = await news.signals(HELIX)
    assert asked.asked == ["GET https://news.google.com/rss/search"]
    assert asked.query() == {"q": '"Helix Forge" when:90d', "hl": "en-GB", "gl": "GB", "ceid": "GB:en"}
    title = "Helix Forge raises $20m - Example Times"
    source = "https://news.google.com/rss/articles/CBMiExample?oc=5"
    assert answer.items == (FoundSignal("funding", "Helix Forge raises $20m", title, date(2026, 8, 20), source, 0.7),)


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Helix Forge closes Series B round", "funding"),
        ("Helix Forge opens new office in Leeds", "expansion"),
        ("Helix Forge acquired by Example Corp", "deal"),
        ("Ada Byron appointed to lead Helix Forge", "leadership"),
        ("What Helix Forge learned about folding", "news"),
    ],
)
async def test_the_words_of_a_headline_tell_what_it_is_a_sign_of(headline, kind):
    news, _ = wired(GoogleNews, feed(item(f"{headline} - Example Times")))
    (signal,) = (await news.signals(HELIX)).items
    assert (signal.kind, signal.value) == (kind, headline)


@pytest.mark.parametrize(("country", "edition"), [("AU", "AU:en"), ("US", "US:en"), ("DE", "US:en"), ("", "US:en")])
async def test_an_edition_is_asked_for_whose_parameters_match(country, edition):
    news, asked = wired(GoogleNews, feed())
    assert (await news.signals(AskedCompany("Helix Forge", country=country))).items == ()
    query = asked.query()
    assert (query["ceid"], f"{query['gl']}:{query['hl'][:2]}") == (edition, edition)


async def test_a_headline_that_does_not_name_the_company_is_left_out():
    others = [item("Helix raises $20m - Example Times"), item(""), "<item/>", "<item><title/></item>"]
    news, _ = wired(GoogleNews, feed(*others))
    assert (await news.signals(HELIX)).items == ()


async def test_what_is_odd_about_an_item_is_left_out():
    odd = "<item><title>Helix Forge folds</title><link>javascript:alert(1)</link><pubDate>lately</pubDate></item>"
    news, _ = wired(GoogleNews, feed(odd))
    assert (await news.signals(HELIX)).items == (
        FoundSignal("news", "Helix Forge folds", "Helix Forge folds", confidence=0.7),
    )


async def test_a_feed_cannot_make_us_read_or_fetch_anything_else():
    declared = '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY a "Helix Forge">]>'
    news, asked = wired(GoogleNews, declared + feed(item("Helix Forge &file;")).split("?>", 1)[1])
    answer = await news.signals(HELIX)
    assert "root:" not in str(answer.items)
    assert len(asked.requests) == 1


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((403, "<html>Sorry</html>"), TryLater),
        ((429, "<html>Sorry</html>"), TryLater),
        ((503, "<html>Sorry</html>"), TryLater),
        ((302, "", {"Location": "https://consent.google.com/m"}), Outage),
        ((500, ""), Outage),
        ((400, ""), Misasked),
        (httpx.ConnectError("refused"), Outage),
        ("<html><body>Before you continue</body></html>", Garbled),
        ("<html><br></html>", Garbled),
        ("", Garbled),
        ({"items": []}, Garbled),
        ((404, ""), Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    news, _ = wired(GoogleNews, answer)
    with pytest.raises(raised):
        await news.signals(HELIX)


async def test_who_was_turned_away_leaves_it_alone_for_ten_minutes(waits):
    news, asked = wired(GoogleNews, (503, "<html>Sorry</html>"))
    with pytest.raises(TryLater) as later:
        await news.signals(HELIX)
    assert (later.value.seconds, waits, len(asked.requests)) == (600, [], 1)


async def test_the_feed_is_tried_and_nobody_is_asked_about_without_a_name():
    news, asked = wired(GoogleNews, feed())
    assert (await news.check()).ok
    assert (await news.signals(AskedCompany(domain="helixforge.example"))).items == ()
    assert asked.asked == ["GET https://news.google.com/rss"]
