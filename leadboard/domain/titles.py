"""How much a job title decides (scoring sheet, section 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leadboard.domain.words import word_set, words

MAX_AUTHORITY = 25
OTHER_TITLE = 5
DECIDES = 15
"""From a director upwards."""

_TABLE: dict[str, int] = {
    **dict.fromkeys(
        ("owner", "founder", "co founder", "cofounder", "ceo", "chief executive", "managing director"), MAX_AUTHORITY
    ),
    **dict.fromkeys(("chief", "cfo", "cmo", "coo", "cto", "cio", "cro", "cpo", "ciso", "president"), 22),
    **dict.fromkeys(("vice president", "vp", "svp", "evp"), 18),
    **dict.fromkeys(("director", "head"), 15),
    "senior manager": 10,
    **dict.fromkeys(("manager", "lead"), 7),
}
_PHRASES = {words(phrase): points for phrase, points in _TABLE.items()}
_LONGEST_FIRST = sorted({len(phrase) for phrase in _PHRASES}, reverse=True)
_SUBORDINATE = word_set("assistant intern student coordinator receptionist")


@dataclass(frozen=True)
class Authority:
    """What a title is worth, 0 to 25: `phrase` gave the points, `capped_by` is the word that holds them at 5."""

    points: int
    phrase: str = ""
    capped_by: str = ""

    @property
    def decides(self) -> bool:
        """Whether somebody with this title makes decisions."""
        return self.points >= DECIDES


@lru_cache(maxsize=8192)
def authority(title: str) -> Authority:
    """The authority of a title, by whole words; a phrase that matched takes its words with it."""
    every = words(title)
    if not every:
        return Authority(0)
    if capped_by := next((word for word in every if word in _SUBORDINATE), ""):
        return Authority(OTHER_TITLE, "", capped_by)
    found = max(_phrases(every), key=lambda phrase: _PHRASES[phrase], default=None)
    return Authority(_PHRASES[found], " ".join(found)) if found else Authority(OTHER_TITLE)


def _phrases(left: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The phrases of the table in a title, longest first, none of them sharing a word."""
    for length in _LONGEST_FIRST:
        for at in range(len(left) - length + 1):
            phrase = left[at : at + length]
            if phrase in _PHRASES:
                yield phrase
                left = (*left[:at], *[""] * length, *left[at + length :])
