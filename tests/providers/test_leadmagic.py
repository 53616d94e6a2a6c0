"""LeadMagic, against the answers it promises."""

import pytest

from leadboard.domain.found import AskedCompany, AskedPerson, EmailStatus, Fact, FoundPerson, Verdict
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from leadboard.providers.leadmagic import LeadMagic
from tests.support.services import KEY, wired

NORTHMOOR = AskedCompany("Northmoor Roasters", "northmoor.example", titles=("Head of Operations", "CEO"))
MARTA = AskedPerson("Marta", "Linek", company=NORTHMOOR)
FINDER = {
    "email": "marta@northmoor.example",
    "status": "valid",
    "credits_consumed": 1,
    "message": "Valid email found.",
    "first_name": "Marta",
    "last_name": "Linek",
    "domain": "northmoor.example",
    "is_domain_catch_all": False,
    "mx_provider": "Google Workspace",
    "company_name": "Northmoor Roasters",
}
ROLE = {
    "first_name": "Marta",
    "last_name": "Linek",
    "full_name": "Marta Linek",
    "profile_url": "https://www.linkedin.com/in/martalinek",
    "job_title": "Head of Operations",
    "company_name": "Northmoor Roasters",
    "credits_consumed": 2,
    "message": "Role found.",
}
COMPANY = {
    "companyName": "Northmoor Roasters",
    "companyId": 4711,
    "industry": "Food & Beverages",
    "employeeCount": 22,
    "employeeRange": "11-50",
    "founded": 2014,
    "headquarters": {"city": "Manchester", "country": "United Kingdom"},
    "revenue": None,
    "description": "Coffee roastery",
    "specialties": ["coffee"],
    "credits_consumed": 1,
}


async def test_the_address_of_a_person_is_found_at_the_price_it_names():
    leadmagic, asked = wired(LeadMagic, FINDER)
    answer = await leadmagic.person(MARTA)
    assert asked.requests[0].headers["x-api-key"] == KEY
    assert asked.asked == ["POST https://api.leadmagic.io/v1/people/email-finder"]
    assert asked.body() == {"first_name": "Marta", "last_name": "Linek", "domain": "northmoor.example"}
    assert (answer.micros, len(answer.items)) == (24_500, 1)
    assert answer.items[0] == FoundPerson(
        first_name="Marta",
        last_name="Linek",
        email="marta@northmoor.example",
        email_confidence=0.95,
        email_status=EmailStatus.VALID,
        company="Northmoor Roasters",
        domain="northmoor.example",
        confidence=0.85,
    )


async def test_an_address_on_a_server_that_takes_all_is_only_likely():
    leadmagic, asked = wired(LeadMagic, FINDER | {"status": "valid_catch_all"})
    (found,) = (await leadmagic.person(AskedPerson("Marta", "Linek", company=AskedCompany("Northmoor")))).items
    assert (found.email_status, found.email_confidence) == (EmailStatus.VALID_CATCH_ALL, 0.7)
    assert asked.body()["company_name"] == "Northmoor"


MISS = {"credits_consumed": 0, "message": "Nothing found."}


@pytest.mark.parametrize("answer", [{"email": None, "status": "not_found"} | MISS, MISS, (404, {"message": "No."})])
async def test_nobody_found_costs_nothing(answer):
    found = await wired(LeadMagic, answer)[0].person(MARTA)
    assert (found.items, found.micros) == ((), 0)


async def test_people_are_asked_for_one_title_at_a_time():
    leadmagic, asked = wired(LeadMagic, ROLE, {"first_name": None} | MISS)
    first = await leadmagic.people(NORTHMOOR)
    assert asked.body() == {"job_title": "Head of Operations", "company_domain": "northmoor.example"}
    assert (first.micros, first.next, first.items[0].linkedin) == (49_000, "1", ROLE["profile_url"])
    last = await leadmagic.people(NORTHMOOR, first.next)
    assert asked.body()["job_title"] == "CEO"
    assert (last.items, last.micros, last.next) == ((), 0, "")


async def test_a_company_is_described():
    (found,) = (await wired(LeadMagic, COMPANY)[0].company(NORTHMOOR)).items
    assert (found.name, found.domain, found.ref) == ("Northmoor Roasters", "northmoor.example", "4711")
    assert found.facts == (
        Fact("description", "Coffee roastery", 0.8),
        Fact("industry", "Food & Beverages", 0.8),
        Fact("headcount", "11-50", 0.8),
        Fact("city", "Manchester", 0.8),
        Fact("country", "United Kingdom", 0.8),
        Fact("founded", "2014", 0.8),
    )
    assert (await wired(LeadMagic, {"companyName": None} | MISS)[0].company(NORTHMOOR)).items == ()


async def test_headquarters_may_be_a_text():
    (found,) = (await wired(LeadMagic, COMPANY | {"headquarters": "Manchester, UK"})[0].company(NORTHMOOR)).items
    assert Fact("address", "Manchester, UK", 0.8) in found.facts


@pytest.mark.parametrize(
    ("said", "status", "credits", "micros"),
    [
        ("valid", EmailStatus.VALID, 0.25, 6_125),
        ("valid_catch_all", EmailStatus.VALID_CATCH_ALL, 0.25, 6_125),
        ("invalid", EmailStatus.INVALID, 0.05, 1_225),
        ("catch_all", EmailStatus.CATCH_ALL, 0.25, 6_125),
        ("unknown", EmailStatus.UNKNOWN, 0, 0),
        ("greylisted", EmailStatus.UNKNOWN, 0, 0),
    ],
)
async def test_a_verification_is_read_in_our_words(said, status, credits, micros):
    leadmagic, _ = wired(LeadMagic, {"email": "a@b.example", "email_status": said, "credits_consumed": credits})
    answer = await leadmagic.verify("a@b.example")
    assert (answer.items, answer.micros) == ((Verdict(status, said),), micros)


@pytest.mark.parametrize(
    ("answer", "raised", "said"),
    [
        ((401, {"error": "unauthorized", "message": "Invalid API key"}), KeyRefused, "Invalid API key"),
        ((402, {"success": False, "errors": [{"title": "No credits", "status": 402}]}), QuotaUsed, "No credits"),
        ((400, {"error": "bad_request", "message": "domain is required"}), Misasked, "domain is required"),
        ((500, "oops"), Outage, "oops"),
        ({"success": False}, Garbled, '{"success": false}'),
        ({"email": 7}, Garbled, '{"email": 7}'),
        ([], Garbled, "[]"),
        ("<html>", Garbled, "<html>"),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised, said):
    with pytest.raises(raised) as error:
        await wired(LeadMagic, answer)[0].person(MARTA)
    assert error.value.said == said


async def test_a_rate_limit_is_waited_for(waits):
    with pytest.raises(TryLater):
        await wired(LeadMagic, (429, {"message": "Slow down"}, {"Retry-After": "3"}))[0].verify("a@b.example")
    assert waits == [3, 3, 3]


async def test_the_key_is_tried_for_nothing():
    leadmagic, asked = wired(LeadMagic, {"credits": 1999.75, "is_frozen": False})
    health = await leadmagic.check()
    assert (health.ok, health.left, health.sentence) == (True, 1999, "1,999 credits are left.")
    assert asked.asked == ["GET https://api.leadmagic.io/v1/credits"]
    assert not (await wired(LeadMagic, {"credits": 50, "is_frozen": True})[0].check()).ok
