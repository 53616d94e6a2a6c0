"""Findymail, against the answers it promises."""

import pytest

from leadboard.domain.found import AskedCompany, AskedPerson, EmailStatus, FoundPerson, Verdict
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from leadboard.providers.findymail import Findymail
from tests.support.services import KEY, wired

NORTHMOOR = AskedCompany(
    "Northmoor Roasters", "northmoor.example", titles=("CEO", "COO", "Head of Operations", "Buyer")
)
MARTA = AskedPerson("Marta", "Linek", company=NORTHMOOR)
CONTACT = {
    "name": "Marta Linek",
    "email": "Marta@northmoor.example",
    "domain": "northmoor.example",
    "linkedin_url": None,
    "company": "Northmoor Roasters",
    "job_title": "Head of Operations",
}
FOUND = FoundPerson(
    first_name="Marta",
    last_name="Linek",
    title="Head of Operations",
    email="marta@northmoor.example",
    email_confidence=0.95,
    email_status=EmailStatus.VALID,
    company="Northmoor Roasters",
    domain="northmoor.example",
    confidence=0.85,
)


@pytest.mark.parametrize("body", [{"contact": CONTACT}, {"payload": {"contact": CONTACT}}])
async def test_the_address_of_a_person_is_found_by_name_and_domain(body):
    findymail, asked = wired(Findymail, body)
    answer = await findymail.person(MARTA)
    assert (answer.items, answer.micros) == ((FOUND,), 20_000)
    assert asked.asked == ["POST https://app.findymail.com/api/search/name"]
    assert asked.body() == {"name": "Marta Linek", "domain": "northmoor.example"}
    assert asked.requests[0].headers["authorization"] == f"Bearer {KEY}"


async def test_a_profile_finds_a_person_whose_company_is_not_known():
    findymail, asked = wired(Findymail, {"contact": CONTACT})
    assert (await findymail.person(AskedPerson(linkedin="https://www.linkedin.com/in/martalinek"))).items == (FOUND,)
    assert asked.asked == ["POST https://app.findymail.com/api/search/business-profile"]
    assert asked.body() == {"linkedin_url": "https://www.linkedin.com/in/martalinek"}


@pytest.mark.parametrize(
    "answer", [{"contact": None}, {"payload": {"contact": None}}, {"contact": {"email": None}}, (404, "Not found")]
)
async def test_nobody_found_costs_nothing(answer):
    found = await wired(Findymail, answer)[0].person(MARTA)
    assert (found.items, found.micros) == ((), 0)


async def test_people_are_asked_for_by_three_titles_at_a_time():
    findymail, asked = wired(Findymail, {"contacts": [CONTACT, {"name": "X"}]}, (404, ""))
    first = await findymail.people(NORTHMOOR)
    assert asked.body() == {"domain": "northmoor.example", "roles": ["CEO", "COO", "Head of Operations"]}
    assert (first.items, first.micros, first.next) == ((FOUND,), 20_000, "3")
    last = await findymail.people(NORTHMOOR, first.next)
    assert asked.body()["roles"] == ["Buyer"]
    assert (last.items, last.micros, last.next) == ((), 0, "")


async def test_each_address_of_several_people_costs_a_credit():
    findymail, _ = wired(Findymail, {"contacts": [CONTACT] * 3})
    assert (await findymail.people(NORTHMOOR)).micros == 60_000


@pytest.mark.parametrize(
    ("verified", "verdict"),
    [(True, Verdict(EmailStatus.VALID, "verified")), (False, Verdict(EmailStatus.UNKNOWN, "not verified"))],
)
async def test_a_verification_says_yes_or_no(verified, verdict):
    findymail, asked = wired(Findymail, {"email": "a@b.example", "verified": verified, "provider": "Google"})
    assert (await findymail.verify("a@b.example")).items == (verdict,)
    assert asked.body() == {"email": "a@b.example"}


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((401, {"message": "Unauthenticated."}), KeyRefused),
        ((402, {"error": "Not enough credits"}), QuotaUsed),
        ((422, {"message": "The domain field is required."}), Misasked),
        ((423, {"message": "Subscription is paused"}), QuotaUsed),
        ((429, {"message": "Too Many Attempts."}), TryLater),
        ((500, "<h1>Server Error</h1>"), Outage),
        ({"contact": "Marta"}, Garbled),
        ({}, Garbled),
        ([], Garbled),
        ("<html>", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    with pytest.raises(raised):
        await wired(Findymail, answer)[0].person(MARTA)


async def test_the_key_is_tried_for_nothing():
    findymail, asked = wired(Findymail, {"credits": 812, "verifier_credits": 900})
    health = await findymail.check()
    assert (health.ok, health.left, health.sentence) == (True, 812, "812 finder credits are left.")
    assert asked.asked == ["GET https://app.findymail.com/api/credits"]
    assert not (await wired(Findymail, {"credits": 0})[0].check()).ok
