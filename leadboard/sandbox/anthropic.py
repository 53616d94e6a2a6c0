"""Anthropic's Messages API in the demo world: a model that writes nothing but what it was given.

It reads the snippets between the marks of the data, and the places that the task asks it to fill, as any model would;
each place gets the words of the snippets that suit it, under their ids. `Mode` makes it err, so that whoever asks it
can be shown to notice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import orjson

from leadboard.domain.words import word_set, words
from leadboard.sandbox.services.base import Api, Asked, Reply, bearer

HOST = "api.anthropic.com"
MODELS = ("claude-haiku-5-5", "claude-haiku-4-5", "claude-sonnet-5-5", "claude-sonnet-5", "claude-opus-5-5")
CHARACTERS_OF_A_TOKEN = 4
CACHED_FROM = 1_024
"""Tokens from which a part of a prompt is kept in the cache."""

_FENCE = re.compile(r"<data (?P<marker>\w+)>\n(?P<inside>.*?)\n</data (?P=marker)>", re.DOTALL)
_SNIPPET = re.compile(r"^\[(?P<id>\w+)\] (?P<text>.+)$", re.MULTILINE)
_PLACE = re.compile(r"^- (?P<name>[\w.]+) \(up to (?P<most>\d+)(?P<copied>, copied)?\): (?P<says>.+)$", re.MULTILINE)
_ORDER = re.compile(
    r"ignore (?:all |any )?(?:the )?(?:previous|above|earlier) instructions[^\w]+(?P<said>.+)", re.IGNORECASE
)
_SENTENCE = re.compile(r".{20,220}?[.!?…](?=\s|$)")
_UNUSABLE = re.compile(r"https?:|www\.|@|[‹›<>{}\[\]\\`|]|\w\.\w{2,}/")
_ANYTHING = frozenset(("diagnosis", "executive_summary", "summary", "pitch", "assessment", "observations", "about"))
"""Places that whatever the company says of itself suits."""
_COMMON = word_set("a and as at for how in is it its of one or that the their them they this to what who with")
_LINE = 80
_REFUSED_PARAMETERS = ("temperature", "top_p", "top_k")


class Mode(StrEnum):
    """How the model errs."""

    HONEST = "honest"
    BROKEN_JSON = "broken_json"
    WRONG_SHAPE = "wrong_shape"
    UNCITED = "uncited"
    WRONG_NUMBERS = "wrong_numbers"
    OBEDIENT = "obedient"
    """Does what the text it is given tells it to do."""
    REFUSES = "refuses"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Snippet:
    """Words it was given, and their id."""

    id: str
    text: str


@dataclass(frozen=True)
class Place:
    """What it is to write, how many sentences at most, and whether in its own words or those it was given."""

    name: str
    most: int
    says: str
    copied: bool


def anthropic(mode: Mode = Mode.HONEST) -> Api:
    """The service, with a model of this mode."""
    return Api(
        "anthropic",
        (HOST,),
        {
            "POST /v1/messages": partial(_message, mode=mode),
            "POST /v1/messages/count_tokens": _counted,
            "GET /v1/models": lambda asked: {"data": [_model(name) for name in MODELS], "has_more": False},
        },
        key=lambda asked: asked.headers.get("x-api-key") or bearer(asked),
        wrong_key=_error(401, "authentication_error", "invalid x-api-key"),
        too_many=_error(429, "rate_limit_error", "Too many requests", {"retry-after": "1"}),
        broken=_error(529, "overloaded_error", "Overloaded"),
        unknown=_error(404, "not_found_error", "Not found"),
    )


def _error(status: int, kind: str, message: str, headers: dict[str, str] | None = None) -> Reply:
    body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_demo"}
    return Reply(status, body, {"request-id": "req_demo", **(headers or {})})


def _model(name: str) -> dict[str, Any]:
    return {"type": "model", "id": name, "display_name": name, "created_at": "2026-01-01T00:00:00Z"}


def _counted(asked: Asked) -> Reply:
    return _wrong(asked) or Reply(200, {"input_tokens": sum(map(_tokens, _texts(asked.data)))})


def _message(asked: Asked, mode: Mode) -> Reply:
    if wrong := _wrong(asked):
        return wrong
    if "max_tokens" not in asked.data:
        return _error(400, "invalid_request_error", "max_tokens: Field required")
    texts = _texts(asked.data)
    said, stopped = _written(texts, mode)
    body = {
        "id": f"msg_demo{asked.before}",
        "type": "message",
        "role": "assistant",
        "model": asked.data["model"],
        "content": [] if stopped == "refusal" else [{"type": "text", "text": said}],
        "stop_reason": stopped,
        "stop_sequence": None,
        "usage": _usage(asked.data, said, asked.before),
    }
    return Reply(200, body, {"request-id": "req_demo"}, paid=True)


def _wrong(asked: Asked) -> Reply | None:
    """What the service would not take."""
    if not (asked.headers.get("x-api-key") or bearer(asked)):
        return _error(401, "authentication_error", "x-api-key header is required")
    if named := next((name for name in _REFUSED_PARAMETERS if name in asked.data), ""):
        return _error(400, "invalid_request_error", f"{named}: this parameter is not supported")
    if asked.data.get("model") not in MODELS:
        return _error(404, "not_found_error", f"model: {asked.data.get('model')}")
    if not asked.data.get("messages"):
        return _error(400, "invalid_request_error", "messages: Field required")
    return None


def _blocks(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The blocks of text of a prompt, in the order in which they are read."""
    system = data.get("system") or []
    yield from [{"text": system}] if isinstance(system, str) else system
    for message in data.get("messages") or []:
        content = message.get("content") or []
        yield from [{"text": content}] if isinstance(content, str) else content


def _texts(data: dict[str, Any]) -> list[str]:
    return [str(block.get("text", "")) for block in _blocks(data)]


def _tokens(text: str) -> int:
    return len(text) // CHARACTERS_OF_A_TOKEN + 1


def _usage(data: dict[str, Any], said: str, before: int) -> dict[str, int]:
    """Tokens as they would be charged: what is marked for the cache is written to it the first time."""
    blocks = list(_blocks(data))
    marked = max((place for place, block in enumerate(blocks, 1) if block.get("cache_control")), default=0)
    cached = sum(_tokens(str(block.get("text", ""))) for block in blocks[:marked])
    rest = sum(_tokens(str(block.get("text", ""))) for block in blocks[marked:])
    if cached < CACHED_FROM:
        cached, rest = 0, cached + rest
    return {
        "input_tokens": rest,
        "output_tokens": _tokens(said),
        "cache_creation_input_tokens": 0 if before else cached,
        "cache_read_input_tokens": cached if before else 0,
    }


def _written(texts: Sequence[str], mode: Mode) -> tuple[str, str]:
    """What the model says and why it stops."""
    given = "\n".join(texts)
    snippets = [
        Snippet(found["id"], found["text"])
        for fence in _FENCE.finditer(given)
        for found in _SNIPPET.finditer(fence["inside"])
    ]
    places = [
        Place(found["name"], int(found["most"]), found["says"], bool(found["copied"]))
        for found in _PLACE.finditer(given)
    ]
    sentences = [one for place in places for one in _sentences(place, snippets)]
    match mode:
        case Mode.REFUSES:
            return "", "refusal"
        case Mode.TOO_LONG:
            return '{"sentences": [', "max_tokens"
        case Mode.BROKEN_JSON:
            return "Here is what I found: {", "end_turn"
        case Mode.WRONG_SHAPE:
            return _json({"sentences": "many"}), "end_turn"
        case Mode.UNCITED:
            sentences = [{**one, "cites": []} for one in sentences]
        case Mode.WRONG_NUMBERS:
            sentences = [{**one, "text": f"{one['text'].rstrip('.”')}, 4,711 of them.”"} for one in sentences]
        case Mode.OBEDIENT:
            sentences = _obeying(snippets, places) or sentences
    return _json({"sentences": sentences}), "end_turn"


def _sentences(place: Place, snippets: Sequence[Snippet]) -> Iterator[dict[str, Any]]:
    """What there is to say at a place: the words of the snippets that share most with what is wanted, as quotations or
    questions about them; nothing where none suits."""
    wanted = set(words(place.says)) - _COMMON
    usable = [(one, said) for one in snippets if (said := _sentence(one.text, place.copied))]
    ranked = sorted(usable, key=lambda pair: -len(wanted & set(words(pair[1]))))
    asks, open_to_all = "question" in wanted, place.name.rpartition(".")[2] in _ANYTHING
    for snippet, said in ranked[: place.most]:
        if place.copied or asks or open_to_all or wanted & set(words(said)):
            yield {"place": place.name, "text": _put(place, said, asks), "cites": [snippet.id]}


def _put(place: Place, said: str, asks: bool) -> str:
    if place.copied:
        return said
    if place.name.endswith("about"):
        return f"I read on your website: “{said}”"
    return f"What is behind “{said.rstrip('.')}”?" if asks else f"They say: “{said}”"


def _sentence(text: str, copied: bool) -> str:
    """The first sentence of a text that can be quoted as it is, else nothing; to be copied, a line will do."""
    found = _SENTENCE.match(text)
    said = found[0] if found else text if copied and len(text) <= _LINE else ""
    return "" if _UNUSABLE.search(said) or "“" in said else said.strip()


def _obeying(snippets: Sequence[Snippet], places: Sequence[Place]) -> list[dict[str, Any]]:
    """What the text orders, everywhere, with the snippet that orders it as evidence."""
    for snippet in snippets:
        if order := _ORDER.search(snippet.text):
            said = order["said"].strip()
            return [{"place": place.name, "text": said, "cites": [snippet.id]} for place in places]
    return []


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
