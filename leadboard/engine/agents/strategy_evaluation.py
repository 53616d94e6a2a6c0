"""Agent 13: the candidates weighed against each other."""

from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import resting
from leadboard.engine.agents.hooks import hooks_of
from leadboard.engine.agents.reach import Way, ways_of
from leadboard.engine.agents.writing import Slot, Writing

WEIGHTS = {"reason": 0.35, "offer": 0.15, "reach": 0.25, "fit": 0.25}


class StrategyEvaluation:
    """`evaluated`, the most suitable first: `key`, `name`, `suitability` 0 to 1, `strengths` (statements), `weaknesses`
    (what is missing), `confidence` (that of the opening's evidence).

    suitability = 0.35 strength of the opening + 0.15 when an offer answers it + 0.25 ease of the best way to reach them
    + 0.25 relevance
    """

    id = "strategy_evaluation"

    writing = Writing(
        "Say what makes each of these openings strong. The order is decided.",
        (Slot("evaluated.*.strengths", "What in their own words makes it a good reason to write", 2),),
    )

    def run(self, known: Known) -> Section:
        ways = ways_of(known)
        strength = {hook.key: hook.strength for hook in hooks_of(known)}
        evaluated = [
            _evaluated(known, one, strength.get(one["key"], 0.5), ways)
            for one in known.items("strategies", "generated")
        ]
        return {"evaluated": sorted(evaluated, key=lambda one: -one["suitability"])}


def _evaluated(known: Known, strategy: dict, reason: float, ways: list[Way]) -> dict:
    parts = {
        "reason": reason,
        "offer": 1.0 if strategy["offer"] else 0.0,
        "reach": ways[0].ease if ways else 0.0,
        "fit": known.analysis.get("relevance_score", 0.0),
    }
    return {
        "key": strategy["key"],
        "name": strategy["name"],
        "suitability": round(sum(WEIGHTS[name] * parts[name] for name in WEIGHTS), 4),
        "strengths": [strategy["hook"], *(resting(f"{way.to}: {way.address}", way.statement) for way in ways[:1])],
        "weaknesses": _weaknesses(strategy, ways),
        "confidence": strategy["hook"]["confidence"],
    }


def _weaknesses(strategy: dict, ways: list[Way]) -> list[str]:
    missing = {
        "Way to reach them: not found": not ways,
        "Direct way to a person: not found": bool(ways) and not any(way.person for way in ways),
        "Offer that answers it: not found": not strategy["offer"],
    }
    return [what for what, holds in missing.items() if holds]
