"""Agent 10: what the workspace offers or looks for, tied to what was found at the company."""

from leadboard.domain.package import Statement
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import offered, resting, wanted
from leadboard.engine.agents.writing import Slot, Writing

MOST = 3


class ValuePropositionCustomization:
    """`items`: `title` (text), `connection` (what was found), `key_benefit` (the offer that answers it),
    `differentiation` (an entry of the profile this company meets), `call_to_value` (what to ask); statements or None.

    A pain without an offer that helps, and without a signal of the profile, makes no proposition.
    """

    id = "value_proposition_customization"

    writing = Writing(
        "Tie what we offer to what was found at this company.",
        (Slot("items.*.call_to_value", "What to ask them so that they see the use of it", advice=True),),
    )

    def run(self, known: Known) -> Section:
        items = {item["title"]: item for item in reversed([*_of_offers(known), *_of_signals(known)])}
        return {"items": list(reversed(items.values()))[:MOST]}


def _of_offers(known: Known) -> list[dict]:
    """One for each point that an offer answers."""
    fits = list(known.analysis.get("opportunity_fit") or ())
    return [
        {
            "title": point["solution_alignment"]["text"],
            "connection": point["description"],
            "key_benefit": offered(point["solution_alignment"]["text"], point["solution_alignment"]["snippet"]),
            "differentiation": fits[0] if fits else None,
            "call_to_value": _question(known, point),
        }
        for point in known.items("pain_point_analysis", "points")
        if point["solution_alignment"]
    ]


def _of_signals(known: Known) -> list[dict]:
    """One for each trigger that the profile asks for."""
    return [
        {
            "title": f"{item['wanted'].capitalize()}: a signal you watch for",
            "connection": item["description"],
            "key_benefit": None,
            "differentiation": wanted(f"Your profile names {item['wanted']} as a signal.", item["wanted"]),
            "call_to_value": resting("Ask what it has to achieve, and by when.", item["description"]),
        }
        for item in known.items("purchase_triggers", "triggers")
        if item["wanted"]
    ]


def _question(known: Known, point: dict) -> Statement | None:
    """The investigative question that rests on the same evidence."""
    questions = known.items("pain_point_analysis", "investigative_questions")
    return next((one for one in questions if one["snippet"] == point["description"]["snippet"]), None)
