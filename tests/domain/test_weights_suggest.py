"""Suggested weights are valid whatever comes in, and move the way the sheet says."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.weights import MAXIMA, choose_weights
from leadboard.domain.weights_suggest import BOUNDS, Situation, repaired, sub_weights, suggested

ANY_NUMBER = st.floats(allow_nan=True, allow_infinity=True) | st.integers(-(10**6), 10**6)
ANY_VECTOR = st.dictionaries(st.sampled_from([*BOUNDS, "other"]), ANY_NUMBER) | st.fixed_dictionaries(
    dict.fromkeys(BOUNDS, st.floats(-50, 150) | st.integers(0, 60))
)


def valid(weights: dict[str, int]) -> bool:
    within = all(low <= weights[name] <= high for name, (low, high) in BOUNDS.items())
    return within and sum(weights.values()) == 100 and all(type(value) is int for value in weights.values())


@given(ANY_VECTOR)
def test_any_vector_becomes_valid_weights(vector):
    assert valid(repaired(vector))


def test_5_ten_thousand_random_vectors_become_valid_weights():
    """Acceptance test 5 of the skills sheet."""
    chance = Random(5)

    for _ in range(10_000):
        vector = {name: chance.choice((chance.uniform(-50, 150), chance.randint(0, 60))) for name in BOUNDS}
        assert valid(repaired(vector)), vector


@given(st.floats(0, 10**7), st.integers(0, 2000), st.booleans(), st.booleans(), st.booleans())
def test_every_situation_gets_valid_weights_that_the_score_accepts(deal, cycle, enterprise, focused, young):
    weights = suggested(Situation(deal, cycle, enterprise, focused, young))

    assert valid(weights)
    assert choose_weights(suggested=weights).source == "suggested"


@given(st.fixed_dictionaries(dict.fromkeys(BOUNDS, st.floats(0, 100))))
def test_repaired_weights_stay_as_they_are(vector):
    once = repaired(vector)

    assert repaired(once) == once


@pytest.mark.parametrize(
    ("situation", "weights"),
    [
        (Situation(), (20, 25, 25, 15, 15)),
        (Situation(deal_size=20_000), (20, 28, 25, 12, 15)),
        (Situation(deal_size=19_999), (20, 25, 25, 15, 15)),
        (Situation(enterprise=True), (20, 28, 25, 12, 15)),
        (Situation(enterprise=True, deal_size=90_000), (20, 28, 25, 12, 15)),
        (Situation(focused=True), (20, 22, 28, 15, 15)),
        (Situation(young=True), (20, 25, 22, 18, 15)),
        (Situation(enterprise=True, focused=True, young=True), (20, 25, 25, 15, 15)),
    ],
)
def test_weights_move_with_the_situation(situation, weights):
    assert suggested(situation) == dict(zip(MAXIMA, weights, strict=True))


@pytest.mark.parametrize("broken", [{}, {"risk": 15}, {**MAXIMA, "risk": math.nan}, {**MAXIMA, "timing": math.inf}])
def test_a_vector_that_says_nothing_becomes_the_default(broken):
    assert repaired(broken) == MAXIMA


def test_what_is_too_much_is_taken_where_there_is_room():
    too_much = {"data_quality": 90, "authority": 90, "company_fit": 90, "timing": 0, "risk": 0}

    weights = repaired(too_much)

    assert weights == {"data_quality": 27, "authority": 32, "company_fit": 31, "timing": 5, "risk": 5}


@pytest.mark.parametrize(
    ("company_fit", "shares"),
    [(25, (10, 8, 7)), (28, (11, 9, 8)), (22, (9, 7, 6)), (15, (6, 5, 4)), (35, (14, 11, 10))],
)
def test_the_shares_of_company_fit_sum_to_it(company_fit, shares):
    assert tuple(sub_weights(company_fit).values()) == shares
