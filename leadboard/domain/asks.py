"""Questions to outside services: how each is told apart from every other, and what may become of it."""

from dataclasses import asdict
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

import orjson

from leadboard.domain.found import AskedCompany, AskedPerson, Search
from leadboard.domain.services import Task

WINDOW = timedelta(days=90)
"""An answer counts for so long: the same question is not put again, nor another one about the same record."""

PREFIX = "v1:enrich"
"""Of every question's key: another one makes all that was answered count no more."""

Question = Search | AskedCompany | AskedPerson | str
"""What is asked; a text is an e-mail address to verify."""


class AskStatus(StrEnum):
    """What became of a call."""

    ASKED = "asked"
    SUCCESS = "success"
    ERROR = "error"
    CUT_OFF = "cut_off"
    """The process died over it: it may have been paid for, so it counts as paid and is not put again."""


ANSWERED = (AskStatus.SUCCESS, AskStatus.CUT_OFF)
"""What keeps a service from being asked again within the window; an error does not."""


class Spared(StrEnum):
    """Why a call was not made."""

    CACHE = "cache"
    """The same question has its answer."""
    WINDOW = "window"
    """The service has said what it knows about this record."""
    ORDER = "order"
    """An earlier service found the address."""


def key(service: str, task: Task, question: Question, cursor: str = "") -> str:
    """The cache key of a question: `v1:enrich:<service>:<sha256 of its normalised input>`."""
    asked: dict[str, Any] = {"task": task, "cursor": cursor, "input": _normal(_plain(question))}
    digest = sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"{PREFIX}:{service}:{digest}"


def _plain(question: Question) -> Any:
    return question if isinstance(question, str) else asdict(question)


def _normal(value: Any) -> Any:
    """Without what makes no difference to a service: case, spaces, and the order of words that stand beside."""
    match value:
        case str():
            return " ".join(value.casefold().split())
        case list() | tuple():
            return sorted(_normal(each) for each in value)
        case dict():
            return {name: _normal(each) for name, each in value.items() if each not in ("", (), 0, None)}
    return value
