"""Which industry a company is in, by the words of its list entry, its structured data and its pages."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from leadboard.domain.package import Statement, statement
from leadboard.domain.vocabulary.industries import GENERAL, LEXICON, SCHEMA_TYPES, label
from leadboard.engine.agents.base import IMPORT, Known
from leadboard.engine.agents.evidence import listed, plain, quote, search

_LEAST = 4.0
"""Points below which an industry is a guess: one telling word in a title, or two words in the text."""

_MOST_PER_WORD = 8
_A_SENTENCE = 40
_CONFIDENT = ((20, 0.85), (10, 0.75), (6, 0.6), (0, 0.5))


@dataclass(frozen=True)
class Sector:
    """`key` is the industry of the skills sheet, `name` what people read; `statement` carries the evidence."""

    key: str
    name: str
    statement: Statement


class _Hint(NamedTuple):
    """A word that speaks for a trade. `worth` is how well its snippet convinces a reader: sentences do best.

    The snippet is only cut out for the best of them.
    """

    trade: str
    word: str
    points: float
    worth: float
    source: str
    snippet: Callable[[], str]


@dataclass
class _Tally:
    """The points of a trade and the best place that speaks for it."""

    points: float = 0.0
    best: float = 0.0
    source: str = ""
    snippet: str = ""
    words: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, one: _Hint) -> None:
        points = min(one.points, _MOST_PER_WORD - self.words[one.word])
        self.words[one.word] += points
        self.points += points
        if one.worth > self.best:
            self.best, self.source, self.snippet = one.worth, one.source, one.snippet()


def sector_of(known: Known) -> Sector | None:
    """The industry of the company, or None where nothing says enough.

    What the list says goes first, in its own words; else the industry with the most points, two in three of which must
    not belong to another one.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for hint in _hints(known):
        tallies[hint.trade].add(hint)
    industries: dict[str, float] = defaultdict(float)
    for key, tally in tallies.items():
        industries[key.partition("/")[0]] += tally.points * (0.3 if key.partition("/")[0] in GENERAL else 1)
    best = max(industries, key=lambda name: industries[name], default="")
    if known.lead.industry.strip():
        return _as_listed(known, best)
    if not best or industries[best] < _LEAST or industries[best] < 0.4 * sum(industries.values()):
        return None
    inside = {key: tally for key, tally in tallies.items() if key.partition("/")[0] == best}
    key = max(inside, key=lambda one: (inside[one].points * (1.2 if one.partition("/")[2] else 1), one))
    confidence = next(share for least, share in _CONFIDENT if industries[best] >= least)
    name = label(key)
    tally = inside[key]
    return Sector(best, name, statement(name, tally.source, tally.snippet, confidence))


def _as_listed(known: Known, best: str) -> Sector:
    industry = plain(known.lead.industry)
    hit = next(LEXICON.hits(industry), None)
    return Sector(hit.key.partition("/")[0] if hit else best, industry, listed(industry, industry, 0.9))


def _hints(known: Known) -> Iterator[_Hint]:
    """Everything that speaks for an industry."""
    listed_as = plain(known.lead.industry)
    for hit in LEXICON.hits(listed_as):
        yield _Hint(hit.key, hit.phrase.casefold(), 6, 9, IMPORT, lambda: listed_as)
    for hit, passage in search(known, LEXICON):
        worth = passage.weight + (5 if len(passage.text) > _A_SENTENCE else 1)
        cut = partial(quote, passage, hit)
        yield _Hint(hit.key, hit.phrase.casefold(), passage.weight, worth, passage.source, cut)
    if not (site := known.site):
        return
    for organization in site.organizations[:3]:
        for kind in organization.types:
            if trade := SCHEMA_TYPES.get(kind):
                yield _Hint(trade, kind, 5, 1, organization.found.url, partial(str, organization.found.snippet))
    named = [(found.value, 4, found) for found in site.company_names[:1]]
    named += [(service.name, 2, service.found) for service in site.services[:20]]
    for text, points, found in named:
        for hit in LEXICON.hits(text):
            yield _Hint(hit.key, hit.phrase.casefold(), points, points, found.url, partial(str, found.snippet))
