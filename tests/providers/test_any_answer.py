"""Whatever a service sends, a question ends in an answer of ours or in one of our errors."""

import ast
import asyncio
import copy
import inspect
import json
import re
import sys
from collections.abc import Awaitable, Iterator
from dataclasses import fields, is_dataclass, replace
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
EXAMPLES = 12
"""Sendings tried for each service."""
MOST_TAKEN = 1
"""Sendings of a sheet's answers that are bent in each place, for each task."""

ADDRESSES = ("source", "linkedin")
OURS = (ProviderError, TryLater, Refused)
PERSON = AskedPerson("Marta", "Linek", "https://www.linkedin.com/in/martalinek", "marta@helixforge.example", ref="p-1")
SEARCH = Search(("Software",), ("protein",), ("Oncology",), ("GB", "Leeds"), 11, 50, ("hiring",))


def about(task: Task, country: str) -> Search | AskedCompany | AskedPerson | str:
    """What is asked; some services know one country only."""
    linkedin = "https://www.linkedin.com/company/helixforge"
    company = AskedCompany("Helix Forge", "helixforge.example", country, linkedin, ("CEO",), "helixforge")
    match task:
        case Task.COMPANIES:
            return replace(SEARCH, places=(country, "Leeds"))
        case Task.PERSON:
            return replace(PERSON, company=company)
        case Task.VERIFY:
            return PERSON.email
    return company


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
STATUS = st.sampled_from([200] * 30 + [201, 202, 204, 302, 400, 401, 402, 403, 404, 404, 409, 422, 429, 451, 500, 503])
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
    """What a wire has recorded: answers with these bodies, some of them with a failure."""
    plain, full = st.tuples(STATUS, bodies, st.just({})), st.tuples(STATUS, bodies, HEADERS)
    return st.lists(st.one_of([plain] * 8 + [full, BROKEN]), min_size=1, max_size=4)


def any_body(provider: type[Provider]) -> st.SearchStrategy[str | bytes]:
    """Bodies of any kind: JSON of the shapes and in the words that the provider looks for, and what is none."""
    tree = ast.parse(inspect.getsource(sys.modules[provider.__module__]))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    words = st.sampled_from(sorted({text for text in texts if re.fullmatch(r"[\w@:.-]{1,30}", text)}))
    some = st.recursive(
        ODD | words,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=8),
        max_leaves=30,
    )
    shapes = [shaped(node.pattern, some, words) for node in ast.walk(tree) if isinstance(node, ast.match_case)]
    json_of = st.one_of(some, *shapes, *shapes).map(json.dumps)
    return json_of | st.text(max_size=60).map(lambda said: said.encode(errors="replace")) | st.binary(max_size=60)


def shaped(pattern: ast.AST, some: st.SearchStrategy[Any], words: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """JSON that a pattern of the provider's `match` takes, with anything in the places it leaves open."""
    match pattern:
        case ast.MatchMapping(keys=keys, patterns=patterns):
            named = {ast.literal_eval(key): shaped(each, some, words) for key, each in zip(keys, patterns, strict=True)}
            more = st.dictionaries(words, some, max_size=8)
            return st.builds(lambda these, others: {**others, **these}, st.fixed_dictionaries(named), more)
        case ast.MatchSequence(patterns=patterns):
            return st.tuples(*(shaped(each, some, words) for each in patterns)).map(list)
        case ast.MatchClass(cls=ast.Name(id=kind)):
            objects = st.dictionaries(words, some, max_size=12)
            kinds = {"dict": objects, "list": st.lists(objects | some, max_size=3), "str": words | st.text(max_size=9)}
            return kinds.get(kind, {"int": st.integers(), "float": st.floats(), "bool": st.booleans()}.get(kind, some))
        case ast.MatchOr(patterns=patterns):
            return st.one_of(*(shaped(each, some, words) for each in patterns))
        case ast.MatchAs(pattern=ast.AST() as inner):
            return shaped(inner, some, words)
        case ast.MatchSingleton(value=value):
            return st.just(value)
        case ast.MatchValue(value=ast.Constant(value=value)):
            return st.just(value)
    return some


def bent(body: Any) -> Iterator[Any]:
    """The body with something else in one place, for each place and each thing that could stand there."""
    if isinstance(body, str):
        yield from (body[:at] + body[at + 9 :] for at in range(0, len(body), 9))
        return
    for within, at in list(places_of(body)):
        was = within[at]
        for odd in (None, ["x"], {}, "\x00", 7, True):
            within[at] = odd
            yield body
        within[at] = was


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
        examples += filter(None, map(read, pieces))
    return examples or [{}]


def read(piece: str) -> Any:
    """A piece of a sheet as JSON or XML; None where it is neither."""
    try:
        return json.loads(piece)
    except ValueError:
        return piece if piece.lstrip().startswith("<") else None


# What we promise about it.


@EACH
def test_whatever_a_service_sends_ends_in_an_answer_or_in_an_error_of_ours(provider, waits):
    hold(provider, answers(any_body(provider)))


@EACH
def test_one_odd_value_in_a_promised_answer_does_so_too(provider, waits):
    examples = sheet_of(provider)
    tasks = [offer.task for offer in provider.service.offers]
    sendings = [[one] for one in examples] + [[one, two] for one in examples for two in examples if one is not two]
    with asyncio.Runner() as runner:
        for task in tasks:
            taken = [sent for sent in sendings if reads(runner, provider, task, sent)]
            for sent in taken[:MOST_TAKEN]:
                for place, body in enumerate(sent):
                    for odd in bent(copy.deepcopy(body)):
                        recorded = [as_sent(each) for each in (*sent[:place], odd, *sent[place + 1 :])]
                        runner.run(asked_for(provider, task, about(task, "GB"), recorded))


def reads(runner: asyncio.Runner, provider: type[Provider], task: Task, sent: list[Any]) -> bool:
    """Whether the provider finds something in these answers."""
    question = getattr(wired(provider, *map(as_sent, sent))[0], task.value)
    answer = runner.run(outcome(question(about(task, "GB"))))
    return isinstance(answer, Answer) and bool(answer.items)


def as_sent(body: Any) -> str:
    """A body as it goes over the wire."""
    return body if isinstance(body, str) else json.dumps(body)


def hold(provider: type[Provider], sendings: st.SearchStrategy[list[Any]]) -> None:
    """Hold the promise against many sendings, for each task and for trying the key; no key is ever logged."""
    questions = st.sampled_from([None, *(offer.task for offer in provider.service.offers)])
    structlog.reset_defaults()
    with asyncio.Runner() as runner, capture_logs() as entries:

        @MANY
        @given(sent=sendings, task=questions, country=st.sampled_from(["GB", "AU", "US"]))
        def holds(sent: list[Any], task: Task | None, country: str) -> None:
            runner.run(asked_for(provider, task, about(task, country), sent) if task else tried(provider, sent))

        holds()
    assert KEY not in str(entries)


async def asked_for(provider: type[Provider], task: Task, asked: Any, sent: list[Any]) -> None:
    """Ask, and ask for the page after it, if there is one."""
    question = getattr(wired(provider, *sent)[0], task.value)
    answer = await outcome(question(asked))
    keeps(answer, task)
    if isinstance(answer, Answer) and answer.next:
        keeps(await outcome(question(asked, answer.next)), task)


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
