"""What a board is narrowed to: one frozen value, read from the query of an address and written back into it. Pure.

Words of one filter are alternatives, filters narrow each other: two countries and a tag are leads in either country
that carry the tag. Whatever an address says that cannot be meant is left out and told in a sentence.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from leadboard.domain.places import country_code, country_name
from leadboard.domain.stages import COLUMN_TITLES

LONGEST_QUERY = 16_000
"""Characters of a query; what stands behind them is not read."""
LONGEST_TEXT = 100
MOST_WORDS = 50
"""Words of one filter."""

LARGEST = 10**13 - 1
"""The largest number of a range."""

NOBODY = "none"
"""The owner of leads that have none."""

BANDS: Mapping[str, str] = {"strong": "strong", "fair": "fair", "weak": "weak", "none": "not scored"}
"""Band of the fit score -> its words."""

BAND_SCORES: Mapping[str, tuple[int, int]] = {"strong": (70, 100), "fair": (40, 69), "weak": (0, 39), "none": (-1, -1)}
"""Band of the fit score -> lowest and highest score."""


class Span(NamedTuple):
    """From `low` to `high`, both included; without a bound where it is None."""

    low: int | None = None
    high: int | None = None

    @property
    def open(self) -> bool:
        """Whether it holds everything."""
        return self.low is None and self.high is None


EVERYTHING = Span()


class Told(NamedTuple):
    """A filter in words: its key, "Country", "Norway, Sweden"."""

    key: str
    name: str
    words: str


@dataclass(frozen=True)
class LeadFilter:
    """Which leads a board shows; all of them when nothing is set.

    `value` is in units of the workspace's currency, `size` in employees; `owner` names people as cards do, or `NOBODY`;
    `stage` names columns. Words stand each once and in order, so that equal filters are equal.
    """

    q: str = ""
    industry: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    size: Span = EVERYTHING
    score: tuple[str, ...] = ()
    value: Span = EVERYTHING
    owner: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it narrows anything."""
        return self != ALL

    @property
    def query(self) -> str:
        """As the query of an address, with its question mark; empty when nothing is set."""
        said = urlencode([(key, word) for key in KEYS for word in _words(getattr(self, key))])
        return f"?{said}" if said else ""

    def without(self, key: str) -> "LeadFilter":
        """The same without one of its filters."""
        return replace(self, **{key: getattr(ALL, key)}) if key in KEYS else self

    def within(self, columns: Sequence[str]) -> "LeadFilter":
        """The same for a board of these columns: stages of the other board mean nothing there."""
        return replace(self, stage=tuple(stage for stage in self.stage if stage in columns))

    def told(self, currency: str = "") -> list[Told]:
        """Each filter in use in words; `currency` is the sign before amounts."""
        named: dict[str, tuple[str, str]] = {
            "q": ("Text", f"“{self.q}”"),
            "industry": ("Industry", _listed(self.industry)),
            "country": ("Country", _listed([country_name(code) for code in self.country])),
            "size": ("Employees", _spanned(self.size)),
            "score": ("Fit", _either([BANDS[band] for band in self.score])),
            "value": ("Value", _spanned(self.value, currency)),
            "owner": ("Owner", _listed(["nobody" if name == NOBODY else name for name in self.owner])),
            "tag": ("Tag", _listed(self.tag)),
            "stage": ("Stage", _listed([COLUMN_TITLES[stage] for stage in self.stage])),
        }
        return [Told(key, *named[key]) for key in KEYS if getattr(self, key) != getattr(ALL, key)]


KEYS: tuple[str, ...] = tuple(field.name for field in fields(LeadFilter))
"""The words of an address, in the order of its chips."""

ALL = LeadFilter()


class Read(NamedTuple):
    """What an address asks for, and a sentence for each part of it that was left out."""

    filter: LeadFilter
    left_out: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def read(query: str) -> Read:
    """The filter in the query of an address (without its question mark). Keys that are no filter are passed over."""
    said: dict[str, list[str]] = {key: [] for key in KEYS}
    for key, text in parse_qsl(_cut(query)):
        if key in said and (word := " ".join(text.split())):
            said[key].append(word)
    problems: list[str] = []
    found: dict[str, Any] = {key: _READERS[key](_printable(words, problems), problems) for key, words in said.items()}
    return Read(LeadFilter(**found), tuple(dict.fromkeys(problems)))


def _cut(query: str) -> str:
    return query if len(query) <= LONGEST_QUERY else query[:LONGEST_QUERY].rpartition("&")[0]


def _printable(words: list[str], problems: list[str]) -> list[str]:
    clean = [word for word in words if word.isprintable() and len(word) <= LONGEST_TEXT]
    if len(clean) < len(words):
        problems.append(f"A filter is up to {LONGEST_TEXT} characters that can be typed, so this one was left out.")
    if len(clean) > MOST_WORDS:
        problems.append(f"A filter holds up to {MOST_WORDS} choices, so the others were left out.")
    return clean[:MOST_WORDS]


def _text(words: list[str], problems: list[str]) -> str:
    return words[-1] if words else ""


def _any(words: list[str], problems: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _countries(words: list[str], problems: list[str]) -> tuple[str, ...]:
    return _known(words, country_code, "is no country", problems)


def _bands(words: list[str], problems: list[str]) -> tuple[str, ...]:
    found = _known(words, lambda word: word if word in BANDS else "", "is no band of the fit score", problems)
    return tuple(band for band in BANDS if band in found)


def _stages(words: list[str], problems: list[str]) -> tuple[str, ...]:
    found = _known(words, lambda word: word if word in COLUMN_TITLES else "", "is no stage", problems)
    return tuple(str(stage) for stage in COLUMN_TITLES if stage in found)


def _known(words: list[str], known: Callable[[str], str], problem: str, problems: list[str]) -> tuple[str, ...]:
    problems += [f"“{word}” {problem}, so it was left out." for word in words if not known(word)]
    return tuple(sorted({name for word in words if (name := known(word))}))


def _span(words: list[str], problems: list[str]) -> Span:
    """ "50-500", "50-", "-500", or "50" for exactly that; thousands may be parted."""
    if not words:
        return EVERYTHING
    low, dash, high = words[-1].replace("–", "-").partition("-")
    ends = [end.strip() for end in (low, high if dash else low)]
    if not any(ends) or not all(_is_number(end) for end in ends if end):
        problems.append(f"“{words[-1]}” is no range like 50-500, so it was left out.")
        return EVERYTHING
    span = Span(*(int(_PARTED.sub("", end)) if end else None for end in ends))
    if span.low is not None and span.high is not None and span.low > span.high:
        problems.append(f"“{words[-1]}” ends before it begins, so it was left out.")
        return EVERYTHING
    return span


_PARTED = re.compile(r"[ ,.'’\u00a0\u202f]")
_NUMBER = re.compile(rf"[0-9]{{1,13}}|[0-9]{{1,3}}(?:{_PARTED.pattern}[0-9]{{3}}){{1,3}}")


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


_READERS: Mapping[str, Callable[[list[str], list[str]], object]] = {
    "q": _text,
    "industry": _any,
    "country": _countries,
    "size": _span,
    "score": _bands,
    "value": _span,
    "owner": _any,
    "tag": _any,
    "stage": _stages,
}


def _words(part: str | tuple[str, ...] | Span) -> Iterator[str]:
    """A filter as the words of an address."""
    if isinstance(part, Span):
        if not part.open:
            yield f"{_end(part.low)}-{_end(part.high)}"
    elif isinstance(part, str):
        yield from [part] if part else []
    else:
        yield from part


def _end(bound: int | None) -> str:
    return "" if bound is None else str(bound)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words) if len(words) < 3 else f"{len(words)} selected"


def _either(words: Sequence[str]) -> str:
    return " or ".join(words)


def _spanned(span: Span, sign: str = "") -> str:
    low, high = (None if end is None else f"{sign}{end:,}" for end in span)
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"{low} or more"
    return low if low == high else f"{low}–{high}"
