"""Small helpers for reading text."""

import re
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

from leadboard.domain.site.facts import SNIPPET_LENGTH

T = TypeVar("T")
P = ParamSpec("P")

_SHORT = 300

_LEGAL = re.compile(
    r"[\s,]+(?:inc|incorporated|llc|l\.l\.c|llp|ltd|limited|corp|corporation|co|company|gmbh(?: & co\.? "
    r"kg)?|ag|kg|ug|ohg"
    r"|e\.k|s\.?a|s\.?a\.?s|s\.?a\.?r\.?l|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|a/s|aps|ab|oy|as|plc|pty(?: "
    r"ltd)?|pte(?: ltd)?|lp)\.?$",
    re.IGNORECASE,
)


def remembered(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """A pure function of a text that remembers its answers for short ones: lines of menus, headers and footers come
    again on every page of a site. Long texts would only fill the memory."""
    known = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def answer(text: str, *args: P.args, **kwargs: P.kwargs) -> T:
        return (known if len(text) <= _SHORT else function)(text, *args, **kwargs)

    return answer


def snippet(text: str, start: int = 0, end: int = 0) -> str:
    """The part of `text` around `start:end`, at most 240 characters and cut at words where possible."""
    if len(text) <= SNIPPET_LENGTH:
        return text
    room = max(SNIPPET_LENGTH - (end - start), 0)
    first = max(0, min(start - room // 2, len(text) - SNIPPET_LENGTH))
    last = min(len(text), first + SNIPPET_LENGTH)
    if first and (space := text.find(" ", first, start)) >= 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", end, last)) > first:
        last = space
    return text[first:last].strip()[:SNIPPET_LENGTH]


def unique(items: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """The items without later ones of the same key."""
    kept: dict[Hashable, T] = {}
    for item in items:
        kept.setdefault(key(item), item)
    return tuple(kept.values())


def compact(name: str) -> str:
    """Letters and digits only, lower case: `Better Builders` and `better-builders` are the same."""
    return "".join(filter(str.isalnum, name.casefold()))


@remembered
def bare_name(name: str) -> str:
    """A company name without its legal form: `Acme Pty. Ltd.` is `Acme`."""
    previous = ""
    while previous != name:
        previous, name = name, _LEGAL.sub("", name).strip(" ,.")
    return name
