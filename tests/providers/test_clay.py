"""Clay, against the answers it promises."""

import httpx
import pytest

from leadboard.domain.found import AskedCompany, Fact, FoundPerson, Search
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, QuotaUsed
from leadboard.providers.clay import Clay
from tests.support.services import KEY, wired

NORTHMOOR = AskedCompany("Northmoor Roasters", "northmoor.example")
BASE = "https://api.clay.com/public/v0/search/filters-mode"
FIELDS = {
    "source_type": "companies",
    "fields": [
        {"name": "industries", "type": "string[]", "allowed_values": ["Food & Beverages", "Retail"]},
        {"name": "description_keywords", "type": "string[]"},
        {"name": "country_names", "type": "string[]", "allowed_values": ["United Kingdom", "Norway"]},
        {"name": "sizes", "type": "string[]", "allowed_values": ["1", "2-10", "11-50", "51-200", "10,001+"]},
    ],
    "guidance": "…",
}
COMPANY = {
    "clay_company_id": 77,
    "name": "Northmoor Roasters",
    "domain": "northmoor.example",
    "size": "11-50",
    "country": "United Kingdom",
    "industry": "Food & Beverages",
    "location": "Manchester",
    "description": "Roastery",
    "linkedin_url": "https://www.linkedin.com/company/northmoor",
    "annual_revenue": None,
}
PERSON = {
    "clay_profile_id": 901,
    "name": "Marta Linek",
    "first_name": "Marta",
    "last_name": "Linek",
    "matched_experiences": [{"company": "Northmoor Roasters", "title": "Head of Operations", "end_date": None}],
}


def page(*data, more=False, left=75):
    return {"data": list(data), "has_more": more, "period_quota": {"limit": 100, "used": 25, "remaining": left}}


async def test_companies_are_asked_for_in_the_words_of_its_catalogue():
    clay, asked = wired(Clay, FIELDS, {"search_id": "s1"}, page(COMPANY, {}, more=True), page(COMPANY))
    search = Search(("food & beverages", "Coffee"), ("roastery",), places=("GB", "Mars"), headcount_min=20)
    catalogue = await clay.companies(search)
    assert asked.asked == [f"GET {BASE}/fields"]
    assert asked.query() == {"source_type": "companies"}
    assert asked.requests[0].headers["clay-api-key"] == KEY
    assert (catalogue.items, catalogue.micros) == ((), 0)
    made = await clay.companies(search, catalogue.next)
    assert asked.body() == {
        "source_type": "companies",
        "filters": {
            "industries": ["Food & Beverages"],
            "description_keywords": ["Coffee", "roastery"],
            "country_names": ["United Kingdom"],
            "sizes": ["11-50", "51-200", "10,001+"],
        },
    }
    assert (made.items, made.micros, made.next) == ((), 0, "run s1")
    first = await clay.companies(search, made.next)
    assert (asked.asked[-1], asked.body()) == (f"POST {BASE}/s1/run", {"limit": 50})
    (found,) = first.items
    assert (found.name, found.domain, found.ref) == ("Northmoor Roasters", "northmoor.example", "77")
    assert Fact("headcount", "11-50", 0.7) in found.facts
    assert (first.micros, first.next) == (50_000, "run s1")
    assert (await clay.companies(search, first.next)).next == ""


async def test_what_its_catalogue_has_no_words_for_is_not_asked():
    clay, asked = wired(Clay, {"fields": [{"name": "sizes"}], "source_type": "companies"})
    with pytest.raises(Misasked, match="no words"):
        await clay.companies(Search(("Coffee",)))
    assert len(asked.requests) == 1


async def test_people_are_asked_for_by_domain_and_title():
    clay, asked = wired(Clay, {"search_id": "s2"}, page(PERSON, PERSON | {"domain": "elsewhere.example"}))
    made = await clay.people(AskedCompany("Northmoor Roasters", "northmoor.example", titles=("operations",)))
    assert asked.body() == {
        "source_type": "people",
        "filters": {"company_identifier": ["northmoor.example"], "job_title_keywords": ["operations"]},
    }
    answer = await clay.people(NORTHMOOR, made.next)
    assert answer.items == (
        FoundPerson(
            first_name="Marta",
            last_name="Linek",
            title="Head of Operations",
            company="Northmoor Roasters",
            domain="northmoor.example",
            confidence=0.75,
            ref="901",
        ),
    )


async def test_the_other_form_of_a_person_is_read_too():
    other = {
        "name": "Marta Linek",
        "url": "https://www.linkedin.com/in/martalinek",
        "latest_experience_title": "Head of Operations",
        "latest_experience_company": "Northmoor Roasters",
        "domain": "northmoor.example",
    }
    (found,) = (await wired(Clay, page(other))[0].people(NORTHMOOR, "run s2")).items
    assert (found.first_name, found.last_name, found.title) == ("Marta", "Linek", "Head of Operations")
    assert found.linkedin == "https://www.linkedin.com/in/martalinek"


@pytest.mark.parametrize("said", [page(more=True), page(PERSON, more=True, left=0)])
async def test_pages_end_when_nothing_comes_or_nothing_is_left(said):
    assert (await wired(Clay, said)[0].people(NORTHMOOR, "run s2")).next == ""


async def test_an_account_that_does_not_tell_its_share_goes_on():
    said = {"data": [PERSON], "has_more": True}
    assert (await wired(Clay, said)[0].people(NORTHMOOR, "run s2")).next == "run s2"


async def test_nobody_found_costs_nothing():
    answer = await wired(Clay, page())[0].people(NORTHMOOR, "run s2")
    assert (answer.items, answer.micros) == ((), 0)


async def test_a_page_is_never_asked_for_twice(waits):
    clay, asked = wired(Clay, httpx.ReadError("cut"))
    with pytest.raises(Outage):
        await clay.people(NORTHMOOR, "run s2")
    assert len(asked.requests) == 1


@pytest.mark.parametrize("cursor", ["", "run s2"])
@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, {"message": "invalid company_identifier"}), Misasked),
        ((401, {"message": "Unauthorized"}), KeyRefused),
        ((402, {"message": "Out of credits"}), QuotaUsed),
        ((404, {"message": "Search not found"}), Misasked),
        ((429, {"message": "Too many requests"}), TryLater),
        ((500, ""), Outage),
        ({"search_id": 7, "data": {}}, Garbled),
        ([], Garbled),
        ("<html>", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, cursor, answer, raised):
    with pytest.raises(raised):
        await wired(Clay, answer)[0].people(NORTHMOOR, cursor)


async def test_the_key_is_tried_for_nothing():
    me = {"user": {"id": 1, "name": "Ada"}, "workspace": {"id": 9, "name": "Northwind"}}
    clay, asked = wired(Clay, me)
    assert (await clay.check()).sentence == "The key works for the workspace Northwind."
    assert asked.asked == ["GET https://api.clay.com/public/v0/me"]
