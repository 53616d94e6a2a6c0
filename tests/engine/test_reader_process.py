"""Websites read in a process of its own: the same facts, the same errors, and it never outlives who started it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from leadboard.bench.loopback import LoopbackResolver, Sites, SiteServer
from leadboard.bench.sites import GeneratedSites
from leadboard.engine.agents.base import Known, LeadFacts
from leadboard.engine.reader_process import ReaderProcess
from leadboard.engine.site_reader import SiteReader
from leadboard.engine.thinking import Brief, think
from leadboard.errors import TryLater
from leadboard.providers.addresses import PublicResolver
from leadboard.providers.fetcher import Fetcher
from leadboard.sandbox.sites import flaws
from leadboard.sandbox.transport import DemoSites
from leadboard.sandbox.world import World
from tests.support.enrichment import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

GENERATED = GeneratedSites(2)
ONE, OTHER = GENERATED.domains
SITES: Sites = {
    **GENERATED,
    "busy.example": {"/": (429, {"Retry-After": "7"}, "")},
    "closed.example": {"/robots.txt": "User-agent: *\nDisallow: /", "/": "secret"},
}


class SlowResolver(LoopbackResolver):
    """Knows every website but `slow.example`, whose look-up never ends."""

    async def __call__(self, host: str, port: int):
        return await (asyncio.Event().wait() if host == "slow.example" else super().__call__(host, port))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[SiteServer]:
    """The websites on loopback."""
    async with SiteServer(SITES) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader(server) -> AsyncIterator[ReaderProcess]:
    """The process, at work: one for the whole file, since it starts for seconds."""
    resolver = SlowResolver(frozenset(SITES), {80: server.port})
    async with ReaderProcess(resolver, world=DemoSites()) as running:
        await running.ready()
        yield running


async def test_it_stands_back_behind_the_process_that_shows_pages(reader):
    assert os.getpriority(os.PRIO_PROCESS, reader.pid) > os.getpriority(os.PRIO_PROCESS, 0)


async def test_it_reads_what_a_reader_on_this_loop_reads(reader, server, pool):
    async with Fetcher(server.resolver) as fetcher:
        here = await SiteReader(fetcher, pool).read(f"http://{ONE}/", "US")
    there = await reader.read(f"http://{ONE}/", "US")
    assert there.said == here.said == "Read 6 pages."
    assert there.site["pages"] == here.site["pages"]


async def test_agents_come_to_the_same_over_there(reader):
    read = await reader.read(f"http://{ONE}/", "US")
    brief = Brief(Known(LeadFacts(name="One", domain=ONE), date(2026, 7, 1)), read.site["pages"])
    here, there = think(brief), await reader.think(brief)
    assert json.loads(json.dumps(there[2:])) == json.loads(json.dumps(here[2:]))
    assert [(one.agent, one.ok, one.error, one.output) for one in there.results] == [
        (one.agent, one.ok, one.error, json.loads(json.dumps(one.output))) for one in here.results
    ]
    assert there.facts["phone"] == GENERATED.company(ONE).phone


async def test_what_cannot_be_sent_back_is_a_fault_and_keeps_nobody_waiting(reader):
    half_a_character = Brief(Known(LeadFacts(name="Ac\ud800me", what="Roofs"), date(2026, 7, 1)), [])
    with pytest.raises(RuntimeError, match="surrogates"):
        await reader.think(half_a_character)
    assert (await reader.read(f"http://{ONE}/", None)).site["pages"]


async def test_many_websites_are_read_at_once_each_for_who_asked(reader):
    one, other, closed = await asyncio.gather(
        *(reader.read(f"http://{d}/", None) for d in (ONE, OTHER, "closed.example"))
    )
    assert {page["url"].split("/")[2] for page in one.site["pages"]} == {ONE}
    assert {page["url"].split("/")[2] for page in other.site["pages"]} == {OTHER}
    assert closed.site["error"] == closed.said == "The website's robots.txt asks not to read this page."


async def test_the_patience_a_website_asks_for_arrives(reader):
    with pytest.raises(TryLater) as told:
        await reader.read("http://busy.example/", None)
    assert told.value.seconds == 7


async def test_the_demo_world_is_read_for_who_may_and_its_names_are_unknown_to_all_others(reader):
    world = World()
    company = next(each for each in world.companies if not flaws(world)[each.domain])
    inside, outside = await asyncio.gather(*(reader.read(company.domain, "GB", demo) for demo in (True, False)))
    assert company.phone in {phone["value"] for page in inside.site["pages"] for phone in page["phones"]}
    assert (outside.site["pages"], "the name is not known" in outside.said) == ([], True)


async def test_nothing_but_the_demo_world_is_reached_through_it(reader):
    real = await reader.read(f"http://{ONE}/", "US", True)
    assert "could not be reached" in real.said


async def test_this_machine_is_out_of_reach_with_the_resolver_of_the_product():
    async with ReaderProcess(PublicResolver(lookup=loopback)) as reader:
        read = await reader.read("http://inside.example/", None)
    assert "private network" in read.said


async def loopback(host: str) -> list[str]:
    return ["127.0.0.1"]


async def test_a_cancelled_reading_leaves_the_others_alone(reader):
    slow = asyncio.create_task(reader.read("http://slow.example/", None))
    await asyncio.sleep(0)
    slow.cancel()
    with pytest.raises(asyncio.CancelledError):
        await slow
    assert (await reader.read(f"http://{ONE}/", None)).site["pages"]


async def test_when_the_process_dies_readers_are_told_to_try_later_and_the_next_one_reads(reader):
    slow = asyncio.create_task(reader.read("http://slow.example/", None))
    await asyncio.sleep(0)
    os.kill(reader.pid, signal.SIGKILL)
    with pytest.raises(TryLater):
        await slow
    assert (await reader.read(f"http://{ONE}/", None)).site["pages"]


async def test_it_ends_when_who_started_it_is_killed():
    script = (
        "import asyncio\nfrom leadboard.engine.reader_process import ReaderProcess\n"
        "from leadboard.providers.addresses import PublicResolver\n"
        "async def main():\n"
        "    async with ReaderProcess(PublicResolver()) as reader:\n"
        "        await reader.ready()\n"
        "        print(reader.pid, flush=True)\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    await until(lambda: asyncio.to_thread(_has_ended, child))


def _has_ended(pid: int) -> bool:
    """Whether a process is gone, or only waits for somebody to ask how it ended."""
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True
