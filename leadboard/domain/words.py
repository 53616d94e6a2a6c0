"""Matching by whole words and phrases, never by pieces of words: "art" is not in "smart"."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")


def word_set(text: str) -> frozenset[str]:
    """The parts of a text between spaces: long tables of short words stay readable."""
    return frozenset(text.split())


_LABEL = 100
"""Titles, tags and countries come again and again and are remembered; long texts would only fill the memory."""

_COMMON = word_set(
    "a an and at by for from in of on or the to with company companies general industry industries other product "
    "products sector service services solution solutions"
)


def words(text: str) -> tuple[str, ...]:
    """The words of a text in order, lower case, split at everything that is neither letter nor digit."""
    return _words_of_label(text) if len(text) <= _LABEL else _split(text)


def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


_words_of_label = lru_cache(maxsize=8192)(_split)


def position(phrase: tuple[str, ...], within: tuple[str, ...]) -> int:
    """Where the phrase begins as whole words, or -1. An empty phrase is nowhere."""
    if not phrase or phrase[0] not in within:
        return -1
    length = len(phrase)
    return next((at for at in range(len(within) - length + 1) if within[at : at + length] == phrase), -1)


def mentions(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text as whole words."""
    return position(words(phrase), words(text)) >= 0


def shared_word(one: str, other: str) -> str:
    """The first word both texts share that says something ("services" does not), or an empty string."""
    known = set(words(other)) - _COMMON
    return next((word for word in words(one) if word in known), "")
