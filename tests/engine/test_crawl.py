"""A crawl over saved sites on loopback: what is read, in which order, what is left out and how that is said."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import pytest

from leadboard.bench.loopback import Answer
from leadboard.bench.sites import GeneratedSites
from leadboard.engine.crawl import Crawl, Limits, Why, crawl, spellings
from leadboard.errors import ProviderError, Refused, TryLater
from leadboard.providers.fetcher import Fetcher, Page
from tests.site_server import RudeServer, SiteServer

HREF = re.compile(r'<a href="([^"]*)">([^<]*)</a>')


@dataclass(frozen=True)
class Link:
    url: str
    text: str


@dataclass(frozen=True)
class Facts:
    """The little that a crawl asks of a page."""

    links: tuple[Link, ...]


async def read(page: Page) -> Facts:
    if b"unreadable" in page.body:
        raise Refused("This page could not be read.", code="unreadable_page")
    return Facts(tuple(Link(urljoin(page.final_url, url), text) for url, text in HREF.findall(page.body.decode())))


def linking(*paths: str) -> str:
    return "".join(f'<a href="{path}">x</a>' for path in paths)


async def crawled(
    sites: Mapping[str, Mapping[str, Answer]], start: str = "acme.example", limits: Limits | None = None
) -> Crawl[Facts]:
    async with SiteServer(sites) as server, Fetcher(server.resolver) as fetcher:
        return await crawl(fetcher, start, read, limits)


def paths(crawl: Crawl[Facts]) -> list[str]:
    return [visited.url.removeprefix("http://acme.example") for visited in crawl.pages]


def left_out(crawl: Crawl[Facts]) -> dict[str, Why]:
    return {skipped.url.removeprefix("http://acme.example"): skipped.why for skipped in crawl.skipped}


async def test_reads_a_whole_small_site_the_telling_pages_first():
    async with SiteServer(GeneratedSites(1)) as server, Fetcher(server.resolver) as fetcher:
        found = await crawl(fetcher, "company-0001.example", read)

    assert [visited.url.removeprefix("http://company-0001.example") for visited in found.pages] == [
        *("/", "/about", "/team", "/contact", "/services", "/careers")
    ]
    assert found.start == "http://company-0001.example/"
    assert (found.skipped, found.tier, found.said) == ((), "static", "Read 6 pages.")


async def test_each_page_is_read_once_however_it_is_linked():
    home = linking("/", "/index.html", "/#top", "/team", "/team/", "/team#ada", "/team?utm_source=x", "/old-team")
    site: dict[str, Answer] = {"/": home, "/team": linking("/"), "/old-team": (301, {"Location": "/team"}, "")}

    found = await crawled({"acme.example": site})

    assert paths(found) == ["/", "/team"]


async def test_other_sites_are_never_visited():
    sites = {
        "acme.example": {
            "/": linking("http://other.example/", "http://jobs.acme.example/", "/away", "mailto:a@acme.example"),
            "/away": (302, {"Location": "http://other.example/"}, ""),
        },
        "jobs.acme.example": {"/": "jobs"},
        "other.example": {"/": "other"},
    }
    async with SiteServer(sites) as server, Fetcher(server.resolver) as fetcher:
        found = await crawl(fetcher, "acme.example", read)

    assert {visited.url for visited in found.pages} == {"http://acme.example/", "http://jobs.acme.example/"}
    assert left_out(found) == {"/away": Why.FAILED}
    assert "other.example" not in {host for host, _ in server.asked}


async def test_everything_left_out_has_its_reason():
    site: dict[str, Answer] = {
        "/robots.txt": "User-agent: *\nDisallow: /closed",
        "/": linking("/closed", "/gone", "/flyer.pdf", "/data", "/broken", "/hop"),
        "/data": (200, {"Content-Type": "application/json"}, "{}"),
        "/broken": "unreadable",
        "/hop": (302, {"Location": "/closed/in"}, ""),
    }

    found = await crawled({"acme.example": site})

    assert left_out(found) == {
        "/closed": Why.ROBOTS,
        "/gone": Why.FAILED,
        "/flyer.pdf": Why.TYPE,
        "/data": Why.FAILED,
        "/broken": Why.UNREADABLE,
        "/hop": Why.ROBOTS,
    }
    assert found.said.startswith("Read 1 page. Left out: 2 ")
    assert all(skipped.sentence.endswith(".") for skipped in found.skipped)


async def test_reads_no_more_pages_and_goes_no_deeper_than_the_limits():
    site: dict[str, Answer] = {"/": linking(*(f"/p{n}" for n in range(30)), "/team")}
    site |= {f"/p{n}": "x" for n in range(30)} | {"/team": linking("/team/a"), "/team/a": linking("/team/a/b")}

    found = await crawled({"acme.example": site}, limits=Limits(pages=5))

    assert paths(found)[:2] == ["/", "/team"]
    assert len(found.pages) == 5
    assert list(left_out(found).values()).count(Why.PAGES) == 28  # of 33 pages of the site
    found = await crawled({"acme.example": site | {"/": linking("/team")}})
    assert paths(found) == ["/", "/team", "/team/a"]
    assert left_out(found) == {"/team/a/b": Why.DEPTH}


async def test_what_was_read_before_the_time_was_up_is_kept():
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            if b"GET /slow" in head:
                await reader.read()
            body = b"" if b"robots" in head else linking("/slow", "/other").encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    async with RudeServer(behave, "acme.example") as server, Fetcher(server.resolver) as fetcher:
        found = await crawl(fetcher, "http://acme.example/", read, Limits(site_seconds=0.5, at_once=1))
        alone = await crawl(fetcher, "http://acme.example/", read, Limits(page_seconds=0.3, at_once=1))

    assert paths(found) == ["/"]
    assert left_out(found) == {"/slow": Why.TIME, "/other": Why.TIME}
    assert paths(alone) == ["/", "/other"]
    assert left_out(alone) == {"/slow": Why.FAILED}


async def test_a_site_that_asks_for_fewer_visits_is_left():
    site: dict[str, Answer] = {"/": linking("/about", "/team", "/x"), "/about": (429, {}, ""), "/team": "x", "/x": "x"}

    found = await crawled({"acme.example": site}, limits=Limits(at_once=1))

    assert paths(found) == ["/"]
    assert set(left_out(found).values()) == {Why.BUSY}
    assert len(found.skipped) == 3


@pytest.mark.parametrize(
    ("start", "tried"),
    [
        ("acme.example", "https://a/ http://a/ https://www.a/ http://www.a/"),
        ("www.acme.example", "https://www.a/ http://www.a/"),
        ("http://acme.example/x", "http://a/x https://a/ http://a/ https://www.a/ http://www.a/"),
        (" acme.example/x ", "https://a/x http://a/x https://a/ http://a/ https://www.a/ http://www.a/"),
    ],
)
def test_a_website_is_looked_for_on_https_then_http_then_www(start, tried):
    assert [str(url).replace("acme.example", "a") for url in spellings(start)] == tried.split()


async def test_a_site_that_only_answers_with_www_is_found():
    found = await crawled({"www.acme.example": {"/": "x"}})

    assert found.start == "http://www.acme.example/"


@pytest.mark.parametrize(
    ("sites", "error", "sentence"),
    [
        ({}, ProviderError, "not known"),
        ({"acme.example": {}}, ProviderError, "could not be reached"),
        ({"acme.example": {"/": "unreadable"}}, Refused, "could not be read"),
        ({"acme.example": {"/": "x", "/robots.txt": "User-agent: *\nDisallow: /"}}, Refused, r"robots\.txt"),
        ({"acme.example": {"/": "x", "/robots.txt": (500, {}, "")}}, Refused, r"robots\.txt"),
        ({"acme.example": {"/": (429, {}, "")}}, TryLater, "fewer visits"),
    ],
)
async def test_a_start_page_that_cannot_be_read_says_why(sites, error, sentence):
    with pytest.raises(error, match=sentence):
        await crawled(sites)


@pytest.mark.parametrize(
    "start", ["", "127.0.0.1", "localhost", "http://acme.example:81", "ftp://acme.example", "a b.com"]
)
async def test_an_address_that_is_never_opened_is_refused(start):
    with pytest.raises(Refused):
        await crawled({}, start)


async def test_equal_sites_are_read_equally():
    sites = GeneratedSites(3, seed=7)
    assert [dict(site) for site in sites.values()] == [dict(site) for site in GeneratedSites(3, seed=7).values()]
    assert dict(sites["company-0001.example"]) != dict(sites["company-0002.example"])
