"""What each skill reads on a small website: one golden fixture a skill, and the cases that are easy to get wrong."""

from typing import Any

import pytest

from leadboard.domain.focus import Focus
from leadboard.engine.skills import SKILLS
from leadboard.engine.skills.classify_industries import Industries, Industry
from leadboard.engine.skills.extract_value_prop import ValueProposition
from leadboard.engine.skills.shapes import EnrichedCompany, IcpProfile, PortfolioCompany, ServiceOffer
from tests.engine.skills.sites import (
    CLIENTS,
    OTHER_CLIENTS,
    OTHER_PORTFOLIO,
    PORTFOLIO,
    SPECIALIST,
    TEAM,
    TODAY,
    UNSEEN_CLIENTS,
    UNSEEN_PORTFOLIO,
    page,
    read,
    website,
)

PAGES = read(PORTFOLIO)


async def ran(name: str, **given: Any) -> Any:
    """What a skill comes to, with its confidence."""
    result = await SKILLS.get(name).run(given, TODAY)
    assert result.ok, result.error
    return result.data


async def test_a_website_is_parsed_into_its_pages():
    data = await ran("parse_website", **website(PORTFOLIO).model_dump())

    assert (data.company_name, data.domain) == ("Tidewater", "tidewater.com.au")
    assert data.navigation == ("Home", "About", "Services", "Work", "Contact")
    assert [one.page_type for one in data.pages] == ["home", "portfolio", "case_studies", "case_studies", "services"]
    home, work, *_ = data.pages
    assert home.headings[:2] == ("Digital marketing that pays its way", "Trusted by")
    assert (home.has_client_logos, home.has_testimonials, home.has_case_studies) == (True, True, False)
    assert work.has_case_studies
    assert "Kestrel Logistics" in home.images_described
    assert "We help medical practices and local businesses in Western Australia get found." in home.key_points
    assert all(len(one.content_summary) <= 500 for one in data.pages)


async def test_services_are_listed_with_category_and_description():
    data = await ran("extract_services", pages=PAGES, company_name="Tidewater")

    assert [(one.name, one.category, one.is_primary) for one in data.services] == [
        ("SEO", "seo", True),
        ("Google Ads", "ppc", True),
        ("Website design", "web_development", True),
    ]
    assert data.services[0].description == "Be found by the people who look for what you do, in your own suburb."
    assert data.primary_categories == ("ppc", "seo", "web_development")
    assert data.source_pages == ("https://www.tidewater.com.au/services",)
    assert data.confidence == 0.85


async def test_the_value_proposition_is_in_the_words_of_the_site():
    site = {
        "/": page(
            "Tidewater | Marketing for dentists",
            """<h1>Full chairs, every week</h1><p>We help dentists in New Zealand fill their books.</p>
            <p>Tired of empty mornings? Unlike other agencies we answer the phone.</p>
            <p>We guarantee your money back within sixty days. Our expertise is trusted by professionals.</p>
            <blockquote>"We help nobody, said the customer who is quoted here at some length."</blockquote>
            <p>Ann Miller, Owner, Pearl Dental</p>""",
        )
    }

    data = await ran("extract_value_prop", pages=read(site), company_name="Tidewater")

    assert data.value_proposition == "Full chairs, every week"
    assert data.target_audience_hints == ("Marketing for dentists", "We help dentists in New Zealand fill their books.")
    assert data.differentiators == ("Unlike other agencies we answer the phone.",)
    assert data.brand_promises == ("We guarantee your money back within sixty days.",)
    assert data.pains_named == ("Tired of empty mornings?",)
    assert (data.tone, data.confidence) == ("professional", 0.8)


@pytest.mark.parametrize(
    ("site", "url", "expected"),
    [
        (PORTFOLIO, "https://www.tidewater.com.au", CLIENTS),
        (OTHER_PORTFOLIO, "https://plumbline.studio", OTHER_CLIENTS),
        (UNSEEN_PORTFOLIO, "https://northlight.io", UNSEEN_CLIENTS),
    ],
    ids=["logos, cards and lists", "other markup", "written after the rules"],
)
async def test_2_twelve_known_clients_are_found(site, url, expected):
    """Acceptance test 2: recall and precision of at least 0.90 each."""
    data = await ran("extract_portfolio", pages=read(site, url))

    found = {one.company_name for one in data.companies}
    assert len(expected) == 12
    assert len(found & expected) / len(expected) >= 0.90
    assert len(found & expected) / len(found) >= 0.90


async def test_a_client_comes_with_what_the_site_says_of_it():
    data = await ran("extract_portfolio", pages=PAGES)

    by_name = {one.company_name: one for one in data.companies}
    corella = by_name["Corella Aged Care"]
    assert (corella.source, corella.industry_hint, corella.place_hint) == ("case_study", "healthcare", "Australia")
    assert corella.results_mentioned == ("Enquiries increased by 85% within six months.",)
    bayside = by_name["Bayside Orthodontics"]
    assert (bayside.testimonial_person, bayside.testimonial_title) == ("Helen Marsh", "Practice Manager")
    assert bayside.testimonial_text.startswith("Enquiries doubled")
    assert by_name["Harbourview Dental"].source == "logo"
    assert data.total_clients_claimed == 140
    assert data.source_distribution == {"case_study": 3, "testimonial": 2, "logo": 4, "client_list": 3}
    assert data.industries_represented[0] == "healthcare"
    assert "Mallee Grain" in data.notable_brands


async def test_a_logo_that_leads_to_a_client_tells_its_domain():
    data = await ran("extract_portfolio", pages=read(OTHER_PORTFOLIO, "https://plumbline.studio"))

    domains = {one.company_name: one.company_domain for one in data.companies if one.company_domain}
    assert domains == {"Fenwick & Sons": "fenwickandsons.co.uk", "Aurora Hotels": "aurora-hotels.com"}


async def test_raw_html_is_read_like_a_page():
    data = await ran("extract_portfolio", raw_html=PORTFOLIO["/work"], company_name="Tidewater")

    assert {"Northpoint Medical Centre", "Dunes Resort", "Ironbark Engineering"} <= {
        one.company_name for one in data.companies
    }


async def test_3_eight_of_ten_clients_in_healthcare_are_a_specialist():
    """Acceptance test 3."""
    portfolio = await ran("extract_portfolio", pages=read(SPECIALIST))
    assert len(portfolio.companies) == 10

    data = await ran("classify_industries", portfolio=portfolio.companies)

    assert data.industry_focus is Focus.SPECIALIST
    assert data.primary_industries == ("healthcare",)
    assert data.industries[0].client_count == 8


def hinted(**industries: int) -> tuple[PortfolioCompany, ...]:
    """Clients by their industry."""
    return tuple(
        PortfolioCompany(company_name=f"{name} {at}", source="logo", industry_hint=name)
        for name, count in industries.items()
        for at in range(count)
    )


@pytest.mark.parametrize(
    ("portfolio", "hints", "services", "primary", "confidence"),
    [
        (hinted(legal=4), ("We only work with law firms.",), (), ("legal",), 0.90),
        (hinted(legal=2), (), (), (), 0.75),
        ((), ("We help dentists and vets win more patients.",), (), ("healthcare",), 0.55),
        ((), ("Marketing for restaurants",), ("Marketing strategy",), ("food_beverage",), 0.55),
        ((), (), ("Dental SEO", "Web design"), (), 0.55),
        ((), ("We focus on web design for you.",), ("Web design",), (), 0.0),
        ((), (), ("Web design", "Video production", "Software development"), (), 0.0),
    ],
)
async def test_an_industry_is_served_by_clients_by_words_or_not_at_all(portfolio, hints, services, primary, confidence):
    offers = tuple(ServiceOffer(name=name, category="other") for name in services)

    data = await ran("classify_industries", portfolio=portfolio, target_audience_hints=hints, services=offers)

    assert (data.primary_industries, data.confidence) == (primary, confidence)


async def test_4_a_team_page_of_fourteen_people_is_a_small_company():
    """Acceptance test 4."""
    about, team = read(TEAM)

    data = await ran("estimate_company_size", about_page=about, team_page=team, all_pages=(about, team))

    assert (data.team_size, data.size_range, data.confidence) == (14, "small", 0.80)
    assert len(data.evidence) == 14
    assert data.years_in_business == 2026 - 2011
    assert data.office_locations == ("Cottesloe, WA",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are a team of 32 people.", (32, "medium", 0.90)),
        ("We have 250+ employees in four countries.", (250, "enterprise", 0.90)),
        ("We are a small team that likes the sea.", (None, "small", 0.55)),
        ("I am a freelancer who works from home.", (None, "solo", 0.55)),
        ("Our customers have teams of every size.", (None, None, 0.20)),
    ],
)
async def test_a_number_is_stated_or_it_is_not_known(text, expected):
    data = await ran("estimate_company_size", about_page=read({"/about": page("About us", f"<p>{text}</p>")})[0])

    assert (data.team_size, data.size_range, data.confidence) == expected


@pytest.mark.parametrize(
    ("stated", "people"),
    [
        ("1,200", 1200),
        ("50 people", 50),
        ("10-20", 10),
        ("about fifty", None),
        ("0", None),
        ("²", None),
        ("9" * 30, None),
    ],
)
async def test_structured_data_may_say_anything_for_the_number_of_people(stated, people):
    said = f'{{"@type": "Organization", "name": "Tidewater", "numberOfEmployees": "{stated}"}}'
    html = page("About us", f'<script type="application/ld+json">{said}</script><p>We are by the sea.</p>')

    assert (await ran("estimate_company_size", all_pages=read({"/about": html}))).team_size == people


async def test_linkedin_goes_before_all_else():
    data = await ran("estimate_company_size", all_pages=read(TEAM), linkedin_data={"employee_count": 61})

    assert (data.team_size, data.size_range, data.confidence) == (61, "large", 0.95)


async def test_the_size_of_a_client_is_not_the_companys():
    site = {"/case-studies/acme": page("Acme", "<h1>Case study: Acme</h1><p>A team of 400 people builds bridges.</p>")}

    assert (await ran("estimate_company_size", all_pages=read(site))).team_size is None


def clinic(at: int, **more: Any) -> EnrichedCompany:
    facts = {"industry": "Hospital & Health Care", "country": "Australia", "employee_range": "11-50"}
    return EnrichedCompany(company_name=f"Clinic {at}", **{**facts, **more})


async def test_the_profile_is_what_clients_share():
    clients = (
        *(clinic(at, technologies=("HubSpot", "Xero"), is_hiring=True) for at in range(6)),
        *(clinic(at, country="New Zealand", annual_revenue=4e6, technologies=("hubspot",)) for at in range(6, 8)),
        clinic(8, industry="legal", country="Fiji", employee_count=900),
        clinic(9, industry="legal", country="", employee_count=120, is_hiring=False),
    )
    speakers = tuple(
        PortfolioCompany(company_name=f"Clinic {at}", source="testimonial", testimonial_title=title)
        for at, title in enumerate(("Practice Manager", "Practice manager", "CEO"))
    )

    data = await ran("derive_icp", enriched_portfolio=clients, portfolio=speakers)

    assert data.icp.model_dump(exclude={"pattern_description"}) == {
        "icp_industries": ("healthcare", "legal"),
        "icp_sizes": ("11-50",),
        "icp_revenue_ranges": ("1-10M",),
        "icp_locations": ("Australia", "New Zealand"),
        "icp_technologies": ("HubSpot", "Xero"),
        "icp_signals": ("hiring",),
        "icp_titles": ("Practice Manager",),
        "icp_pain_points": (),
        "pattern_confidence": 0.86,
    }
    assert data.icp.pattern_description == (
        "8 of the 10 clients of whom it is known are in Healthcare; "
        "8 of the 10 clients of whom it is known have 11-50 people; "
        "6 of the 9 clients of whom it is known are at home in Australia."
    )
    assert (data.sample_size, data.data_quality) == (10, "high")
    industry = next(one for one in data.evidence if one.field == "icp_industries")
    assert (industry.count, industry.known, industry.companies[0]) == (8, 10, "Clinic 0")
    assert data.confidences["icp_titles"] == 0.5833


async def test_a_country_is_the_same_in_every_spelling():
    clients = [clinic(at, country=country) for at, country in enumerate(("AU", "Australia", "australia", "Perth"))]

    assert (await ran("derive_icp", enriched_portfolio=clients)).icp.icp_locations == ("Australia",)


async def test_fewer_than_three_clients_fall_back_on_the_words_of_the_site():
    claim = ValueProposition(
        target_audience_hints=("We help small businesses and startups in Ireland, mostly restaurants.",),
        pains_named=("Tired of empty tables?",),
    )

    data = await ran("derive_icp", enriched_portfolio=(clinic(1), clinic(2)), value_proposition=claim)

    assert data.icp.icp_industries == ("food_beverage",)
    assert set(data.icp.icp_sizes) == {"1-10", "11-50"}
    assert data.icp.icp_locations == ("Ireland",)
    assert data.icp.icp_pain_points == ("Tired of empty tables?",)
    assert (data.data_quality, data.icp.pattern_confidence) == ("low", 0.40)
    assert "Confirm or correct each field." in data.recommendations[0]


async def test_clients_of_whom_nothing_is_known_are_no_pattern():
    unknown = tuple(EnrichedCompany(company_name=f"Client {at}") for at in range(12))

    data = await ran("derive_icp", enriched_portfolio=unknown)

    assert data.icp == IcpProfile()
    assert (data.sample_size, data.data_quality) == (12, "low")


async def test_what_the_site_says_but_clients_do_not_show_is_only_recommended():
    targets = Industries(
        industries=(Industry(industry="legal", confidence=0.55, evidence=(), is_primary=True, client_count=0),)
    )

    data = await ran("derive_icp", enriched_portfolio=tuple(map(clinic, range(5))), classified_industries=targets)

    assert data.icp.icp_industries == ("healthcare",)
    assert any("“Legal" in one for one in data.recommendations)


@pytest.mark.parametrize(
    ("given", "weights"),
    [
        ({"icp": {}}, (20, 25, 25, 15, 15)),
        ({"icp": {}, "avg_deal_size": 25_000}, (20, 28, 25, 12, 15)),
        ({"icp": {"icp_sizes": ("201-500", "501+")}}, (20, 28, 25, 12, 15)),
        ({"icp": {}, "sales_cycle": 200}, (20, 28, 25, 12, 15)),
        ({"icp": {}, "industry_focus": "specialist"}, (20, 22, 28, 15, 15)),
        ({"icp": {}, "services": {"service_focus": "niche"}}, (20, 22, 28, 15, 15)),
        ({"icp": {"icp_locations": ("Perth",)}}, (20, 22, 28, 15, 15)),
        ({"icp": {"icp_locations": ("Australia",)}}, (20, 25, 25, 15, 15)),
        ({"icp": {"icp_industries": ("saas",)}}, (20, 25, 22, 18, 15)),
    ],
)
async def test_the_weights_follow_the_profile(given, weights):
    data = await ran("suggest_als_weights", **given)

    assert tuple(data.weights.values()) == weights
    assert sum(data.sub_weights.values()) == data.weights["company_fit"]
    assert [one.component for one in data.reasoning] == list(data.weights)
    assert all(one.why for one in data.reasoning)
