from dataclasses import replace

import pytest

from leadboard.domain.site import read_site
from leadboard.engine.agents.base import LeadFacts
from leadboard.engine.claims import ClaimDraft, claims_of, contacts_of, facts_for_lead, listed_facts
from tests.engine.agents.pipeline import HOST, site_of

LEAD = LeadFacts(name="Acme Roofing", domain="acme-roofing.com")
PAGES = {
    "/": """<h1>Roof repair in Denver</h1><p>Roofing for schools. Established in 1978, a team of 45 employees.</p>
    <p>12 Oak Avenue, Denver, CO 80202</p><p>Call (303) 555-0142 or mail office@acme-roofing.com or acme@gmail.com</p>
    <a href="https://www.linkedin.com/company/acme-roofing">LinkedIn</a>""",
    "/team": """<div class=team><h3>Otto Byrne</h3><p>Estimator</p></div>
    <div class=team><h3>Ada Fischer</h3><p>Managing Director</p></div><p>ada.fischer@acme-roofing.com</p>
    <p>Call (303) 555-0142</p><blockquote>They kept every promise they made to us, all year.</blockquote>
    <cite>Jo Park, Redwood Ltd</cite>""",
    "/careers": "<h2>Open positions</h2><ul><li>Roofing Technician (full time)</li></ul><p>Call (303) 555-0142</p>",
}


def test_a_site_fills_the_columns_of_a_lead():
    facts = facts_for_lead(claims_of(site_of(PAGES), LEAD))

    assert {name: facts.get(name) for name in ("industry", "city", "state", "phone", "email", "linkedin")} == {
        "industry": "Roofing, construction",
        "city": "Denver",
        "state": "CO",
        "phone": "+13035550142",
        "email": "office@acme-roofing.com",
        "linkedin": "https://www.linkedin.com/company/acme-roofing",
    }
    assert (facts["headcount_min"], facts["headcount_max"], facts["founded_year"], facts["is_hiring"]) == (
        45,
        45,
        1978,
        True,
    )


def test_every_claim_names_the_page_and_the_words_it_was_read_in():
    claims = claims_of(site_of(PAGES), LEAD)

    assert claims
    assert all(claim.source.startswith(HOST) and claim.snippet and 0 < claim.confidence <= 1 for claim in claims)
    assert len({(claim.field, claim.value, claim.source) for claim in claims}) == len(claims)
    assert [claim.confidence for claim in claims] == sorted((claim.confidence for claim in claims), reverse=True)


def test_people_and_news_are_claims_too():
    news = {"/news": "<h1>News</h1><article><h2>Acme opens in Boulder</h2><time>2026-03-01</time></article>"}
    claims = claims_of(site_of(PAGES | news), LEAD)

    assert {claim.value for claim in claims if claim.field == "person"} == {
        "Ada Fischer, Managing Director",
        "Otto Byrne, Estimator",
    }
    assert [claim.value for claim in claims if claim.field == "news"] == ["Acme opens in Boulder"]


def test_an_empty_site_claims_nothing():
    assert claims_of(read_site([]), LeadFacts()) == []
    assert facts_for_lead([]) == {}


def test_people_come_with_their_own_ways_and_the_most_senior_first():
    ada, otto = contacts_of(site_of(PAGES))

    assert (ada.name, ada.title, ada.email) == ("Ada Fischer", "Managing Director", "ada.fischer@acme-roofing.com")
    assert (otto.name, otto.email, otto.phone) == ("Otto Byrne", "", "")


@pytest.mark.parametrize(
    ("value", "least", "most"), [("120", 120, 120), ("50-100", 50, 100), ("200+", 200, None), ("many", None, None)]
)
def test_a_headcount_may_be_a_number_a_range_or_open(value: str, least: int | None, most: int | None):
    facts = facts_for_lead([claim("headcount", value)])

    assert (facts.get("headcount_min"), facts.get("headcount_max")) == (least, most)


def test_the_surest_claim_fills_a_column_and_a_doubtful_one_none():
    claims = [claim("phone", "+1303", 0.6), claim("phone", "+1512", 0.9), claim("hiring", "Careers", 0.3)]

    assert facts_for_lead(claims) == {"phone": "+1512"}


def test_the_parts_of_a_place_come_from_one_address():
    denver = [claim("city", "Denver", 0.9, "Denver, CO"), claim("state", "CO", 0.9, "Denver, CO")]
    vienna = [claim("country", "AT", 0.95, "1010 Wien, AT")]

    assert facts_for_lead([*vienna, *denver]) == {"city": "Denver", "state": "CO"}


def claim(field: str, value: str, confidence: float = 0.9, snippet: str = "words") -> ClaimDraft:
    return ClaimDraft(field, value, f"{HOST}/", "text", snippet, confidence)


def test_the_site_claims_its_own_industry_beside_that_of_the_list():
    claims = claims_of(site_of(PAGES), replace(LEAD, industry="Software"))

    assert [one.value for one in claims if one.field == "industry"] == ["Roofing, construction"]


def test_what_the_website_told_before_is_no_word_of_the_list():
    claims = claims_of(site_of(PAGES), LEAD)
    learned = facts_for_lead(claims)
    lead = replace(LEAD, what="Roofs for schools", city=learned["city"], headcount_min=12, founded_year=1978)

    assert listed_facts(lead, claims) == replace(LEAD, what="Roofs for schools", headcount_min=12)
    assert listed_facts(lead, []) == lead
