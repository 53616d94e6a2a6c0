"""How values read."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.ui import words
from leadboard.ui.display import Person

UNITS = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}

amounts = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("minor", "text"),
    [
        (None, ""),
        (0, "€0"),
        (94_000, "€940"),
        (99_949, "€999"),
        (99_950, "€1k"),
        (999_500, "€10k"),
        (4_800_000, "€48k"),
        (99_949_999, "€999k"),
        (99_950_000, "€1m"),
        (190_000_000, "€1.9m"),
        (994_000_000, "€9.9m"),
        (995_000_000, "€10m"),
        (1_400_000_000, "€14m"),
        (99_950_000_000, "€1bn"),
        (-4_800_000, "−€48k"),
        (-20, "€0"),
        (-94_000, "−€940"),
    ],
)
def test_money_on_a_card(minor: int | None, text: str) -> None:
    assert words.money_compact(minor, "EUR") == text


@pytest.mark.parametrize(
    ("minor", "text"), [(None, ""), (4_800_000, "€48,000"), (4_800_050, "€48,000.50"), (-100, "−€1"), (5, "€0.05")]
)
def test_money_in_full(minor: int | None, text: str) -> None:
    assert words.money(minor, "EUR") == text


@pytest.mark.parametrize(
    ("currency", "text"), [("USD", "$48k"), ("AUD", "A$48k"), ("CHF", "CHF48k"), ("XXQ", "XXQ48k")]
)
def test_money_of_other_currencies(currency: str, text: str) -> None:
    assert words.money_compact(4_800_000, currency) == text


@given(amounts)
def test_money_on_a_card_is_short_and_right_to_its_unit(minor: int) -> None:
    text = words.money_compact(minor, "EUR")
    sign, figure, unit = re.fullmatch(r"(−?)€([\d,.]+)(k|m|bn|)", text).groups()  # type: ignore[union-attr]
    size = UNITS[unit]
    amount = float(figure.replace(",", "")) * size

    assert abs(amount - abs(minor) / 100) <= size / 2
    assert (sign == "−") == (minor < 0 and amount > 0)
    assert len(figure.replace(",", "")) <= 3 or unit == "bn"


@given(amounts, amounts)
def test_more_money_never_reads_as_less(one: int, other: int) -> None:
    def read(minor: int) -> float:
        text = words.money_compact(minor, "EUR").replace("€", "").replace(",", "").replace("−", "-")
        unit = text.lstrip("-0123456789.")
        return float(text.removesuffix(unit)) * UNITS[unit]

    assert (one <= other) <= (read(one) <= read(other))


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0 leads"), (1, "1 lead"), (2, "2 leads"), (1284, "1,284 leads"), (-1, "-1 leads")]
)
def test_counted_things(n: int, text: str) -> None:
    assert words.counted(n, "lead") == text


def test_counted_things_with_a_plural_of_their_own() -> None:
    assert (words.counted(1, "company", "companies"), words.counted(3, "company", "companies")) == (
        "1 company",
        "3 companies",
    )


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ben Oduya", "BO"),
        ("Ada", "AD"),
        ("Ana María de la Cruz", "AC"),
        ("ben@halden.example", "BH"),
        ("李小龍", "李小"),
        ("(sales) Kim", "KI"),
        ("ßen", "SS"),
        ("", ""),
        ("—", ""),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert words.person(name).initials == initials


@given(st.text())
def test_a_person_is_always_the_same_mark(name: str) -> None:
    person = words.person(name)

    assert person == words.person(name)
    assert len(person.initials) <= 2
    assert 0 <= person.hue < words.HUES
    assert person == Person() or person.name == name


@pytest.mark.parametrize(
    ("score", "band"),
    [(-1, "none"), (0, "weak"), (39, "weak"), (40, "fair"), (69, "fair"), (70, "strong"), (100, "strong")],
)
def test_bands_of_fit(score: int, band: str) -> None:
    assert words.band(score) == band


@pytest.mark.parametrize(
    ("city", "country", "text"),
    [("Bergen", "NO", "Bergen, NO"), ("", "NO", "NO"), ("Bergen", "", "Bergen"), ("", "", "")],
)
def test_places(city: str, country: str, text: str) -> None:
    assert words.place(city, country) == text


@given(st.text(), st.integers(1, 200))
def test_a_cut_text_is_never_longer_and_says_that_it_was_cut(text: str, longest: int) -> None:
    cut = words.cut(text, longest)

    assert len(cut) <= longest
    assert cut == text or cut.endswith("…")


def test_a_moment_has_its_offset_and_whole_seconds() -> None:
    assert words.iso(datetime(2026, 11, 20, 10, 42, 7, 999, tzinfo=UTC)) == "2026-11-20T10:42:07+00:00"
    assert words.iso(None) == ""
