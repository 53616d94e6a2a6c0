"""Which industry texts and names of companies speak of."""

import pytest

from leadboard.domain.industry_words import clearest_industry, industries_in, industry_of_name


@pytest.mark.parametrize(
    ("name", "industry"),
    [
        ("Harbourview Dental", "healthcare"), ("Wattle Legal", "legal"), ("Stonebridge Bank", "finance"),
        ("Mallee Grain", "agriculture"), ("Northside Vets", "healthcare"), ("Larkspur Florist", "retail"),
        ("Ardent Motors", "automotive"), ("City of Perth", "government"), ("Cobb County Schools", "education"),
        ("Health Law Partners", "legal"), ("Smart Fenwick & Sons", ""), ("Tessellate", ""), ("Embankment", ""),
    ],
)  # fmt: skip
def test_a_name_tells_the_industry_by_its_last_telling_word(name, industry):
    assert industry_of_name(name) == industry


def test_the_clearest_industry_has_three_fifths_of_the_words():
    assert clearest_industry(["A dentist and an orthodontist beside a lawyer"]) == "healthcare"
    assert clearest_industry(["A dentist beside a law firm"]) == ""
    assert clearest_industry(["dentist dentist dentist", "law firm"]) == ""
    assert clearest_industry([]) == ""


def test_trades_that_are_left_out_do_not_count():
    without = frozenset({"technology/Web development"})

    assert clearest_industry(["Web design for a dentist"], without) == "healthcare"


def test_the_industries_of_a_text_stand_in_its_order():
    assert industries_in("Hospitals, law firms and hospitals again") == ("healthcare", "legal")
