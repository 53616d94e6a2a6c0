"""The texts an agent may quote, and statements that quote them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from leadboard.domain.package import Statement, is_statement, statement
from leadboard.domain.site import Found, SiteFacts
from leadboard.domain.site.text import compact, snippet
from leadboard.domain.vocabulary.lexicon import Hit, Lexicon
from leadboard.engine.agents.base import ICP, IMPORT, WORKSPACE, Known

MOST_READ = 60_000
"""Characters of a site that are searched for words; start pages and those about the company come first."""

_LINE = 40
_FEW_WORDS = 5
_PAGE_ORDER = ("home", "about", "services", "careers", "blog", "team", "case_studies", "portfolio", "contact", "other")
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[^a-z])|[•|]|\n")
_HIDDEN = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_RISKY = re.compile(r"https?:|www\.|@|[<>{}\[\]\\`|]|\.[a-z]{2,}/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that may be quoted. `weight` is how much it says about the company: a title more than a line."""

    text: str
    source: str
    weight: int
    kind: str


def passages(known: Known) -> Iterator[Passage]:
    """What the list and the website say in words, each line once, the most telling pages first.

    What customers are quoted with is left out: it is about the customer.
    """
    yield from _listed(known)
    if known.site:
        yield from _of_site(known.site)


def _listed(known: Known) -> Iterator[Passage]:
    for text in known.lead.texts:
        yield Passage(plain(text), IMPORT, 3, IMPORT)


@lru_cache(maxsize=4)
def _of_site(site: SiteFacts) -> tuple[Passage, ...]:
    return tuple(_read(site))


def _read(site: SiteFacts) -> Iterator[Passage]:
    seen = {quote.text for quote in site.testimonials}
    praise = " ".join(seen)
    read = 0
    for page in sorted(site.pages, key=lambda page: _PAGE_ORDER.index(page.page_type)):
        telling = 3 if page.page_type in ("home", "about") else 2
        headings = {heading.text for heading in page.headings}
        titles = ((text, telling) for text in (page.title, page.description))
        lines = ((line, 2 if line in headings else 1) for line in page.text.split("\n"))
        for text, weight in (*titles, *lines):
            if len(text) < 3 or text in seen or (len(text) > _LINE and text[:_LINE] in praise) or read > MOST_READ:
                continue
            seen.add(text)
            read += len(text)
            yield Passage(text, page.url, weight, page.page_type)


def search(known: Known, lexicon: Lexicon) -> Iterator[tuple[Hit, Passage]]:
    """Where the words of a table stand."""
    yield from _hits(_listed(known), lexicon)
    if known.site:
        yield from _hits_of_site(known.site, lexicon)


@lru_cache(maxsize=32)
def _hits_of_site(site: SiteFacts, lexicon: Lexicon) -> tuple[tuple[Hit, Passage], ...]:
    """Several agents look for the words of the same table."""
    return tuple(_hits(_of_site(site), lexicon))


def _hits(passages: Iterable[Passage], lexicon: Lexicon) -> Iterator[tuple[Hit, Passage]]:
    return ((hit, passage) for passage in passages for hit in lexicon.hits(passage.text))


def quote(passage: Passage, hit: Hit) -> str:
    """The sentence around a hit, at most 240 characters; of a very short one, the line it stands in."""
    before = [end.end() for end in _SENTENCE_END.finditer(passage.text, 0, hit.start)]
    after = _SENTENCE_END.search(passage.text, hit.end)
    first = before[-1] if before else 0
    last = after.end() if after else len(passage.text)
    sentence = passage.text[first:last].strip(" |•")
    if len(sentence.split()) < _FEW_WORDS:
        return snippet(passage.text, hit.start, hit.end)
    at = passage.text.index(sentence, first)
    return snippet(sentence, hit.start - at, hit.end - at)


def plain(text: str) -> str:
    """One line without control, direction and zero-width characters."""
    return " ".join(_HIDDEN.sub(" ", text).split())


def said(text: str, found: Found, confidence: float | None = None) -> Statement:
    """A statement that rests on a value read from a page."""
    return statement(text, found.url, found.snippet, found.confidence if confidence is None else confidence)


def quoted(text: str, passage: Passage, hit: Hit, confidence: float) -> Statement:
    """A statement that rests on the sentence a word was found in."""
    return statement(text, passage.source, quote(passage, hit), confidence)


def listed(text: str, value: str, confidence: float = 0.8) -> Statement:
    """A statement that rests on a value of the imported list."""
    return statement(text, IMPORT, snippet(plain(value)), confidence)


def wanted(text: str, entry: str, confidence: float = 0.9) -> Statement:
    """A statement that rests on an entry of the workspace's profile."""
    return statement(text, ICP, entry, confidence)


def offered(text: str, offer: str, confidence: float = 0.9) -> Statement:
    """A statement that rests on what the workspace offers."""
    return statement(text, WORKSPACE, offer, confidence)


def resting(text: str, on: Statement, confidence: float | None = None) -> Statement:
    """A new sentence with the evidence of another; it is never surer than that one."""
    share = on["confidence"] if confidence is None else min(confidence, on["confidence"])
    return statement(text, on["source"], on["snippet"], share)


def quotable(value: str, most: int = 80) -> bool:
    """Whether a value of a page may stand in a message: one short line, no link, no address, no markup."""
    return 1 < len(value) <= most and value == plain(value) and not _RISKY.search(value)


def distinct(items: Iterable[Statement]) -> list[Statement]:
    """The statements without those that say the same again."""
    kept: dict[str, Statement] = {}
    for item in items:
        kept.setdefault(compact(item["text"]), item)
    return list(kept.values())


def first_statement(*values: Any) -> Statement | None:
    """The first statement among values that may be statements, lists of them, or nothing."""
    for value in values:
        candidates = value if isinstance(value, list) else [value]
        for candidate in candidates:
            if is_statement(candidate):
                return candidate
    return None


def series(words: Iterable[str], most: int = 3) -> str:
    """A list in prose: "Roof repair, Gutters and Inspection"."""
    kept = [word for word in words if word][:most]
    return " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept)
