"""What agents come to in one go: each once, on top of those that ended before, and no fault of one stops the others."""

from datetime import date

from leadboard.domain.package import AgentResult
from leadboard.domain.stages import AGENTS
from leadboard.engine import thinking
from leadboard.engine.agents.base import Known, LeadFacts
from leadboard.engine.thinking import Brief, think

LISTED = Known(LeadFacts(name="Acme", domain="acme.example", what="Roof repair in Austin"), date(2026, 7, 1))


class Watching:
    """An agent that says which sections it finds."""

    id = "internal_briefing"

    def run(self, known: Known) -> dict[str, object]:
        return {"seen": sorted(known.sections)}


class Broken:
    """An agent with a fault."""

    id = "persona_creation"

    def run(self, known: Known) -> dict[str, object]:
        raise ZeroDivisionError("division by zero")


def test_every_agent_works_once_in_order():
    assert [result.agent for result in think(Brief(LISTED, [])).results] == [agent.id for agent in AGENTS]


def test_agents_that_have_ended_do_not_work_again():
    ended = frozenset(agent.id for agent in AGENTS[:16])
    assert [result.agent for result in think(Brief(LISTED, [], ended)).results] == [agent.id for agent in AGENTS[16:]]


def test_an_agent_sees_what_those_before_it_came_to(monkeypatch):
    monkeypatch.setattr(thinking, "REGISTRY", (Broken(), Watching()))
    result = think(Brief(LISTED, [])).results[-1]
    assert result.output == {"seen": ["persona_profile"]}


def test_a_fault_stays_with_its_agent_and_keeps_its_trace(monkeypatch):
    monkeypatch.setattr(thinking, "REGISTRY", (Broken(), Watching()))
    thoughts = think(Brief(LISTED, []))
    assert [(result.ok, result.error) for result in thoughts.results] == [(False, thinking.AGENT_BROKE), (True, "")]
    assert thoughts.faults.keys() == {"persona_creation"}
    assert "ZeroDivisionError: division by zero" in thoughts.faults["persona_creation"]


def test_without_a_website_nothing_is_claimed_of_it():
    assert think(Brief(LISTED, []))[2:] == ([], [], {})


def test_thoughts_survive_the_way_between_processes():
    thoughts = think(Brief(LISTED, []))
    again = thinking.Thoughts.from_data(thoughts.to_data())
    assert again == thoughts
    assert isinstance(again.results[0], AgentResult)
