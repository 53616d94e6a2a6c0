"""Agent 12: candidate strategies, one for each opening there is evidence for."""

from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import resting
from leadboard.engine.agents.hooks import Hook, answer_to, hooks_of
from leadboard.engine.agents.reach import Way, ways_of
from leadboard.engine.agents.writing import Slot, Writing

MOST = 4


class StrategyGeneration:
    """`generated`: `key`, `name`, `hook` and `question` (statements), `channel`, `contact` (text, empty where nobody is
    reached), `offer` (a statement or None)."""

    id = "strategy_generation"

    writing = Writing(
        "Write the question that each of these openings leads to.",
        (Slot("generated.*.question", "The question to ask after this opening", advice=True),),
    )

    def run(self, known: Known) -> Section:
        ways = ways_of(known)
        return {"generated": [_strategy(known, hook, ways) for hook in hooks_of(known)[:MOST]]}


def _strategy(known: Known, hook: Hook, ways: list[Way]) -> dict:
    return {
        "key": hook.key,
        "name": hook.name,
        "hook": hook.statement,
        "question": resting(hook.question, hook.statement),
        "channel": ways[0].channel if ways else "",
        "contact": ways[0].to if ways else "",
        "offer": answer_to(known, hook.statement),
    }
