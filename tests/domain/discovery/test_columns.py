"""What sources say of a company, as the columns of a lead and as claims."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.discovery.columns import EMPTY, claims_of, columns_of, filled
from leadboard.domain.discovery.sift import Candidate, Finding
from leadboard.domain.found import Fact, FoundCompany

APOLLO = FoundCompany(
    "Acme Inc",
    "acme.com",
    (
        Fact("industry", "computer_software", 0.8),
        Fact("headcount", "11-50", 0.8),
        Fact("city", "Leeds", 0.8),
        Fact("country", "United Kingdom", 0.8),
        Fact("phone", "0113 496 0000", 0.8),
        Fact("founded", "1998", 0.8),
        Fact("funding", "Series B", 0.8),
        Fact("funding_date", "2026-05-01", 0.8),
        Fact("technology", "React", 0.8),
        Fact("technology", "Stripe", 0.8),
        Fact("description", "Software for labs. And more.", 0.8),
        Fact("revenue", "$5M", 0.8),
    ),
)
MAP = FoundCompany(
    "Acme",
    "",
    (
        Fact("industry", "Laboratory", 0.7, "https://osm.example/1"),
        Fact("country", "US", 0.7),
        Fact("state", "TX", 0.7),
    ),
)


def candidate(*findings: Finding) -> Candidate:
    return Candidate("acme.com", "Acme Inc", "acme.com", findings)


def test_the_surest_source_fills_each_column():
    columns = columns_of(candidate(Finding("overpass", MAP), Finding("apollo", APOLLO)))
    assert columns == {
        **EMPTY,
        "name": "Acme Inc",
        "name_key": "acme",
        "domain": "acme.com",
        "website": "https://acme.com",
        "industry": "Computer software",
        "headcount_min": 11,
        "headcount_max": 50,
        "city": "Leeds",
        "country": "GB",
        "phone": "+441134960000",
        "founded_year": 1998,
        "funding_stage": "Series B",
        "funding_date": date(2026, 5, 1),
        "technologies": ["React", "Stripe"],
        "description": "Software for labs. And more.",
        "what": "Software for labs. And more.",
    }


def test_the_parts_of_a_place_come_from_one_source():
    columns = columns_of(candidate(Finding("apollo", APOLLO), Finding("overpass", MAP)))
    assert (columns["city"], columns["state"], columns["country"]) == ("Leeds", "", "GB")


def test_every_source_keeps_its_word_with_its_share_of_the_price():
    claims = claims_of(
        candidate(Finding("overpass", MAP, 7), Finding("apollo", APOLLO, 200)), {"apollo": "Apollo", "overpass": "Map"}
    )
    industries = {
        (claim["value"], claim["source"], claim["method"]) for claim in claims if claim["field"] == "industry"
    }
    assert industries == {
        ("Laboratory", "https://osm.example/1", "overpass"),
        ("computer_software", "Apollo", "apollo"),
    }
    assert sum(claim["cost_micros"] for claim in claims) == 207
    assert {claim["value"] for claim in claims if claim["field"] == "website"} == {"acme.com"}


def test_a_known_lead_learns_what_it_lacks_and_a_locked_field_stays():
    known = {**EMPTY, "name": "Acme", "industry": "Software", "founded_year": 1990}
    found = columns_of(candidate(Finding("apollo", APOLLO)))
    more = filled(known, found, ["phone", "headcount_min"])
    assert "industry" not in more
    assert "founded_year" not in more
    assert "phone" not in more
    assert "headcount_min" not in more
    assert (more["domain"], more["city"], more["country"]) == ("acme.com", "Leeds", "GB")


def test_a_place_in_another_country_adds_nothing_to_the_known_one():
    found = columns_of(candidate(Finding("apollo", APOLLO)))
    assert not {"city", "state", "country"} & filled({**EMPTY, "country": "US"}, found, []).keys()
    assert filled({**EMPTY, "country": "GB"}, found, [])["city"] == "Leeds"
    assert "country" in filled({**EMPTY, "city": "Leeds"}, found, [])


fields = st.sampled_from(["industry", "headcount", "city", "country", "phone", "founded", "funding_date", "email", "x"])
facts = st.lists(st.builds(Fact, fields, st.text(max_size=20), st.floats(0, 1), st.sampled_from(["", "https://a.b"])))


@given(st.lists(facts, min_size=1, max_size=3), st.integers(0, 999))
def test_whatever_sources_say_becomes_columns_of_a_lead_and_claims_that_stand_once(said, micros):
    findings = [Finding("apollo", FoundCompany("Acme Inc", "acme.com", tuple(each)), micros) for each in said]
    columns = columns_of(candidate(*findings))
    assert columns.keys() == EMPTY.keys()
    claims = claims_of(candidate(*findings), {})
    keys = [(claim["field"], claim["value"], claim["source"]) for claim in claims]
    assert len(keys) == len(set(keys))
    assert sum(claim["cost_micros"] for claim in claims) == micros * len(findings)
