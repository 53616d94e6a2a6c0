"""Orders of cards in the address of a board."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain import filters, sorting
from leadboard.domain.sorting import SORT_WORDS, USUAL, Sort, read, with_sort

BOARDS = sorted(USUAL)


@pytest.mark.parametrize("board", BOARDS)
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("asked", ["", "country=NO", "q=a%26sort%3Dfit&value=5-"])
def test_what_is_written_is_read_again_beside_any_filter(asked: str, sort: Sort, board: str) -> None:
    narrow = filters.read(asked).filter
    query = with_sort(narrow.query, sort, board)

    assert read(query.removeprefix("?"), board) == (sort, "")
    assert filters.read(query.removeprefix("?")) == (narrow, ()), "the order is no filter"
    assert query.startswith("?") == bool(query)


def test_the_usual_order_needs_no_words() -> None:
    assert with_sort("", Sort.FIT, "board") == with_sort("", Sort.VALUE, "sales") == ""
    assert with_sort("", Sort.VALUE, "board") == "?sort=value"


@pytest.mark.parametrize("board", BOARDS)
@given(st.text(max_size=300))
def test_anything_else_is_the_usual_order_and_said(board: str, word: str) -> None:
    asked = read(urlencode({"sort": word}), board)
    if word in set(Sort):
        assert asked == (Sort(word), "")
    else:
        assert asked.sort == USUAL[board]
        assert bool(asked.problem) == bool(word)
        assert len(asked.problem) < 200


@given(st.text(max_size=2000))
def test_no_address_is_too_odd_to_be_read(query: str) -> None:
    assert read(query, "board").sort in Sort


def test_every_order_has_words() -> None:
    assert SORT_WORDS.keys() == set(sorting.Sort)
