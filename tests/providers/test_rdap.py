"""RDAP, against the answers that registries promise."""

import asyncio
from datetime import date

import pytest

from leadboard.domain.found import AskedCompany, FoundSignal
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, Misasked, Outage
from leadboard.providers.rdap import LIST_SECONDS, Rdap
from leadboard.providers.wire import Wire
from tests.support.services import Recorded, Slept, wired

BEAN = AskedCompany("Bean & Gone", "www.BeanAndGone.co.uk")
LIST = {
    "version": "1.0",
    "publication": "2026-09-01T00:00:00Z",
    "services": [
        [["com", "net"], ["https://rdap.verisign.example/com/v1/"]],
        [["uk"], ["http://rdap.nominet.example/uk/", "https://rdap.nominet.example/uk"]],
        [["old"], ["http://rdap.old.example/"]],
        [["xn--p1ai"], ["https://rdap.rf.example/"]],
    ],
}


def domain(*events):
    dated = [{"eventAction": action, "eventDate": moment} for action, moment in events]
    return {"objectClassName": "domain", "ldhName": "BEANANDGONE.CO.UK", "events": dated}


FOUND = domain(
    ("expiration", "2027-03-01T12:00:00Z"),
    ("registration", "2016-03-01T12:00:00Z"),
    ("last update of RDAP database", "2026-09-01T00:00:00Z"),
)


async def test_the_registry_of_the_ending_knows_since_when_a_domain_is_registered():
    rdap, asked = wired(Rdap, LIST, FOUND)
    answer = await rdap.signals(BEAN)
    source = "https://rdap.nominet.example/uk/domain/beanandgone.co.uk"
    assert asked.asked == ["GET https://data.iana.org/rdap/dns.json", f"GET {source}"]
    title = "beanandgone.co.uk was registered in March 2016"
    assert answer.items == (FoundSignal("age", "2016", title, date(2016, 3, 1), source, 0.95),)


async def test_a_domain_in_another_script_is_asked_for_in_its_ascii_form():
    rdap, asked = wired(Rdap, LIST, FOUND)
    await rdap.signals(AskedCompany(domain="кофе.рф"))
    assert asked.asked[-1] == "GET https://rdap.rf.example/domain/xn--e1ajmy.xn--p1ai"


@pytest.mark.parametrize("name", ["acme.old", "acme.example", "localhost", ""])
async def test_nothing_is_known_where_no_registry_can_be_asked_safely(name):
    rdap, asked = wired(Rdap, LIST, FOUND)
    assert (await rdap.signals(AskedCompany(domain=name))).items == ()
    assert asked.asked == ["GET https://data.iana.org/rdap/dns.json"]


@pytest.mark.parametrize(
    "answer",
    [
        (404, {"errorCode": 404, "title": "Not Found"}),
        (404, ""),
        (400, "<html>Bad request</html>"),
        domain(("expiration", "2027-03-01T12:00:00Z")),
        domain(("registration", "REDACTED")),
        domain(("registration", None)),
        {"objectClassName": "domain"},
    ],
)
async def test_a_registry_that_does_not_say_leaves_it_unknown(answer):
    rdap, _ = wired(Rdap, LIST, answer)
    assert (await rdap.signals(BEAN)).items == ()


@pytest.mark.parametrize(
    ("answers", "raised"),
    [
        ((LIST, (429, "", {"Retry-After": "90"})), TryLater),
        ((LIST, (503, "<h1>down</h1>")), Outage),
        ((LIST, "<html>"), Garbled),
        ((LIST, []), Garbled),
        ((LIST, {"events": {}}), Garbled),
        (({"services": []},), Garbled),
        (({"services": [[["com"], ["https://[bad", 7]], "odd", None]},), Garbled),
        (((404, ""),), Garbled),
        (("<html>",), Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answers, raised):
    rdap, _ = wired(Rdap, *answers)
    with pytest.raises(raised):
        await rdap.signals(BEAN)


async def test_nobody_is_followed_elsewhere():
    rdap, asked = wired(Rdap, LIST, (302, "", {"Location": "http://169.254.169.254/"}))
    with pytest.raises(Misasked):
        await rdap.signals(BEAN)
    assert len(asked.requests) == 2


async def test_the_list_of_registries_is_kept_for_a_day_for_everybody_on_the_wire():
    recorded, slept = Recorded([LIST, FOUND]), Slept()
    wire = Wire(transport=recorded, sleep=slept.sleep, clock=slept.clock)
    await asyncio.gather(*(Rdap(wire).signals(BEAN) for _ in range(3)))
    assert [address.rpartition("/")[2] for address in recorded.asked] == ["dns.json", *["beanandgone.co.uk"] * 3]
    slept.now += LIST_SECONDS
    recorded.answers[:] = [LIST, FOUND]
    await Rdap(wire).signals(BEAN)
    assert [address.rpartition("/")[2] for address in recorded.asked[4:]] == ["dns.json", "beanandgone.co.uk"]


async def test_a_list_that_could_not_be_read_is_not_kept(waits):
    recorded, slept = Recorded([{"services": []}, LIST, FOUND]), Slept()
    rdap = Rdap(Wire(transport=recorded, sleep=slept.sleep, clock=slept.clock))
    with pytest.raises(Garbled):
        await rdap.signals(BEAN)
    assert len((await rdap.signals(BEAN)).items) == 1


async def test_the_registries_are_counted():
    health = await wired(Rdap, LIST)[0].check()
    assert (health.ok, health.sentence) == (True, "The registries of 4 endings can be asked.")
