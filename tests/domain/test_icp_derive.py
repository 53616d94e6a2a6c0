"""What clients have in common."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.icp_derive import (
    REVENUE_BANDS,
    SIZE_BANDS,
    Shared,
    as_icp,
    data_quality,
    pattern_confidence,
    revenue_band,
    shared,
    size_band,
    size_span,
)
from leadboard.errors import Refused

VALUES = st.sampled_from(["Retail", "retail", "Health", "Law", "Travel", "Food", "Arts", "Auto"])


def test_a_value_needs_a_fifth_of_the_known_and_two_companies():
    groups = [("a",)] * 4 + [("b",)] * 2 + [("c",)] + [()] * 10

    assert shared(groups) == (Shared("a", 4, 7), Shared("b", 2, 7))


def test_two_of_eleven_are_too_few():
    assert shared([("a",)] * 9 + [("b",)] * 2) == (Shared("a", 9, 11),)
    assert shared([("a",)] * 8 + [("b",)] * 2) == (Shared("a", 8, 10), Shared("b", 2, 10))


def test_equal_counts_stand_by_name_and_the_usual_spelling_stands_for_a_value():
    groups = [("SEO", "seo"), ("Seo",), ("Seo",), ("Ads",), ("ads", "Ads"), ("Ads", " ")]

    assert shared(groups) == (Shared("Ads", 3, 6), Shared("Seo", 3, 6))


@given(st.lists(st.lists(VALUES, max_size=3), max_size=30))
def test_every_shared_value_keeps_the_rule_and_none_is_missing(groups):
    known = sum(map(bool, groups))
    holders = Counter(key for group in groups for key in {value.casefold() for value in group})
    expected = {key for key, count in holders.items() if count >= 2 and count * 5 >= known}

    found = shared(groups)

    assert {one.value.casefold() for one in found} == expected
    assert all(one.count == holders[one.value.casefold()] and one.known == known for one in found)
    assert list(found) == sorted(found, key=lambda one: (-one.count, one.value.casefold()))


@pytest.mark.parametrize(
    ("people", "band"),
    [(1, "1-10"), (10, "1-10"), (11, "11-50"), (50, "11-50"), (200, "51-200"), (500, "201-500"), (501, "501+")],
)
def test_people_fall_into_bands(people, band):
    assert size_band(people) == band


@pytest.mark.parametrize(
    ("amount", "band"),
    [(0, "<1M"), (999_999, "<1M"), (1e6, "1-10M"), (1e7, "10-50M"), (5e7, "50-100M"), (1e8, "100M+")],
)
def test_revenue_falls_into_bands(amount, band):
    assert revenue_band(amount) == band


@pytest.mark.parametrize(
    ("bands", "span"),
    [
        ((), (0, 0)),
        (("11-50",), (11, 50)),
        (("51-200", "1-10"), (1, 200)),
        (("201-500", "501+"), (201, 0)),
        (("501+", "1-10"), (1, 0)),
        (("nonsense",), (0, 0)),
    ],
)
def test_bands_become_the_lowest_least_and_the_highest_most(bands, span):
    assert size_span(bands) == span


@pytest.mark.parametrize(
    ("companies", "known", "quality"),
    [(10, 0.7, "high"), (10, 0.69, "medium"), (9, 1, "medium"), (4, 0, "medium"), (3, 1, "low"), (0, 0, "low")],
)
def test_the_quality_of_the_data_is_by_companies_and_known_fields(companies, known, quality):
    assert data_quality(companies, known) == quality


@pytest.mark.parametrize(
    ("companies", "share", "sure"), [(3, 1, 0.65), (8, 0.8, 0.86), (8, 1, 0.9), (100, 1, 0.9), (0, 0, 0.3)]
)
def test_a_pattern_is_surer_with_more_companies_up_to_eight(companies, share, sure):
    assert pattern_confidence(companies, share) == sure


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_a_pattern_is_never_certain(companies, share):
    assert 0.3 <= pattern_confidence(companies, share) <= 0.95


def test_a_proposed_profile_becomes_one_of_the_workspace():
    icp = as_icp(
        {
            "icp_industries": ["healthcare", "Marine biology"],
            "icp_sizes": ["51-200", "11-50"],
            "icp_locations": ["Australia"],
            "icp_signals": ["hiring"],
        }
    )

    assert (icp.industry, icp.size_min, icp.size_max) == (("Healthcare", "Marine biology"), 11, 200)
    assert (icp.geographies, icp.signals) == (("Australia",), ("hiring",))


def test_an_edited_profile_is_checked_like_any_other():
    with pytest.raises(Refused, match="100 is the most"):
        as_icp({"icp_industries": ["x" * 101]})


def test_bands_are_named_from_small_to_large():
    assert [size_band(people) for people in (1, 11, 51, 201, 501)] == list(SIZE_BANDS)
    assert [revenue_band(m * 1e6) for m in (0, 1, 10, 50, 100)] == list(REVENUE_BANDS)
