"""How narrow a business is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.focus import Focus, Standing, focus


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"healthcare": 8, "legal": 1, "retail": 1}, Focus.SPECIALIST),
        ({"healthcare": 7, "legal": 3}, Focus.SPECIALIST),
        ({"healthcare": 69, "legal": 31}, Focus.NICHE),
        ({"healthcare": 2, "legal": 2, "retail": 1, "travel": 1}, Focus.NICHE),
        ({"a": 2, "b": 1, "c": 1, "d": 1}, Focus.GENERALIST),
        ({"a": 1, "b": 1, "c": 1}, Focus.GENERALIST),
        ({"healthcare": 2}, Focus.GENERALIST),
        ({"healthcare": 3}, Focus.SPECIALIST),
        ({}, Focus.GENERALIST),
    ],
)
def test_the_focus_is_by_shares(counts, expected):
    assert focus(counts) is expected


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 40)))
def test_more_of_the_largest_kind_never_widens_the_focus(counts):
    order = [Focus.GENERALIST, Focus.NICHE, Focus.SPECIALIST]
    more = dict(counts)
    if counts:
        more[max(counts, key=lambda kind: counts[kind])] += 5

    assert order.index(focus(more)) >= order.index(focus(counts))


@pytest.mark.parametrize(
    ("standing", "primary", "confidence"),
    [
        (Standing(5, targeted=True), True, 0.90),
        (Standing(3), True, 0.75),
        (Standing(1, targeted=True), True, 0.75),
        (Standing(2), False, 0.75),
        (Standing(targeted=True), True, 0.55),
        (Standing(served=True), False, 0.55),
        (Standing(), False, 0.30),
    ],
)
def test_an_industry_is_as_sure_as_what_speaks_for_it(standing, primary, confidence):
    assert (standing.is_primary, standing.confidence) == (primary, confidence)
