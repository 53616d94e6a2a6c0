"""Agent 18: what a colleague has to know before the first contact, on one page."""

from collections.abc import Mapping
from typing import Any

from leadboard.domain.package import Statement, is_statement
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import distinct
from leadboard.engine.agents.writing import Slot, Writing

MOST_LINES = 4


class InternalBriefing:
    """`executive_summary`: at most four statements; `sections`: `title` and `content` (statements), only those with
    content; `not_found`: titles of what was looked for in vain; `recommended_next_step`: the first step of the plan."""

    id = "internal_briefing"

    writing = Writing(
        "Brief a colleague on one page.",
        (Slot("executive_summary", "What to know about the company before the first contact: one fact each", 4),),
    )

    def run(self, known: Known) -> Section:
        topics = {title: _lines(values) for title, values in _topics(known).items()}
        summary = _summary(known)
        if not summary and not any(topics.values()):
            return {}
        plan = known.section("strategies").get("action_plan") or {}
        return {
            "executive_summary": summary,
            "sections": [{"title": title, "content": lines} for title, lines in topics.items() if lines],
            "not_found": [title for title, lines in topics.items() if not lines],
            "recommended_next_step": f"{plan['steps'][0]['action']}." if plan else "",
        }


def _topics(known: Known) -> Mapping[str, list[Any]]:
    """What a briefing goes through, in this order."""
    persona = known.section("persona_profile")
    plan = known.section("strategies").get("action_plan") or {}
    return {
        "Person to talk to": [persona.get("likely_role"), persona.get("decision_process")],
        "Why now": [item["description"] for item in known.items("purchase_triggers", "triggers")],
        "Pain points": [point["description"] for point in known.items("pain_point_analysis", "points")],
        "What we offer": [item["key_benefit"] for item in known.items("value_propositions", "items")],
        "Competitors": [item["description"] for item in known.items("competitor_intelligence", "competitors")],
        "Questions": known.items("strategic_questions", "items"),
        "Objections": [item["objection"] for item in known.items("objection_framework", "items")],
        "Opening": [plan.get("hook"), plan.get("opening_question")],
        "Reasons for the tier": known.items("lead_qualification", "reasoning"),
    }


def _lines(values: list[Any]) -> list[Statement]:
    return distinct(value for value in values if is_statement(value))[:MOST_LINES]


def _summary(known: Known) -> list[Statement]:
    """Who they are, then what was said about them outside."""
    diagnosis = list(known.analysis.get("diagnosis") or ())
    return distinct([*diagnosis, *known.items("external_intelligence", "summary")])[:MOST_LINES]
