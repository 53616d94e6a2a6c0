"""What every provider does with an answer: which failure is worth another attempt, and what the caller learns."""

import asyncio

import httpx
import pytest
import structlog
from structlog.testing import capture_logs

from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.errors import Refused, TryLater
from leadboard.providers import wire
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, Provider, QuotaUsed
from leadboard.providers.wire import Pacer, Wire
from tests.support.services import CONTACT, KEY, Recorded, Slept, wired


class Oracle(Provider):
    """A service that exists only here."""

    service = Service(
        "oracle", "Oracle", "https://oracle.example", KeyKind.PAID, (Offer(Task.COMPANY, micros=7),), Pace(1)
    )
    base_url = "https://api.oracle.example/v1/"

    def headers(self):
        return {"X-Key": self._key}


class Shy(Oracle):
    service = Service("shy", "Shy", "https://shy.example", KeyKind.NONE, (), Pace(10), identified=True)


async def test_a_question_goes_out_with_its_key_and_without_what_is_not_given():
    oracle, asked = wired(Oracle, {"name": "Acme"})
    reply = await oracle.get("company", domain="acme.example", name="", country=None)
    assert reply is not None
    assert reply.data == {"name": "Acme"}
    assert str(asked.requests[0].url) == "https://api.oracle.example/v1/company?domain=acme.example"
    assert asked.requests[0].headers["x-key"] == KEY
    assert asked.requests[0].headers["user-agent"] == f"leadboard/0.1 ({CONTACT})"


async def test_a_miss_is_nothing_and_costs_nothing():
    oracle, _ = wired(Oracle, (404, "no such company"))
    reply = await oracle.get("company")
    assert reply is None
    assert oracle.answer(Task.COMPANY, (), reply).micros == 0


async def test_acceptance_5_429_is_tried_again_after_1_and_2_seconds(waits):
    oracle, asked = wired(Oracle, (429, ""), (429, ""), {"name": "Acme"})
    assert await oracle.get("company") is not None
    assert (waits, len(asked.requests)) == ([1, 2], 3)


async def test_acceptance_5_four_429_go_on_to_the_next_provider(waits):
    oracle, asked = wired(Oracle, (429, ""))
    with pytest.raises(TryLater, match="Oracle asked for fewer questions"):
        await oracle.get("company")
    assert (waits, len(asked.requests)) == ([1, 2, 4], 4)


async def test_the_service_knows_best_how_long_to_wait(waits):
    oracle, _ = wired(Oracle, (429, "", {"Retry-After": "17"}), {"name": "Acme"})
    assert await oracle.get("company") is not None
    assert waits == [17]


async def test_nobody_waits_more_than_a_minute_for_one_question(waits):
    oracle, asked = wired(Oracle, (429, "", {"Retry-After": "61"}))
    with pytest.raises(TryLater) as later:
        await oracle.get("company")
    assert (later.value.seconds, waits, len(asked.requests)) == (61, [], 1)


@pytest.mark.parametrize(
    "failure", [(500, "<h1>Oops</h1>"), (503, ""), httpx.ConnectError("refused"), httpx.ReadError("cut")]
)
async def test_an_outage_is_tried_once_more_after_a_second(waits, failure):
    oracle, asked = wired(Oracle, failure)
    with pytest.raises(Outage):
        await oracle.get("company")
    assert (waits, len(asked.requests)) == ([1], 2)
    again, _ = wired(Oracle, failure, {"name": "Acme"})
    assert await again.get("company") is not None


@pytest.mark.parametrize(
    ("status", "error", "sentence"),
    [
        (401, KeyRefused, "Oracle did not accept the key"),
        (403, KeyRefused, "Oracle did not accept the key"),
        (402, QuotaUsed, "the plan is used up"),
        (400, Misasked, "status 400"),
        (422, Misasked, "status 422"),
        (302, Misasked, "status 302"),
    ],
)
async def test_other_failures_are_not_tried_again(waits, status, error, sentence):
    oracle, asked = wired(Oracle, (status, {"error": {"message": "Upgrade your plan"}}))
    with pytest.raises(error, match=sentence) as raised:
        await oracle.get("company")
    assert (raised.value.status, raised.value.said) == (status, "Upgrade your plan")
    assert (waits, len(asked.requests)) == ([], 1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Invalid API key.", "Invalid API key."),
        ({"errors": [{"id": "x", "details": "No such key"}]}, "No such key"),
        ({"message": "over\n  the limit"}, "over the limit"),
        ({"title": "Forbidden", "status": 401}, "Forbidden"),
        ("<html><b>Not for you</b></html>", ""),
        ({"odd": 1}, ""),
        (f"The key {KEY} is unknown", "The key [key] is unknown"),
        ("x" * 400, "x" * 300),
    ],
)
async def test_the_services_own_words_are_kept_short_and_without_our_key(body, said):
    oracle, _ = wired(Oracle, (401, body))
    with pytest.raises(KeyRefused) as raised:
        await oracle.get("company")
    assert raised.value.said == said


@pytest.mark.parametrize("body", ["<html>", "[1]", '"text"', "", "{"])
async def test_an_answer_that_is_none_is_said_to_be_garbled(body):
    oracle, _ = wired(Oracle, body)
    reply = await oracle.get("company")
    assert reply is not None
    with pytest.raises(Garbled):
        oracle.data(reply, dict)


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a": NaN}', '{"a": 1e999}', '{"a": "\\ud800"}', "1" * 5_000])
async def test_what_cannot_be_kept_is_no_json(body):
    oracle, _ = wired(Oracle, body)
    reply = await oracle.get("company")
    assert reply is not None
    assert reply.data is None


async def test_a_nul_is_left_out_of_texts():
    oracle, _ = wired(Oracle, r'{"name": "A\u0000c\\u0000me\\\u0000"}')
    reply = await oracle.get("company")
    assert reply is not None
    assert reply.data == {"name": "Ac\\u0000me\\"}


@pytest.mark.parametrize("status", [401, 403])
async def test_a_service_that_asks_for_no_key_cannot_refuse_it(status):
    shy, _ = wired(Shy, (status, "Forbidden"), key="")
    with pytest.raises(KeyRefused, match="Shy turned us away"):
        await shy.get("company")


async def test_a_key_may_be_optional():
    class Open(Oracle):
        service = Service("open", "Open", "https://open.example", KeyKind.OPTIONAL, (), Pace(10))

    for key in ("", KEY):
        assert await wired(Open, {}, key=key)[0].get("company") is not None


async def test_what_is_kept_of_an_answer_is_short_and_without_our_key():
    oracle, _ = wired(Oracle, "x" * 19_995 + KEY + "x" * 9_000)
    answer = oracle.answer(Task.COMPANY, ("something",), await oracle.get("company"))
    assert (answer.micros, answer.raw) == (7, "x" * 19_995 + "[key]")


async def test_no_key_and_no_query_is_ever_logged():
    structlog.reset_defaults()
    with capture_logs() as entries:
        oracle, _ = wired(Oracle, {"name": "Acme"})
        await oracle.get("company", email="ada@acme.example")
    assert [entry["path"] for entry in entries] == ["/v1/company"]
    assert KEY not in str(entries)
    assert "ada@" not in str(entries)


async def test_a_service_without_its_key_or_without_our_name_is_not_asked():
    with pytest.raises(Refused, match="Oracle needs a key"):
        wired(Oracle, {}, key="")
    with pytest.raises(Refused, match="LEADBOARD_CONTACT"):
        wired(Shy, {}, contact="")


async def test_an_answer_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(wire, "SECONDS", 0.05)

    class Asleep(httpx.AsyncBaseTransport):
        asked = 0

        async def handle_async_request(self, request):
            self.asked += 1
            await asyncio.sleep(30)
            raise AssertionError

    asleep = Asleep()
    oracle = Oracle(Wire(transport=asleep), KEY)
    with pytest.raises(Outage, match="did not answer within"):
        await oracle.get("company")
    assert asleep.asked == 1


async def test_an_answer_without_end_is_not_read_to_it(monkeypatch):
    monkeypatch.setattr(wire, "LARGEST", 1_000)
    oracle, _ = wired(Oracle, "x" * 2_000)
    with pytest.raises(Garbled):
        await oracle.get("company")


async def test_questions_keep_the_pace_of_the_service():
    slept = Slept()
    pacer = Pacer(Pace(calls=2, seconds=1.0), slept.sleep, slept.clock)
    at = []
    for _ in range(5):
        async with pacer.turn():
            at.append(slept.now)
    assert at == [0, 0.5, 1.0, 1.5, 2.0]


async def test_a_service_that_says_nothing_is_left_is_left_alone():
    class Counting(Oracle):
        def rest(self, reply):
            return 30.0 if reply.headers.get("x-left") == "0" else 0.0

    slept = Slept()
    recorded = Recorded([(200, {}, {"x-left": "1"}), (200, {}, {"x-left": "0"}), {}])
    counting = Counting(Wire(transport=recorded, sleep=slept.sleep, clock=slept.clock), KEY)
    for _ in range(3):
        await counting.get("company")
    assert slept.waits == [1, 30]


async def test_two_keys_do_not_slow_each_other_and_no_more_ask_at_once_than_allowed():
    network = Wire()
    service = Oracle.service
    assert network.pacer(service, "a") is network.pacer(service, "a")
    assert network.pacer(service, "a") is not network.pacer(service, "b")
    pacer = Pacer(Pace(calls=1000, together=2), asyncio.sleep, asyncio.get_running_loop().time)
    most = now = 0

    async def ask():
        nonlocal most, now
        async with pacer.turn():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.002)
            now -= 1

    await asyncio.gather(*(ask() for _ in range(9)))
    assert most == 2
    await network.aclose()


async def test_where_nothing_is_paced_a_service_is_asked_as_fast_as_it_answers():
    slept = Slept()
    world = Wire(transport=Recorded([{}] * 5), sleep=slept.sleep, clock=slept.clock, paced=False)
    for _ in range(5):
        await Oracle(world, KEY).get("company")
    assert slept.waits == []


@pytest.mark.parametrize("failure", [(503, ""), httpx.ReadError("cut")])
async def test_what_must_not_happen_twice_is_asked_once(waits, failure):
    oracle, asked = wired(Oracle, failure)
    with pytest.raises(Outage):
        await oracle.post("runs", {"places": 50}, once=True)
    assert (waits, len(asked.requests)) == ([], 1)
    patient, asked = wired(Oracle, (429, ""), {"id": "r1"})
    assert await patient.post("runs", {"places": 50}, once=True) is not None
    assert len(asked.requests) == 2


async def test_the_service_knows_best_what_it_charged():
    oracle, _ = wired(Oracle, {})
    reply = await oracle.get("company")
    assert oracle.answer(Task.COMPANY, ("something",), reply, micros=3).micros == 3
    assert oracle.answer(Task.COMPANY, ("something",), reply, micros=0).micros == 0
