"""The demo world on the wire: who answers, what goes wrong and how often, and what would have been paid for."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.providers.registry import PROVIDERS
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.behaviour import Behaviour, Fault
from leadboard.sandbox.knowledge import glimpse
from leadboard.sandbox.services.apis import APIS
from leadboard.sandbox.services.base import Api, Reply
from leadboard.sandbox.transport import in_process
from leadboard.sandbox.world import World

FINDER = "https://api.hunter.io/v2/email-finder"


async def ask(sandbox: Sandbox, method: str, url: str, **content: Any) -> httpx.Response:
    """One question."""
    async with httpx.AsyncClient(transport=in_process(sandbox)) as client:
        return await client.request(method, url, **content)


def finding(world: World) -> dict[str, str]:
    """The question about somebody whose address Hunter has."""
    seen = (glimpse(world, "hunter", person) for person in world.by_email.values())
    person = next(each.person for each in seen if each and each.email)
    return {"domain": person.domain, "first_name": person.first_name, "last_name": person.last_name}


def test_every_service_that_can_be_asked_is_in_the_demo_world():
    names = [api.name for api in APIS]
    assert not {provider.service.name for provider in PROVIDERS} - set(names)
    assert len(names) == len(set(names))
    hosts = [host for api in APIS for host in api.hosts]
    assert len(hosts) == len(set(hosts))


async def test_what_is_paid_is_counted_by_question_without_the_key(sandbox: Sandbox, world: World):
    question = finding(world)
    for key in ("demo", "another"):
        await ask(sandbox, "GET", FINDER, params=question, headers={"X-API-KEY": key})
    await ask(sandbox, "GET", FINDER, params={**question, "last_name": "Nobody"}, headers={"X-API-KEY": "demo"})
    verifying = {"api_key": "demo", "email": "a@b.example"}
    await ask(sandbox, "GET", "https://api.zerobounce.net/v2/validate", params=verifying)
    assert sandbox.calls == {"hunter": 3, "zerobounce": 1}
    (found, twice), (verified, once) = sandbox.paid.items()
    assert (found.service, found.method, twice) == ("hunter", "GET", 2)
    assert (verified.path, once) == ("/v2/validate?email=a%40b.example", 1)
    assert "demo" not in repr(sandbox.paid)


async def test_bodies_tell_questions_apart(sandbox: Sandbox, world: World):
    url, headers = "https://api.leadmagic.io/v1/people/email-validation", {"X-API-Key": "demo"}
    for email in ("anna@brightwell.example", "ben@brightwell.example", "ben@brightwell.example"):
        await ask(sandbox, "POST", url, json={"email": email}, headers=headers)
    assert sorted(sandbox.paid.values()) == [1, 2]
    assert len({question.digest for question in sandbox.paid}) == 2


async def test_a_path_that_there_is_not_is_told_in_the_services_own_words(sandbox: Sandbox):
    answer = await ask(sandbox, "GET", "https://api.hunter.io/v2/nothing", headers={"X-API-KEY": "demo"})
    assert (answer.status_code, answer.json()["errors"][0]["id"]) == (404, "not_found")
    wrong_method = await ask(sandbox, "DELETE", FINDER, headers={"X-API-KEY": "demo"})
    assert wrong_method.status_code == 404


async def test_a_fault_costs_nothing_and_a_later_try_is_answered(misbehaving: Callable[..., Sandbox], world: World):
    sandbox = misbehaving(errors=0.3, rate_limits=0.2, malformed=0.2)
    said = [await ask(sandbox, "GET", FINDER, params=finding(world)) for _ in range(60)]
    kinds = Counter((each.status_code, each.headers["content-type"].partition(";")[0]) for each in said)
    good = kinds[200, "application/json"]
    assert {status for status, _ in kinds} == {200, 429, 500}
    assert sum(sandbox.paid.values()) == good
    assert 5 < good < 35
    assert kinds[200, "text/html"]
    assert {each.headers.get("retry-after") for each in said if each.status_code == 429} == {"1"}
    assert sandbox.calls["hunter"] == 60


@given(
    seed=st.integers(),
    number=st.integers(0, 10**6),
    shares=st.tuples(*[st.floats(0, 0.33)] * 3),
    latency=st.floats(0, 2),
)
def test_the_same_question_fails_alike(seed: int, number: int, shares: tuple[float, float, float], latency: float):
    one, other = (Behaviour(latency, *shares, seed=seed) for _ in range(2))
    fault, seconds = one.drawn(number)
    assert (fault, seconds) == other.drawn(number)
    assert latency * 0.5 <= seconds <= latency * 1.5
    assert Behaviour(seed=seed).drawn(number) == (Fault.NONE, 0.0)
    assert Behaviour(errors=1.0, seed=seed).drawn(number)[0] is Fault.ERROR


def test_faults_come_as_often_as_told():
    behaviour = Behaviour(errors=0.1, rate_limits=0.2, malformed=0.05)
    drawn = Counter(behaviour.drawn(number)[0] for number in range(4000))
    assert [round(drawn[fault] / 4000, 1) for fault in (Fault.ERROR, Fault.RATE_LIMIT)] == [0.1, 0.2]
    assert 0.03 < drawn[Fault.MALFORMED] / 4000 < 0.07


@pytest.mark.parametrize(
    ("route", "path", "parts"),
    [
        ("GET /v2/things", "/v2/things", {}),
        ("GET /v2/things", "/v2/things/", {}),
        ("GET /v2/things", "/v2/other", None),
        ("GET /v2/things/{id}", "/v2/things/a%20b", {"id": "a b"}),
        ("GET /v2/things/{id}", "/v2/things", None),
        ("GET /v2/things/{id}/jobs", "/v2/things/7/jobs", {"id": "7"}),
        ("GET /v2/CIK{cik}.json", "/v2/CIK0000000012.json", {"cik": "0000000012"}),
        ("GET /v2/CIK{cik}.json", "/v2/CIK.json", None),
        ("POST /v2/things", "/v2/things", None),
    ],
)
def test_a_path_is_answered_by_its_pattern(route: str, path: str, parts: dict[str, str] | None):
    api = Api("one", ("one.example",), {route: lambda asked: Reply()})
    found = api.handler("GET", path)
    assert (found and found[1]) == parts


async def test_only_questions_over_http_are_answered(sandbox: Sandbox):
    with pytest.raises(ValueError, match="websocket"):
        await sandbox({"type": "websocket"}, None, None)  # type: ignore[arg-type]
