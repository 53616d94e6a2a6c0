"""Pages are parsed beside the event loop, by workers that can be killed."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pebble import ProcessPool

from leadboard.bench.sites import GeneratedSites
from leadboard.domain.site import read_page
from leadboard.engine import parse_pool
from leadboard.engine.parse_pool import ParsePool
from leadboard.errors import Refused, TryLater

URL = "https://acme.com/"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pool() -> AsyncIterator[ParsePool]:
    async with ParsePool(workers=1, seconds=1.0) as started:
        yield started


def _stall(html: bytes, *_: object) -> None:
    """Runs in the worker in the place of the reader: a page no parser ever gets through."""
    while True:
        html.count(b"x")


def _hoard(html: bytes, *_: object) -> int:
    """Runs in the worker: a page that wants more memory than there may be."""
    return len(html * 3_000_000_000)


async def _ticks(stop: asyncio.Event) -> int:
    count = 0
    while not stop.is_set():
        await asyncio.sleep(0.01)
        count += 1
    return count


@pytest.mark.asyncio(loop_scope="module")
async def test_parses_a_page(pool):
    facts = await pool.parse(b"<p>info@acme.com", URL)

    assert [found.value for found in facts.emails] == ["info@acme.com"]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "html",
    [
        rb'<script type="application/ld+json">{"@type": "Organization", "name": "Ac\ud800me"}</script>',
        rb'<meta charset="unicode_escape"><title>Acme</title><p>Ac\ud800me',
    ],
)
async def test_half_a_character_does_not_cost_the_page(pool, html):
    facts = await pool.parse(html + b"<p>info@acme.com", URL)

    assert [found.value for found in facts.emails] == ["info@acme.com"]


@pytest.mark.asyncio(loop_scope="module")
async def test_comes_back_as_it_was_read(pool):
    page = GeneratedSites(1)["company-0001.example"]["/team"]
    assert isinstance(page, str)

    assert await pool.parse(page.encode(), URL) == read_page(page, URL)


@pytest.mark.asyncio(loop_scope="module")
async def test_kills_a_stalled_worker_and_parses_the_next_page_while_the_loop_runs(pool, monkeypatch):
    stop = asyncio.Event()
    ticking = asyncio.create_task(_ticks(stop))
    monkeypatch.setattr(parse_pool, "_read", _stall)
    with pytest.raises(Refused, match="took longer than 1 second") as refused:
        await pool.parse(b"<p>x", URL)
    monkeypatch.undo()
    facts = await pool.parse(b"<p>info@acme.com", URL)
    stop.set()

    assert refused.value.code == "page_timeout"
    assert len(facts.emails) == 1
    assert await ticking > 5


@pytest.mark.asyncio(loop_scope="module")
async def test_a_worker_gets_no_more_memory_than_it_may_have(pool, monkeypatch):
    monkeypatch.setattr(parse_pool, "_read", _hoard)
    with pytest.raises(Refused, match="more memory"):
        await pool.parse(b"x", URL)
    monkeypatch.undo()

    assert (await pool.parse(b"<title>Acme</title>", URL)).title == "Acme"


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "html",
    [
        b"x" * 5_000_000,
        b"<div>" * 200_000,
        b"<p " + b" ".join(b"a%d=1" % n for n in range(40_000)) + b">",
        b"\x1f\x8b\x08\x00" * 100,
    ],
    ids=["5 MB", "deep", "attributes", "gzip"],
)
async def test_hostile_markup_is_refused_and_costs_no_worker(pool, html):
    with pytest.raises(Refused) as refused:
        await pool.parse(html, URL)

    assert refused.value.code == "unreadable_page"
    assert (await pool.parse(b"<title>Acme</title>", URL)).title == "Acme"


@pytest.mark.asyncio(loop_scope="module")
async def test_many_pages_at_once_are_all_parsed(pool):
    titles = [f"Acme {number}" for number in range(30)]
    facts = await asyncio.gather(*(pool.parse(f"<title>{title}</title>".encode(), URL) for title in titles))

    assert [one.title for one in facts] == titles


async def test_stops_though_a_worker_is_stalled(monkeypatch):
    pool = ParsePool(workers=1, seconds=60)
    await pool.start()
    await pool.start()
    monkeypatch.setattr(parse_pool, "_read", _stall)
    task = asyncio.create_task(pool.parse(b"x", URL))
    await asyncio.sleep(0.2)
    await pool.stop()
    await pool.stop()

    with pytest.raises(TryLater, match="is stopping"):
        await task
    with pytest.raises(RuntimeError, match="not been started"):
        await pool.parse(b"x", URL)


def test_the_pool_still_has_what_this_rests_on():
    assert {"schedule", "stop", "join"} <= set(dir(ProcessPool))
