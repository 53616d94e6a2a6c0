"""Filters: what an address asks for, and back."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.filters import ALL, BANDS, KEYS, LARGEST, LONGEST_TEXT, LeadFilter, Span, read
from leadboard.domain.stages import COLUMN_TITLES, ENRICHMENT_COLUMNS, SALES_COLUMNS

WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
TEXTS = WORDS.filter(lambda text: text != "" and text.isprintable())
CHOICES = st.frozensets(TEXTS, max_size=5).map(lambda words: tuple(sorted(words)))
ENDS = st.none() | st.integers(0, LARGEST)
SPANS = st.one_of(
    st.builds(Span, ENDS, st.none()),
    st.builds(Span, st.none(), ENDS),
    st.lists(st.integers(0, LARGEST), min_size=2, max_size=2).map(lambda ends: Span(*sorted(ends))),
)


def some_of(words: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of these, in their order."""
    return st.sets(st.sampled_from(words)).map(lambda chosen: tuple(word for word in words if word in chosen))


FILTERS = st.builds(
    LeadFilter,
    q=st.just("") | TEXTS,
    industry=CHOICES,
    country=some_of(["AT", "DE", "NO", "SE"]),
    size=SPANS,
    score=some_of(list(BANDS)),
    value=SPANS,
    owner=CHOICES,
    tag=CHOICES,
    stage=some_of([str(stage) for stage in COLUMN_TITLES]),
)


@given(FILTERS)
def test_a_filter_is_read_from_its_own_address(wanted: LeadFilter) -> None:
    assert read(wanted.query.removeprefix("?")) == (wanted, ())
    assert bool(wanted) is bool(wanted.query)


@given(FILTERS, st.sampled_from(KEYS))
def test_a_filter_taken_off_is_gone_and_the_others_stay(wanted: LeadFilter, key: str) -> None:
    rest = wanted.without(key)

    assert [told for told in wanted.told() if told.key != key] == rest.told()
    assert getattr(rest, key) == getattr(ALL, key)


@given(st.text(max_size=400))
def test_no_address_is_a_fault(query: str) -> None:
    found, _ = read(query)

    assert read(found.query.removeprefix("?")).filter == found
    assert all(told.name and told.words for told in found.told("€"))


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.text(max_size=200)), max_size=12))
def test_whatever_stands_behind_a_key_makes_a_filter_that_can_be_told(pairs: list[tuple[str, str]]) -> None:
    found, left_out = read(urlencode(pairs, errors="replace"))

    assert read(found.query.removeprefix("?")) == (found, ())
    assert all(sentence.endswith("left out.") for sentence in left_out)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ALL),
        ("q=%20Halden%20%20Instruments%20", LeadFilter(q="Halden Instruments")),
        ("q=first&q=last", LeadFilter(q="last")),
        ("country=Norway&country=no&country=DE", LeadFilter(country=("DE", "NO"))),
        ("score=weak&score=strong", LeadFilter(score=("strong", "weak"))),
        ("size=50-500", LeadFilter(size=Span(50, 500))),
        ("size=50-", LeadFilter(size=Span(50))),
        ("size=-500", LeadFilter(size=Span(None, 500))),
        ("size=50", LeadFilter(size=Span(50, 50))),
        ("value=10,000-20%20000", LeadFilter(value=Span(10_000, 20_000))),
        ("owner=none&owner=Ben+Oduya", LeadFilter(owner=("Ben Oduya", "none"))),
        ("tag=a%2Cb&tag=vip&tag=vip", LeadFilter(tag=("a,b", "vip"))),
        ("stage=review&stage=analysis", LeadFilter(stage=("analysis", "review"))),
        ("tab=claims&utm_source=mail&Q=x&self=1", ALL),
        ("q=&country=&size=", ALL),
    ],
)
def test_an_address_reads(query: str, wanted: LeadFilter) -> None:
    assert read(query) == (wanted, ())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("country=Atlantis", "“Atlantis” is no country, so it was left out."),
        ("score=great", "“great” is no band of the fit score, so it was left out."),
        ("stage=won", "“won” is no stage, so it was left out."),
        ("size=many", "“many” is no range like 50-500, so it was left out."),
        ("size=1.5", "“1.5” is no range like 50-500, so it was left out."),
        ("size=-", "“-” is no range like 50-500, so it was left out."),
        ("value=-5-10", "“-5-10” is no range like 50-500, so it was left out."),
        ("value=9" + "9" * 20, "“9" + "9" * 20 + "” is no range like 50-500, so it was left out."),
        ("value=٣-", "“٣-” is no range like 50-500, so it was left out."),
        ("size=500-50", "“500-50” ends before it begins, so it was left out."),
        (
            "q=a%00b",
            f"A filter is up to {LONGEST_TEXT} characters that can be typed, so this one was left out.",
        ),
        (
            "owner=" + "x" * 101,
            f"A filter is up to {LONGEST_TEXT} characters that can be typed, so this one was left out.",
        ),
    ],
)
def test_what_cannot_be_meant_is_left_out_and_told(query: str, sentence: str) -> None:
    found, left_out = read(query)

    assert found == ALL
    assert left_out == (sentence,)


def test_a_filter_is_told_in_words() -> None:
    wanted = read(
        "q=lab&industry=Food&industry=Energy&country=NO&country=SE&country=DE&size=50-&score=strong&score=none"
        "&value=10000-20000&owner=none&tag=vip&stage=attention"
    ).filter

    assert [(told.name, told.words) for told in wanted.told("€")] == [
        ("Text", "“lab”"),
        ("Industry", "Energy, Food"),
        ("Country", "3 selected"),
        ("Employees", "50 or more"),
        ("Fit", "strong or not scored"),
        ("Value", "€10,000–€20,000"),
        ("Owner", "nobody"),
        ("Tag", "vip"),
        ("Stage", "Needs attention"),
    ]


def test_a_stage_of_the_other_board_means_nothing() -> None:
    wanted = read("stage=analysis&stage=enriched&stage=review&tag=vip").filter

    assert wanted.within(ENRICHMENT_COLUMNS).query == "?tag=vip&stage=analysis&stage=enriched"
    assert wanted.within(SALES_COLUMNS).query == "?tag=vip&stage=enriched&stage=review"
