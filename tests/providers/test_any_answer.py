"""Whatever a service sends, a question ends in an answer of ours or in one of our errors."""

import ast
import asyncio
import copy
import inspect
import json
import re
import sys
from collections.abc import Awaitable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from leadboard.domain.found import (
    Answer,
    AskedCompany,
    AskedPerson,
    FoundCompany,
    FoundPerson,
    FoundSignal,
    Health,
    Search,
    Verdict,
)
from leadboard.domain.services import Task
from leadboard.errors import ProviderError, Refused, TryLater
from leadboard.providers.base import Provider
from leadboard.providers.registry import PROVIDERS
from tests.support.services import KEY, wired

SHEETS = Path(__file__).parents[3] / "shared" / "contracts"
EXAMPLES = 40
"""Sendings tried for each service."""

ADDRESSES = ("source", "linkedin")
OURS = (ProviderError, TryLater, Refused)
COMPANY = AskedCompany(
    "Helix Forge", "helixforge.example", "GB", "https://www.linkedin.com/company/helixforge", ("CEO",), "helixforge"
)
PERSON = AskedPerson(
    "Marta", "Linek", "https://www.linkedin.com/in/martalinek", "marta@helixforge.example", COMPANY, "p-1"
)
SEARCH = Search(("Software",), ("protein",), ("Oncology",), ("GB", "Leeds"), 11, 50, ("hiring",))
ASKED = {
    Task.COMPANIES: (SEARCH,),
    Task.COMPANY: (COMPANY,),
    Task.PEOPLE: (COMPANY,),
    Task.PERSON: (PERSON,),
    Task.VERIFY: ("marta@helixforge.example",),
    Task.SIGNALS: (COMPANY,),
}
FOUND = {
    Task.COMPANIES: FoundCompany,
    Task.COMPANY: FoundCompany,
    Task.PEOPLE: FoundPerson,
    Task.PERSON: FoundPerson,
    Task.VERIFY: Verdict,
    Task.SIGNALS: FoundSignal,
}
EACH = pytest.mark.parametrize("provider", PROVIDERS, ids=[each.service.name for each in PROVIDERS])
MANY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)

# What a service may send.

ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ["0", "-1", "\x00", "\ud800", "https://[", "javascript:1", "2026-13-45", [], {}, [None], [[]], 1e300]
    )
)
STATUS = st.just(200) | st.sampled_from([201, 202, 204, 302, 400, 401, 402, 403, 404, 409, 422, 429, 451, 500, 503])
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Retry-After": st.sampled_from(["0", "5", "1e999", "nan", "-3", "soon", "Thu, 20 Aug 2026 07:00:00 GMT"]),
        "Content-Type": st.sampled_from(["application/json", "text/html; charset=utf-7", "text/xml; charset=odd"]),
        "X-RateLimit-Remaining": st.sampled_from(["0", "-1", "many"]),
        "X-RateLimit-Reset": st.sampled_from(["0", "9" * 400, "later"]),
        "Location": st.just("http://169.254.169.254/"),
        "Link": st.sampled_from(['<https://elsewhere.example/?page=2>; rel="next"', "<", ";;"]),
    },
)
BROKEN = st.sampled_from([httpx.ReadTimeout("late"), httpx.ConnectError("refused"), httpx.RemoteProtocolError("odd")])


def answers(bodies: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """What a wire has recorded: some answers with these bodies, one or the other with a failure."""
    return st.lists(st.tuples(STATUS, bodies, HEADERS) | BROKEN, min_size=1, max_size=4)


def any_body(provider: type[Provider]) -> st.SearchStrategy[str | bytes]:
    """Bodies of any kind: JSON in the words that the provider looks for, and what is none."""
    words = st.sampled_from(words_of(provider))
    shaped = st.recursive(
        ODD | words,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=6),
        max_leaves=20,
    )
    return shaped.map(json.dumps) | st.text(max_size=60).map(lambda said: said.encode(errors="replace")) | st.binary()


def words_of(provider: type[Provider]) -> list[str]:
    """The short texts in the provider's file, most of which are names of what it reads."""
    tree = ast.parse(inspect.getsource(sys.modules[provider.__module__]))
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return sorted({word for word in found if 0 < len(word) <= 30})


@st.composite
def bent(draw: st.DrawFn, examples: list[Any]) -> str:
    """An answer of the contract sheet with something else in up to three places."""
    body = copy.deepcopy(draw(st.sampled_from(examples)))
    if isinstance(body, str):
        start, end = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
        return body if draw(st.booleans()) else body[:start] + body[end:]
    for _ in range(draw(st.integers(0, 3))):
        if places := list(places_of(body)):
            within, at = draw(st.sampled_from(places))
            within[at] = draw(ODD)
    return json.dumps(body)


def places_of(body: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a body where something else could stand."""
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for at, value in list(inside):
        yield body, at
        yield from places_of(value)


def sheet_of(provider: type[Provider]) -> list[Any]:
    """The answers in the sheets of a service: JSON read, all else as it stands."""
    if not SHEETS.is_dir():
        pytest.skip(f"No contract sheets in {SHEETS}: answers like theirs are not tried.")
    name = provider.service.name
    sheets = [each for each in SHEETS.glob("*.md") if each.stem.startswith(name) or name.startswith(each.stem)]
    examples: list[Any] = []
    for sheet in sheets:
        said = sheet.read_text()
        pieces = re.findall(r"```\w*\n(.*?)```", said, re.DOTALL) + re.findall(r"`([{\[][^`]*)`", said)
        examples += [read(piece) for piece in pieces]
    return examples or [{}]


def read(piece: str) -> Any:
    try:
        return json.loads(piece)
    except ValueError:
        return piece


# What we promise about it.


@EACH
def test_whatever_a_service_sends_ends_in_an_answer_or_in_an_error_of_ours(provider, waits):
    hold(provider, answers(any_body(provider)))


@EACH
def test_an_answer_that_is_nearly_the_promised_one_does_so_too(provider, waits):
    hold(provider, answers(bent(sheet_of(provider))))


def hold(provider: type[Provider], sendings: st.SearchStrategy[list[Any]]) -> None:
    """Hold the promise against many sendings, for each task and for trying the key; no key is ever logged."""
    questions = st.sampled_from([None, *(offer.task for offer in provider.service.offers)])
    structlog.reset_defaults()
    with asyncio.Runner() as runner, capture_logs() as entries:

        @MANY
        @given(sent=sendings, task=questions)
        def holds(sent: list[Any], task: Task | None) -> None:
            runner.run(asked_for(provider, task, sent) if task else tried(provider, sent))

        holds()
    assert KEY not in str(entries)


async def asked_for(provider: type[Provider], task: Task, sent: list[Any]) -> None:
    """Ask, and ask for the page after it, if there is one."""
    question = getattr(wired(provider, *sent)[0], task.value)
    answer = await outcome(question(*ASKED[task]))
    keeps(answer, task)
    if isinstance(answer, Answer) and answer.next:
        keeps(await outcome(question(*ASKED[task], answer.next)), task)


async def tried(provider: type[Provider], sent: list[Any]) -> None:
    """Try the key."""
    health = await outcome(wired(provider, *sent)[0].check())
    assert isinstance(health, (Health, *OURS))
    assert KEY not in f"{health!r} {vars(health) if isinstance(health, Exception) else ''}"


async def outcome(question: Awaitable[Any]) -> Any:
    """What was answered, or the error of ours in its place."""
    try:
        return await question
    except OURS as error:
        return error


def keeps(answer: Any, task: Task) -> None:
    """What every reader of an answer may rely on."""
    if isinstance(answer, OURS):
        assert KEY not in str(vars(answer))
        return
    assert isinstance(answer, Answer)
    assert all(isinstance(item, FOUND[task]) for item in answer.items)
    assert isinstance(answer.micros, int)
    assert answer.micros >= 0
    assert KEY not in str(answer)
    for name, value in told(answer):
        match value:
            case str():
                value.encode()
                assert "\0" not in value, f"{name} has a NUL, which no database keeps"
                assert not value.lower().startswith("javascript:") or name not in ADDRESSES, name
            case float() | int():
                assert 0 <= value <= 1 or not name.endswith("confidence"), name
            case _:
                assert value is None or isinstance(value, date), f"{name} is a {type(value).__name__}"


def told(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Everything an answer tells, each with the name of its field."""
    if is_dataclass(value):
        for field in fields(value):
            yield from told(getattr(value, field.name), field.name)
    elif isinstance(value, tuple):
        for each in value:
            yield from told(each, name)
    else:
        yield name, value
