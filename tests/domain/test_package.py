import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain import package
from leadboard.domain.package import AgentResult, State, merge, state, statement
from leadboard.domain.stages import AGENTS, REQUIRED_AGENTS

PAGE = "https://acme.example/about"
SAID = statement("Hires in sales", PAGE, "Join our sales team", 0.8)
EXAMPLE = {
    "lead_qualification": {"tier": "high", "score": 0.8},
    "pain_point_analysis": {"urgency": "high", "points": [{"description": n} for n in ("a", "b", "c")]},
    "contact_information": {"emails": ["a@acme.example"], "confidence": 0.5},
    "external_intelligence": {"summary": "In the news", "confidence": 0.6},
    "strategies": {"action_plan": {"name": "Start small"}},
    "value_propositions": {"items": [{"title": "One"}, {"title": "Two"}]},
    "purchase_triggers": {"triggers": [{"description": "Hiring"}]},
}


def test_the_worked_examples_of_confidence_and_roi():
    assert package.confidence_score(EXAMPLE) == pytest.approx(0.91)
    assert package.roi_potential_score(EXAMPLE) == pytest.approx(0.7575)


def test_an_empty_package_has_the_least_scores():
    assert package.confidence_score({}) == pytest.approx(0.35)
    assert package.roi_potential_score({}) == 0


@pytest.mark.parametrize(("tier", "worth"), [("high", 0.9), ("medium", 0.6), ("low", 0.3), ("not_qualified", 0.1)])
def test_a_tier_stands_in_for_a_missing_qualification_score(tier, worth):
    sections = {"lead_qualification": {"tier": tier}}

    assert package.roi_potential_score(sections) == pytest.approx(0.4 * worth)
    assert package.confidence_score(sections) == pytest.approx(0.35 + 0.2 * worth)


def test_a_score_of_zero_is_a_score():
    assert package.roi_potential_score({"lead_qualification": {"score": 0.0, "tier": "high"}}) == 0


@pytest.mark.parametrize(
    ("external", "worth"),
    [
        ({"summary": "x", "confidence": 0.51}, 0.10),
        ({"summary": "x", "confidence": 0.5}, 0.05),
        ({"summary": "x"}, 0.05),
        ({"summary": "", "confidence": 0.9}, 0),
        ({"error": "No answer."}, 0),
    ],
)
def test_what_is_known_from_outside_counts_by_its_confidence(external, worth):
    assert package.confidence_score({"external_intelligence": external}) == pytest.approx(0.35 + worth)


def test_a_failed_action_plan_counts_a_third():
    sections = merge(EXAMPLE, AgentResult("action_plan_synthesis", ok=False, error="No strategy to plan from."))

    assert package.confidence_score(sections) == pytest.approx(0.81)


def test_a_failed_agent_leaves_its_sentence_and_the_others_work():
    sections = merge({}, AgentResult("competitor_identification", ok=False, error="The website names nobody."))
    sections = merge(sections, AgentResult("buying_trigger_identification", ok=True, output={"triggers": [SAID]}))

    assert sections["competitor_intelligence"]["error"] == "The website names nobody."
    assert state(sections["competitor_intelligence"]) is State.FAILED
    assert state(sections["purchase_triggers"]) is State.FOUND
    assert package.succeeded(dict.fromkeys(REQUIRED_AGENTS, True) | {"competitor_identification": False})


@pytest.mark.parametrize("agent", REQUIRED_AGENTS)
def test_a_lead_is_not_enriched_without_intake_analysis_and_qualification(agent):
    others = {one.id: True for one in AGENTS}

    assert package.succeeded(others)
    assert not package.succeeded(others | {agent: False})
    assert not package.succeeded({one: True for one in others if one != agent})


def test_agents_share_a_section_and_a_retry_takes_back_only_its_own_error():
    sections = merge({}, AgentResult("strategy_generation", ok=True, output={"generated": ["A"]}))
    sections = merge(sections, AgentResult("strategy_evaluation", ok=False, error="Nothing to compare."))
    sections = merge(sections, AgentResult("action_plan_synthesis", ok=False, error="No plan."))

    assert state(sections["strategies"]) is State.FOUND
    assert sections["strategies"]["error"] == "Nothing to compare. No plan."

    sections = merge(sections, AgentResult("strategy_evaluation", ok=True, output={"evaluated": ["A"]}))

    assert sections["strategies"] == {
        "generated": ["A"],
        "evaluated": ["A"],
        "error": "No plan.",
        "errors": {"action_plan_synthesis": "No plan."},
    }


def test_merging_changes_nothing_it_was_given():
    before = {"strategies": {"generated": ["A"], "errors": {"x": "y"}}}
    copy = json.loads(json.dumps(before))
    merge(before, AgentResult("strategy_evaluation", ok=True, output={"evaluated": ["A"]}))

    assert before == copy


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (None, State.NOT_FOUND),
        ({}, State.NOT_FOUND),
        ({"items": [], "notes": "", "plan": {"steps": []}, "confidence": 0.9}, State.NOT_FOUND),
        ({"error": "No answer.", "items": []}, State.FAILED),
        ({"items": [SAID]}, State.FOUND),
        ({"items": [SAID], "error": "No answer."}, State.FOUND),
    ],
)
def test_a_section_is_found_not_found_or_failed(section, expected):
    assert state(section) is expected


def test_the_evidence_of_a_package_can_be_listed():
    other = statement("Sells pumps", PAGE, "pumps since 1950", 0.9)
    sections = {"analyzed_lead": {"analysis": {"sector": other, "main_services": [SAID, "plain"]}}}

    assert list(package.statements(sections)) == [other, SAID]


def test_a_package_has_what_is_required_and_reads_back_from_json():
    results = [
        AgentResult("lead_intake", ok=False, seconds=0.5, error="No answer."),
        AgentResult("web_research", True, 1),
    ]
    sections: package.Sections = {}
    for result in results:
        sections = merge(sections, result)
    made = package.build("run-1", sections, results, market_fit=0.4)

    assert set(package.REQUIRED) <= made.keys()
    assert set(package.REQUIRED) <= package.build("run-2", {}, []).keys()
    assert made["metadata"] == {
        "run_id": "run-1",
        "agents": [
            {"id": "lead_intake", "ok": False, "seconds": 0.5},
            {"id": "web_research", "ok": True, "seconds": 1},
        ],
        "total_seconds": 1.5,
        "schema_version": package.SCHEMA_VERSION,
    }
    assert made["market_fit_score"] == 0.4
    assert "market_fit_score" not in package.build("run-2", {}, [])
    assert json.loads(json.dumps(made)) == made


def test_every_section_of_the_sheet_has_an_agent():
    assert set(package.SECTIONS) == {
        "analyzed_lead", "persona_profile", "external_intelligence", "contact_information", "pain_point_analysis",
        "lead_qualification", "competitor_intelligence", "purchase_triggers", "strategies", "approach_plan",
        "value_propositions", "objection_framework", "strategic_questions", "messages", "internal_briefing",
    }  # fmt: skip


shares = st.none() | st.floats(allow_nan=True) | st.integers(-2, 2)
some = st.lists(st.just("x"), max_size=9)


@given(shares, st.sampled_from(["", "low", "high", "critical", "?"]), some, some, some, shares, shares)
def test_scores_stay_between_0_and_1_whatever_agents_say(score, urgency, points, props, triggers, contact, external):
    sections = {
        "lead_qualification": {"score": score, "tier": "high"},
        "pain_point_analysis": {"urgency": urgency, "points": points},
        "value_propositions": {"items": props},
        "purchase_triggers": {"triggers": triggers},
        "contact_information": {"confidence": contact},
        "external_intelligence": {"summary": "x", "confidence": external},
        "strategies": {"action_plan": {"name": "x"}},
    }

    assert 0 <= package.confidence_score(sections) <= 1
    assert 0 <= package.roi_potential_score(sections) <= 1
