"""Finding many phrases in a text in one pass, by whole words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that stands for `key`, as it is written at `start:end` of the text."""

    key: str
    phrase: str
    start: int
    end: int


class Lexicon:
    """Phrases by the key they stand for. Words compare without case; the last word of a phrase may have a plural s.

    Where phrases overlap, the longest that begins first counts and takes its words with it.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key, texts in phrases.items():
            for text in texts:
                for spelling in _spellings(text):
                    first, *rest = spelling
                    self._starts.setdefault(first, []).append((tuple(rest), key))
        for candidates in self._starts.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def hits(self, text: str) -> Iterator[Hit]:
        """The phrases in the text, in reading order."""
        words, places = _words(text)
        if self._starts.keys().isdisjoint(words):
            return
        after = 0
        for at, word in enumerate(words):
            if at < after:
                continue
            for rest, key in self._starts.get(word, ()):
                if words[at + 1 : at + 1 + len(rest)] == rest:
                    after = at + 1 + len(rest)
                    start, end = places[at][0], places[after - 1][1]
                    yield Hit(key, text[start:end], start, end)
                    break


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Words, and start and end of each. Several tables are looked for in the same lines one after the other."""
    found = tuple(_WORD.finditer(text))
    return tuple(match[0].casefold() for match in found), tuple(match.span() for match in found)


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    words = tuple(match[0].casefold() for match in _WORD.finditer(phrase))
    plural = () if words[-1].endswith("s") else (words[-1] + "s",)
    return {words, (*words[:-1], *(plural or words[-1:]))}


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a table's cell, which are separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
