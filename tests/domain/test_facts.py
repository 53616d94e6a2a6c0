"""Facts as people type them: what is read, what is shown again, and which sentence says what is wrong."""

from decimal import Decimal
from typing import Any

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain import facts
from leadboard.domain.facts import FACTS
from leadboard.domain.notes import LONGEST, clean_note
from leadboard.errors import NotFound, Refused


def read(key: str, text: str) -> dict[str, Any]:
    return facts.read(FACTS[key], text, currency="EUR", region="NO")


READ = [
    ("headcount", "11-50", {"headcount_min": 11, "headcount_max": 50}),
    ("headcount", "1,200+", {"headcount_min": 1200, "headcount_max": None}),
    ("headcount", "118", {"headcount_min": 118, "headcount_max": 118}),
    ("value", "48,000", {"value": 4_800_000}),
    ("value", "48.000 €", {"value": 4_800_000}),
    ("value", "1.234,50", {"value": 123_450}),
    ("value", "48k", {"value": 4_800_000}),
    ("value", "9.5", {"value": 950}),
    ("country", "norway", {"country": "NO"}),
    ("phone", "22 12 34 56", {"phone": "+4722123456"}),
    ("email", " Info@Acme.COM ", {"email": "info@acme.com"}),
    ("website", "acme.com", {"website": "https://acme.com"}),
    ("linkedin", "acme", {"linkedin": "https://www.linkedin.com/company/acme"}),
    ("city", " Mo\ti  Rana\x07", {"city": "Mo i Rana"}),
]


@pytest.mark.parametrize(("key", "text", "values"), READ)
def test_what_is_typed_is_read_as_an_import_reads_it(key, text, values):
    assert read(key, text) == values


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("headcount", "lots", "“lots” is not a number of people. Type a number or a range, like 11–50."),
        ("value", "$5", "This is in USD, and this workspace counts in EUR. Type it in EUR."),
        ("value", "9" * 15 + "0", "is too large to be an amount of money. Type a number, like 48,000 or 48k."),
        ("country", "Nowhereland", "“Nowhereland” is not a country. Type its name or code, like Norway or NO."),
        ("phone", "call me", "“call me” is not a phone number."),
        ("email", "info@", "“info@” is not an e-mail address."),
        ("website", "acme", "“acme” is not a website. Type an address like acme.com."),
        ("website", "linkedin.com/company/acme", "linkedin.com is a social network or directory"),
        ("name", " ", "A lead needs a name."),
        ("name", "ab", "The name is shorter than 3 characters."),
        ("founded", "long ago", "“long ago” holds no year."),
        ("industry", "x" * 201, "This has 201 characters; at most 200 are kept."),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(key, text, sentence):
    with pytest.raises(Refused) as refused:
        read(key, text)
    assert sentence in refused.value.sentence
    assert refused.value.field == key


@pytest.mark.parametrize("key", sorted(FACTS.keys() - {"name"}))
def test_nothing_typed_empties_a_fact(key):
    values = read(key, "")
    assert values.keys() == set(FACTS[key].columns)
    assert facts.typed(FACTS[key], values) == ""


def again(key: str, values: dict[str, Any]) -> dict[str, Any]:
    return read(key, facts.typed(FACTS[key], values))


@given(st.integers(-(10**16), 10**16))
def test_any_amount_shown_is_read_as_the_same_amount(minor):
    assert again("value", {"value": minor}) == {"value": minor}


@given(st.decimals(0, 10**9, places=2))
def test_cents_survive(amount: Decimal):
    assert read("value", f"{amount:,.2f}") == {"value": int(amount * 100)}


@given(st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
def test_any_range_of_people_shown_is_read_as_the_same_range(low, more):
    values = {"headcount_min": low, "headcount_max": None if more is None else low + more}
    assert again("headcount", values) == values


def test_every_country_shown_is_read_as_the_same_country():
    wrong = {
        c.alpha_2 for c in pycountry.countries if again("country", {"country": c.alpha_2}) != {"country": c.alpha_2}
    }
    assert wrong == set()


@given(st.sampled_from(sorted(FACTS)), st.text(max_size=60))
def test_any_text_is_read_or_refused_and_what_was_read_is_read_again(key, text):
    try:
        values = read(key, text)
    except Refused as refused:
        told = refused
    else:
        told = None
        assert values.keys() == set(FACTS[key].columns)
        assert again(key, values) == values
    assert told is None or (told.field == key and told.sentence)


def test_another_word_is_no_fact():
    with pytest.raises(NotFound):
        facts.fact_of("deleted_at")


def test_a_note_keeps_its_lines_and_loses_what_cannot_be_seen():
    assert clean_note("\r\n Hello\x00\r\n\r\n\tthere \u200b\n\n") == "Hello\n\n    there"


@pytest.mark.parametrize(
    ("text", "sentence"), [(" \n\t", "The note is empty"), ("x" * (LONGEST + 1), "4,001 characters")]
)
def test_a_note_has_something_to_say_and_not_too_much(text, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        clean_note(text)
    assert refused.value.field == "note"
