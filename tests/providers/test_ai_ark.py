"""AI Ark, against the answers it promises."""

import pytest

from leadboard.domain.found import AskedCompany, AskedPerson, EmailStatus, Fact, FoundPerson, Search
from leadboard.errors import TryLater
from leadboard.providers.ai_ark import AIArk
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from tests.support.services import KEY, wired

NORTHMOOR = AskedCompany("Northmoor Roasters", "northmoor.example")
MARTA = AskedPerson("Marta", "Linek", linkedin="https://www.linkedin.com/in/martalinek", company=NORTHMOOR)
PERSON = {
    "id": "a1",
    "profile": {"first_name": "Marta", "last_name": "Linek", "full_name": "Marta Linek", "title": "Head of Operations"},
    "link": {"linkedin": "https://www.linkedin.com/in/martalinek"},
}
EMAIL = {"email": {"output": [{"address": "Marta@northmoor.example", "status": "VALID", "found": True}]}}
FOUND = FoundPerson(
    first_name="Marta",
    last_name="Linek",
    title="Head of Operations",
    email="marta@northmoor.example",
    email_confidence=0.9,
    email_status=EmailStatus.VALID,
    linkedin="https://www.linkedin.com/in/martalinek",
    company="Northmoor Roasters",
    domain="northmoor.example",
    confidence=0.75,
    ref="a1",
)
COMPANY = {
    "id": "c1",
    "summary": {
        "name": "Northmoor Roasters",
        "industry": "food & beverages",
        "description": "Coffee roastery",
        "staff": {"total": 22, "range": {"start": 11, "end": 50}},
    },
    "link": {
        "domain": "northmoor.example",
        "website": "https://northmoor.example",
        "linkedin": "https://www.linkedin.com/company/northmoor",
    },
    "location": {"headquarter": {"city": "Manchester", "country": "united kingdom"}},
}


def page(*content, number=0, of=1):
    return {"content": list(content), "totalElements": 61, "totalPages": of, "number": number, "trackId": "t1"}


async def test_companies_are_found_and_pages_count_from_0():
    ark, asked = wired(AIArk, page(COMPANY, {}, number=0, of=2), page(number=1, of=2))
    first = await ark.companies(Search(("coffee",), places=("GB",), headcount_min=11, headcount_max=50))
    assert asked.asked == ["POST https://api.ai-ark.com/api/developer-portal/v1/companies"]
    assert asked.requests[0].headers["x-token"] == KEY
    assert asked.body() == {
        "page": 0,
        "size": 25,
        "account": {
            "industries": {"any": {"include": {"mode": "WORD", "content": ["coffee"]}}},
            "location": {"any": {"include": ["united kingdom"]}},
            "employeeSize": {"type": "RANGE", "range": [{"start": 11, "end": 50}]},
        },
    }
    (found,) = first.items
    assert (found.name, found.domain, found.ref) == ("Northmoor Roasters", "northmoor.example", "c1")
    assert found.facts == (
        Fact("description", "Coffee roastery", 0.7),
        Fact("industry", "food & beverages", 0.7),
        Fact("headcount", "11-50", 0.7),
        Fact("city", "Manchester", 0.7),
        Fact("country", "united kingdom", 0.7),
        Fact("linkedin", "https://www.linkedin.com/company/northmoor", 0.7),
    )
    assert (first.micros, first.next) == (5_000, "1")
    last = await ark.companies(Search(("coffee",)), first.next)
    assert (asked.body()["page"], last.items, last.micros, last.next) == (1, (), 0, "")


async def test_a_company_is_found_by_its_domain():
    ark, asked = wired(AIArk, page(COMPANY))
    assert [each.name for each in (await ark.company(NORTHMOOR)).items] == ["Northmoor Roasters"]
    assert asked.body() == {"page": 0, "size": 1, "account": {"domain": {"any": {"include": ["northmoor.example"]}}}}
    assert (await wired(AIArk, page())[0].company(NORTHMOOR)).micros == 0


async def test_people_are_found_without_their_addresses():
    ark, asked = wired(AIArk, page(PERSON, PERSON))
    answer = await ark.people(AskedCompany("Northmoor Roasters", "northmoor.example", titles=("operations",)))
    assert asked.body()["contact"] == {
        "experience": {"latest": {"title": {"any": {"include": {"mode": "SMART", "content": ["operations"]}}}}}
    }
    assert [(each.ref, each.email) for each in answer.items] == [("a1", ""), ("a1", "")]
    assert answer.micros == 10_000


@pytest.mark.parametrize("body", [PERSON | EMAIL, {"data": PERSON | EMAIL}])
async def test_an_address_is_bought_by_id_or_profile(body):
    ark, asked = wired(AIArk, body)
    answer = await ark.person(MARTA)
    assert asked.body() == {"url": "https://www.linkedin.com/in/martalinek"}
    assert (answer.items, answer.micros) == ((FOUND,), 10_000)
    await ark.person(AskedPerson("Marta", ref="a1"))
    assert asked.body() == {"id": "a1"}


async def test_a_valid_address_goes_before_others():
    output = [{"address": "m@old.example", "status": "INVALID"}, *EMAIL["email"]["output"], {"address": None}]
    (found,) = (await wired(AIArk, PERSON | {"email": {"output": output}})[0].person(MARTA)).items
    assert found.email == "marta@northmoor.example"


@pytest.mark.parametrize(("answer", "items"), [((404, ""), 0), ({"data": None}, 0), (PERSON, 1)])
async def test_no_address_costs_nothing(answer, items):
    found = await wired(AIArk, answer)[0].person(MARTA)
    assert (len(found.items), found.micros) == (items, 0)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, {"message": "bad filter"}), Misasked),
        ((401, ""), KeyRefused),
        ((402, "no credits"), QuotaUsed),
        ((429, ""), TryLater),
        ((500, "<html>"), Outage),
        ({"content": {}}, Garbled),
        ([], Garbled),
        ("<html>", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    with pytest.raises(raised):
        await wired(AIArk, answer)[0].people(NORTHMOOR)


@pytest.mark.parametrize("body", [{"credits": 120.5}, {"data": {"balance": 120}}, {"total": 120}])
async def test_the_key_is_tried_for_nothing(body):
    health = await wired(AIArk, body)[0].check()
    assert (health.ok, health.left) == (True, 120)
    assert not (await wired(AIArk, {"credits": 0})[0].check()).ok
    assert (await wired(AIArk, {"plan": "pro"})[0].check()).sentence == "The key works."
