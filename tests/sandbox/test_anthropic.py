"""The model's service in the demo world, over the real SDK: its errors, its counting, its answers."""

import anthropic
import httpx2
import pytest

from leadboard.domain.evidence import Snippet
from leadboard.domain.fence import fenced_snippets
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.behaviour import Behaviour

DATA = fenced_snippets([Snippet("s1", "We roast coffee for nine cafés in Leeds.", "https://b.example/")], "f00d")
TASK = "Places:\n- summary (up to 2): What they do\n- name (up to 1, copied): What they roast"
ASKED = {"model": "claude-haiku-5-5", "max_tokens": 500, "messages": [{"role": "user", "content": f"{DATA}\n{TASK}"}]}


def client(behaviour: Behaviour | None = None, key: str = "demo") -> anthropic.AsyncAnthropic:
    transport = httpx2.ASGITransport(app=Sandbox(behaviour=behaviour))
    http = anthropic.DefaultAsyncHttpxClient(transport=transport, trust_env=False)
    return anthropic.AsyncAnthropic(api_key=key, max_retries=0, http_client=http, base_url="https://api.anthropic.com")


async def test_it_writes_what_it_was_given_under_its_ids_and_the_same_again():
    service = client()

    first, again = [(await service.messages.create(**ASKED)).content[0].text for _ in range(2)]

    assert first == again
    assert first == (
        '{"sentences":['
        '{"place":"summary","text":"They say: “We roast coffee for nine cafés in Leeds.”","cites":["s1"]},'
        '{"place":"name","text":"We roast coffee for nine cafés in Leeds.","cites":["s1"]}]}'
    )


async def test_it_counts_what_it_charges_for():
    service = client()
    counted = await service.messages.count_tokens(model=ASKED["model"], messages=ASKED["messages"])

    used = (await service.messages.create(**ASKED)).usage

    assert used.input_tokens == counted.input_tokens > 10
    assert used.output_tokens > 10


async def test_what_is_marked_for_the_cache_is_written_once_and_then_read():
    system = [{"type": "text", "text": "word " * 2000, "cache_control": {"type": "ephemeral"}}]
    service = client()

    first, again = [(await service.messages.create(**ASKED, system=system)).usage for _ in range(2)]

    assert first.cache_creation_input_tokens == again.cache_read_input_tokens > 2000
    assert first.cache_read_input_tokens == again.cache_creation_input_tokens == 0


@pytest.mark.parametrize(
    ("behaviour", "key", "error"),
    [
        (None, "wrong-key", anthropic.AuthenticationError),
        (Behaviour(rate_limits=1), "demo", anthropic.RateLimitError),
        (Behaviour(errors=1), "demo", anthropic.OverloadedError),
    ],
)
async def test_it_fails_as_the_service_does(behaviour, key, error):
    with pytest.raises(error):
        await client(behaviour, key).messages.create(**ASKED)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"model": "claude-none"}, anthropic.NotFoundError),
        ({"extra_body": {"temperature": 0}}, anthropic.BadRequestError),
        ({"messages": []}, anthropic.BadRequestError),
    ],
)
async def test_it_refuses_what_the_service_refuses(given, error):
    with pytest.raises(error):
        await client().messages.create(**{**ASKED, **given})


async def test_it_lists_the_models_it_has():
    assert "claude-haiku-5-5" in {model.id async for model in client().models.list()}
