"""The ways into the demo world: within this process, over a port, and through the fetcher of websites."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from leadboard.domain.found import AskedCompany
from leadboard.errors import ProviderError
from leadboard.providers.base import Outage
from leadboard.providers.fetcher import Fetcher
from leadboard.providers.hunter import Hunter
from leadboard.providers.leadmagic import LeadMagic
from leadboard.providers.wire import Wire
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.knowledge import companies
from leadboard.sandbox.sites import Flaw, flaws
from leadboard.sandbox.transport import DemoSites, in_process, to_server, when_asked
from leadboard.sandbox.world import World


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A demo world of its own process, in which Hunter is down."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "leadboard.sandbox", "--port", str(port), "--down", "hunter")
    process = subprocess.Popen(command, env=os.environ | {"PYTHONHASHSEED": "1"})
    try:
        _wait_for(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("The demo world did not come up.")


async def test_a_process_serves_the_same_world(port: int, world: World, sandbox: Sandbox):
    company = companies(world, "leadmagic", world.companies)[0]
    asked = AskedCompany(company.name, company.domain)
    answers = []
    for transport in (in_process(sandbox), to_server(port)):
        async with Wire(transport=transport) as wire:
            answers.append(await LeadMagic(wire, "demo").company(asked))
    assert answers[0] == answers[1]
    assert answers[0].micros > 0


async def test_a_process_tells_what_was_paid_and_what_is_down(port: int):
    async with Wire(transport=to_server(port)) as wire:
        before = await _told(port)
        with pytest.raises(Outage):
            await Hunter(wire, "demo").check()
        await LeadMagic(wire, "demo").company(AskedCompany("", "nowhere.example"))
        await LeadMagic(wire, "demo").verify("somebody@nowhere.example")
        after = await _told(port)
    assert after["calls"]["leadmagic"] - before["calls"].get("leadmagic", 0) == 2
    assert "hunter" not in after["calls"]
    fresh = [each for each in after["paid"] if each not in before["paid"]]
    assert [(service, path, times) for service, _, path, _, times in fresh] == [
        ("leadmagic", "/v1/people/email-validation", 1)
    ]


async def _told(port: int) -> dict:
    async with httpx.AsyncClient(transport=to_server(port)) as client:
        return (await client.get("http://sandbox.localhost/__paid")).json()


@pytest.mark.parametrize("way", ["in_process", "to_server"])
async def test_a_name_that_there_is_not_cannot_be_reached(way: str, port: int, sandbox: Sandbox):
    transport = in_process(sandbox) if way == "in_process" else to_server(port)
    async with httpx.AsyncClient(transport=transport) as client:
        for name in ("api.nowhere.com", "nobody.example", "127.0.0.1"):
            with pytest.raises(httpx.ConnectError):
                await client.get(f"https://{name}/")


async def test_a_world_is_made_with_the_first_question(world: World):
    made: list[httpx.AsyncBaseTransport] = []

    def make() -> httpx.AsyncBaseTransport:
        made.append(DemoSites(world.seed)())
        return made[-1]

    async with Wire(transport=when_asked(make)) as wire:
        assert not made
        assert (await LeadMagic(wire, "demo").check()).ok
        assert (await LeadMagic(wire, "demo").check()).ok
    assert len(made) == 1


async def test_websites_are_fetched_under_the_rules_for_all_websites(world: World):
    by_flaw = {flaw: domain for domain, flaw in flaws(world).items()}
    async with Fetcher(transport=pickle.loads(pickle.dumps(DemoSites(world.seed)))()) as fetcher:
        page = await fetcher.get(f"https://{by_flaw[Flaw.NONE]}/")
        assert (page.status, page.content_type, page.charset) == (200, "text/html", "utf-8")
        assert world.by_domain[by_flaw[Flaw.NONE]].phone.encode() in page.body
        async with fetcher.visitor() as visitor:
            assert (await visitor.get(f"https://{by_flaw[Flaw.NONE]}/nothing")).status == 404
        assert (await fetcher.get(f"https://{by_flaw[Flaw.GONE]}/")).status == 503
        with pytest.raises(ProviderError, match="could not be reached"):
            await fetcher.get("https://leadboard.com/")
