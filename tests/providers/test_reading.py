"""Reading answers whose shape is only promised."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.found import Fact
from leadboard.providers.reading import (
    day,
    facts,
    first,
    home,
    link,
    names_of,
    number,
    part,
    parted,
    rows,
    staff,
    text,
    texts,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
)


@pytest.mark.parametrize(
    ("value", "said"),
    [(" Acme ", "Acme"), (22, "22"), (22.0, "22"), (4.5, "4.5"), (None, ""), (True, ""), ({}, ""), (float("nan"), "")],
)
def test_only_texts_and_numbers_become_texts(value, said):
    assert text(value) == said


@given(JSON)
def test_nothing_that_is_said_raises(said):
    texts(said)
    number(said)
    home(said)
    day(said)
    link(said)
    staff(said, said)
    assert all(isinstance(each, dict) for each in rows(said))
    assert isinstance(part(said, "a", "b"), dict)
    assert first(part(said), "a", "b") == first(part(json.loads(json.dumps(said))), "a", "b")
    assert all(fact.value and isinstance(fact.value, str) for fact in facts(part(said), 0.5))


def test_facts_leave_out_what_is_not_known_and_part_lists():
    said = {"industry": "Food", "city": None, "state": "", "technology": ["Shopify", None, "Shopify", "Klaviyo"]}
    assert facts(said, 0.8, "https://x.example") == (
        Fact("industry", "Food", 0.8, "https://x.example"),
        Fact("technology", "Shopify", 0.8, "https://x.example"),
        Fact("technology", "Klaviyo", 0.8, "https://x.example"),
    )


@pytest.mark.parametrize(
    ("ends", "said"), [((11, 50), "11-50"), ((1000, None), "1000+"), ((None, None), ""), ((0, 10), "0-10")]
)
def test_a_headcount_is_written_as_a_range(ends, said):
    assert staff(*ends) == said


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.northmoor.example/shop?x=1", "northmoor.example"),
        ("https://facebook.com/northmoor", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_a_page_on_somebody_elses_site_is_no_home(website, domain):
    assert home(website) == domain


def test_a_name_is_parted_at_its_first_gap():
    assert parted("Marta van Linek") == ("Marta", "van Linek")
    assert parted("Marta") == ("Marta", "")
    assert parted(None) == ("", "")


def test_places_are_named_in_full():
    assert names_of(("GB", "uk", "Manchester", "Norway")) == [
        "United Kingdom",
        "United Kingdom",
        "Manchester",
        "Norway",
    ]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("2026-08-30T09:00:00-04:00", date(2026, 8, 30)),
        ("2016-03-01", date(2016, 3, 1)),
        (1_756_200_000_000, date(2025, 8, 26)),
        (1_787_220_000, date(2026, 8, 20)),
        ("last week", None),
        ("2026-02-30", None),
        (10**30, None),
        (True, None),
        (None, None),
    ],
)
def test_the_day_of_a_moment_is_read_however_it_is_written(said, read):
    assert day(said) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (" https://jobs.example/1 ", "https://jobs.example/1"),
        ("HTTP://jobs.example", "HTTP://jobs.example"),
        ("javascript:alert(1)", ""),
        ("//jobs.example", ""),
        (None, ""),
    ],
)
def test_a_reader_is_sent_to_pages_only(said, read):
    assert link(said) == read
