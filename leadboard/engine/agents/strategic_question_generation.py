"""Agent 11: questions worth asking this company, each for a reason that was found."""

from collections.abc import Iterator

from leadboard.domain.package import Statement
from leadboard.domain.titles import authority
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import distinct, quotable, resting
from leadboard.engine.agents.hooks import hooks_of
from leadboard.engine.agents.writing import Slot, Writing

MOST = 6


class StrategicQuestionGeneration:
    """`items`: statements whose text is the question and whose snippet is why to ask it."""

    id = "strategic_question_generation"

    writing = Writing(
        "Write questions worth asking this company, each for a reason in the data.",
        (Slot("items", "A question only this company can be asked, because of what it says", 6, advice=True),),
    )

    def run(self, known: Known) -> Section:
        return {"items": distinct(_questions(known))[:MOST]}


def _questions(known: Known) -> Iterator[Statement]:
    """About what changes, what hurts, what they sell, who decides, and whom they serve."""
    for hook in hooks_of(known)[:3]:
        yield resting(hook.question, hook.statement)
    yield from known.items("pain_point_analysis", "investigative_questions")[:3]
    people = known.items("contact_information", "people")
    deciders = [one for one in people if authority(one["title"]).decides]
    if len(deciders) > 1:
        names = f"{deciders[0]['name']} and {deciders[1]['name']}"
        yield resting(f"How do {names} decide on something like this together?", deciders[1])
    customers = known.site.customers if known.site else ()
    if customers and quotable(customers[0].name):
        found = customers[0].found
        yield Statement(
            text=f"What did {customers[0].name} need that others could not give?",
            source=found.url,
            snippet=found.snippet,
            confidence=found.confidence,
        )
