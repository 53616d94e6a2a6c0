"""Prospeo, against the answers it promises."""

import pytest

from leadboard.domain.found import AskedCompany, AskedPerson, EmailStatus, Fact, FoundPerson, Search
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from leadboard.providers.prospeo import Prospeo
from tests.support.services import KEY, wired

NORTHMOOR = AskedCompany("Northmoor Roasters", "northmoor.example")
MARTA = AskedPerson("Marta", "Linek", company=NORTHMOOR)
COMPANY = {
    "name": "Northmoor Roasters",
    "website": "https://northmoor.example",
    "domain": "northmoor.example",
    "industry": "Food",
    "employee_count": 22,
}
PERSON = {
    "person_id": "p1",
    "full_name": "Marta Linek",
    "first_name": "Marta",
    "last_name": "Linek",
    "linkedin_url": "https://www.linkedin.com/in/martalinek",
    "current_job_title": "Head of Operations",
    "location": {"country": "United Kingdom"},
    "email": {
        "email": "marta@northmoor.example",
        "status": "VERIFIED",
        "revealed": True,
        "verification_method": "SMTP",
    },
    "mobile": {"revealed": False},
}
MATCH = {"error": False, "free_enrichment": False, "person": PERSON, "company": COMPANY}


def error(code, **more):
    return {"error": True, "error_code": code, **more}


def page(results, number=1, of=1):
    pagination = {"current_page": number, "per_page": 25, "total_page": of, "total_count": 26}
    return {"error": False, "free": False, "results": results, "pagination": pagination}


async def test_a_person_is_found_with_the_verified_address():
    prospeo, asked = wired(Prospeo, MATCH)
    answer = await prospeo.person(MARTA)
    assert asked.requests[0].headers["x-key"] == KEY
    assert asked.body() == {
        "only_verified_email": True,
        "enrich_mobile": False,
        "data": {"first_name": "Marta", "last_name": "Linek", "company_website": "northmoor.example"},
    }
    assert answer.micros == 39_000
    assert answer.items == (
        FoundPerson(
            first_name="Marta",
            last_name="Linek",
            title="Head of Operations",
            email="marta@northmoor.example",
            email_confidence=0.95,
            email_status=EmailStatus.VALID,
            linkedin="https://www.linkedin.com/in/martalinek",
            company="Northmoor Roasters",
            domain="northmoor.example",
            confidence=0.85,
            ref="p1",
        ),
    )


async def test_a_person_it_knows_is_asked_for_by_its_own_id():
    prospeo, asked = wired(Prospeo, MATCH)
    await prospeo.person(AskedPerson("Marta", company=NORTHMOOR, ref="p1"))
    assert asked.body()["data"] == {"person_id": "p1"}


async def test_what_was_matched_before_is_free():
    assert (await wired(Prospeo, MATCH | {"free_enrichment": True})[0].person(MARTA)).micros == 0


async def test_an_address_that_is_not_shown_is_none():
    hidden = PERSON | {"email": {"email": "m***@northmoor.example", "status": "VERIFIED", "revealed": False}}
    (found,) = (await wired(Prospeo, MATCH | {"person": hidden})[0].person(MARTA)).items
    assert (found.email, found.email_status, found.email_confidence) == ("", EmailStatus.UNKNOWN, 0)


@pytest.mark.parametrize("answer", [(400, error("NO_MATCH")), error("NO_MATCH"), {"error": False, "person": None}])
async def test_nobody_found_is_a_400_and_costs_nothing(answer):
    found = await wired(Prospeo, answer)[0].person(MARTA)
    assert (found.items, found.micros) == ((), 0)


async def test_people_come_25_a_page_without_their_addresses():
    row = {"person": PERSON | {"email": None}, "company": COMPANY}
    prospeo, asked = wired(Prospeo, page([row] * 25, 1, 2), page([row], 2, 2))
    first = await prospeo.people(NORTHMOOR)
    assert asked.asked == ["POST https://api.prospeo.io/search-person"]
    assert asked.body()["page"] == 1
    assert asked.body()["filters"]["company"] == {"websites": {"include": ["northmoor.example"]}}
    assert "C-Suite" in asked.body()["filters"]["person_seniority"]["include"]
    assert (len(first.items), first.next, first.micros) == (25, "2", 39_000)
    assert (first.items[0].ref, first.items[0].email) == ("p1", "")
    last = await prospeo.people(NORTHMOOR, first.next)
    assert (asked.body()["page"], len(last.items), last.next) == (2, 1, "")


async def test_titles_are_looked_for_instead_of_those_who_decide():
    prospeo, asked = wired(Prospeo, (400, error("NO_RESULTS")))
    answer = await prospeo.people(AskedCompany(domain="northmoor.example", titles=("Buyer",)))
    assert asked.body()["filters"]["person_job_title"] == {"include": ["Buyer"], "match_mode": "SIMILAR"}
    assert "person_seniority" not in asked.body()["filters"]
    assert (answer.items, answer.micros, answer.next) == ((), 0, "")


async def test_companies_are_looked_for_by_words_place_and_size():
    prospeo, asked = wired(Prospeo, page([{"company": COMPANY}], 1, 3))
    answer = await prospeo.companies(Search(("Coffee",), ("roastery",), places=("GB",), headcount_min=11))
    assert asked.body()["filters"] == {
        "company_keywords": {"include": ["Coffee", "roastery"], "include_all": False},
        "company_location_search": {"include": ["United Kingdom"]},
        "company_headcount_custom": {"min": 11},
    }
    (found,) = answer.items
    assert (found.name, found.domain, answer.next) == ("Northmoor Roasters", "northmoor.example", "2")
    assert (await wired(Prospeo, page([]) | {"free": True})[0].companies(Search())).micros == 0


async def test_a_company_is_described():
    prospeo, asked = wired(Prospeo, {"error": False, "company": COMPANY})
    (found,) = (await prospeo.company(NORTHMOOR)).items
    assert asked.body() == {"data": {"company_website": "northmoor.example"}}
    assert found.facts == (Fact("industry", "Food", 0.8), Fact("headcount", "22", 0.8))


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((401, error("INVALID_API_KEY")), KeyRefused),
        ((429, error("RATE_LIMITED")), TryLater),
        ((400, error("INSUFFICIENT_CREDITS")), QuotaUsed),
        ((400, error("INVALID_REQUEST", message="Field required")), Misasked),
        ((400, error("INVALID_FILTERS", filter_error="The value `X` is not supported.")), Misasked),
        ((400, {"error": True}), Misasked),
        ((400, error("INTERNAL_ERROR")), Outage),
        ((502, "<html>Bad gateway</html>"), Outage),
        ((200, error("INVALID_API_KEY")), KeyRefused),
        ({"error": False}, Garbled),
        ({"error": False, "person": "Marta"}, Garbled),
        ([], Garbled),
        ("<html>", Garbled),
    ],
)
async def test_the_code_of_an_error_decides(waits, answer, raised):
    with pytest.raises(raised):
        await wired(Prospeo, answer)[0].person(MARTA)


async def test_a_filter_it_does_not_know_is_named():
    prospeo, _ = wired(Prospeo, (400, error("INVALID_FILTERS", filter_error="The value `X` is not supported.")))
    with pytest.raises(Misasked, match="The value `X` is not supported"):
        await prospeo.companies(Search(("X",)))


async def test_it_says_when_the_second_ends(waits):
    with pytest.raises(TryLater):
        await wired(Prospeo, (429, error("RATE_LIMITED"), {"x-second-reset-seconds": "2"}))[0].person(MARTA)
    assert waits == [2, 2, 2]


async def test_the_key_is_tried_for_nothing():
    prospeo, asked = wired(Prospeo, {"error": False, "response": {"current_plan": "GROWTH", "remaining_credits": 1200}})
    health = await prospeo.check()
    assert (health.ok, health.left, health.sentence) == (True, 1200, "1,200 credits are left.")
    assert asked.asked == ["GET https://api.prospeo.io/account-information"]
