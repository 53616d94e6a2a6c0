"""Agent 14: the most suitable strategy as steps somebody can take."""

from leadboard.domain.package import Statement
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.reach import Way, ways_of
from leadboard.engine.agents.writing import Slot, Writing

PLAIN_TONE = "Plain and short"
_METRICS = ("An answer", "The right person named", "A call agreed")
_ACTIONS = {
    "email": ("Write to {person}", "Write to the company, for {ask_for}", "Write to the company"),
    "linkedin": ("Send {person} a short note", "Send the company a short note", "Send the company a short note"),
    "phone": ("Call {person}", "Call the company and ask for {ask_for}", "Call the company"),
}
"""To a person, to the company when somebody there is known by name, to the company when nobody is."""

_ASKS = {
    "email": "Ask for a short call, or for the right person",
    "linkedin": "Ask whether the question reaches the right person",
    "phone": "Ask the opening question, then for a time to talk",
}


class ActionPlanSynthesis:
    """`action_plan`: `key`, `name`, `hook` and `opening_question` (statements), `tone`, `steps`, `metrics`,
    `contingency`.

    A step has `n`, `channel`, `action`, `key_message` (a statement) and `cta`. Without a candidate: not found.
    """

    id = "action_plan_synthesis"

    writing = Writing(
        "Give each step of the plan its message.",
        (
            Slot("action_plan.opening_question", "The question the first contact asks", advice=True),
            Slot("action_plan.steps.*.key_message", "What this step tells them, in one sentence", advice=True),
        ),
    )

    def run(self, known: Known) -> Section:
        generated = {one["key"]: one for one in known.items("strategies", "generated")}
        evaluated = known.items("strategies", "evaluated")
        chosen = generated.get(evaluated[0]["key"]) if evaluated else next(iter(generated.values()), None)
        if not chosen:
            return {"action_plan": {}}
        style = known.section("persona_profile").get("communication_style")
        return {
            "action_plan": {
                "key": chosen["key"],
                "name": chosen["name"],
                "hook": chosen["hook"],
                "tone": style["text"].partition(":")[0] if style else PLAIN_TONE,
                "steps": _steps(chosen, ways_of(known)),
                "opening_question": chosen["question"],
                "metrics": list(_METRICS),
                "contingency": "No answer after the last step: stop, and return when something changes at the company.",
            }
        }


def _steps(strategy: dict, ways: list[Way]) -> list[dict]:
    """One step on each channel there is, hook first, then the question, then the offer."""
    if not ways:
        find = {"channel": "research", "action": "Find somebody to talk to", "cta": "Add a contact to the lead"}
        return [{"n": 1, **find, "key_message": strategy["hook"]}]
    messages: list[Statement] = [one for one in (strategy["hook"], strategy["question"], strategy["offer"]) if one]
    return [
        {
            "n": number,
            "channel": way.channel,
            "action": _action(way),
            "key_message": messages[(number - 1) % len(messages)],
            "cta": _ASKS[way.channel],
        }
        for number, way in enumerate(ways, 1)
    ]


def _action(way: Way) -> str:
    person, somebody, nobody = _ACTIONS[way.channel]
    template = person if way.person else somebody if way.ask_for else nobody
    return template.format(person=way.person, ask_for=way.ask_for)
