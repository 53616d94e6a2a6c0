"""Whole numbers keep their total."""

from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.shares import whole


def test_the_largest_remainders_are_rounded_up():
    assert whole({"a": 33.4, "b": 33.5, "c": 33.1}, 100) == {"a": 33, "b": 34, "c": 33}


def test_equal_remainders_go_to_the_first():
    assert whole({"a": 1.5, "b": 1.5}, 3) == {"a": 2, "b": 1}


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=8), st.integers(0, 500))
def test_the_parts_sum_to_the_total_and_stay_within_one_of_what_they_were(raw, total):
    scale = total / sum(raw) if sum(raw) else 0
    parts = dict(enumerate([value * scale for value in raw] if scale else [total, *[0.0] * (len(raw) - 1)]))

    cut = whole(parts, total)

    assert sum(cut.values()) == total
    assert all(abs(cut[key] - parts[key]) < 1 + 1e-6 for key in parts)
