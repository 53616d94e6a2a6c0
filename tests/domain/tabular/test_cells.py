"""Cells as values: numbers, money, dates, people, places, in the ways people write them."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadboard.domain.tabular import Field, Habit, Headcount, Money, Place, Problem, parse, read, record_reader
from leadboard.domain.tabular import phones as numbers
from leadboard.errors import Refused
from tests.conftest import need
from tests.domain.tabular.tables import look, said

DAY_FIRST = Habit("dmy", ",")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1054", "1054", ""), ("1,234.56", "1234.56", ""), ("1.234,56", "1234.56", ""),
        ("1 234 567,89", "1234567.89", ""),
        ("1'234'567.89", "1234567.89", ""), ("12,34,567", "1234567", ""), ("1,234", "1234", ""), ("1,5", "1.5", ""),
        ("12.000.000,00 EUR", "12000000", "EUR"), ("€ 12k", "12000", "EUR"), ("k€ 50", "50000", "EUR"),
        ("2.5M", "2500000", ""), ("$1,200", "1200", "USD"),
        ("USD 3.4 bn", "3400000000", "USD"), ("£25,000", "25000", "GBP"),
        ("12 Mio. €", "12000000", "EUR"), ("1.5 million", "1500000", ""), ("$ 2.5M/year", "2500000", "USD"),
        ("-5", "-5", ""), ("(500)", "-500", ""), ("+300", "300", ""), (".5", "0.5", ""), ("3E+3", "3000", ""),
        ("$1M - $10M", "1000000", "USD"), ("CHF 1'000.-", "1000", "CHF"), ("R$ 10", "10", "BRL"),
    ],
)  # fmt: skip
def test_money_in_odd_writings(text: str, amount: str, currency: str) -> None:
    assert parse(Field.DEAL_VALUE, text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["abc", "5 apples", "1..2", "9" * 40, "1e300", "2024-01-01", "--5", "€"])
def test_what_is_no_money_is_a_problem(text: str) -> None:
    problem = parse(Field.REVENUE, text)

    assert isinstance(problem, Problem)
    assert problem.sentence.endswith(".")


def test_a_lone_point_or_comma_means_what_the_column_means() -> None:
    assert parse(Field.REVENUE, "1.234", Habit(decimal=",")) == Money(Decimal(1234))
    assert parse(Field.REVENUE, "1.234", Habit(decimal=".")) == Money(Decimal("1.234"))
    assert parse(Field.REVENUE, "1,234", Habit(decimal=",")) == Money(Decimal("1.234"))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("250", 250, 250), ("11-50", 11, 50), ("1–10", 1, 10), ("51 to 200", 51, 200), ("1-10 employees", 1, 10),
        ("501+", 501, None), ("10,001+", 10001, None), ("1K-5K", 1000, 5000), ("<10", 0, 10), ("over 500", 500, None),
        ("~30", 30, 30), ("1.200", 1200, 1200), ("1,200", 1200, 1200), ("10001+ Mitarbeiter", 10001, None), ("0", 0, 0),
    ],
)  # fmt: skip
def test_headcounts_are_numbers_or_ranges(text: str, low: int, high: int | None) -> None:
    assert parse(Field.HEADCOUNT, text) == Headcount(low, high)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-10-20", date(2016, 10, 20)), ("2018/3/31", date(2018, 3, 31)),
        ("2020-01-01T15:00:00Z", date(2020, 1, 1)),
        ("20.10.2016", date(2016, 10, 20)), ("10/20/2016", date(2016, 10, 20)), ("20/10/2016", date(2016, 10, 20)),
        ("5/19/2006 0:00:00", date(2006, 5, 19)), ("12/31/12", date(2012, 12, 31)), ("20140102", date(2014, 1, 2)),
        ("3 March 2020", date(2020, 3, 3)), ("March 3, 2020", date(2020, 3, 3)), ("3. März 2020", date(2020, 3, 3)),
        ("2 févr. 2020", date(2020, 2, 2)), ("3 de marzo de 2020", date(2020, 3, 3)), ("Jan 2020", date(2020, 1, 1)),
        ("1322045523", date(2011, 11, 23)), ("03/04/2020", date(2020, 3, 4)),
    ],
)  # fmt: skip
def test_dates_in_many_writings(text: str, day: date) -> None:
    assert parse(Field.CLOSE_DATE, text) == day


@pytest.mark.parametrize("text", ["31/02/2020", "99/99/9999", "soon", "Q3", "45000", "0000-00-00", "13/13/2020"])
def test_what_is_no_day_is_a_problem(text: str) -> None:
    assert isinstance(parse(Field.CLOSE_DATE, text), Problem)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (Field.EMAIL, "Bob <BOB@Acme.io>", "bob@acme.io"),
        (Field.EMAIL, "mailto:x@y.de", "x@y.de"),
        (Field.EMAIL, "a@b.com; c@d.com", "a@b.com"),
        (Field.WEBSITE, "acme.com", "https://acme.com"),
        (Field.WEBSITE, "http://Acme.co.uk/x", "http://Acme.co.uk/x"),
        (Field.WEBSITE, "www.acme.org, b.com", "https://www.acme.org"),
        (Field.LINKEDIN, "in/bob", "https://www.linkedin.com/in/bob"),
        (Field.LINKEDIN, "linkedin.com/company/acme", "https://linkedin.com/company/acme"),
        (Field.COUNTRY, "USA", "US"),
        (Field.COUNTRY, "Deutschland", "DE"),
        (Field.COUNTRY, "Frankreich", "FR"),
        (Field.COUNTRY, "Philipines", "PH"),
        (Field.FOUNDED_YEAR, "founded in 2001", 2001),
        (Field.HIRING, "True", True),
        (Field.HIRING, "nein", False),
        (Field.HIRING, "3", True),
        (Field.TAGS, "a; b;a ; ", ("a", "b")),
        (Field.TECHNOLOGIES, "Python, Go", ("Python", "Go")),
        (Field.CURRENCY, "€", "EUR"),
        (Field.CURRENCY, "usd", "USD"),
        (Field.COMPANY_NAME, " Acme\n  Inc ", "Acme Inc"),
        (Field.DESCRIPTION, "two\nlines", "two\nlines"),
        (Field.LOCATION, "London, England, UK", Place("London", "England", "GB", "London, England, UK")),
        (Field.LOCATION, "San Francisco, CA", Place("San Francisco", "CA", "", "San Francisco, CA")),
        (Field.LOCATION, "Remote; Berlin, Germany", Place("Berlin", "", "DE", "Remote; Berlin, Germany")),
        (Field.LOCATION, "Germany", Place("", "", "DE", "Germany")),
        (Field.PHONE, "+49 30 123456", "+4930123456"),
        (Field.PHONE, "0049 711 2842222", "+497112842222"),
        (Field.PHONE, "3865286", "3865286"),
    ],
)  # fmt: skip
def test_other_cells(field: Field, text: str, value: object) -> None:
    assert parse(field, text) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Field.EMAIL, "a@@b"), (Field.EMAIL, "a@localhost"), (Field.EMAIL, "none at all"), (Field.WEBSITE, "no"),
        (Field.WEBSITE, "javascript:alert(1)"), (Field.WEBSITE, "x@y.com"), (Field.LINKEDIN, "https://acme.com"),
        (Field.COUNTRY, "Narnia"), (Field.FOUNDED_YEAR, "long ago"), (Field.HIRING, "maybe"), (Field.CURRENCY, "XXL"),
        (Field.PHONE, "call me"), (Field.HEADCOUNT, "many"), (Field.DESCRIPTION, "x" * 30_000),
    ],
)  # fmt: skip
def test_bad_cells_are_problems_and_no_values(field: Field, text: str) -> None:
    assert isinstance(parse(field, text), Problem)


@pytest.mark.parametrize("text", ["", "  ", "-", "N/A", "null", "\\N", "#N/A"])
@pytest.mark.parametrize("field", Field)
def test_an_empty_cell_is_nothing_whatever_its_field(field: Field, text: str) -> None:
    assert parse(field, text) is None


@given(
    st.sampled_from(list(Field)),
    st.text(max_size=60) | st.text(st.sampled_from("0123456789.,-+/:() €$kM@"), max_size=30),
)
@settings(max_examples=500, deadline=None)
def test_no_cell_makes_it_crash(field: Field, text: str) -> None:
    parse(field, text, Habit(region="DE"))


def test_the_column_decides_the_order_of_day_and_month() -> None:
    clear = look("name,close date\nA,03/04/2020\nB,25/04/2020\n")
    unclear = look("name,close date\nA,03/04/2020\nB,05/06/2020\n")

    assert clear.layout.habits["close date"].dates == "dmy"
    assert not clear.warnings
    assert unclear.layout.habits["close date"].dates == "mdy"
    assert "“close date” can be read day first or month first; they are read month first" in said(unclear)


def test_the_column_decides_the_decimal_sign() -> None:
    german = look("name;amount\nA;1.234\nB;2.500,50\n")
    unclear = look("name;amount\nA;1.234\nB;2.500\n")

    assert german.layout.habits["amount"].decimal == ","
    assert not german.warnings
    assert "Numbers in “amount” such as 1.234 are read as 1234" in said(unclear)


def test_a_late_date_still_decides() -> None:
    found = look("name,close date\n" + "A,03/04/2020\n" * 6000 + "B,25/04/2020\n")

    assert found.layout.habits["close date"].dates == "dmy"


def records(text: str, mapping: dict[str, str] | None = None, region: str = ""):
    found = look(text)
    reader = record_reader(found.layout, mapping or found.mapping, region)
    return [reader(row) for row in read(io.BytesIO(text.encode()), found.layout)]


def test_a_row_becomes_values_and_sentences() -> None:
    good, bad = records("company,employees,phone\nAcme,11-50,(415) 555-2671\nBeta,many,\n", region="US")

    assert good.values == {
        Field.COMPANY_NAME: "Acme",
        Field.HEADCOUNT: Headcount(11, 50),
        Field.PHONE: "+14155552671",
    }
    assert good.problems == ()
    assert bad.values == {Field.COMPANY_NAME: "Beta"}
    assert bad.problems == ("Row 2, column “employees”: “many” is not a number of people.",)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"nowhere": "city"}, "no column “nowhere”"),
        ({"a": "shoe_size"}, "not a field"),
        ({"a": "city", "b": "city"}, "Two columns"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        records("a,b\nx,y\n", mapping)


def test_the_quick_way_to_a_number_is_the_library_s() -> None:
    with (need("phones") / "example_numbers.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        region = row["region"] if len(row["region"]) == 2 else ""
        for text, home in ((row["international"], ""), (row["national"], region), (row["dialled_from_us"], "US")):
            shorter, other = text[:-1], text.replace("3", "7")
            for tried in (text, shorter, other):
                quick = numbers._quick(tried, home)
                assert quick in ("", numbers._slow(tried, home))
        assert numbers.e164(row["international"]) == row["e164"]
