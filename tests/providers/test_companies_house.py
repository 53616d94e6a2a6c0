"""Companies House, against the answers it promises."""

import time
from base64 import b64decode

import pytest

from leadboard.domain.found import Answer, AskedCompany, Fact, FoundPerson, Search
from leadboard.errors import Refused, TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.companies_house import CompaniesHouse
from leadboard.providers.wire import Wire
from tests.support.services import KEY, Recorded, Slept, wired

CAFES = Search(industries=("Coffee shops",), places=("Manchester",))
BEAN = AskedCompany("Bean & Gone Limited", "beanandgone.example", "GB")
PAGE = "https://find-and-update.company-information.service.gov.uk/company/12345678"


def company(name="BEAN AND GONE LTD", number="12345678", **more):
    return {
        "company_name": name,
        "company_number": number,
        "company_status": "active",
        "company_type": "ltd",
        "date_of_creation": "2019-04-02",
        "registered_office_address": {
            "premises": "1",
            "address_line_1": "Oak Street",
            "locality": "Manchester",
            "region": "Greater Manchester",
            "postal_code": "M4 5JD",
            "country": "England",
        },
        "sic_codes": ["99999", "56102"],
        **more,
    }


def listed(*companies, hits=None):
    return {"etag": "abc", "kind": "search#advanced-search", "hits": hits or len(companies), "items": list(companies)}


def officers(*items, total=None):
    return {"items": list(items), "active_count": len(items), "total_results": total or len(items)}


JOHN = {
    "name": "SMITH, John Andrew",
    "officer_role": "director",
    "appointed_on": "2019-04-02",
    "nationality": "British",
}


async def test_companies_are_found_by_the_codes_of_their_trade():
    house, asked = wired(CompaniesHouse, listed(company()))
    answer = await house.companies(CAFES)
    assert asked.asked == ["GET https://api.company-information.service.gov.uk/advanced-search/companies"]
    assert asked.query() == {"company_status": "active", "size": "100", "sic_codes": "56102", "location": "Manchester"}
    assert b64decode(asked.requests[0].headers["authorization"].removeprefix("Basic ")) == f"{KEY}:".encode()
    (found,) = answer.items
    assert (found.name, found.domain, found.ref, answer.micros) == ("BEAN AND GONE LTD", "", "12345678", 0)
    assert found.facts == (
        Fact("industry", "Coffee shop", 0.85, PAGE),
        Fact("address", "1 Oak Street, Manchester M4 5JD", 0.85, PAGE),
        Fact("city", "Manchester", 0.85, PAGE),
        Fact("state", "Greater Manchester", 0.85, PAGE),
        Fact("country", "GB", 0.85, PAGE),
        Fact("founded", "2019", 0.85, PAGE),
    )


async def test_no_match_is_an_empty_404():
    house, _ = wired(CompaniesHouse, (404, ""))
    assert await house.companies(CAFES) == Answer()
    assert await house.company(BEAN) == Answer()
    assert await house.people(BEAN) == Answer()


async def test_pages_go_through_one_place_after_the_other():
    search = Search(industries=("cafes",), places=("Leeds", "York"))
    house, asked = wired(CompaniesHouse, listed(company(), hits=150), listed(company()), (404, ""))
    first = await house.companies(search)
    second = await house.companies(search, first.next)
    third = await house.companies(search, second.next)
    assert [each.next for each in (first, second, third)] == ["0 100", "1", ""]
    assert [(asked.query(at)["location"], asked.query(at).get("start_index")) for at in range(3)] == [
        ("Leeds", None),
        ("Leeds", "100"),
        ("York", None),
    ]


async def test_the_window_of_a_search_ends():
    house, _ = wired(CompaniesHouse, listed(company(), hits=50_000))
    assert (await house.companies(CAFES, "0 9900")).next == ""


@pytest.mark.parametrize(
    ("places", "locations"),
    [
        ((), [None]),
        (("United Kingdom",), [None]),
        (("Europe", "GB"), [None]),
        (("Scotland",), ["Scotland"]),
        (("Germany", "Leeds"), ["Leeds"]),
        (("Germany",), []),
    ],
)
async def test_only_british_places_are_asked_about(places, locations):
    house, asked = wired(CompaniesHouse, (404, ""))
    search = Search(industries=("cafes",), places=places)
    cursor = (await house.companies(search)).next
    while cursor:
        cursor = (await house.companies(search, cursor)).next
    assert [asked.query(at).get("location") for at in range(len(asked.requests))] == locations


async def test_a_trade_without_a_code_is_not_asked_about():
    house, asked = wired(CompaniesHouse, listed(company()))
    assert await house.companies(Search(industries=("quantum widgets",))) == Answer()
    assert asked.requests == []
    await house.companies(Search(industries=("startups",), keywords=("biotech",)))
    assert asked.query()["sic_codes"] == "72110"


async def test_a_company_is_known_by_its_only_name():
    other = company("BEAN AND GONE HOLDINGS LTD", "87654321")
    house, asked = wired(CompaniesHouse, listed(other, company()))
    (found,) = (await house.company(BEAN)).items
    assert (found.ref, asked.query()["company_name_includes"]) == ("12345678", "bean and gone")
    twins, _ = wired(CompaniesHouse, listed(company(), company("Bean & Gone Limited", "11111111")))
    assert (await twins.company(BEAN)).items == ()


async def test_a_mere_name_is_not_much_of_a_proof_and_another_country_one_against_it():
    house, asked = wired(CompaniesHouse, listed(company()))
    (found,) = (await house.company(AskedCompany("Bean and Gone", "beanandgone.com"))).items
    assert {fact.confidence for fact in found.facts} == {0.4}
    assert await house.company(AskedCompany("Bean and Gone", country="US")) == Answer()
    assert await house.people(AskedCompany("Bean and Gone", country="US")) == Answer()
    assert await house.company(AskedCompany(domain="beanandgone.co.uk")) == Answer()
    assert len(asked.requests) == 1


async def test_the_people_of_a_company_are_its_officers_who_have_not_left():
    gone = {**JOHN, "name": "JONES, Ann", "resigned_on": "2024-01-01"}
    firm = {**JOHN, "name": "OAK NOMINEES LTD", "officer_role": "corporate-nominee-director"}
    house, asked = wired(CompaniesHouse, listed(company()), officers(JOHN, gone, firm, {"name": None}))
    answer = await house.people(BEAN)
    assert asked.asked[1] == "GET https://api.company-information.service.gov.uk/company/12345678/officers"
    assert answer.items == (
        FoundPerson(
            first_name="John",
            last_name="Smith",
            title="Director",
            company="Bean & Gone Limited",
            domain="beanandgone.example",
            confidence=0.85,
            source=f"{PAGE}/officers",
        ),
    )
    assert (answer.micros, answer.next) == (0, "")


async def test_officers_come_in_pages_and_the_number_is_looked_up_once():
    house, asked = wired(CompaniesHouse, listed(company()), officers(JOHN, total=101), officers(JOHN, total=101))
    first = await house.people(BEAN)
    second = await house.people(BEAN, first.next)
    assert (first.next, second.next) == ("12345678:100", "")
    assert (len(asked.requests), asked.query()["start_index"]) == (3, "100")


async def test_a_known_number_needs_no_search():
    house, asked = wired(CompaniesHouse, officers({**JOHN, "officer_role": "llp-designated-member"}))
    (found,) = (await house.people(AskedCompany("Bean and Gone LLP", ref="OC301234"))).items
    assert asked.asked == ["GET https://api.company-information.service.gov.uk/company/OC301234/officers"]
    assert (found.title, found.confidence) == ("LLP designated member", 0.85)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, "invalid date format"), Misasked),
        ((401, {"error": "Invalid Authorization", "type": "ch:service"}), KeyRefused),
        ((422, ""), Misasked),
        ((429, ""), TryLater),
        ((500, ""), Outage),
        ((503, "<html>"), Outage),
        ({"items": None}, Garbled),
        ([], Garbled),
        ("<html>", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    house, _ = wired(CompaniesHouse, answer)
    with pytest.raises(raised):
        await house.companies(CAFES)
    with pytest.raises(raised):
        await house.people(AskedCompany("Bean", ref="1"))


async def test_the_headers_tell_when_questions_are_used_up_and_until_when(waits):
    reset = str(int(time.time()) + 200)
    house, _ = wired(CompaniesHouse, (429, "", {"X-Ratelimit-Reset": reset}))
    with pytest.raises(TryLater) as later:
        await house.companies(CAFES)
    assert 190 < later.value.seconds <= 200
    slept = Slept()
    last = (200, listed(company()), {"X-Ratelimit-Remain": "0", "X-Ratelimit-Reset": reset})
    careful = CompaniesHouse(Wire(transport=Recorded([last]), sleep=slept.sleep, clock=slept.clock), KEY)
    await careful.companies(CAFES)
    await careful.companies(CAFES)
    assert slept.waits == [60]


async def test_the_key_is_tried_with_a_search():
    house, _ = wired(CompaniesHouse, (200, {"items": []}, {"X-Ratelimit-Remain": "598"}))
    health = await house.check()
    assert (health.ok, health.left) == (True, 598)
    quiet, _ = wired(CompaniesHouse, {"items": []})
    assert (await quiet.check()).sentence == "The key works."
    wrong, _ = wired(CompaniesHouse, (401, {"error": "Invalid Authorization"}))
    with pytest.raises(KeyRefused):
        await wrong.check()
    with pytest.raises(Refused, match="needs a key"):
        wired(CompaniesHouse, {}, key="")
