"""The prospect package: what the agents found out about a lead (board-stages sheet, section 5).

A section is a plain dict that can be stored as JSON. Where the sheet has a list (value propositions, objections,
questions), the section holds it under `items`. An agent that failed leaves its sentence under `error`. A section in
which nothing was found has no content: that is "not found", and nobody fills the hole.
What a section claims rests on statements: dicts of the shape `Statement`, anywhere inside the section.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypedDict, TypeGuard

from leadboard.domain.stages import AGENT_BY_ID, AGENTS, REQUIRED_AGENTS

SCHEMA_VERSION = 1

SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(agent.section for agent in AGENTS))
"""The sections that agents fill, in the order they first can."""

REQUIRED = ("analyzed_lead", "metadata", "confidence_score", "roi_potential_score")
"""What every package has; the rest is there when something was found or failed."""

TIER_SCORES = {"high": 0.9, "medium": 0.6, "low": 0.3, "not_qualified": 0.1}
URGENCIES = {"low": 0.25, "medium": 0.5, "high": 0.75, "critical": 1.0}

WRITTEN = "written"
"""Key of a section: agent -> who wrote its sentences, where a model was asked (`Written`)."""

Sections = dict[str, dict[str, Any]]


class Statement(TypedDict):
    """A sentence with what it rests on: the page it was read on, the words there, and how sure it is (0 to 1)."""

    text: str
    source: str
    snippet: str
    confidence: float


class Written(TypedDict):
    """Who wrote an agent's sentences (`domain.models.By`), why not the model where it did not (`domain.models.Why`),
    and how many of its sentences were dropped because what they cited did not bear them out."""

    by: str
    why: str
    dropped: int


class State(StrEnum):
    """What there is to show of a section."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    FAILED = "failed"


@dataclass(frozen=True)
class AgentResult:
    """What one agent came back with: the fields of its section, or the sentence that says why not."""

    agent: str
    ok: bool
    seconds: float = 0.0
    output: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


def statement(text: str, source: str, snippet: str, confidence: float) -> Statement:
    """A statement; `source` is a URL, `snippet` is quoted from it."""
    return Statement(text=text, source=source, snippet=snippet, confidence=round(confidence, 4))


def is_statement(value: Any) -> TypeGuard[Statement]:
    """Whether a value of a section is a statement."""
    return isinstance(value, Mapping) and Statement.__required_keys__ <= value.keys()


def statements(value: Any) -> Iterator[Statement]:
    """Every statement inside a section or a package, in reading order."""
    if is_statement(value):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from statements(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from statements(inner)


def merge(sections: Mapping[str, Mapping[str, Any]], result: AgentResult) -> Sections:
    """The sections after an agent ended, without changing the given ones.

    Several agents share a section: each adds its fields, and one that fails keeps what the others found. An agent that
    succeeds at last takes back its own error.
    """
    name = AGENT_BY_ID[result.agent].section
    section = dict(sections.get(name, {}))
    errors = {agent: error for agent, error in section.pop("errors", {}).items() if agent != result.agent}
    section.pop("error", None)
    if result.ok:
        authors = {**section.get(WRITTEN, {}), **result.output.get(WRITTEN, {})}
        section.update(result.output)
        if authors:
            section[WRITTEN] = authors
    else:
        errors[result.agent] = result.error or "This agent failed without saying why. Retry the lead."
    if errors:
        section |= {"error": " ".join(errors.values()), "errors": errors}
    return {**{key: dict(value) for key, value in sections.items()}, name: section}


def content(section: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was found: the section without its errors, its writers, empty values and mere confidences."""
    found = section or {}
    return {key: value for key, value in found.items() if key not in _ABOUT and not _empty(value)}


_ABOUT = frozenset(("error", "errors", "confidence", WRITTEN))
"""What a section says of itself."""


def _empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(_empty(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return all(_empty(inner) for inner in value)
    return value is None or value is False or value == ""


def state(section: Mapping[str, Any] | None) -> State:
    """Whether to show content, "not found" or the error. Content beside an error is still found."""
    if content(section):
        return State.FOUND
    return State.FAILED if section and section.get("error") else State.NOT_FOUND


def succeeded(results: Mapping[str, bool]) -> bool:
    """Whether the lead counts as enriched: intake, analysis and qualification succeeded."""
    return all(results.get(agent) for agent in REQUIRED_AGENTS)


def confidence_score(sections: Mapping[str, Mapping[str, Any]]) -> float:
    """How well founded the package is, 0 to 1."""
    external = sections.get("external_intelligence", {})
    known_outside = state(external) is State.FOUND
    plan = sections.get("strategies", {})
    plan_ok = "action_plan_synthesis" not in plan.get("errors", {}) and not _empty(plan.get("action_plan"))
    total = (
        0.30
        + 0.20 * _qualification(sections)
        + min(0.05 * _count(sections, "pain_point_analysis", "points"), 0.15)
        + 0.10 * _share(sections.get("contact_information", {}).get("confidence"))
        + (0.10 if known_outside and _share(external.get("confidence")) > 0.5 else 0.05 if known_outside else 0)
        + (0.15 if plan_ok else 0.05)
    )
    return min(1.0, round(total, 4))


def roi_potential_score(sections: Mapping[str, Mapping[str, Any]]) -> float:
    """How much the lead may be worth the effort, 0 to 1."""
    urgency = sections.get("pain_point_analysis", {}).get("urgency", "")
    total = (
        0.40 * _qualification(sections)
        + 0.25 * URGENCIES.get(urgency, 0)
        + min(0.10 * _count(sections, "value_propositions", "items"), 0.25)
        + min(0.05 * _count(sections, "purchase_triggers", "triggers"), 0.10)
    )
    return round(total, 4)


def _qualification(sections: Mapping[str, Mapping[str, Any]]) -> float:
    """The qualification's score, or what its tier stands for; 0 when there is neither."""
    section = sections.get("lead_qualification", {})
    if section.get("score") is not None:
        return _share(section["score"])
    return TIER_SCORES.get(section.get("tier", ""), 0)


def _share(value: Any) -> float:
    """A number held between 0 and 1; anything else is 0."""
    return max(0.0, min(1.0, value)) if isinstance(value, int | float) and value == value else 0.0


def _count(sections: Mapping[str, Mapping[str, Any]], name: str, key: str) -> int:
    return len(sections.get(name, {}).get(key) or ())


def build(
    run_id: str,
    sections: Mapping[str, Mapping[str, Any]],
    results: Sequence[AgentResult],
    market_fit: float | None = None,
) -> dict[str, Any]:
    """The whole package as JSON: the sections, how it came about, and its scores."""
    package: dict[str, Any] = {name: sections[name] for name in SECTIONS if name in sections}
    package.setdefault("analyzed_lead", {})
    package["metadata"] = {
        "run_id": run_id,
        "agents": [{"id": result.agent, "ok": result.ok, "seconds": round(result.seconds, 3)} for result in results],
        "total_seconds": round(sum(result.seconds for result in results), 3),
        "schema_version": SCHEMA_VERSION,
    }
    package["confidence_score"] = confidence_score(sections)
    package["roi_potential_score"] = roi_potential_score(sections)
    if market_fit is not None:
        package["market_fit_score"] = market_fit
    return package
