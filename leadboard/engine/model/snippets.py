"""What a model may cite about a lead: the words the rules rested on, then those of the website."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from leadboard.domain.evidence import Snippet
from leadboard.domain.fence import orders, visible
from leadboard.domain.package import AgentResult, statements
from leadboard.domain.site.sentences import sentences
from leadboard.domain.site.text import compact, snippet

MOST = 90
MOST_CHARACTERS = 15_000
OF_A_PAGE = 12
"""Sentences of one page: no page drowns the others."""

LEAST_WORDS = 5
SURE_OF_A_SENTENCE = 0.6

_TELLING = ("description", "company_name", "service", "customer", "news", "hiring", "person", "founded", "headcount")
_PAGES = ("home", "about", "services", "case_studies", "portfolio", "careers", "team", "blog")
_ADDRESS = re.compile(r"@|\+?\d[\d ()/.-]{8,}\d")
"""E-mail addresses and phone numbers are nothing to write about, and no business of a model."""


def snippets_of(
    results: Iterable[AgentResult], claims: Iterable[Mapping[str, Any]], pages: Sequence[Mapping[str, Any]]
) -> tuple[Snippet, ...]:
    """The snippets of a lead, `s1` and so on, the most telling first, each once. `claims` and `pages` as stored."""
    kept: dict[str, Snippet] = {}
    room = MOST_CHARACTERS
    for text, source, confidence in (*_of_results(results), *_of_claims(claims), *_of_pages(pages)):
        said = visible(text)
        key = compact(said)
        if not key or key in kept or len(said) > room or _ADDRESS.search(said) or orders(said):
            continue
        kept[key] = Snippet(f"s{len(kept) + 1}", said, source, confidence)
        room -= len(said)
        if len(kept) == MOST:
            break
    return tuple(kept.values())


_Said = tuple[str, str, float]


def _of_results(results: Iterable[AgentResult]) -> Iterator[_Said]:
    for result in results:
        if result.agent != "contact_extraction":
            for one in statements(result.output):
                yield one["snippet"], one["source"], one["confidence"]


def _of_claims(claims: Iterable[Mapping[str, Any]]) -> Iterator[_Said]:
    for claim in claims:
        if claim["field"] in _TELLING:
            yield claim["snippet"], claim["source"], claim["confidence"]


def _of_pages(pages: Sequence[Mapping[str, Any]]) -> Iterator[_Said]:
    telling = [page for page in pages if page["page_type"] in _PAGES]
    for page in sorted(telling, key=lambda page: _PAGES.index(page["page_type"])):
        said = (one for one in sentences(page["text"]) if len(one.split()) >= LEAST_WORDS)
        for _, one in zip(range(OF_A_PAGE), said, strict=False):
            yield snippet(one), page["url"], SURE_OF_A_SENTENCE
