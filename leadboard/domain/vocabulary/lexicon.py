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
        found = _words(text)
        at = 0
        while at < len(found):
            length = 1
            for rest, key in self._starts.get(found[at][0], ()):
                if all(at + step < len(found) and found[at + step][0] == word for step, word in enumerate(rest, 1)):
                    length += len(rest)
                    start, end = found[at][1], found[at + length - 1][2]
                    yield Hit(key, text[start:end], start, end)
                    break
            at += length


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, int, int], ...]:
    """Word, start and end. Several tables are looked for in the same lines one after the other."""
    return tuple((match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text))


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    words = tuple(match[0].casefold() for match in _WORD.finditer(phrase))
    plural = () if words[-1].endswith("s") else (words[-1] + "s",)
    return {words, (*words[:-1], *(plural or words[-1:]))}


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a table's cell, which are separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
