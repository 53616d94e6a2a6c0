import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain import fit
from leadboard.domain.company import Company, Person, industry_named
from leadboard.domain.fit import Known, Touch
from leadboard.domain.icp import Icp

TODAY = date(2026, 11, 21)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days)


def factor(known: Known, key: str) -> fit.Factor:
    return next(one for one in fit.score(known).factors if one.key == key)


def icp_fit(company: Company, icp: Icp) -> float:
    return factor(Known(company, icp, TODAY), "icp_fit").score


NORDLICHT = Known(
    Company(
        industry="Laboratory robotics",
        headcount_min=118,
        headcount_max=118,
        country="Germany",
        tags=("Robotics", "Automation"),
        is_hiring=True,
        funding_date=days_ago(253),
    ),
    Icp(
        industry=("Laboratory equipment",),
        size_min=50,
        size_max=500,
        geographies=("Germany", "Austria"),
        modalities=("robotics", "automation", "optics"),
        signals=("hiring", "funding"),
    ),
    TODAY,
    contacts=(Person("CEO"), Person("CTO")),
)


def test_the_reference_receipt():
    """The receipt of the lead sheet's render."""
    score = fit.score(NORDLICHT)
    lines = {one.key: [(line.label, line.points, line.possible) for line in one.lines] for one in score.factors}

    assert lines["icp_fit"] == [
        ("Industry shares “laboratory”", 20, 40),
        ("Headcount 118 is inside 50–500", 25, 25),
        ("Germany is in your list", 20, 20),
        ("2 of 3 specialities match: robotics, automation", 10, 15),
    ]
    assert lines["timing"] == [
        ("Funded 253 days ago", 25, 40),
        ("Hiring", 30, 30),
        ("New decision-maker: not known", 0, 20),
        ("Your signals: hiring, funding", 30, 30),
    ]
    assert lines["relationship"] == [("2 contacts found, 4 give 100", 70, 100)]
    assert lines["engagement"] == [("No engagement history yet", 50, 100)]
    assert [one.contribution for one in score.factors] == [30, 21.25, 14, 7.5]
    assert (score.exact, score.overall) == (72.75, 73)
    assert score.change is not None
    assert (score.change.kind, score.change.sentence) == ("contacts", "Two more contacts would make it 79")
    assert "New decision-maker: not known" in score.gaps
    assert "Hiring" in score.reasons


def test_the_worked_example_rounds_half_up_of_the_weighted_sum():
    values = {"icp_fit": 80, "timing": 55, "relationship": 70, "engagement": 50}

    assert sum(fit.WEIGHTS.values()) == pytest.approx(1)
    assert sum(fit.WEIGHTS[key] * value for key, value in values.items()) == pytest.approx(67.25)


def test_a_profile_with_only_an_industry_that_matches_fits_fully():
    assert icp_fit(Company(industry="Healthcare"), Icp(industry=("healthcare",))) == 100


def test_a_profile_without_criteria_says_nothing_either_way():
    assert icp_fit(Company(industry="Healthcare"), Icp(signals=("hiring",), exclusions=("acme.com",))) == 50


@pytest.mark.parametrize(
    ("wanted", "industry", "score"),
    [
        (("Real estate",), "B2B -> Real Estate", 100),
        (("Real estate",), "Estate planning", 50),
        (("Financial services",), "Legal services", 0),
        (("art",), "Smart homes", 0),
        (("Mining", "Medical devices"), "Devices", 50),
        (("Mining",), "", 0),
    ],
)
def test_industries_count_whole_for_a_phrase_and_half_for_a_word(wanted, industry, score):
    assert icp_fit(Company(industry=industry), Icp(industry=wanted)) == score


@pytest.mark.parametrize(
    ("size", "ends", "score"),
    [
        ((50, 500), (50, 50), 100),
        ((50, 500), (500, 500), 100),
        ((50, 500), (25, 25), 25),
        ((50, 500), (1000, 1000), 25),
        ((50, 500), (11, 200), 100),
        ((50, 0), (501, None), 100),
        ((0, 10), (40, 40), 12.5),
        ((50, 500), (None, None), 0),
        ((50, 500), (0, 0), 0),
    ],
)
def test_sizes_count_by_how_far_they_are_outside(size, ends, score):
    company = Company(headcount_min=ends[0], headcount_max=ends[1])

    assert icp_fit(company, Icp(size_min=size[0], size_max=size[1])) == score


@pytest.mark.parametrize(
    ("wanted", "company", "score"),
    [
        ("DE", Company(country="Germany"), 100),
        ("Europe", Company(country="DE"), 100),
        ("California", Company(country="US", state="California"), 100),
        ("Kiel", Company(city="kiel"), 100),
        ("Europe", Company(country="US"), 0),
        ("Germany", Company(), 0),
    ],
)
def test_geographies_match_by_country_region_state_or_town(wanted, company, score):
    assert icp_fit(company, Icp(geographies=(wanted,))) == score


@pytest.mark.parametrize(("days", "points"), [(0, 40), (180, 40), (181, 25), (365, 25), (366, 0), (-1, 0), (None, 0)])
def test_funding_counts_by_its_age(days, points):
    company = Company(funding_date=None if days is None else days_ago(days))

    assert factor(Known(company, Icp(), TODAY), "timing").lines[0].points == points


@pytest.mark.parametrize(
    ("person", "points"),
    [
        (Person("CEO", role_started=days_ago(180)), 20),
        (Person("Head of Sales", role_started=days_ago(1)), 20),
        (Person("CEO", role_started=days_ago(181)), 0),
        (Person("Manager", role_started=days_ago(1)), 0),
        (Person("Assistant to the CEO", role_started=days_ago(1)), 0),
        (Person("CEO", role_started=days_ago(-1)), 0),
    ],
)
def test_a_decision_maker_counts_when_new(person, points):
    known = Known(Company(), Icp(), TODAY, contacts=(Person(), person))

    assert factor(known, "timing").lines[2].points == points


def test_at_most_two_signals_count_and_timing_stops_at_100():
    company = Company(
        is_hiring=True, funding_date=TODAY, signals=("expansion:new office", "funding:series_b", "news:art prize")
    )
    icp = Icp(signals=("expansion", "series b", "hiring", "tender"))
    known = Known(company, icp, TODAY, contacts=(Person("CEO", role_started=TODAY),))
    timing = factor(known, "timing")

    assert timing.lines[3].points == 30
    assert timing.lines[-1].points == -20
    assert timing.score == 100


@pytest.mark.parametrize(("found", "points"), [(0, 0), (1, 40), (2, 70), (3, 70), (4, 100), (9, 100)])
def test_contacts_found_count_in_steps(found, points):
    assert factor(Known(Company(), Icp(), TODAY, contacts=(Person(),) * found), "relationship").score == points


@pytest.mark.parametrize(
    ("touches", "points"),
    [
        ([], 50),
        ([("reply", 0)], 100),
        ([("reply", 90), ("open", 1)], 100),
        ([("reply", 91), ("open", 1)], 40),
        ([("click", 3), ("visit", 1)], 70),
        ([("visit", 3)], 40),
        ([("email_sent", 3)], 0),
        ([("reply", 91)], 0),
        ([("reply", -1)], 50),
    ],
)
def test_engagement_is_the_best_answer_of_90_days(touches, points):
    known = Known(Company(), Icp(), TODAY, touches=[Touch(kind, days_ago(days)) for kind, days in touches])

    assert factor(known, "engagement").score == points


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        (replace(NORDLICHT, contacts=()), "contacts"),
        (replace(NORDLICHT, company=replace(NORDLICHT.company, industry="")), "industry"),
        (replace(NORDLICHT, contacts=(Person("CEO"),) * 4), "role"),
        (replace(NORDLICHT, company=replace(NORDLICHT.company, is_hiring=None), contacts=(Person(),) * 4), "hiring"),
        (replace(NORDLICHT, company=replace(NORDLICHT.company, headcount_min=None, headcount_max=None)), "headcount"),
        (replace(NORDLICHT, company=replace(NORDLICHT.company, country="")), "place"),
    ],
)
def test_the_change_names_the_find_that_raises_the_score_most(known, kind):
    change = fit.score(known).change

    assert change is not None
    assert change.kind == kind
    assert change.sentence.endswith(str(change.overall))


def test_nothing_is_proposed_when_nothing_is_left_to_find():
    known = replace(NORDLICHT, contacts=(Person("CEO", role_started=days_ago(400)),) * 4)

    assert fit.score(known).change is None


days = st.none() | st.dates(TODAY - timedelta(800), TODAY + timedelta(60))
texts = st.sampled_from(["", "Healthcare", "Healthcare IT", "Real estate", "IT services", "hiring", "Robotics"])
tags = st.lists(texts.filter(bool), max_size=3).map(tuple)
profiles = st.builds(
    Icp,
    industry=tags,
    size_min=st.integers(0, 100),
    size_max=st.just(0) | st.integers(100, 9999),
    modalities=tags,
    therapeutic_areas=tags,
    geographies=st.lists(st.sampled_from(["DE", "Europe", "USA", "Kiel"]), max_size=2).map(tuple),
    signals=tags,
)
companies = st.builds(
    Company,
    industry=texts,
    headcount_min=st.none() | st.integers(-5, 10**7),
    headcount_max=st.none() | st.integers(-5, 10**7),
    country=st.sampled_from(["", "DE", "Germany", "US", "Nowhere"]),
    city=st.sampled_from(["", "Kiel"]),
    tags=tags,
    signals=tags,
    is_hiring=st.none() | st.booleans(),
    funding_date=days,
)
people = st.lists(st.builds(Person, title=st.sampled_from(["", "CEO", "Intern"]), role_started=days), max_size=5)
touches = st.lists(
    st.builds(Touch, kind=st.sampled_from(["reply", "open", "sent"]), on=days.filter(lambda day: day is not None)),
    max_size=3,
)
everything = st.builds(Known, companies, profiles, st.just(TODAY), people, touches)


@given(everything)
def test_a_receipt_has_four_factors_and_adds_up(known):
    score = fit.score(known)

    assert [one.key for one in score.factors] == ["icp_fit", "timing", "relationship", "engagement"]
    assert sum(one.weight for one in score.factors) == pytest.approx(1)
    for one in score.factors:
        assert one.explanation.endswith(".")
        assert 0 <= one.score <= 100
        assert round(sum(line.points for line in one.lines), 2) == one.score
        assert one.contribution == pytest.approx(one.weight * one.score)
    assert sum(one.contribution for one in score.factors) == pytest.approx(score.exact)
    assert isinstance(score.overall, int)
    assert 0 <= score.overall <= 100
    assert abs(score.overall - score.exact) <= 0.5
    assert score.change is None or score.overall < score.change.overall <= 100
    assert fit.icp_fit(known.company, known.icp) == score.factors[0].score
    assert fit.overall(known) == score.overall
    json.dumps(score.to_data())


@given(everything)
def test_another_contact_or_a_reply_never_lowers_the_score(known):
    now = fit.score(known).overall

    assert fit.score(replace(known, contacts=(*known.contacts, Person()))).overall >= now
    assert fit.score(replace(known, touches=[*known.touches, Touch("reply", TODAY)])).overall >= now
    assert fit.score(replace(known, company=replace(known.company, is_hiring=True))).overall >= now


@given(
    companies, profiles.filter(lambda icp: bool(icp.industry or icp.has_size or icp.geographies or icp.specialities))
)
def test_the_criteria_a_profile_names_make_100_together(company, icp):
    lines = fit.score(Known(company, icp, TODAY)).factors[0].lines

    assert round(sum(line.possible for line in lines), 2) == 100
    assert all(0 <= line.points <= line.possible for line in lines)


@pytest.mark.parametrize(
    ("said", "wanted", "counts"),
    [
        ("Coffee shop", "cafe", True),
        ("Cafés", "coffee shops", True),
        ("Coffee shop", "restaurant", False),
        ("Coffee roaster", "cafe", False),
        ("Holiday accommodation", "hotel", False),
    ],
)
def test_another_word_for_the_same_trade_is_the_industry(said, wanted, counts):
    assert bool(industry_named(Company(industry=said), Icp(industry=(wanted,)))) is counts
