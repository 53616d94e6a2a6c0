"""Names in a text: words with a capital that stand there for no other reason than being one."""

import re
from collections.abc import Iterator, Sequence

from leadboard.domain.evidence.numbers import NUMBER_WORDS
from leadboard.domain.evidence.spelling import STOP, plain, singular
from leadboard.domain.words import word_set

_TOKEN = re.compile(r"[^\W_](?:[\w&+]|['’.-](?=\w))*\+?")
_STARTS = re.compile(r"(?:^|[.!?:;…]\s+|[\"“”„«(]\s*|[-–—•]\s+)$")
_PARTS = re.compile(r"[^\w&+]|_")

_OPENERS = (
    word_set(
        "according add although among answer another ask asking at because begin bring build call check choose "
        "close come compare confirm congratulate connect consider discuss during even every explain explore few "
        "find finding first focus follow get give good having hear highlight introduce invite keep know last later "
        "lead leave let like likely link listen look looking main mention most name no none not note now once one "
        "open opening pay perhaps please plan point position prepare present propose provide put quote reach read "
        "recent recently refer remind same say second see send several share show since some start starting still "
        "suggest talk tell thank today together two understand unlike until usually way write yes yet yesterday hi "
        "hello dear kind best regards thanks"
    )
    | STOP
    | NUMBER_WORDS
)
"""Words that may open a sentence: their capital says nothing."""

_ALWAYS = word_set("i i'm i'd i'll i've")


def names(text: str) -> Iterator[tuple[str, ...]]:
    """The names of a text, each as its plain words in order: `Ada Fischer` is `("ada", "fischer")`.

    Names that stand beside each other are one: `Director Ada Fischer`. Months and numbers are no names.
    """
    run: list[str] = []
    last = 0
    for match in _TOKEN.finditer(text):
        if run and text[last : match.start()].strip(" \u00a0"):
            yield tuple(run)
            run = []
        last = match.end()
        parts = [plain(part) for part in _PARTS.split(plain(match[0])) if part]
        if _is_name(text, match, parts):
            run += parts
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _is_name(text: str, match: re.Match[str], parts: Sequence[str]) -> bool:
    word = match[0]
    if not any(letter.isupper() for letter in word) or word.casefold() in _ALWAYS:
        return False
    opens = bool(_STARTS.search(text[: match.start()]))
    return not (opens and word[0].isupper() and word[1:].islower() and parts[0] in _OPENERS)


def stands(name: Sequence[str], within: Sequence[str]) -> bool:
    """Whether a name stands in plain words: as a whole, or in pieces of which one is longer than a word.

    `Director Ada Fischer` stands in "Ada Fischer, director"; `Ada Fischer` does not in "Ada Smith and Bob Fischer".
    """
    pieces, at = [], 0
    while at < len(name):
        length = next((size for size in range(len(name) - at, 0, -1) if _at(name[at : at + size], within)), 0)
        if not length:
            return False
        pieces.append(length)
        at += length
    return len(name) == 1 or max(pieces) > 1


def _at(piece: Sequence[str], within: Sequence[str]) -> bool:
    size = len(piece)
    return any(
        all(singular(mine) == singular(theirs) for mine, theirs in zip(piece, within[at : at + size], strict=True))
        for at in range(len(within) - size + 1)
    )
