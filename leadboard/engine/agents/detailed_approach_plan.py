"""Agent 15: the approach in detail: what to reach, what to say at each contact, what stands in the way."""

from leadboard.domain.package import Statement
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import first_statement, resting
from leadboard.engine.agents.writing import Slot, Writing

_OBJECTIVES = {
    "email": "Get an answer to one question",
    "linkedin": "Be known by name before the next contact",
    "phone": "Hear how they do it today and agree on a time to talk",
    "research": "Find somebody to talk to",
}
_INDICATORS = ("They answer the question", "They name the person who decides", "They ask what it costs or how it works")


class DetailedApproachPlan:
    """`objective`: a statement; `pitch`: statements in speaking order; `contact_sequence`: `n`, `channel`, `objective`,
    `topics` and `questions` (statements), `cta`; `indicators`, `obstacles` (what is missing), `next_steps`.

    Without an action plan: not found.
    """

    id = "detailed_approach_plan"

    writing = Writing(
        "Prepare the talk: what to reach, what to say, what to ask.",
        (
            Slot("objective", "What to have learned after the first talk", advice=True),
            Slot("pitch", "What to say, in speaking order", 3, advice=True),
            Slot("contact_sequence.*.questions", "A question for this contact", advice=True),
        ),
    )

    def run(self, known: Known) -> Section:
        plan = known.section("strategies").get("action_plan") or {}
        if not plan:
            return {}
        questions = known.items("strategic_questions", "items")
        topics = _topics(known, plan)
        return {
            "objective": _objective(known, plan),
            "pitch": topics[:3],
            "contact_sequence": [
                {
                    "n": step["n"],
                    "channel": step["channel"],
                    "objective": _OBJECTIVES[step["channel"]],
                    "topics": [step["key_message"]],
                    "questions": questions[at : at + 1] or [plan["opening_question"]],
                    "cta": step["cta"],
                }
                for at, step in enumerate(plan["steps"])
            ],
            "indicators": list(_INDICATORS),
            "obstacles": known.items("lead_qualification", "gaps"),
            "next_steps": [f"{step['action']}." for step in plan["steps"]],
        }


def _objective(known: Known, plan: dict) -> Statement:
    persona = known.section("persona_profile")
    about = plan["opening_question"]["text"]
    if persona.get("likely_role"):
        return resting(f"Hear {persona['name']} on: {about}", plan["opening_question"])
    return resting(f"Find out who answers this at {known.company_name}: {about}", plan["opening_question"])


def _topics(known: Known, plan: dict) -> list[Statement]:
    """The opening, what it costs them, what helps."""
    points = known.items("pain_point_analysis", "points")
    shown = [one for one in points if one["description"]["snippet"] == plan["hook"]["snippet"]] or points
    impact = shown[0]["business_impact"] if shown else None
    helps = first_statement([one["key_benefit"] for one in known.items("value_propositions", "items")])
    return [one for one in (plan["hook"], impact, helps) if one]
