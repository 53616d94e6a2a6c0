"""Which industry of the skills sheet texts speak of."""

from collections import defaultdict
from collections.abc import Iterable

from leadboard.domain.vocabulary import name_words
from leadboard.domain.vocabulary.industries import GENERAL, LEXICON

_WEIGHTS = dict.fromkeys(GENERAL, 0.3) | {"saas": 0.5, "technology": 0.5}
"""Words for technology often say how, where others say what for: "software for dentists" is about dentists."""
_CLEAR = 0.6
_LEAST = 0.5


def trades_in(text: str) -> tuple[str, ...]:
    """The trades a text names, as keys of the vocabulary ("healthcare/Dental care"), each once and in its order."""
    return tuple(dict.fromkeys(hit.key for hit in LEXICON.hits(text)))


def industry_of(trade: str) -> str:
    """The industry a trade belongs to."""
    return trade.partition("/")[0]


def industries_in(text: str) -> tuple[str, ...]:
    """The industries a text names, each once and in its order; the general ones only where nothing else is named."""
    named = tuple(dict.fromkeys(map(industry_of, trades_in(text))))
    return tuple(name for name in named if name not in GENERAL) or named


def industry_of_name(name: str) -> str:
    """The industry the name of a company tells, or empty: by its last telling word, for "Law Books" sell books."""
    told = [hit.key for hit in name_words.LEXICON.hits(name)]
    return told[-1] if told else clearest_industry([name])


def clearest_industry(texts: Iterable[str], without: frozenset[str] = frozenset()) -> str:
    """The industry that texts speak of, or empty where none has three fifths of the points.

    A word counts once, however often it is said; `without` are trades that do not count.
    """
    hits = (hit for text in texts for hit in LEXICON.hits(text) if hit.key not in without)
    points: dict[str, float] = defaultdict(float)
    for industry, _ in {(industry_of(hit.key), hit.phrase.casefold()): None for hit in hits}:
        points[industry] += _WEIGHTS.get(industry, 1.0)
    best = max(points, key=lambda name: points[name], default="")
    clear = best and points[best] >= _LEAST and points[best] >= _CLEAR * sum(points.values())
    return best if clear else ""
