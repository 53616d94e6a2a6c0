import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.receipt import counted, round_half_up, tidy


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(0, 0), (0.5, 1), (1.5, 2), (2.5, 3), (67.25, 67), (82.4999, 82), (82.5, 83), (100 * 0.145 + 100 * 0.14, 29)],
)
def test_a_half_is_rounded_upwards(value, rounded):
    assert round_half_up(value) == rounded


@given(st.integers(0, 100))
def test_what_floats_lose_does_not_decide(whole):
    half = sum([0.1] * 5)

    assert round_half_up(whole + half) == round_half_up(whole + 0.5) == whole + 1
    assert round_half_up(whole + 0.49999999999) == whole + 1
    assert round_half_up(whole + 0.4999) == whole


@pytest.mark.parametrize(("value", "text"), [(20.0, "20"), (7.5, "7.5"), (66.67, "66.67"), (0, "0"), (100, "100")])
def test_points_are_said_without_needless_decimals(value, text):
    assert tidy(value) == text


@pytest.mark.parametrize(("value", "text"), [(118, "118"), (30.5, "30.5"), (1284.0, "1,284"), (10**6, "1,000,000")])
def test_counts_are_said_with_separators(value, text):
    assert counted(value) == text
