"""What a page says about its company: structured data, name, services, signals, customers."""

import json

import pytest

from tests.domain.site.pages import read

NESTED = {
    "@graph": [
        {
            "@type": "NewsArticle",
            "headline": "We grow",
            "publisher": {
                "@type": ["Organization", "Brand"],
                "name": "Acme Builders",
                "url": "https://www.acme-builders.com/",
                "telephone": "+1 413 732 8702",
                "email": "mailto:info@acme-builders.com",
                "address": {"@type": "PostalAddress", "streetAddress": "1 Main St", "addressLocality": "Austin"},
                "sameAs": ["https://www.facebook.com/acmebuilders"],
                "contactPoint": {"contactType": "sales", "telephone": "+1 413 732 8703"},
            },
        }
    ]
}


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_reads_organisations_nested_in_json_ld():
    facts = read(script(json.dumps(NESTED)))
    (one,) = facts.organizations

    assert (one.types, one.name, one.telephone) == (("Organization", "Brand"), "Acme Builders", ("+1 413 732 8702",))
    assert one.address
    assert (one.address.street, one.address.city) == ("1 Main St", "Austin")
    assert (one.contact_points[0].kind, one.same_as) == ("sales", ("https://www.facebook.com/acmebuilders",))
    assert [found.value for found in facts.emails] == ["info@acme-builders.com"]
    assert {found.value for found in facts.phones} == {"+14137328702", "+14137328703"}
    assert [found.field for found in facts.socials] == ["facebook"]
    assert facts.company_names[0].confidence > 0.9


@pytest.mark.parametrize(
    "block",
    [
        '<!-- x -->\n{"@type": "Organization", "name": "Acme"}',
        '{"@type": "Organization", // who\n "name": "Acme"}',
        '{"@type": "Organization", "name": "Ac\tme"}'.replace("\t", ""),
        '[[{"@type": "http://schema.org/Organization", "name": "Acme"}]]',
    ],
)
def test_reads_faulty_json_ld_as_far_as_it_can(block):
    assert [one.name for one in read(script(block)).organizations] == ["Acme"]


@pytest.mark.parametrize(
    "block", ["{", "[" * 50_000, '{"@type": "Organization"}', '{"@type": null, "name": 1}', "9" * 5000]
)
def test_a_block_that_says_nothing_costs_only_itself(block):
    facts = read(script(block) + script('{"@type": "Organization", "name": "Acme"}'))

    assert [one.name for one in facts.organizations] == ["Acme"]


def test_reads_microdata_and_rdfa():
    microdata = '<div itemscope itemtype="http://schema.org/Dentist"><b itemprop="name">Acme</b></div>'
    rdfa = '<div vocab="http://schema.org/" typeof="LocalBusiness"><b property="name">Bolt</b></div>'

    assert [(one.name, one.found.method) for one in read(microdata + rdfa).organizations] == [
        ("Acme", "microdata"),
        ("Bolt", "rdfa"),
    ]


@pytest.mark.parametrize(
    ("head", "body", "name"),
    [
        ("<title>Contact Us | Acme Builders</title>", "", "Acme Builders"),
        ("<meta property='og:site_name' content='Acme Builders'>", "<h1>Home</h1>", "Acme Builders"),
        ("<title>Home</title>", "<p>© 2019 Acme Builders, Inc. All rights reserved.</p>", "Acme Builders, Inc"),
        ("<title>Roofs</title>", "<img src=logo.png alt='Acme Builders logo'>", "Acme Builders"),
        ("<title>Welcome</title>", "<p>For years Acme Builders has built roofs.</p>", "Acme Builders"),
    ],
)
def test_names_the_company_behind_the_page(head, body, name):
    assert read(body, head=head).company_name == name


def test_lists_services_with_their_category():
    facts = read(
        "<h1>Our services</h1><ul><li>SEO audits</li><li>Web design</li><li>Read more</li></ul>",
        "https://a.com/services",
    )

    assert [(one.name, one.category) for one in facts.services] == [
        ("SEO audits", "seo"),
        ("Web design", "web_development"),
    ]
    assert facts.page_type == "services"


def test_sees_the_technologies_by_their_marks():
    head = "<meta name=generator content='WordPress 6.1'><script src='https://js.hs-scripts.com/1.js'></script>"

    assert [found.value for found in read("", head=head).technologies] == ["WordPress", "HubSpot"]


def test_hiring_is_a_title_of_a_job_or_the_sentence_that_says_so():
    jobs = read("<h1>Careers</h1><h3>Senior Software Engineer</h3><h3>Benefits</h3>", "https://a.com/careers").hiring
    sentence = read("<p>We are hiring in all our offices.</p>").hiring

    assert [found.value for found in jobs] == ["Senior Software Engineer"]
    assert [found.value for found in sentence] == ["We are hiring"]


def test_news_are_headings_with_a_date():
    facts = read(
        "<h2>News</h2><p>March 3, 2026</p><h3>Acme opens an office in Austin</h3><h3>About our roofs and floors</h3>"
    )

    assert [(one.title, one.date) for one in facts.news][:1] == [("Acme opens an office in Austin", "2026-03-03")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Founded in 1998 by two friends", "1998"),
        ("Family owned since 1921", "1921"),
        ("Gegründet 1987", "1987"),
        ("© since 2004", None),
        ("In 1998 we sailed", None),
    ],
)
def test_the_year_of_foundation_is_the_stated_one(text, year):
    assert [found.value for found in read(f"<p>{text}</p>").founded] == ([year] if year else [])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We have 120 employees", "120"),
        ("more than 1,200 employees", "1200+"),
        ("50-100 team members", "50-100"),
        ("a team of 14", "14"),
        ("10 years, 3 offices", None),
    ],
)
def test_the_headcount_is_the_stated_one(text, count):
    assert [found.value for found in read(f"<p>{text}</p>").headcount] == ([count] if count else [])


def test_a_team_page_of_14_people_counts_them():
    names = [
        "Ann",
        "Bob",
        "Carl",
        "Dora",
        "Eva",
        "Frank",
        "Greg",
        "Hugo",
        "Ida",
        "Jack",
        "Karl",
        "Lisa",
        "Mary",
        "Nora",
    ]
    cards = "".join(f"<h3>{name} Keller</h3><p>Account Manager</p>" for name in names)
    (found,) = read(cards, "https://a.com/team").headcount

    assert (found.value, found.method, found.confidence) == ("14", "team_count", 0.8)


def test_customers_come_from_case_studies_testimonials_and_logos_without_platforms_awards_and_itself():
    body = """<h2>Our clients</h2>
    <div class="client-logos"><img alt="Northwind logo" src="a.png"><img alt="Google logo" src="g.png">
    <img alt="Best of 2019 award logo" src="b.png"><img alt="Acme Builders logo" src="c.png"></div>
    <a href="/case-studies/blue-harbor">How Blue Harbor grew</a>
    <blockquote>“They built our warehouse on time and within the budget, twice.”</blockquote>
    <p>Jane Miller, CEO, Redwood Ltd</p>"""
    facts = read(body, head="<title>Acme Builders</title>")

    assert [(one.name, one.source) for one in facts.customers] == [
        ("Blue Harbor", "case_study"),
        ("Redwood Ltd", "testimonial"),
        ("Northwind", "logo"),
    ]
    (quote,) = facts.testimonials
    assert (quote.person, quote.title, quote.company) == ("Jane Miller", "CEO", "Redwood Ltd")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://a.com/", "home"),
        ("https://a.com/index.html", "home"),
        ("https://a.com/about-us", "about"),
        ("https://a.com/our-team/", "team"),
        ("https://a.com/case-studies/blue", "case_studies"),
        ("https://a.com/2024/05/hello", "blog"),
        ("https://a.com/kontakt.php", "contact"),
        ("https://a.com/xyz", "other"),
    ],
)
def test_the_address_says_what_kind_of_page_it_is(url, kind):
    assert read("<p>x", url).page_type == kind


def test_forms_are_known_by_what_they_ask_for():
    body = """<form action=/search><input name=q></form><form><input name=email><input type=password name=p></form>
    <form id=contact><input name=name><input name=email><textarea name=message></textarea></form>"""

    assert [found.value for found in read(body).forms] == ["search", "login", "contact"]
