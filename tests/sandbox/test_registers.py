"""The registers of the demo world, asked by the real adapters: what they say is what the world holds."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from leadboard.domain.found import AskedCompany, Search
from leadboard.domain.places import country_code
from leadboard.providers.abn_lookup import AbnLookup
from leadboard.providers.clinicaltrials import ClinicalTrials
from leadboard.providers.companies_house import CompaniesHouse
from leadboard.providers.registers import core_name
from leadboard.providers.sec_edgar import SecEdgar
from leadboard.providers.wikidata import Wikidata
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.names import REGION_CODES
from leadboard.sandbox.transport import in_process
from leadboard.sandbox.world import Company, World, on
from tests.sandbox.conftest import wire
from tests.sandbox.test_maps import every, values


def asked(company: Company, **more: Any) -> AskedCompany:
    return AskedCompany(company.name, company.domain, company.country, **more)


async def answer(sandbox: Sandbox, url: str, **query: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=in_process(sandbox), headers={"User-Agent": "leadboard"}) as client:
        return await client.get(url, params=query)


# Companies House


@pytest.mark.parametrize(
    ("trade", "place"), [("Coffee shop", "Manchester"), ("Accountant", "UK"), ("Hotel", "Scotland"), ("Dentist", "")]
)
async def test_british_companies_are_found_by_trade_and_place(trade: str, place: str, world: World, sandbox: Sandbox):
    register = CompaniesHouse(wire(sandbox), "demo")
    search = Search(industries=(trade,), places=(place,) if place else ())
    found = await every(lambda at: register.companies(search, at))
    expected = {
        each.company_number
        for each in world.companies
        if each.country == "GB" and each.kind == trade and place in ("", "UK", each.city, each.region)
    }
    assert expected
    assert {each.ref for each in found} == expected
    assert len(found) == len(expected)
    known = {each.company_number: each for each in world.companies}
    for each in found:
        assert core_name(each.name) == core_name(known[each.ref].name)
        assert values(each)["founded"] == str(known[each.ref].founded)
        assert values(each)["city"] == known[each.ref].city


async def test_no_british_company_is_a_404_without_a_body(sandbox: Sandbox):
    url = "https://api.company-information.service.gov.uk/advanced-search/companies"
    reply = await answer(sandbox, url, location="Atlantis")
    assert (reply.status_code, reply.content) == (404, b"")
    assert reply.headers["x-ratelimit-remain"] == "599"
    register = CompaniesHouse(wire(sandbox), "demo")
    assert not (await register.companies(Search(industries=("Museum",)))).items
    assert not (await register.company(AskedCompany("Nowhere Known", country="GB"))).items


async def test_a_british_company_and_who_directs_it_are_found_by_name(world: World, sandbox: Sandbox):
    register = CompaniesHouse(wire(sandbox), "demo")
    british = [each for each in world.companies if each.company_number][:15]
    for company in british:
        (found,) = (await register.company(asked(company))).items
        assert found.ref == company.company_number
        for about in asked(company), asked(company, ref=company.company_number):
            officers = await every(lambda at, about=about: register.people(about, at))
            directors = [each for each in world.people[company.domain] if each.director]
            assert [each.first_name for each in officers] == [each.first_name for each in directors]
            assert [each.last_name.lower() for each in officers] == [each.last_name.lower() for each in directors]
    assert any(world.people[company.domain][0].director for company in british)


async def test_the_register_has_officers_who_left_and_firms_that_hold_an_office(world: World, sandbox: Sandbox):
    old = next(each for each in world.companies if each.company_number and each.founded < 2010)
    url = f"https://api.company-information.service.gov.uk/company/{old.company_number}/officers"
    said = (await answer(sandbox, url)).json()
    assert any("resigned_on" in each for each in said["items"])
    assert any(each["officer_role"] == "corporate-secretary" for each in said["items"])
    assert said["total_results"] == len(said["items"]) == said["active_count"] + 1
    page = (await answer(sandbox, url, start_index="1", items_per_page="1")).json()
    assert page["items"] == said["items"][1:2]


# ABN Lookup


async def test_australian_companies_are_found_by_name_and_by_number(world: World, sandbox: Sandbox):
    register = AbnLookup(wire(sandbox), "demo")
    for company in [each for each in world.companies if each.abn][:15]:
        for about in asked(company), AskedCompany(ref=company.abn):
            (found,) = (await register.company(about)).items
            assert (core_name(found.name), found.ref) == (core_name(company.name), company.abn)
            assert values(found) == {"state": REGION_CODES[company.region], "country": "AU"}


async def test_who_is_not_in_the_register_of_australia_is_not_found(world: World, sandbox: Sandbox):
    register = AbnLookup(wire(sandbox), "demo")
    british = next(each for each in world.companies if each.country == "GB")
    for nobody in AskedCompany(british.name), AskedCompany("Nowhere Known"), AskedCompany(ref="51824753556"):
        assert not (await register.company(nobody)).items


async def test_names_that_come_close_are_told_with_less_of_a_score(world: World, sandbox: Sandbox):
    company = next(each for each in world.companies if each.abn and len(each.name.split()) > 1)
    said = await answer(sandbox, "https://abr.business.gov.au/json/MatchingNames.aspx", name=f"{company.name} Group")
    assert said.status_code == 200
    assert said.text.startswith("callback(")
    assert f'"Abn":"{company.abn}"' in said.text
    assert '"Score":100' not in said.text


# SEC EDGAR


async def test_american_companies_are_found_by_what_their_filings_speak_of(world: World, sandbox: Sandbox):
    edgar = SecEdgar(wire(sandbox))
    found = await every(lambda at: edgar.companies(Search(specialities=("gene therapy",), places=("US",)), at))
    expected = {
        each.cik.zfill(10)
        for each in world.companies
        if each.cik
        and "Gene therapy" in each.specialities
        and any(filing.form in ("10-K", "D") and filing.days_ago <= 460 for filing in world.filings(each.domain))
    }
    assert expected
    assert {each.ref for each in found} == expected
    known = {each.cik.zfill(10): each for each in world.companies if each.cik}
    assert all(values(each)["city"] == known[each.ref].city for each in found)


async def test_an_american_company_is_told_with_its_address_and_what_it_filed(world: World, sandbox: Sandbox):
    edgar = SecEdgar(wire(sandbox))
    today = datetime.now(UTC).date()
    for company in [each for each in world.companies if each.cik][:10]:
        for about in asked(company), asked(company, ref=company.cik):
            (found,) = (await edgar.company(about)).items
            assert core_name(found.name) == core_name(company.name)
            said = values(found)
            assert (said["city"], said["state"], said["country"]) == (company.city, company.region, "US")
            assert said["phone"].replace("-", "") == company.phone.removeprefix("+1")
        signals = (await edgar.signals(asked(company))).items
        news = [each for each in world.filings(company.domain) if each.form != "10-K" and each.days_ago <= 365]
        assert [each.at for each in signals] == [on(filing.days_ago, today) for filing in news]
    assert not (await edgar.company(AskedCompany("Nowhere Known", country="US"))).items
    assert not (await edgar.company(AskedCompany(ref="42"))).items


async def test_pages_of_filings_follow_each_other_without_repeats(world: World, sandbox: Sandbox):
    url, seen = "https://efts.sec.gov/LATEST/search-index", []
    while True:
        hits = (await answer(sandbox, url, q='"annual report"', **{"from": str(len(seen))})).json()["hits"]
        if not hits["hits"]:
            break
        seen += [hit["_id"] for hit in hits["hits"]]
    assert len(set(seen)) == len(seen) == hits["total"]["value"]
    assert len(seen) == sum(len(world.filings(each.domain)) for each in world.companies)


async def test_edgar_wants_to_know_who_asks(sandbox: Sandbox):
    async with httpx.AsyncClient(transport=in_process(sandbox)) as client:
        reply = await client.get("https://efts.sec.gov/LATEST/search-index", params={"q": "x"})
    assert reply.status_code == 403
    assert "Undeclared" in reply.text


# Wikidata


@pytest.mark.parametrize(
    ("industry", "place"),
    [
        ("Software", "GB"),
        ("Biotech", "Boston"),
        ("Packaging", "England"),
        ("Payments", "US"),
        ("Medical devices", "DE"),
    ],
)
async def test_larger_companies_are_found_by_industry_and_place(
    industry: str, place: str, world: World, sandbox: Sandbox
):
    wikidata = Wikidata(wire(sandbox))
    found = await every(lambda at: wikidata.companies(Search(industries=(industry,), places=(place,)), at))
    expected = {
        each.wikidata: each
        for each in world.companies
        if each.wikidata
        and (industry in (each.trade, each.kind) or (industry == "Software" and each.kind == "Software"))
        and (each.country == country_code(place) or place in (each.city, each.region))
    }
    assert expected
    assert {each.ref for each in found} == set(expected)
    for each in found:
        company = expected[each.ref]
        assert (each.name, each.domain) == (company.name, company.domain)
        said = values(each)
        assert (said["headcount"], said["founded"]) == (str(company.headcount), str(company.founded))
        assert (said["city"], said["country"]) == (company.city, company.country)
        assert said.get("linkedin", "") == company.linkedin


async def test_a_larger_company_is_found_by_its_website_and_by_its_name(world: World, sandbox: Sandbox):
    wikidata = Wikidata(wire(sandbox))
    for company in [each for each in world.companies if each.wikidata][:6]:
        for about in AskedCompany(domain=company.domain), AskedCompany(company.legal_name):
            assert [each.ref for each in (await wikidata.company(about)).items] == [company.wikidata]
    small = next(each for each in world.companies if not each.wikidata)
    assert not (await wikidata.company(asked(small))).items
    assert not (await wikidata.companies(Search(industries=("submarines",)))).items


async def test_pages_of_companies_follow_each_other_without_repeats(world: World, sandbox: Sandbox):
    url, seen = "https://query.wikidata.org/sparql", []
    while True:
        page = f"ORDER BY ?c LIMIT 7 OFFSET {len(seen)}"
        query = f"SELECT DISTINCT ?c WHERE {{ ?c wdt:P31/wdt:P279* wd:Q4830453 }} {page}"
        rows = (await answer(sandbox, url, query=query)).json()["results"]["bindings"]
        if not rows:
            break
        seen += [row["c"]["value"].rpartition("/")[2] for row in rows]
    assert seen == sorted(each.wikidata for each in world.companies if each.wikidata)
    assert (await answer(sandbox, url, query="SELECT nothing")).status_code == 400


# ClinicalTrials.gov


@pytest.mark.parametrize(
    ("about", "places"), [("Cystic Fibrosis", ()), ("Glioblastoma", ("US",)), ("rare disease", ("Munich", "GB"))]
)
async def test_therapy_companies_are_found_by_what_they_try_and_where(
    about: str, places: tuple[str, ...], world: World, sandbox: Sandbox
):
    trials = ClinicalTrials(wire(sandbox))
    found = await every(lambda at: trials.companies(Search(specialities=(about,), places=places), at))
    expected = {
        core_name(each.legal_name)
        for each in world.companies
        for trial in world.trials(each.domain)
        if (not places or {each.city, each.country} & set(places))
        and (trial.condition == about or (about == "rare disease" and "Rare diseases" in each.specialities))
    }
    assert expected
    assert {core_name(each.name) for each in found} == expected


async def test_the_trials_of_a_company_are_told_with_their_phases(world: World, sandbox: Sandbox):
    register = ClinicalTrials(wire(sandbox))
    for company in [each for each in world.companies if each.sector == "biotech"][:8]:
        signals = (await register.signals(asked(company))).items
        known = world.trials(company.domain)
        assert [each.title for each in signals] == [each.title for each in known]
        assert [each.value for each in signals] == [each.phase.lower().replace("phase", "phase_") for each in known]
    other = next(each for each in world.companies if each.sector == "cafe")
    assert not (await register.signals(asked(other))).items


async def test_pages_of_trials_follow_each_other_and_belong_to_their_question(world: World, sandbox: Sandbox):
    url, seen, token = "https://clinicaltrials.gov/api/v2/studies", [], ""
    while True:
        said = (await answer(sandbox, url, pageSize="7", fields="NCTId", countTotal="true", pageToken=token)).json()
        seen += [each["protocolSection"]["identificationModule"]["nctId"] for each in said["studies"]]
        assert all(list(each["protocolSection"]) == ["identificationModule"] for each in said["studies"])
        assert ("totalCount" in said) == (not token)
        if not (token := said.get("nextPageToken", "")):
            break
        last = token
    assert len(set(seen)) == len(seen) > sum(len(world.trials(each.domain)) for each in world.companies)
    for wrong in {"pageToken": last}, {"fields": "Colour"}, {"filter.advanced": "AREA[Colour]RED"}, {"pageToken": "zz"}:
        reply = await answer(sandbox, url, **wrong)
        assert (reply.status_code, reply.headers["content-type"]) == (400, "text/plain; charset=utf-8")
