"""Words as they are compared: without case, accents, possessives and plurals."""

import re
import unicodedata
from functools import lru_cache

from leadboard.domain.words import word_set

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_PLURAL = ("ss", "us", "is")

STOP = word_set(
    "a about after all also an and any are as at be been before being both but by can do does each for from had has "
    "have he her here his how i if in into is it its just like made make makes many more most much new of off on one "
    "only or other our out over own say says she so some such than that the their them then there these they this "
    "those through to too under up us use uses using very was we well were what when where which while who whose why "
    "will with within would you your company companies business businesses customer customers website work works "
    "offer offers help helps need needs run runs get give gives take takes"
)
"""Words that say nothing about one company in particular."""


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """Lower case, without accents and a possessive: `Café's` is `cafe`."""
    decomposed = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word.casefold()))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """A plain word without its plural: `cafés`, `agencies` and `boxes` are `cafe`, `agency` and `box`."""
    word = plain(word)
    if len(word) < 4 or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word.removesuffix("s")


def spoken(text: str) -> tuple[str, ...]:
    """The words of a text, plain."""
    return tuple(plain(word) for word in _WORD.findall(text))


def alike(one: str, other: str) -> bool:
    """Whether two plain words are forms of one: `expanding` and `expands`, not `new` and `news`."""
    if singular(one) == singular(other):
        return True
    shared = min(len(one), len(other))
    return shared >= 5 and one[: max(5, shared - 3)] == other[: max(5, shared - 3)]


def telling(text: str) -> frozenset[str]:
    """The words of a text that say something, plain."""
    return frozenset(word for word in spoken(text) if len(word) > 2 and word not in STOP)
