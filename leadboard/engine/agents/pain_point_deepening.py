"""Agent 6: what hurts, what it costs, what helps, and what to ask about it."""

from leadboard.domain.package import Statement
from leadboard.domain.vocabulary.pains import Pain
from leadboard.domain.words import words
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import distinct, offered, resting
from leadboard.engine.agents.pains import ShownPain, pains_of
from leadboard.engine.agents.writing import Slot, Writing

_URGENT = ((9, "critical"), (7, "high"), (4, "medium"), (1, "low"))


class PainPointDeepening:
    """`points`: `description`, `business_impact` and `solution_alignment` (None where no offer helps), with `key`;
    `investigative_questions`: statements that rest on the point they ask about.

    `primary_category` is that of the most pressing point. `urgency` adds the weights of the points: 1 low, 4 medium,
    7 high, 9 critical; an open role weighs 3, or 4 when there are more than two.
    """

    id = "pain_point_deepening"

    writing = Writing(
        "Think through what hurts at this company, as its own words show it.",
        (
            Slot("points.*.business_impact", "What this costs them as long as it stays", advice=True),
            Slot(
                "investigative_questions",
                "A question that brings them to talk about it",
                4,
                advice=True,
                needs="points",
            ),
        ),
    )

    def run(self, known: Known) -> Section:
        shown = pains_of(known, known.analysis.get("sector_key", ""))
        total = sum(one.weight for one in shown)
        return {
            "primary_category": shown[0].pain.category if shown else "",
            "urgency": next((word for least, word in _URGENT if total >= least), ""),
            "points": [_point(known, one) for one in shown],
            "investigative_questions": distinct(resting(one.pain.question, one.description) for one in shown),
        }


def _point(known: Known, shown: ShownPain) -> dict:
    return {
        "key": shown.pain.key,
        "description": shown.description,
        "business_impact": resting(shown.pain.impact, shown.description, 0.5),
        "solution_alignment": alignment(known, shown.pain),
    }


def alignment(known: Known, pain: Pain) -> Statement | None:
    """The workspace's offer that names what helps against a pain, or None."""
    helps = set(words(pain.helps))
    offer = next((offer for offer in known.sender.offers if helps & set(words(offer))), None)
    return offered(offer, offer) if offer else None
