"""Trades as registers code them, from the words of a profile."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.vocabulary.industries import INDUSTRIES
from leadboard.domain.vocabulary.trades import TRADES, trade_of_sic, trade_of_tags, trades_in


def named(*texts):
    return {trade.name for trade in trades_in(texts)}


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("coffee shops", {"Coffee shop"}),
        ("Dentists", {"Dentist"}),
        ("Dental care, healthcare", {"Dentist"}),
        ("independent coffee roasters", {"Coffee roaster"}),
        ("Law firms", {"Law firm"}),
        ("bars and restaurants", {"Bar or pub", "Restaurant"}),
        ("B2B SaaS", {"Software"}),
        ("Cyber security", set()),
        ("chartered widgets", set()),
        ("", set()),
    ],
)
def test_the_words_of_a_profile_name_trades(text, trades):
    assert named(text) == trades


def test_an_industry_means_all_its_trades():
    assert {"Dentist", "Vet", "Hospital", "Pharmacy"} <= named("Healthcare")
    assert named("Healthcare").isdisjoint(named("Hospitality"))
    assert {"Hotel", "Campsite"} == named("Hospitality")


def test_several_industries_are_alternatives_and_each_trade_comes_once():
    assert [trade.name for trade in trades_in(("dentists", "vets", "dentist"))] == ["Dentist", "Vet"]


def test_codes_lead_back_to_their_trade():
    cafe = trade_of_tags({"name": "Bean & Gone", "amenity": "cafe"})
    assert cafe is not None
    assert (cafe.name, trade_of_sic("56102")) == ("Coffee shop", cafe)
    assert trade_of_tags({"amenity": "bench"}) is None
    assert trade_of_sic("99999") is None


@pytest.mark.parametrize("trade", TRADES, ids=[trade.name for trade in TRADES])
def test_every_trade_can_be_found_by_its_words_and_its_industry(trade):
    keys = {f"{industry.key}/{part}" for industry in INDUSTRIES for part in ("", *industry.trades)}
    assert all(trade in trades_in([words]) for words in trade.words)
    assert set(trade.within) <= keys
    assert all(re.fullmatch(r"\d{5}", code) for code in trade.sic)
    assert all(re.fullmatch(r"[a-z_]+=[a-z_]+", tag) for tag in trade.tags)
    assert trade.sic or trade.tags


@given(st.lists(st.text(max_size=40), max_size=3))
def test_no_text_is_too_odd(texts):
    assert set(trades_in(texts)) <= set(TRADES)
