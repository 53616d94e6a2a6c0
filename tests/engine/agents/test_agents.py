"""What each agent makes of what it is given, in the order of the pipeline."""

from dataclasses import replace
from datetime import date

import pytest

from leadboard.domain.icp import Icp
from leadboard.engine.agents.base import Known, LeadFacts, ListedPerson, SenderProfile, Unable
from leadboard.engine.agents.lead_intake import LeadIntake
from leadboard.engine.agents.lead_qualification import LeadQualification
from tests.engine.agents.pipeline import TODAY, known, run

LONG = (
    "<p>"
    + "We mend and build roofs for schools and homes in the valley, since many a year and with care. " * 3
    + "</p>"
)
HOME = "<h1>Roofing and roof repair in Denver</h1>" + LONG
TEAM = """<div class=team><h3>Ada Fischer</h3><p>Managing Director</p>
<a href='mailto:ada.fischer@acme-roofing.com'>Mail</a></div>
<div class=team><h3>Otto Byrne</h3><p>Head of Sales</p></div>"""
JOBS = "<h2>Open positions</h2><ul><li>Roofing Technician (full time)</li></ul>"
ICP = Icp(industry=("Roofing",), signals=("hiring",))
SENDER = SenderProfile("Northgate", ("Recruiting for trades",), "Mia Lund")


def sections(*bodies: str, **rest) -> dict:
    paths = ("/", "/team", "/careers", "/news")
    return run(known(dict(zip(paths, bodies, strict=False)), **rest))[0]


class TestIntake:
    def test_reads_the_text_of_a_website(self):
        section = LeadIntake().run(known({"/": HOME}))

        assert (section["company_name"], section["extraction_ok"], section["basis"]) == (
            "Acme Roofing",
            True,
            "website",
        )
        assert "roof repair in Denver" in section["cleaned_text"]
        assert section["confidence"] == 0.6

    def test_goes_on_with_the_list_where_the_website_fails(self):
        lead = LeadFacts(name="Acme", description="Roofs\u202e for schools.")
        section = LeadIntake().run(known(lead=lead, site_error="acme.com did not answer."))

        assert (section["extraction_ok"], section["basis"], section["confidence"]) == (False, "import", 0.4)
        assert section["cleaned_text"] == "Roofs for schools."

    @pytest.mark.parametrize(
        ("lead", "error", "sentence"),
        [
            (LeadFacts(), "", "The lead has neither a name nor a domain."),
            (LeadFacts(name="Acme"), "", "The lead has no website."),
            (
                LeadFacts(name="Acme", website="https://acme.com"),
                "",
                "The website could not be read. The list says nothing",
            ),
            (
                LeadFacts(name="Acme"),
                "acme.com did not answer.",
                "could not be read: acme.com did not answer. The list",
            ),
        ],
    )
    def test_says_why_there_is_nothing_to_work_with(self, lead: LeadFacts, error: str, sentence: str):
        with pytest.raises(Unable) as unable:
            LeadIntake().run(Known(lead, TODAY, site_error=error))

        assert sentence in unable.value.sentence

    def test_a_website_without_text_is_not_read(self):
        with pytest.raises(Unable, match="too little text"):
            LeadIntake().run(known({"/": "<p>Soon.</p>"}))


class TestAnalysis:
    def test_finds_the_sector_in_the_words_of_the_pages(self):
        analysis = sections(HOME)["analyzed_lead"]["analysis"]

        assert analysis["sector"]["text"] == "Roofing, construction"
        assert "roof" in analysis["sector"]["snippet"].lower()
        assert analysis["sector_key"] == "construction"

    def test_takes_the_sector_of_the_list_in_its_own_words(self):
        lead = LeadFacts(name="Acme", what="Roofs", industry="Industrials")
        analysis = sections(HOME, lead=lead)["analyzed_lead"]["analysis"]

        assert (analysis["sector"]["text"], analysis["sector"]["source"]) == ("Industrials", "import")

    @pytest.mark.parametrize(
        ("icp", "relevance"),
        [(None, 0.5), (Icp(), 0.5), (Icp(industry=("Roofing",)), 1.0), (Icp(industry=("Law",)), 0.0)],
    )
    def test_relevance_is_the_fit_of_the_profile(self, icp: Icp | None, relevance: float):
        assert sections(HOME, icp=icp)["analyzed_lead"]["analysis"]["relevance_score"] == relevance

    @pytest.mark.parametrize(
        ("lead", "body", "size"),
        [
            (LeadFacts(name="Acme"), "<p>We are a team of 45 employees.</p>", "45 people (medium, 21–50)"),
            (LeadFacts(name="Acme", headcount_min=11, headcount_max=50), "", "30.5 people (medium, 21–50)"),
            (LeadFacts(name="Acme"), "", None),
        ],
    )
    def test_size_is_what_somebody_states(self, lead: LeadFacts, body: str, size: str | None):
        found = sections(HOME + body, lead=lead)["analyzed_lead"]["analysis"]["size_estimate"]

        assert (found["text"] if found else None) == size

    @pytest.mark.parametrize(
        ("industry", "words"),
        [
            ("Roofing", "works in Roofing."),
            ("Industrials -> Aviation and Space", "works in Aviation and Space."),
            ("", "works in roofing."),
        ],
    )
    def test_the_diagnosis_says_the_trade_and_the_place(self, industry: str, words: str):
        lead = LeadFacts(name="Acme", industry=industry, city="Kiel", country="Germany")
        diagnosis = sections(HOME, lead=lead)["analyzed_lead"]["analysis"]["diagnosis"]

        assert [said["text"] for said in diagnosis] == [f"Acme {words}", "It is at home in Kiel, Germany."]


class TestPersona:
    def test_is_the_most_senior_person_named(self):
        persona = sections(HOME, TEAM)["persona_profile"]

        assert (persona["name"], persona["title"]) == ("Ada Fischer", "Managing Director")
        assert "Otto Byrne" in persona["decision_process"]["text"]

    def test_is_not_found_where_nobody_is_named(self):
        assert sections(HOME)["persona_profile"] == {}


class TestResearch:
    NEWS = "<h2>News</h2><h3>Acme opens a new warehouse</h3><p>12 October 2026</p>"

    def test_lists_news_with_its_date_and_where_it_was_read(self):
        outside = sections(HOME, TEAM, JOBS, self.NEWS)["external_intelligence"]

        assert [(item["text"], item["date"]) for item in outside["news"]] == [
            ("Acme opens a new warehouse", "2026-10-12")
        ]
        assert any(source.endswith("/news") for source in outside["sources"])
        assert outside["confidence"] == 0.5

    def test_news_of_the_future_is_none(self):
        later = self.NEWS.replace("2026", "2031")

        assert sections(HOME, TEAM, JOBS, later)["external_intelligence"]["news"] == []


def test_contacts_come_with_people_mails_and_the_pages_they_stand_on():
    found = sections(HOME + "<p>Write to office@acme-roofing.com</p>", TEAM)["contact_information"]

    assert [mail["text"] for mail in found["emails"]] == ["office@acme-roofing.com", "ada.fischer@acme-roofing.com"]
    assert found["people"][0]["email"] == "ada.fischer@acme-roofing.com"
    assert 0 < found["confidence"] < 1


def test_an_address_elsewhere_comes_after_the_companys_own():
    body = "<p>Press: acme@agency-group.com</p><p>Write to office@acme-roofing.com</p>"

    assert sections(HOME + body)["contact_information"]["emails"][0]["text"] == "office@acme-roofing.com"


def test_people_of_the_list_count_like_those_of_the_website():
    people = (ListedPerson("Ada Fischer", "Managing Director", "ada@acme-roofing.com"), ListedPerson("Otto Byrne"))
    found = sections(HOME, "<div class=team><h3>Ada Fischer</h3><p>Managing Director</p></div>", people=people)

    assert [(one["name"], one["email"]) for one in found["contact_information"]["people"]] == [
        ("Ada Fischer", "ada@acme-roofing.com"),
        ("Otto Byrne", ""),
    ]
    assert found["persona_profile"]["likely_role"]["source"] == "import"
    assert found["messages"]["primary"]["to"] == "ada@acme-roofing.com"


class TestPains:
    def test_are_shown_by_words_and_open_roles(self):
        found = sections(HOME + "<p>Call us: 24 hour emergency service all year.</p>", TEAM, JOBS, sender=SENDER)
        pains = found["pain_point_analysis"]

        assert [point["key"] for point in pains["points"]] == ["staffing", "availability"]
        assert (pains["primary_category"], pains["urgency"]) == ("staffing", "medium")
        assert pains["points"][0]["solution_alignment"]["text"] == "Recruiting for trades"
        assert pains["points"][1]["solution_alignment"] is None

    def test_of_a_customer_are_not_those_of_the_company(self):
        quote = (
            "<blockquote>They built us a bespoke roof, and they were on time all year.</blockquote><cite>Jo Park</cite>"
        )

        assert sections(HOME + quote)["pain_point_analysis"]["points"] == []

    def test_are_not_found_without_a_word_of_them(self):
        pains = sections(HOME)["pain_point_analysis"]

        assert pains == {"primary_category": "", "urgency": "", "points": [], "investigative_questions": []}


class TestQualification:
    def test_adds_fit_authority_readiness_and_budget(self):
        found = sections(HOME, TEAM, JOBS, icp=ICP)["lead_qualification"]

        assert (found["fit"], found["authority"], found["budget_likelihood"]) == (1.0, 1.0, 0.3)
        assert found["score"] == round(0.45 + 0.25 + 0.2 * found["readiness"] + 0.1 * 0.3, 4)
        assert found["tier"] == "high"

    def test_an_excluded_company_is_not_qualified(self):
        icp = replace(ICP, exclusions=("acme-roofing.com",))
        found = sections(HOME, TEAM, icp=icp)["lead_qualification"]

        assert (found["tier"], found["score"]) == ("not_qualified", 0.0)
        assert [(reason["source"], reason["snippet"]) for reason in found["reasoning"]] == [("icp", "acme-roofing.com")]

    def test_needs_the_analysis(self):
        with pytest.raises(Unable, match="was not analysed"):
            LeadQualification().run(known({"/": HOME}))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Unlike Bluestone Roofing, we answer at once.", ["Bluestone Roofing"]),
        ("The best alternative to Northwind in Denver.", ["Northwind"]),
        ("Unlike Other companies, we answer.", []),
        ("Unlike most of them, Acme answers.", []),
        ("We are better than Acme Roofing was.", []),
    ],
)
def test_competitors_are_those_a_page_compares_with(text: str, names: list[str]):
    found = sections(f"{HOME}<p>{text}</p>")["competitor_intelligence"]["competitors"]

    assert [one["name"] for one in found] == names


class TestTriggers:
    def test_an_open_role_the_profile_asks_for_is_the_first(self):
        found = sections(HOME + "<p>Our new office is open.</p>", TEAM, JOBS, icp=ICP)["purchase_triggers"]["triggers"]

        assert [(item["kind"], item["relevance"], item["wanted"]) for item in found] == [
            ("hiring", "high", "hiring"),
            ("expansion", "high", ""),
        ]

    def test_the_list_may_know_of_hiring_and_funding(self):
        lead = LeadFacts(name="Acme", what="Roofs", is_hiring=True, funding_stage="Seed", funding_date=date(2026, 9, 1))
        found = sections(HOME, lead=lead)["purchase_triggers"]["triggers"]

        assert {item["kind"]: item["description"]["source"] for item in found} == {
            "hiring": "import",
            "funding": "import",
        }

    @pytest.mark.parametrize(("day", "kinds"), [("12 October 2026", ["expansion"]), ("12 October 2019", [])])
    def test_old_news_is_none(self, day: str, kinds: list[str]):
        news = f"<h2>News</h2><h3>Acme moves into a new warehouse</h3><p>{day}</p>"
        found = sections(HOME, TEAM, "", news)["purchase_triggers"]["triggers"]

        assert [item["kind"] for item in found] == kinds

    def test_a_link_to_careers_is_no_open_role(self):
        assert sections(HOME + "<a href='/careers'>Careers</a>")["purchase_triggers"]["triggers"] == []


class TestPropositions:
    def test_tie_an_offer_to_what_was_found(self):
        items = sections(HOME, TEAM, JOBS, icp=ICP, sender=SENDER)["value_propositions"]["items"]

        assert items[0]["title"] == "Recruiting for trades"
        assert items[0]["connection"]["snippet"].startswith("Roofing Technician")
        assert items[0]["key_benefit"]["source"] == "workspace"

    def test_without_an_offer_only_the_signals_of_the_profile_count(self):
        assert [item["key_benefit"] for item in sections(HOME, TEAM, JOBS, icp=ICP)["value_propositions"]["items"]] == [
            None
        ]
        assert sections(HOME, TEAM, JOBS)["value_propositions"]["items"] == []


class TestPlan:
    def test_begins_with_the_most_suitable_strategy_and_the_easiest_way(self):
        found = sections(HOME + "<p>Call (303) 555-0142</p>", TEAM, JOBS, icp=ICP, sender=SENDER)
        strategies = found["strategies"]

        scores = [one["suitability"] for one in strategies["evaluated"]]
        assert scores == sorted(scores, reverse=True)
        assert strategies["action_plan"]["key"] == strategies["evaluated"][0]["key"] == "hiring"
        assert strategies["action_plan"]["steps"][0]["action"] == "Write to Ada Fischer"
        assert found["approach_plan"]["objective"]["text"].startswith("Hear Ada Fischer on:")

    def test_looks_for_somebody_where_nobody_can_be_reached(self):
        found = sections(HOME, "", JOBS)

        assert found["strategies"]["action_plan"]["steps"][0]["channel"] == "research"
        assert found["messages"] == {}


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("<p>A family owned business with competitive prices.</p>", ["family", "price"]),
        ("<p>Established in 1978 by two brothers.</p>", ["tradition"]),
        ("<p>A team of 8 employees works here.</p>", ["small"]),
        ("", []),
    ],
)
def test_objections_are_expected_for_a_reason(body: str, keys: list[str]):
    assert [item["key"] for item in sections(HOME + body)["objection_framework"]["items"]] == keys


class TestMessage:
    def test_is_short_says_what_they_published_and_asks_one_thing(self):
        message = sections(HOME, TEAM, JOBS, icp=ICP, sender=SENDER)["messages"]["primary"]

        assert (message["channel"], message["to"]) == ("email", "ada.fischer@acme-roofing.com")
        assert message["body"].split("\n\n") == [
            "Hello Ada Fischer,",
            "I read on your website that you are looking for: Roofing Technician (full time).",
            "Recruiting for trades.",
            "Who does the work until the role is filled?",
            "Is a short call next week possible, or is somebody else the right person?",
            "Kind regards\nMia Lund\nNorthgate",
        ]
        assert {one["source"] for one in message["personalization"]} >= {"workspace"}

    def test_says_nothing_of_us_where_nothing_is_known_of_us(self):
        body = sections(HOME, TEAM, JOBS)["messages"]["primary"]["body"]

        assert "Kind regards" not in body
        assert len(body.split("\n\n")) == 4

    def test_asks_for_the_person_on_a_number_that_is_not_theirs(self):
        team = TEAM.replace("<a href='mailto:ada.fischer@acme-roofing.com'>Mail</a>", "")
        found = sections(HOME + "<p>Call (303) 555-0142</p>", team + "<p>Call (303) 555-0142</p>", JOBS)
        message = found["messages"]["primary"]

        assert (message["channel"], message["to"]) == ("phone", "+13035550142")
        assert message["body"].startswith("Hello. May I speak with Ada Fischer?")

    def test_never_repeats_a_link_or_markup_of_the_page(self):
        jobs = "<h2>Open positions</h2><ul><li>Manager https://evil.test/x (full time)</li></ul>"
        messages = sections(HOME, TEAM, jobs)["messages"]

        assert "evil.test" not in messages["primary"]["body"] + messages["primary"]["subject"]


def test_the_briefing_names_what_is_missing_and_the_next_step():
    briefing = sections(HOME, TEAM, JOBS, icp=ICP, sender=SENDER)["internal_briefing"]

    assert "Competitors" in briefing["not_found"]
    assert briefing["recommended_next_step"] == "Write to Ada Fischer."
    assert all(part["content"] for part in briefing["sections"])
