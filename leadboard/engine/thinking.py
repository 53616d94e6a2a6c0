"""What the agents make of a website, all of them in one go, wherever that keeps nobody waiting.

Each agent still is a step of its run with an end of its own: this only says what it will have come to.
"""

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from leadboard.domain import package
from leadboard.domain.package import AgentResult
from leadboard.domain.site import PageFacts, read_site
from leadboard.engine.agents import REGISTRY
from leadboard.engine.agents.base import Agent, Known, Unable
from leadboard.engine.claims import claims_of, contacts_of, facts_for_lead

PAGES = TypeAdapter(tuple[PageFacts, ...])
"""The pages of a website as they are stored and sent."""

AGENT_BROKE = "This part failed because of a fault of ours, which is in the log. Retry the lead."


@dataclass(frozen=True)
class Brief:
    """What the agents of a run are told: what is known, with the sections of those that have `ended`, and the pages of
    the website as they are stored."""

    known: Known
    pages: list[dict[str, Any]]
    ended: frozenset[str] = frozenset()


class Thoughts(NamedTuple):
    """What a website comes to, as JSON but for the results.

    `results`: of the agents that had not ended, in their order; `faults`: the trace of each that broke; `claims` and
    `people`: as `ClaimDraft` and `ContactDraft` have them; `facts`: columns of the lead that the claims fill.
    """

    results: list[AgentResult]
    faults: dict[str, str]
    claims: list[dict[str, Any]]
    people: list[dict[str, Any]]
    facts: dict[str, Any]

    def to_data(self) -> dict[str, Any]:
        """The same in JSON."""
        return {**self._asdict(), "results": [vars(result) for result in self.results]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Thoughts":
        """The thoughts from what `to_data` gave."""
        values = {name: data[name] for name in cls._fields}
        return cls(**{**values, "results": [AgentResult(**result) for result in data["results"]]})


def think(brief: Brief) -> Thoughts:
    """Let every agent that has not ended work. Pure, but that it takes the time: some 20 ms in all."""
    site = read_site(PAGES.validate_python(brief.pages)) if brief.pages else None
    known = replace(brief.known, site=site)
    results, faults = [], {}
    for agent in REGISTRY:
        if agent.id not in brief.ended:
            result, fault = _run(agent, known)
            known = replace(known, sections=package.merge(known.sections, result))
            results.append(result)
            if fault:
                faults[agent.id] = fault
    claims = claims_of(site, known.lead) if site else []
    people = contacts_of(site) if site else []
    return Thoughts(results, faults, [*map(vars, claims)], [*map(vars, people)], facts_for_lead(claims))


def _run(agent: Agent, known: Known) -> tuple[AgentResult, str]:
    """What an agent comes to, and the trace when it broke; whatever happens to it stays in its section."""
    began = time.perf_counter()
    try:
        output = agent.run(known)
    except Unable as unable:
        return AgentResult(agent.id, False, time.perf_counter() - began, error=unable.sentence), ""
    except Exception:
        return AgentResult(agent.id, False, time.perf_counter() - began, error=AGENT_BROKE), traceback.format_exc()
    return AgentResult(agent.id, True, time.perf_counter() - began, output), ""
