"""The evidence check: which sentences their citations bear out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from leadboard.domain.evidence.dates import Dated, Day, dates
from leadboard.domain.evidence.names import names, stands
from leadboard.domain.evidence.numbers import VAGUE, Number, numbers
from leadboard.domain.evidence.spelling import STOP, alike, spoken, telling
from leadboard.domain.words import word_set

MOST_CITED = 3

_LINK = re.compile(r"https?:|www\.|@|\w\.\w{2,}/|[<>{}\[\]\\`|]", re.IGNORECASE)
_GUESS = word_set(
    "apparently arguably assume assumed could likely may maybe might perhaps possibly potential potentially presumably "
    "probable probably seem seemingly seems suggest suggests supposedly unlikely appear appears"
)
_DENIAL = word_set(
    "no not never none nobody nothing nowhere neither nor without lack lacks lacking missing absent cannot don't "
    "doesn't didn't isn't aren't wasn't weren't won't can't haven't hasn't unknown unclear unspecified"
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words that were read somewhere, under the id they are cited by; `confidence` 0 to 1."""

    id: str
    text: str
    source: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the ids it cites. `advice`: it says what to ask or to do, so it may have words of its own; its
    names, numbers and dates may not."""

    text: str
    cites: tuple[str, ...]
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence that is borne out, and the words that do it."""

    sentence: Sentence
    evidence: Snippet


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that is not, and why, for people."""

    sentence: Sentence
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on each sentence, in the order of the sentences."""

    verdicts: tuple[Kept | Dropped, ...]

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The sentences that are borne out."""
        return tuple(one for one in self.verdicts if isinstance(one, Kept))

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """The sentences that are not."""
        return tuple(one for one in self.verdicts if isinstance(one, Dropped))


def check(sentences: Iterable[Sentence], snippets: Iterable[Snippet], about: Sequence[str] = ()) -> Checked:
    """Hold each sentence against what it cites. `about` are names anybody may use: of the company and of who asks.

    A sentence is kept when every name, number and date in it stands in a snippet it cites (or in those it cites
    together), and when it says something of that snippet, guesses nothing and denies nothing the snippet does not deny.
    """
    by_id = {snippet.id: snippet for snippet in snippets}
    known = frozenset(word for name in about for word in spoken(name))
    return Checked(tuple(_verdict(sentence, by_id, known) for sentence in sentences))


def _verdict(sentence: Sentence, by_id: Mapping[str, Snippet], known: frozenset[str]) -> Kept | Dropped:
    cited = list(dict.fromkeys(sentence.cites))
    if not cited:
        return Dropped(sentence, "It cites nothing.")
    if unknown := [one for one in cited if one not in by_id]:
        return Dropped(sentence, f"It cites what was not given: {unknown[0][:20]}.")
    if len(cited) > MOST_CITED:
        return Dropped(sentence, f"It cites more than {MOST_CITED} snippets.")
    if _LINK.search(sentence.text):
        return Dropped(sentence, "It holds a link, an address or markup.")
    snippets = [by_id[one] for one in cited]
    for snippet in (*snippets, _together(snippets)):
        why = _unsupported(sentence, snippet.text, known)
        if not why:
            return Kept(sentence, snippet)
    return Dropped(sentence, why)


def _together(snippets: Sequence[Snippet]) -> Snippet:
    first = snippets[0]
    text = " … ".join(one.text for one in snippets)
    return Snippet(first.id, text, first.source, min(one.confidence for one in snippets))


def _unsupported(sentence: Sentence, evidence: str, known: frozenset[str]) -> str:
    """What of a sentence the evidence does not have, for people; empty when it has all."""
    read, said = _read(evidence), _read(sentence.text)
    if strange := next((one for one in said.dates if not _dated(one, read)), None):
        return f"The date is not in the evidence: {sentence.text[strange.start : strange.end]}."
    if number := next((one for one in said.numbers if not _counted(one, read)), None):
        return f"The number is not in the evidence: {_shown(number)}."
    if vague := next((one for one in said.words if one in VAGUE and one not in read.words), ""):
        return f"The quantity is not in the evidence: {vague}."
    names_left = [tuple(word for word in name if word not in known) for name in said.names]
    if name := next((one for one in names_left if one and not stands(one, read.words)), ()):
        return f"The name is not in the evidence: {' '.join(name).title()}."
    if sentence.advice or sentence.text.rstrip().endswith("?"):
        return ""
    if guess := next((one for one in said.words if one in _GUESS and one not in read.words), ""):
        return f"It guesses: {guess}."
    if not read.denies and (denial := next((one for one in said.words if one in _DENIAL), "")):
        return f"It denies what the evidence does not deny: {denial}."
    if any(names_left) or said.numbers or said.dates or _shares(said, read, known):
        return ""
    return "It says nothing of what it cites."


@dataclass(frozen=True, slots=True)
class _Read:
    """What stands in a text."""

    dates: tuple[Dated, ...]
    numbers: tuple[Number, ...]
    names: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    telling: frozenset[str]

    @property
    def days(self) -> frozenset[Day]:
        return frozenset(day for one in self.dates for day in one.readings)

    @property
    def denies(self) -> bool:
        return any(word in _DENIAL for word in self.words)


@lru_cache(maxsize=1024)
def _read(text: str) -> _Read:
    found = dates(text)
    rest = text
    for one in found:
        rest = rest[: one.start] + " ; ".ljust(one.end - one.start, " ")[: one.end - one.start] + rest[one.end :]
    return _Read(tuple(found), tuple(numbers(rest)), tuple(names(rest)), spoken(text), telling(text))


def _dated(one: Dated, read: _Read) -> bool:
    return any(mine.within(theirs) for mine in one.readings for theirs in read.days)


def _counted(number: Number, read: _Read) -> bool:
    """Whether a number stands there, and not as the count of something else that is counted there too."""
    same = [one for one in read.numbers if one.same(number)]
    if not same:
        years = {day.year for day in read.days}
        return not number.kind and any(value in years for value in number.readings)
    if not number.thing or number.thing in STOP or any(alike(number.thing, one.thing) for one in same if one.thing):
        return True
    return not any(one.thing and alike(number.thing, one.thing) for one in read.numbers if one not in same)


def _shares(said: _Read, read: _Read, known: frozenset[str]) -> bool:
    return any(alike(mine, theirs) for mine in said.telling - known for theirs in read.telling)


def _shown(number: Number) -> str:
    value = max(number.readings)
    shown = f"{value:,f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value):,}"
    return " ".join(filter(None, (shown, number.kind or number.thing)))
