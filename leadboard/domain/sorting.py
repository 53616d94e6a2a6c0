"""The orders that the cards of a board can stand in, as the query of its address says them. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qsl

from leadboard.domain.filters import LONGEST_QUERY, LONGEST_TEXT

KEY = "sort"


class Sort(StrEnum):
    """An order of cards, one for all columns of a board."""

    FIT = "fit"
    VALUE = "value"
    NEWEST = "newest"
    LONGEST = "longest"


SORT_WORDS: Mapping[Sort, str] = {
    Sort.FIT: "fit",
    Sort.VALUE: "value",
    Sort.NEWEST: "newest in stage",
    Sort.LONGEST: "longest in stage",
}
"""Order -> what follows "Sorted by"."""

USUAL: Mapping[str, Sort] = {"board": Sort.FIT, "sales": Sort.VALUE}
"""Path of a board -> the order of one whose address names none."""


class Asked(NamedTuple):
    """The order that an address asks for, and a sentence when it asks for one that does not exist."""

    sort: Sort
    problem: str = ""


def read(query: str, board: str) -> Asked:
    """The order in the query of an address (without its question mark) of the board at this path."""
    words = [word for key, word in parse_qsl(query[:LONGEST_QUERY]) if key == KEY]
    if not words:
        return Asked(USUAL[board])
    try:
        return Asked(Sort(words[-1]))
    except ValueError:
        return Asked(USUAL[board], f"“{words[-1][:LONGEST_TEXT]}” is no order of cards, so it was left out.")


def with_sort(query: str, sort: Sort, board: str) -> str:
    """The query of an address (with its question mark, or empty) that asks for this order too; the usual needs none."""
    if sort == USUAL[board]:
        return query
    return f"{query}{'&' if query else '?'}{KEY}={sort}"
