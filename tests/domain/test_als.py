import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain import als
from leadboard.domain.als import Tier, tier_of
from leadboard.domain.company import Company, Person
from leadboard.domain.icp import Icp
from leadboard.domain.months import months_before
from leadboard.domain.titles import authority
from leadboard.domain.weights import DEFAULT, MAXIMA, Weights, choose_weights

TODAY = date(2026, 11, 21)
LONG_AGO = date(2015, 1, 1)
ICP = Icp(industry=("Healthcare",), size_min=5, size_max=50, geographies=("Australia",))
COMPANY = Company(
    industry="Healthcare IT", headcount_min=20, headcount_max=20, country="AU", is_hiring=True, funding_date=TODAY
)
CEO = Person(
    title="CEO",
    email="ada@acme.com",
    email_status="valid",
    phone="+61 2 5550 0000",
    phone_verified=True,
    linkedin="linkedin.com/in/ada",
    personal_email="ada@home.example",
    role_started=TODAY,
)
VP = replace(CEO, title="VP Sales", personal_email="")
QUIET = replace(COMPANY, is_hiring=False, funding_date=LONG_AGO)


def points(score: als.AlsScore) -> tuple[int, ...]:
    return tuple(component.points for component in score.components)


def line(score: als.AlsScore, component: str, label: str) -> float:
    lines = next(part.lines for part in score.components if part.key == component)
    return next(one.points for one in lines if one.label == label)


@pytest.mark.parametrize(
    ("person", "company", "parts", "total", "tier"),
    [
        (CEO, COMPANY, (20, 25, 25, 15, 15), 100, "hot"),
        (VP, QUIET, (18, 18, 25, 6, 15), 82, "warm"),
        (
            Person("Manager", email="a@b.io", email_status="valid"),
            Company(industry="Healthcare", country="Australia"),
            (8, 7, 17, 0, 15),
            47,
            "cool",
        ),
        (Person("Analyst", email="a@b.io"), Company(country="UK"), (4, 5, 4, 0, 15), 28, "cold"),
        (Person("Coordinator", email="a@b.io"), Company(), (4, 5, 0, 0, 10), 19, "dead"),
        (replace(CEO, unsubscribed=True), COMPANY, (20, 25, 25, 15, 0), 85, "dead"),
    ],
)
def test_the_worked_examples(person, company, parts, total, tier):
    score = als.score(person, company, ICP, TODAY)

    assert (points(score), score.total, score.tier) == (parts, total, tier)


def test_the_worked_example_with_other_weights():
    suggested = {"data_quality": 0.10, "authority": 0.15, "company_fit": 0.40, "timing": 0.20, "risk": 0.15}

    score = als.score(VP, QUIET, ICP, TODAY, choose_weights(suggested=suggested))

    assert (score.total, score.tier, score.weights_source) == (83, Tier.WARM, "suggested")
    assert score.weights_used == suggested


@pytest.mark.parametrize(
    ("total", "tier", "channels"),
    [
        (100, "hot", "email linkedin voice sms mail"),
        (85, "hot", "email linkedin voice sms mail"),
        (84, "warm", "email linkedin voice"),
        (60, "warm", "email linkedin voice"),
        (59, "cool", "email linkedin"),
        (35, "cool", "email linkedin"),
        (34, "cold", "email"),
        (20, "cold", "email"),
        (19, "dead", ""),
        (0, "dead", ""),
    ],
)
def test_tiers_and_channels_at_their_boundaries(total, tier, channels):
    assert tier_of(total) == tier
    assert list(als.CHANNELS[tier_of(total)]) == channels.split()


@pytest.mark.parametrize("fault", ["unsubscribed", "do_not_contact", "suppressed", "competitor"])
def test_who_must_not_be_reached_is_dead_and_keeps_the_number(fault):
    company = replace(COMPANY, is_competitor=fault == "competitor")
    person = CEO if fault == "competitor" else replace(CEO, **{fault: True})

    score = als.score(person, company, ICP, TODAY)

    assert score.total >= 85
    assert (score.tier, score.channels) == (Tier.DEAD, ())
    assert score.blocked


@pytest.mark.parametrize(
    ("title", "worth"),
    [
        *[(title, 25) for title in ("Owner", "Founder", "Co-Founder", "Cofounder", "CEO", "Managing Director")],
        ("Chief Executive Officer", 25),
        *[(title, 22) for title in ("Chief of Staff", "CFO", "CMO", "COO", "CTO", "CIO", "CRO", "CPO", "CISO")],
        ("President", 22),
        *[(title, 18) for title in ("Vice President", "Vice-President, Sales", "VP", "SVP", "EVP")],
        ("Senior Vice President of Growth", 18),
        ("Director of Marketing", 15),
        ("Head of IT", 15),
        ("Senior Manager", 10),
        ("Partnerships Manager", 7),
        ("Team Lead", 7),
        ("Analyst", 5),
        ("Geschäftsführer", 5),
        ("", 0),
        (" - ", 0),
        ("Assistant to the CEO", 5),
        ("Assistant", 5),
        ("Intern", 5),
        ("Receptionist", 5),
        ("Student", 5),
        ("Marketing Coordinator", 5),
        ("CEO & Founder", 25),
        ("President and Vice President", 22),
        ("Director, Vice President", 18),
        ("Internal Sales Manager", 7),
        ("Leader", 5),
        ("Directory Editor", 5),
        ("Headhunter", 5),
        ("VPN Engineer", 5),
    ],
)
def test_authority_is_read_by_whole_words(title, worth):
    assert authority(title).points == worth


@pytest.mark.parametrize("title", ["Director", "Coordinator"])
def test_pieces_of_words_are_no_titles(title):
    """ "director" contains "cto", "coordinator" contains "coo"."""
    assert authority(title).phrase not in ("cto", "coo")
    assert authority(title).points in (15, 5)


@pytest.mark.parametrize(
    ("people", "worth"), [(None, 0), (0, 0), (1, 3), (4, 3), (5, 8), (50, 8), (51, 5), (200, 5), (201, 0)]
)
def test_headcount_without_a_size_in_the_profile_is_held_against_5_to_50(people, worth):
    company = Company(headcount_min=people, headcount_max=people)

    assert line(als.score(CEO, company, Icp(), TODAY), "company_fit", "Headcount") == worth


def test_headcount_ranges_and_profiles_with_an_open_end():
    open_end = Icp(size_min=50)

    def worth(company: Company, icp: Icp) -> float:
        return line(als.score(CEO, company, icp, TODAY), "company_fit", "Headcount")

    assert worth(Company(headcount_min=11, headcount_max=50), ICP) == 8
    assert worth(Company(headcount_min=11, headcount_max=200), ICP) == 5
    assert worth(Company(headcount_min=501), open_end) == 8
    assert worth(Company(headcount_min=49, headcount_max=49), open_end) == 3
    assert worth(Company(headcount_min=1, headcount_max=1), Icp(size_max=10)) == 8


@pytest.mark.parametrize(
    ("wanted", "industry", "worth"),
    [
        ("art", "Smart homes", 0),
        ("Art", "Modern ART", 10),
        ("Health", "Healthcare", 0),
        ("Real estate", "B2B -> Real Estate", 10),
        ("Real estate", "Estate, real", 0),
        ("Healthcare", "", 0),
    ],
)
def test_industries_match_by_whole_phrase(wanted, industry, worth):
    score = als.score(CEO, Company(industry=industry), Icp(industry=("Mining", wanted)), TODAY)

    assert line(score, "company_fit", "Industry") == worth


@pytest.mark.parametrize(
    ("wanted", "country", "worth"),
    [
        ((), "Australia", 7),
        ((), "au", 7),
        ((), "New Zealand", 4),
        ((), "USA", 4),
        ((), "England", 4),
        ((), "Germany", 0),
        ((), "", 0),
        (("DE",), "Germany", 7),
        (("Europe",), "Germany", 7),
        (("DACH",), "CH", 7),
        (("Germany",), "Australia", 0),
        (("Germany",), "UK", 4),
    ],
)
def test_countries_by_name_code_or_region(wanted, country, worth):
    score = als.score(CEO, Company(country=country), Icp(geographies=wanted), TODAY)

    assert line(score, "company_fit", "Country") == worth


@pytest.mark.parametrize(
    ("status", "worth"),
    [("valid", 8), ("", 4), ("unknown", 4), ("catch_all", 4), ("valid_catch_all", 4), ("invalid", 0)],
)
def test_an_email_is_worth_what_its_verification_says(status, worth):
    person = Person(email="a@b.io", email_status=status)

    assert line(als.score(person, COMPANY, ICP, TODAY), "data_quality", "E-mail") == worth


def test_a_verification_without_an_address_is_worth_nothing():
    person = Person(email_status="valid", phone_verified=True)

    assert points(als.score(person, COMPANY, ICP, TODAY))[0] == 0


@pytest.mark.parametrize(
    ("started", "role", "funded"),
    [
        (date(2026, 11, 21), 6, 4),
        (date(2026, 5, 22), 6, 4),
        (date(2026, 5, 21), 3, 4),
        (date(2025, 11, 22), 3, 4),
        (date(2025, 11, 21), 0, 2),
        (date(2024, 11, 22), 0, 2),
        (date(2024, 11, 21), 0, 0),
        (date(2026, 11, 22), 0, 0),
        (None, 0, 0),
    ],
)
def test_dates_count_in_calendar_months_and_the_future_not_at_all(started, role, funded):
    score = als.score(Person(role_started=started), Company(funding_date=started), ICP, TODAY)

    assert line(score, "timing", "New role") == role
    assert line(score, "timing", "Funding") == funded


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 1), 12, date(2025, 12, 1)),
        (date(2024, 2, 29), 24, date(2022, 2, 28)),
    ],
)
def test_months_before_a_day(day, months, before):
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("person", "competitor", "left"),
    [
        (Person(), False, 15),
        (Person(bounced=True), False, 5),
        (Person("Intern"), False, 10),
        (Person("Intern", bounced=True), False, 0),
        (Person(bounced=True, unsubscribed=True), True, 0),
        (Person(), True, 0),
    ],
)
def test_risk_starts_full_and_stops_at_zero(person, competitor, left):
    assert points(als.score(person, Company(is_competitor=competitor), ICP, TODAY))[4] == left


GOOD = {"data_quality": 0.10, "authority": 0.15, "company_fit": 0.40, "timing": 0.20, "risk": 0.15}


@pytest.mark.parametrize(
    "bad",
    [
        {**GOOD, "risk": 0.05},
        {**GOOD, "company_fit": 0.6, "timing": 0.05, "risk": 0.10},
        {**GOOD, "timing": 0.04, "risk": 0.31},
        {name: value for name, value in GOOD.items() if name != "risk"},
        {**GOOD, "risk": float("nan")},
        {**GOOD, "risk": float("inf")},
        {**GOOD, "risk": "0.15"},
        {**GOOD, "risk": None},
        {**GOOD, "risk": True},
        {**GOOD, "risk": 10**400},
        {},
    ],
)
def test_bad_weights_fall_back_to_the_next_source(bad):
    assert choose_weights(bad, 0.9, GOOD).source == "suggested"
    fallback = choose_weights(bad, 0.9, bad)

    assert (fallback.source, fallback.values) == ("default", DEFAULT)
    assert len(fallback.warnings) == 2


def test_learned_weights_need_confidence_and_go_first():
    assert choose_weights(GOOD, 0.50, DEFAULT) == Weights(GOOD, "learned")
    unsure = choose_weights(GOOD, 0.49)
    assert unsure.source == "default"
    assert "0.49" in unsure.warnings[0]
    assert choose_weights() == Weights(DEFAULT, "default")


def test_suggestions_in_percent_are_divided():
    percent = {"data_quality": 20, "authority": 28, "company_fit": 25, "timing": 12, "risk": 15}

    assert choose_weights(suggested=percent).values == {name: value / 100 for name, value in percent.items()}


days = st.none() | st.dates(TODAY - timedelta(1500), TODAY + timedelta(60))
persons = st.builds(
    Person,
    title=st.text(max_size=20) | st.sampled_from(["CEO", "VP", "Manager", "Intern to the CEO", "Director"]),
    email=st.sampled_from(["", "a@b.io"]),
    email_status=st.sampled_from(["", "valid", "invalid", "unknown"]),
    phone=st.sampled_from(["", "1"]),
    phone_verified=st.booleans(),
    linkedin=st.sampled_from(["", "x"]),
    personal_email=st.sampled_from(["", "x"]),
    role_started=days,
    bounced=st.booleans(),
    unsubscribed=st.booleans(),
    do_not_contact=st.booleans(),
    suppressed=st.booleans(),
)
companies = st.builds(
    Company,
    industry=st.text(max_size=20) | st.sampled_from(["Healthcare", "Healthcare IT"]),
    headcount_min=st.none() | st.integers(0, 10**6),
    headcount_max=st.none() | st.integers(0, 10**6),
    country=st.sampled_from(["", "AU", "UK", "Mars"]),
    is_hiring=st.none() | st.booleans(),
    funding_date=days,
    is_competitor=st.booleans(),
)
vectors = (
    st.lists(st.integers(5, 50), min_size=5, max_size=5)
    .filter(lambda w: max(w) <= sum(w) / 2 and min(w) >= sum(w) / 20)
    .map(lambda w: Weights({name: value / sum(w) for name, value in zip(MAXIMA, w, strict=True)}, "learned"))
)
all_points = st.fixed_dictionaries({name: st.integers(0, most) for name, most in MAXIMA.items()})


@given(persons, companies)
def test_with_default_weights_the_score_is_the_sum_of_points_and_every_line_adds_up(person, company):
    score = als.score(person, company, ICP, TODAY)

    assert score.total == sum(points(score))
    for part in score.components:
        assert sum(one.points for one in part.lines) == part.points
        assert sum(one.possible for one in part.lines) == part.max == MAXIMA[part.key]
        assert 0 <= part.points <= part.max
        assert all(one.evidence or one.label for one in part.lines)
    assert json.loads(json.dumps(score.to_data()))["total"] == score.total


@given(all_points, vectors, st.sampled_from(list(MAXIMA)))
def test_the_score_is_an_integer_0_to_100_and_never_falls_when_a_component_rises(parts, weights, raised):
    before = als.combine(parts, weights)
    after = als.combine({**parts, raised: MAXIMA[raised]}, weights)

    assert isinstance(before, int)
    assert 0 <= before <= after <= 100
    assert als.combine(MAXIMA, weights) == 100
    assert als.combine(dict.fromkeys(MAXIMA, 0), weights) == 0
