"""Hunter, against the answers it promises."""

import pytest

from leadboard.domain.found import AskedCompany, AskedPerson, EmailStatus, Fact, FoundPerson, Verdict
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, QuotaUsed
from leadboard.providers.hunter import Hunter
from tests.support.services import KEY, wired

NORTHMOOR = AskedCompany("Northmoor Roasters", "northmoor.example")
MARTA = AskedPerson("Marta", "Linek", company=NORTHMOOR)

EMAIL = {
    "value": "Marta@northmoor.example",
    "type": "personal",
    "confidence": 94,
    "sources": [{"domain": "northmoor.example", "uri": "https://northmoor.example/team"}],
    "first_name": "Marta",
    "last_name": "Linek",
    "position": "Head of Operations",
    "linkedin": None,
    "phone_number": None,
    "verification": {"date": "2026-08-02", "status": "valid"},
}
FINDER = {
    "first_name": "Marta",
    "last_name": "Linek",
    "email": "marta@northmoor.example",
    "score": 97,
    "domain": "northmoor.example",
    "position": "Head of Operations",
    "linkedin_url": "https://www.linkedin.com/in/martalinek",
    "sources": [],
    "verification": {"date": None, "status": None},
}


def searched(emails, results, offset=0):
    meta = {"results": results, "limit": 10, "offset": offset}
    return {"data": {"domain": "northmoor.example", "accept_all": None, "emails": emails}, "meta": meta}


def error(id, details="…"):
    return {"errors": [{"id": id, "code": 0, "details": details}]}


async def test_the_address_of_a_person_is_found_with_its_score():
    hunter, asked = wired(Hunter, {"data": FINDER})
    answer = await hunter.person(MARTA)
    assert asked.requests[0].headers["x-api-key"] == KEY
    assert asked.query() == {"domain": "northmoor.example", "first_name": "Marta", "last_name": "Linek"}
    assert answer.micros == 24_500
    assert answer.items == (
        FoundPerson(
            first_name="Marta",
            last_name="Linek",
            title="Head of Operations",
            email="marta@northmoor.example",
            email_confidence=0.97,
            linkedin="https://www.linkedin.com/in/martalinek",
            domain="northmoor.example",
            confidence=0.85,
        ),
    )


@pytest.mark.parametrize(
    "answer", [{"data": {"email": None, "score": None}}, (404, error("not_found")), (451, error("claimed_email"))]
)
async def test_nobody_found_costs_nothing(answer):
    hunter, _ = wired(Hunter, answer)
    found = await hunter.person(MARTA)
    assert (found.items, found.micros) == ((), 0)


async def test_a_person_without_a_name_is_asked_for_by_their_profile():
    hunter, asked = wired(Hunter, {"data": FINDER})
    await hunter.person(AskedPerson(linkedin="https://www.linkedin.com/in/martalinek/"))
    assert asked.query() == {"linkedin_handle": "martalinek"}


async def test_people_come_ten_a_page():
    hunter, asked = wired(Hunter, searched([EMAIL] * 10, 12), searched([EMAIL, {"value": None}], 12, 10))
    first = await hunter.people(NORTHMOOR)
    assert (len(first.items), first.next, first.items[0].email) == (10, "10", "marta@northmoor.example")
    assert (first.items[0].email_status, first.items[0].source) == (EmailStatus.VALID, "https://northmoor.example/team")
    second = await hunter.people(NORTHMOOR, first.next)
    assert (len(second.items), second.next, asked.query()["offset"]) == (1, "", "10")
    assert (await wired(Hunter, searched([], 0))[0].people(NORTHMOOR)).micros == 0


async def test_a_company_is_described():
    data = {
        "name": "Northmoor Roasters",
        "description": None,
        "category": {"industry": "Food & Beverages"},
        "geo": {"city": "Manchester", "state": None, "countryCode": "GB"},
        "metrics": {"employees": 22, "employeesRange": "11-50"},
        "foundedYear": 2014,
        "tech": ["shopify"],
    }
    hunter, _ = wired(Hunter, {"data": data})
    (found,) = (await hunter.company(NORTHMOOR)).items
    assert (found.name, found.domain) == ("Northmoor Roasters", "northmoor.example")
    assert found.facts == (
        Fact("industry", "Food & Beverages", 0.8),
        Fact("headcount", "11-50", 0.8),
        Fact("city", "Manchester", 0.8),
        Fact("country", "GB", 0.8),
        Fact("founded", "2014", 0.8),
        Fact("technology", "shopify", 0.7),
    )


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("valid", EmailStatus.VALID),
        ("invalid", EmailStatus.INVALID),
        ("accept_all", EmailStatus.CATCH_ALL),
        ("disposable", EmailStatus.INVALID),
        ("blocked", EmailStatus.UNKNOWN),
    ],
)
async def test_a_verification_is_read_in_our_words(said, status):
    hunter, _ = wired(Hunter, {"data": {"status": said, "result": "deliverable", "score": 90}})
    assert (await hunter.verify("marta@northmoor.example")).items == (Verdict(status, said),)


async def test_a_verification_that_takes_its_time_is_asked_for_again():
    hunter, asked = wired(Hunter, (202, {"data": {}}), {"data": {"status": "valid"}})
    assert (await hunter.verify("marta@northmoor.example")).items == (Verdict(EmailStatus.VALID, "valid"),)
    assert len(asked.requests) == 2
    endless, asked = wired(Hunter, (202, {"data": {}}))
    assert (await endless.verify("marta@northmoor.example")).items[0].status is EmailStatus.UNKNOWN
    assert len(asked.requests) == 3


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((401, error("authentication_failed", "No user found for the API key")), KeyRefused),
        ((402, error("usage_exceeded")), QuotaUsed),
        ((403, error("forbidden")), KeyRefused),
        ((403, error("too_many_requests_rate")), TryLater),
        ((429, error("usage_exceeded")), QuotaUsed),
        ((429, error("too_many_requests"), {"Retry-After": "2"}), TryLater),
        ({"data": []}, Garbled),
        ("<html>", Garbled),
        ([], Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    hunter, _ = wired(Hunter, answer)
    with pytest.raises(raised):
        await hunter.person(MARTA)


async def test_the_key_is_tried_for_nothing():
    usage = {"requests": {"searches": {"used": 12.5, "available": 50}, "verifications": {"used": 0, "available": 100}}}
    hunter, asked = wired(Hunter, {"data": {"email": "ada@leadboard.example", **usage}})
    health = await hunter.check()
    assert (health.ok, health.left, health.sentence) == (True, 37, "37 of 50 searches are left this month.")
    assert asked.asked == ["GET https://api.hunter.io/v2/account"]
