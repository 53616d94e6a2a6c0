import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from leadboard.domain.company import Company, Person
from leadboard.domain.icp import Icp
from leadboard.domain.icp_score import Subject, already_scored, confidence, score

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ADA = Subject(
    Person("VP Sales"), Company(industry="Healthcare"), Icp(industry=("Healthcare",)), icp_version=3, website_read=True
)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (replace(ADA, person=Person("CEO")), 100),
        (ADA, 92),
        (replace(ADA, company=Company(industry="Mining")), 22),
        (replace(ADA, icp=Icp()), 57),
        (replace(ADA, person=Person()), 70),
        (replace(ADA, person=Person(), company=Company()), 0),
    ],
)
def test_the_company_counts_70_percent_and_the_title_30(subject, expected):
    assert score(subject, NOW).score == expected


def test_a_score_says_when_how_and_under_which_profile_it_was_made():
    made = score(ADA, NOW)

    assert (made.icp_version, made.scorer, made.scored_at, made.confidence) == (3, "rules-1", NOW, "high")
    assert made.reasoning == "The company fits the ICP by 100 of 100. “VP Sales” gives an authority of 18 of 25."
    assert json.loads(json.dumps(made.to_data()))["scored_at"] == "2026-11-21T09:00:00+00:00"


@pytest.mark.parametrize(
    ("person", "company", "website", "expected"),
    [
        (Person("CEO"), Company(country="DE"), True, "high"),
        (Person("CEO"), Company(country="DE"), False, "medium"),
        (Person(email="a@b.io"), Company(), True, "medium"),
        (Person(), Company(headcount_min=5), True, "medium"),
        (Person("CEO"), Company(), False, "low"),
        (Person(), Company(), False, "low"),
    ],
)
def test_confidence_counts_the_kinds_of_data(person, company, website, expected):
    assert confidence(replace(ADA, person=person, company=company, website_read=website)) == expected


@pytest.mark.parametrize(("stored", "expected"), [(3, True), (2, False), (None, False)])
def test_a_person_counts_as_scored_under_the_current_version_only(stored, expected):
    assert already_scored(stored, 3) is expected
