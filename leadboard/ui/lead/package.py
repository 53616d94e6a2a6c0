"""The prospect package as sections of statements, each with the words it rests on."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from leadboard.domain.package import SECTIONS, State, is_statement, state
from leadboard.domain.stages import AGENTS
from leadboard.ui.display import Link, Section, Statement

TITLES = {
    "analyzed_lead": "Company",
    "persona_profile": "Decision maker",
    "external_intelligence": "News and signals",
    "contact_information": "Ways to reach them",
    "pain_point_analysis": "Pain points",
    "lead_qualification": "Qualification",
    "competitor_intelligence": "Competitors",
    "purchase_triggers": "Buying triggers",
    "value_propositions": "Value propositions",
    "strategic_questions": "Questions to ask",
    "strategies": "Strategy",
    "approach_plan": "Plan of approach",
    "objection_framework": "Objections",
    "messages": "Messages",
    "internal_briefing": "Briefing",
}
QUIET = frozenset({"error", "errors", "confidence", "cleaned_text", "extraction_ok", "items", "n", "url"})
"""Keys that are not words for a reader."""

LOOKED_FOR = {agent.section: agent.label for agent in AGENTS}


def sections(
    stored: Mapping[str, Any] | None, keys: tuple[str, ...] = SECTIONS, *, asked: bool = True
) -> list[Section]:
    """Every section in reading order; before a run nothing was asked yet."""
    return [section(key, (stored or {}).get(key), asked) for key in keys]


def section(key: str, data: Mapping[str, Any] | None, asked: bool) -> Section:
    """One section: its statements, "not found", or its error."""
    title = TITLES[key]
    if not asked:
        return Section(key, title, "waiting")
    match state(data):
        case State.FAILED:
            return Section(key, title, "failed", note=str((data or {}).get("error", "")))
        case State.NOT_FOUND:
            return Section(key, title, "empty", note="The website gives no evidence for it.")
    assert data is not None
    return Section(key, title, "ready", note=str(data.get("error", "")), statements=list(_told(data)))


def _told(value: Any, label: str = "") -> Iterator[Statement]:
    if is_statement(value):
        yield Statement(value["text"], label, value["snippet"], source_link(value["source"]))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "items":
                yield from _told(inner, label)
            elif key not in QUIET:
                yield from _told(inner, _label(key) if not label else f"{label} · {_label(key).lower()}")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _told(inner, label)
    elif isinstance(value, bool):
        yield from ()
    elif isinstance(value, int | float):
        yield Statement(f"{round(100 * value)}%" if 0 <= value <= 1 else f"{value:,}", label)
    elif isinstance(value, str) and value.strip():
        yield Statement(value.replace("_", " ") if value.isidentifier() else value, label)


def _label(key: str) -> str:
    return key.replace("_", " ").capitalize()


def source_link(source: str) -> Link:
    """A page's address without its scheme, or the name of another source without a link."""
    parts = urlsplit(source)
    if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc:
        return Link(f"{parts.hostname.removeprefix('www.')}{parts.path.rstrip('/')}"[:60], source)
    return Link(source)
