import csv
import gzip
from pathlib import Path

import pycountry
import pytest

from leadboard.domain.places import country_code, country_codes, is_in

YC = Path(__file__).parents[2] / "../shared/data/yc_companies/yc_companies.csv.gz"


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda country: country.alpha_2)
def test_every_country_is_known_by_name_and_codes(country):
    assert {country_code(text) for text in (country.name, country.alpha_2.lower(), country.alpha_3)} == {
        country.alpha_2
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UK", "GB"),
        ("u.s.a.", "US"),
        ("South Korea", "KR"),
        ("Türkiye", "TR"),
        ("Russia", "RU"),
        ("Narnia", ""),
        ("", ""),
    ],
)
def test_countries_are_known_as_people_write_them(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("place", "wanted", "expected"),
    [
        ("Germany", "DE", True),
        ("Germany", "European Union", True),
        ("CH", "EU", False),
        ("CH", "Europe", True),
        ("UK", "EMEA", True),
        ("Mexico", "LATAM", True),
        ("Japan", "APAC", True),
        ("Bavaria", "bavaria", True),
        ("Europe", "Germany", False),
        ("Narnia", "Europe", False),
        ("", "", False),
    ],
)
def test_a_place_is_in_itself_and_in_its_regions(place, wanted, expected):
    assert is_in(place, wanted) is expected


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("uk", {"GB"}),
        ("Germany", {"DE"}),
        ("DACH", {"DE", "AT", "CH"}),
        ("ANZ", {"AU", "NZ"}),
        ("Manchester", set()),
        ("", set()),
    ],
)
def test_a_place_stands_for_its_countries_and_a_town_for_none(place, codes):
    assert country_codes(place) == codes


def test_the_countries_of_real_companies_are_known(long_fields):
    if not YC.exists():
        pytest.skip(f"{YC} is absent: countries are not checked on real companies")
    with gzip.open(YC, "rt", encoding="utf-8", newline="") as file:
        locations = [row["all_locations"].split(";")[0] for row in csv.DictReader(file)]
    countries = {where.rpartition(",")[2].strip() for where in locations if "," in where}

    assert len(countries) > 50
    assert {country for country in countries if not country_code(country)} == set()
