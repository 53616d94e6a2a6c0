"""Phrases for services that know nothing else."""

import pytest

from leadboard.domain.found import Search
from leadboard.providers.phrases import Turn, any_of, phrases


@pytest.mark.parametrize(
    ("search", "said"),
    [
        (Search(("cafe", "bakery"), places=("Leeds", "GB")), 4),
        (Search(("cafe",), keywords=("espresso",)), ("cafe",)),
        (Search(keywords=("espresso",), places=("NO",)), ("espresso in Norway",)),
        (Search(specialities=("cupping",)), ("cupping",)),
        (Search(places=("Leeds",)), ("companies in Leeds",)),
        (Search(), ("companies",)),
    ],
)
def test_every_trade_is_looked_for_in_every_place(search, said):
    assert phrases(search) == said or len(phrases(search)) == said


def test_every_page_of_every_phrase_has_its_turn():
    pages = {"cafe": ["", "T 2"], "bakery": [""], "deli": ["", "T1", "T2"]}
    asked, cursor = [], ""
    while True:
        turn = Turn.read(cursor, tuple(pages))
        asked.append((turn.phrase, turn.token))
        tokens = pages[turn.phrase]
        following = tokens.index(turn.token) + 1
        cursor = turn.after(tokens[following] if following < len(tokens) else "")
        if not cursor:
            break
    assert asked == [(phrase, token) for phrase, tokens in pages.items() for token in tokens]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (("CAR-T", 'gene  "therapy"'), '"CAR-T" OR "gene therapy"'),
        (("a OR b) AND NOT",), '"a OR b) AND NOT"'),
        (('"', " "), ""),
        ((), ""),
    ],
)
def test_a_full_text_search_takes_words_as_they_are(terms, said):
    assert any_of(terms) == said
