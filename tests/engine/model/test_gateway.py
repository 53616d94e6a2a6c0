"""The gateway to the model over the wire: what is sent, what is paid, and why the rules answer instead."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import httpx2
import pytest
import structlog
from pydantic import BaseModel
from sqlmodel import select

from leadboard.domain.budgets import Kind
from leadboard.domain.evidence import Snippet
from leadboard.domain.fence import fenced_snippets
from leadboard.domain.models import PRICES, Usage, Why, price
from leadboard.engine.model.gateway import Gateway, Terms
from leadboard.engine.model.ledger import BudgetLedger
from leadboard.engine.model.prompt import Caller, Prompt
from leadboard.sandbox.anthropic import Mode
from leadboard.sandbox.services.base import Reply
from leadboard.store import db
from leadboard.store.tables import Budget, Event, ModelCall
from tests.conftest import Team
from tests.support.model import Service, error

pytestmark = pytest.mark.usefixtures("database")

SNIPPETS = [Snippet("s1", "We run nine cafés in Leeds and train every barista.", "https://b.example/")]
PROMPT = Prompt(
    purpose="lead_analysis",
    rules="Write only what the data says.",
    data=fenced_snippets(SNIPPETS, "f00d"),
    task="Write for these places:\n- diagnosis (up to 1): What the company does, as it says",
    most=1_000,
    evidence=("s1",),
)
CAP = 10_000_000


class Said(BaseModel):
    place: str
    text: str
    cites: list[str]


class Sentences(BaseModel):
    sentences: list[Said]


def gateway(service: Service, cap: int = CAP, key: str = "sk-test", **terms) -> Gateway:
    return Gateway(Terms(**terms), BudgetLedger(cap, cap, cap), key, transport=service.transport)


async def calls(team: Team) -> list[ModelCall]:
    async with db.read(team.id) as tx:
        return list((await tx.exec(select(ModelCall))).all())


async def budget(team: Team) -> dict[str, tuple[int, int]]:
    """Scope -> spent and reserved."""
    async with db.read(team.id) as tx:
        rows = (await tx.exec(select(Budget).where(Budget.kind == Kind.MODELS))).all()
    return {"workspace" if str(team.id) in row.scope else row.scope: (row.spent, row.reserved) for row in rows}


async def test_the_answer_has_its_shape_and_the_call_is_recorded(team):
    service = Service()

    answer = await gateway(service).ask(PROMPT, Sentences, Caller(team.id), judge=lambda said: len(said.sentences))

    assert answer.value.sentences[0].cites == ["s1"]
    (call,) = await calls(team)
    assert (call.purpose, call.model, call.ok, call.dropped) == ("lead_analysis", "claude-haiku-5-5", True, 1)
    assert call.evidence == ["s1"]
    assert call.input_tokens > 0
    assert call.output_tokens > 0
    assert (
        answer.micros
        == call.micros
        == PRICES["claude-haiku-5-5"].micros(
            Usage(call.input_tokens, call.output_tokens, call.cache_write_tokens, call.cache_read_tokens)
        )
    )
    assert await budget(team) == {"installation": (call.micros, 0), "workspace": (call.micros, 0)}


async def test_what_is_fixed_is_cached_the_schema_is_sent_and_tokens_are_counted_first(team):
    service = Service()

    await gateway(service).ask(PROMPT, Sentences, Caller(team.id))

    (sent,) = service.asked
    assert service.counted == 1
    assert sent["system"] == [{"type": "text", "text": PROMPT.rules, "cache_control": {"type": "ephemeral"}}]
    data, task = sent["messages"][0]["content"]
    assert data == {"type": "text", "text": PROMPT.data, "cache_control": {"type": "ephemeral"}}
    assert task == {"type": "text", "text": PROMPT.task}
    schema = sent["output_config"]["format"]["schema"]
    assert schema["additionalProperties"] is False
    assert not {"tools", "tool_choice", "temperature"} & sent.keys()


async def test_without_a_key_nothing_is_asked(team):
    service = Service()
    nobody = Gateway(Terms(), BudgetLedger(CAP, CAP, CAP), transport=service.transport)

    assert (await nobody.ask(PROMPT, Sentences, Caller(team.id))).why is Why.NO_KEY
    assert not service.asked
    assert not service.counted


async def test_the_demo_world_answers_for_its_own_leads_only_and_nobody_pays(team):
    service = Service()
    demo = Gateway(Terms(), BudgetLedger(CAP, CAP, CAP), demo=lambda: service.transport)

    assert (await demo.ask(PROMPT, Sentences, Caller(team.id))).why is Why.NO_KEY
    assert (await demo.ask(PROMPT, Sentences, Caller(team.id, demo=True))).value

    (call,) = await calls(team)
    assert call.demo
    assert all(scope.startswith("demo ") or scope == "workspace" for scope in await budget(team))
    assert "installation" not in await budget(team)


@pytest.mark.parametrize("mode", [Mode.BROKEN_JSON, Mode.WRONG_SHAPE, Mode.TOO_LONG])
async def test_an_answer_that_is_twice_invalid_is_paid_twice_and_the_rules_answer(team, mode):
    service = Service(mode)

    answer = await gateway(service).ask(PROMPT, Sentences, Caller(team.id))

    assert (answer.value, answer.why) == (None, Why.INVALID)
    assert len(service.asked) == 2
    assert "could not be used" in service.asked[1]["messages"][0]["content"][1]["text"]
    assert [call.ok for call in await calls(team)] == [False, False]
    assert (await budget(team))["workspace"] == (sum(call.micros for call in await calls(team)), 0)


async def test_an_answer_that_is_invalid_once_is_asked_for_again(team):
    broken = {"content": [{"type": "text", "text": "no"}], "stop_reason": "end_turn"}
    body = {"id": "m", "type": "message", "role": "assistant", "model": "claude-haiku-5-5", "stop_sequence": None}
    service = Service(first=[Reply(200, {**body, **broken, "usage": {"input_tokens": 9, "output_tokens": 2}})])

    assert (await gateway(service).ask(PROMPT, Sentences, Caller(team.id))).value
    assert len(service.asked) == 2


async def test_a_model_that_declines_is_not_asked_again(team):
    service = Service(Mode.REFUSES)

    assert (await gateway(service).ask(PROMPT, Sentences, Caller(team.id))).why is Why.REFUSED
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 503, 529, 408, 409])
async def test_a_busy_service_is_asked_again_after_as_long_as_it_says(team, waits, status):
    service = Service(first=[error(status, retry_after="3"), error(status)])

    assert (await gateway(service).ask(PROMPT, Sentences, Caller(team.id))).value
    assert waits == [3.0, 1.0]
    assert len(await calls(team)) == 1


async def test_a_service_that_stays_busy_is_left_alone_for_a_while(team, waits):
    service = Service(first=[error(529, "overloaded_error")] * 9)
    now = [0.0]
    asking = Gateway(Terms(), BudgetLedger(CAP, CAP, CAP), "sk", transport=service.transport, clock=lambda: now[0])

    assert (await asking.ask(PROMPT, Sentences, Caller(team.id))).why is Why.AWAY
    assert (await asking.ask(PROMPT, Sentences, Caller(team.id))).why is Why.AWAY
    assert len(service.asked) == 3
    now[0] += 61
    await asking.ask(PROMPT, Sentences, Caller(team.id))
    assert len(service.asked) == 6
    assert (await budget(team))["workspace"] == (0, 0)


async def test_a_service_that_wants_to_be_left_alone_for_long_is_not_waited_for(team, waits):
    service = Service(first=[error(429, "rate_limit_error", retry_after="3600")])

    assert (await gateway(service).ask(PROMPT, Sentences, Caller(team.id))).why is Why.AWAY
    assert waits == []


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413])
async def test_what_the_service_refuses_is_asked_once_and_costs_nothing(team, status):
    service = Service(first=[error(status)])

    assert (await gateway(service).ask(PROMPT, Sentences, Caller(team.id))).why is Why.REFUSED
    assert len(service.asked) == 1
    assert (await budget(team))["workspace"] == (0, 0)


async def test_an_answer_that_never_came_may_have_been_paid_for(team):
    service = Service(first=[httpx2.ReadTimeout("slow")])

    assert (await gateway(service).ask(PROMPT, Sentences, Caller(team.id))).why is Why.TIMEOUT
    (call,) = await calls(team)
    spent, reserved = (await budget(team))["workspace"]
    assert (spent, reserved) == (call.micros, 0)
    assert spent > 0
    assert len(service.asked) == 1


async def test_what_was_never_sent_costs_nothing(team, waits):
    service = Service(first=[httpx2.ConnectError("no route")] * 3)

    assert (await gateway(service).ask(PROMPT, Sentences, Caller(team.id))).why is Why.AWAY
    assert (await budget(team))["workspace"] == (0, 0)


async def test_at_the_cap_nothing_is_sent(team):
    service = Service()

    poor = gateway(service, cap=10)
    assert [(await poor.ask(PROMPT, Sentences, Caller(team.id))).why for _ in range(3)] == [Why.NO_BUDGET] * 3
    assert not service.asked
    assert service.counted == 1


async def test_fifty_workers_never_spend_more_than_one_cap(team):
    service = Service()
    costly = {"claude-haiku-5-5": price("100", "500")}
    one = gateway(service, prices=costly, cap=10**9)
    await one.ask(PROMPT, Sentences, Caller(team.id))
    (first,) = await calls(team)
    most = costly["claude-haiku-5-5"].most(2_000, PROMPT.most)
    cap = first.micros + 3 * most
    workers = gateway(service, prices=costly, cap=cap)

    answers = await asyncio.gather(*(workers.ask(PROMPT, Sentences, Caller(team.id)) for _ in range(50)))

    spent, reserved = (await budget(team))["workspace"]
    assert reserved == 0
    assert spent == sum(call.micros for call in await calls(team)) <= cap
    assert {answer.why for answer in answers} == {None, Why.NO_BUDGET}


async def test_a_workspace_is_told_once_that_most_of_its_budget_is_spent(team):
    spending = gateway(Service(), cap=400_000, prices={"claude-haiku-5-5": price("0.001", "1000")})

    for _ in range(12):
        await spending.ask(replace(PROMPT, most=60), Sentences, Caller(team.id))

    async with db.read(team.id) as tx:
        told = (await tx.exec(select(Event).where(Event.kind == "ai_budget_alert"))).all()
    assert sorted(event.data["whose"] for event in told) == ["installation", "workspace"]


async def test_the_key_is_sent_as_the_service_wants_it_and_logged_nowhere(team):
    service = Service(first=[error(401, "authentication_error")])
    with structlog.testing.capture_logs() as logs:
        await gateway(service, key="sk-ant-very-secret").ask(PROMPT, Sentences, Caller(team.id))

    assert service.keys == {"Bearer sk-ant-very-secret"}
    assert logs
    assert "very-secret" not in str(logs)
    assert not [call for call in await calls(team) if "very-secret" in call.error]


@pytest.mark.parametrize(
    ("used", "micros"),
    [
        (Usage(input=1_000_000), 100_000),
        (Usage(output=1_000_000), 500_000),
        (Usage(cache_write=1_000_000, cache_read=1_000_000), 135_000),
        (Usage(input=1), 1),
    ],
)
def test_tokens_cost_what_the_list_says_rounded_up(used, micros):
    assert PRICES["claude-haiku-5-5"].micros(used) == micros


def test_a_price_that_is_not_known_is_no_discount():
    assert price("1", "5").micros(Usage(cache_read=100, cache_write=100)) == Decimal("225")
