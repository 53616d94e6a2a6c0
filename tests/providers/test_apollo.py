"""Apollo, against the answers it promises."""

from datetime import date

import pytest

from leadboard.domain.found import AskedCompany, AskedPerson, EmailStatus, Fact, FoundPerson, FoundSignal, Search
from leadboard.errors import TryLater
from leadboard.providers.apollo import Apollo
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.wire import Wire
from tests.support.services import KEY, Recorded, Slept, wired

NORTHMOOR = AskedCompany("Northmoor Roasters", "northmoor.example")
MARTA = AskedPerson("Marta", "Linek", company=NORTHMOOR)
ORGANIZATION = {
    "id": "5e55aa00bb",
    "name": "Northmoor Roasters",
    "website_url": "http://www.northmoor.example",
    "linkedin_url": "http://www.linkedin.com/company/northmoor",
    "phone": "+44 161 555 0100",
    "founded_year": 2014,
    "primary_domain": "northmoor.example",
    "primary_phone": {"number": "+44 161 555 0100", "source": "Account"},
    "sanitized_phone": "+441615550100",
}
PERSON = {
    "id": "65f0aa11bb22cc33dd44ee55",
    "first_name": "Marta",
    "last_name": "Linek",
    "linkedin_url": "http://www.linkedin.com/in/martalinek",
    "title": "Head of Operations",
    "email_status": "verified",
    "email": "Marta@northmoor.example",
    "organization": {"id": "5e55aa00bb", "name": "Northmoor Roasters", "primary_domain": "northmoor.example"},
    "extrapolated_email_confidence": None,
}
GLIMPSE = {
    "id": "65f0aa11bb22cc33dd44ee55",
    "first_name": "Marta",
    "last_name_obfuscated": "Li***k",
    "title": "Head of Operations",
    "has_email": True,
    "has_direct_phone": "Yes",
    "organization": {"name": "Northmoor Roasters", "has_phone": True},
}


def searched(organizations, accounts=(), page=1, pages=1):
    pagination = {"page": page, "per_page": 100, "total_entries": 61, "total_pages": pages}
    return {"pagination": pagination, "organizations": list(organizations), "accounts": list(accounts)}


async def test_people_are_found_for_nothing_without_last_name_and_address():
    apollo, asked = wired(Apollo, {"total_entries": 214, "people": [GLIMPSE, {"id": None}]})
    answer = await apollo.people(NORTHMOOR)
    assert asked.asked == ["POST https://api.apollo.io/api/v1/mixed_people/api_search"]
    assert asked.requests[0].headers["x-api-key"] == KEY
    assert asked.body()["q_organization_domains_list"] == ["northmoor.example"]
    assert "c_suite" in asked.body()["person_seniorities"]
    assert (answer.micros, answer.next) == (0, "2")
    assert answer.items == (
        FoundPerson(
            first_name="Marta",
            title="Head of Operations",
            company="Northmoor Roasters",
            domain="northmoor.example",
            confidence=0.7,
            ref="65f0aa11bb22cc33dd44ee55",
        ),
    )


async def test_pages_end_where_the_entries_do():
    apollo, asked = wired(Apollo, {"total_entries": 214, "people": [GLIMPSE]})
    answer = await apollo.people(AskedCompany("Northmoor", ref="5e55aa00bb", titles=("Buyer",)), "3")
    assert answer.next == ""
    assert asked.body() == {
        "organization_ids": ["5e55aa00bb"],
        "person_titles": ["Buyer"],
        "page": 3,
        "per_page": 100,
    }


async def test_what_was_found_is_bought_by_its_id():
    apollo, asked = wired(Apollo, {"person": PERSON})
    answer = await apollo.person(AskedPerson("Marta", company=NORTHMOOR, ref="65f0aa11bb22cc33dd44ee55"))
    assert asked.asked == ["POST https://api.apollo.io/api/v1/people/match"]
    assert asked.body() == {"id": "65f0aa11bb22cc33dd44ee55"}
    assert answer.micros == 20_000
    assert answer.items == (
        FoundPerson(
            first_name="Marta",
            last_name="Linek",
            title="Head of Operations",
            email="marta@northmoor.example",
            email_confidence=0.95,
            email_status=EmailStatus.VALID,
            linkedin="http://www.linkedin.com/in/martalinek",
            company="Northmoor Roasters",
            domain="northmoor.example",
            confidence=0.85,
            ref="65f0aa11bb22cc33dd44ee55",
        ),
    )


async def test_a_person_is_asked_for_by_all_that_is_known():
    apollo, asked = wired(Apollo, {"person": PERSON})
    await apollo.person(MARTA)
    assert asked.body() == {
        "first_name": "Marta",
        "last_name": "Linek",
        "domain": "northmoor.example",
        "organization_name": "Northmoor Roasters",
    }


@pytest.mark.parametrize(
    ("said", "email", "confidence"),
    [
        ({"email": "email_not_unlocked@domain.com"}, "", 0.0),
        ({"email": None, "email_status": "unavailable"}, "", 0.0),
        ({"email_status": "unavailable"}, "", 0.0),
        ({"email_status": "extrapolated", "extrapolated_email_confidence": 0.83}, "marta@northmoor.example", 0.83),
        ({"email_status": None, "extrapolated_email_confidence": -4}, "marta@northmoor.example", 0.6),
        ({"email_status": None}, "marta@northmoor.example", 0.6),
    ],
)
async def test_only_a_verified_address_is_taken_for_one(said, email, confidence):
    (found,) = (await wired(Apollo, {"person": PERSON | said})[0].person(MARTA)).items
    assert (found.email, found.email_confidence, found.email_status) == (email, confidence, EmailStatus.UNKNOWN)


async def test_nobody_found_is_a_null_and_costs_nothing():
    found = await wired(Apollo, {"person": None})[0].person(MARTA)
    assert (found.items, found.micros) == ((), 0)
    missing = await wired(Apollo, {"organization": None})[0].company(NORTHMOOR)
    assert (missing.items, missing.micros) == ((), 0)


async def test_companies_come_in_two_lists():
    saved = {"id": "acc1", "organization_id": "5e66", "name": "Saved Coffee", "primary_domain": "saved.example"}
    apollo, asked = wired(Apollo, searched([ORGANIZATION], [saved], 1, 3), searched([], page=3, pages=3))
    answer = await apollo.companies(Search(("Coffee",), ("roastery",), places=("GB",), headcount_min=11))
    assert asked.body() == {
        "q_organization_keyword_tags": ["Coffee", "roastery"],
        "organization_locations": ["United Kingdom"],
        "organization_num_employees_ranges": ["11,1000000"],
        "page": 1,
        "per_page": 100,
    }
    assert [(each.domain, each.ref) for each in answer.items] == [
        ("northmoor.example", "5e55aa00bb"),
        ("saved.example", "5e66"),
    ]
    assert Fact("phone", "+441615550100", 0.8) in answer.items[0].facts
    assert (answer.next, answer.micros) == ("2", 20_000)
    last = await apollo.companies(Search(("Coffee",)), "3")
    assert (last.next, last.micros, asked.body()["page"]) == ("", 0, 3)


async def test_a_company_is_described():
    more = {
        "industry": "food production",
        "estimated_num_employees": 22,
        "raw_address": "1 Oak St, Manchester",
        "city": "Manchester",
        "country": "United Kingdom",
        "short_description": "Coffee roastery",
        "annual_revenue_printed": "5M",
        "latest_funding_stage": "Seed",
        "latest_funding_round_date": "2025-03-01T00:00:00.000+00:00",
        "technology_names": ["Shopify", "Klaviyo"],
    }
    apollo, asked = wired(Apollo, {"organization": ORGANIZATION | more})
    (found,) = (await apollo.company(NORTHMOOR)).items
    assert asked.query() == {"domain": "northmoor.example"}
    assert [(fact.field, fact.value) for fact in found.facts] == [
        ("description", "Coffee roastery"),
        ("industry", "food production"),
        ("headcount", "22"),
        ("address", "1 Oak St, Manchester"),
        ("city", "Manchester"),
        ("country", "United Kingdom"),
        ("phone", "+441615550100"),
        ("linkedin", "http://www.linkedin.com/company/northmoor"),
        ("founded", "2014"),
        ("revenue", "5M"),
        ("funding", "Seed"),
        ("funding_date", "2025-03-01"),
        ("technology", "Shopify"),
        ("technology", "Klaviyo"),
    ]


async def test_a_company_known_by_its_name_only_is_less_sure():
    apollo, asked = wired(Apollo, {"organization": ORGANIZATION})
    (found,) = (await apollo.company(AskedCompany("Northmoor Roasters"))).items
    assert asked.query() == {"name": "Northmoor Roasters"}
    assert {fact.confidence for fact in found.facts} == {0.6}


async def test_open_roles_are_signals():
    posting = {
        "id": "j1",
        "title": "Barista",
        "url": "https://northmoor.example/jobs/1",
        "posted_at": "2026-08-02T10:11:12.000+00:00",
    }
    postings = {"organization_job_postings": [posting, {"title": "Roaster", "posted_at": "soon"}, {}]}
    apollo, asked = wired(Apollo, postings)
    answer = await apollo.signals(AskedCompany(ref="5e55aa00bb"))
    assert asked.asked == ["GET https://api.apollo.io/api/v1/organizations/5e55aa00bb/job_postings"]
    assert answer.items == (
        FoundSignal("hiring", "Barista", "Barista", date(2026, 8, 2), "https://northmoor.example/jobs/1"),
        FoundSignal("hiring", "Roaster", "Roaster"),
    )
    assert answer.micros == 20_000


@pytest.mark.parametrize(
    ("answer", "raised", "sentence"),
    [
        ((401, "Invalid API key."), KeyRefused, "did not accept the key"),
        ((403, {"error": "…", "error_code": "API_INACCESSIBLE"}), KeyRefused, "Its plan or the scopes"),
        ((422, {"error": "Invalid parameters"}), Misasked, "status 422"),
        ((500, "<html>"), Outage, "having trouble"),
        ({"person": "Marta"}, Garbled, "cannot be read"),
        ({}, Garbled, "cannot be read"),
        ([], Garbled, "cannot be read"),
        ("Invalid", Garbled, "cannot be read"),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised, sentence):
    with pytest.raises(raised, match=sentence):
        await wired(Apollo, answer)[0].person(MARTA)


async def test_a_rate_limit_is_waited_for_even_when_its_message_is_json_in_json(waits):
    apollo, _ = wired(Apollo, (429, {"message": '{"message": "maximum number of api calls"}'}, {"retry-after": "9"}))
    with pytest.raises(TryLater):
        await apollo.people(NORTHMOOR)
    assert waits == [9, 9, 9]


@pytest.mark.parametrize(("left", "wait"), [("0", 60), ("12", 0.3), ("", 0.3)])
async def test_nothing_is_asked_when_nothing_is_left_of_the_minute(left, wait):
    slept, recorded = Slept(), Recorded([(200, {"person": None}, {"x-minute-requests-left": left})])
    apollo = Apollo(Wire(transport=recorded, sleep=slept.sleep, clock=slept.clock), KEY)
    await apollo.person(MARTA)
    await apollo.person(MARTA)
    assert slept.waits == [wait]


async def test_the_key_is_tried_for_nothing():
    apollo, asked = wired(Apollo, {"healthy": True, "is_logged_in": True})
    assert (await apollo.check()).ok
    assert asked.asked == ["GET https://api.apollo.io/v1/auth/health"]
    assert not (await wired(Apollo, {"healthy": True, "is_logged_in": False})[0].check()).ok
