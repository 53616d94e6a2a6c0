"""The prospect package as sections of statements, each with the words it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from leadboard.domain.models import TOLD, By
from leadboard.domain.package import SECTIONS, WRITTEN, State, Written, is_statement, state
from leadboard.ui.display import Link, Section, Statement
from leadboard.ui.words import counted

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
QUIET = frozenset(
    [
        WRITTEN,
        "greeting",
        "closing",
        "error",
        "errors",
        "confidence",
        "cleaned_text",
        "extraction_ok",
        "n",
        "url",
        "key",
        "sector_key",
        "basis",
        "pages",
        "sources",
        "company_name",
        "kind",
        "date",
        "wanted",
        "to",
        "channel",
        "title",
        "name",
        "cta",
        "offer",
        "notes",
        "contact",
        "summary",
    ]
)
"""Keys that say nothing to a reader, or stand in the heading or in another line already."""

WORDS = {
    "executive_summary": "In short",
    "recommended_next_step": "Next step",
    "main_services": "Services",
    "potential_challenges": "Challenges",
    "recent_activities": "Lately",
    "size_estimate": "Size",
    "opportunity_fit": "Why they fit",
    "assessment": "Why talk to them",
    "observations": "What stands out",
    "relevance_score": "Relevance",
    "likely_role": "Person",
    "investigative_questions": "Ask",
    "personalization": "Rests on",
    "content": "",
    "body": "",
    "items": "",
    "generated": "",
    "evaluated": "",
    "description": "",
    "triggers": "",
    "points": "",
    "steps": "",
    "contact_sequence": "",
    "gaps": "Not found",
    "not_found": "Not found",
}
"""Keys whose words are not those of the reader; an empty one adds nothing to what stands above it."""


def sections(
    stored: Mapping[str, Any] | None, keys: tuple[str, ...] = SECTIONS, *, asked: bool = True
) -> list[Section]:
    """Every section in reading order; before a run nothing was asked yet."""
    stored = stored or {}
    unread = (stored.get("analyzed_lead") or {}).get("basis") == "import"
    return [section(key, stored.get(key), asked, NOT_READ if unread else NO_EVIDENCE) for key in keys]


NO_EVIDENCE = "The website gives no evidence for it."
NOT_READ = "The website could not be read, and the imported list gives no evidence for it."


def section(key: str, data: Mapping[str, Any] | None, asked: bool, nothing: str) -> Section:
    """One section: its statements, `nothing` when it found none, or its error."""
    title = TITLES[key]
    if not asked:
        return Section(key, title, "waiting")
    match state(data):
        case State.FAILED:
            return Section(key, title, "failed", note=str((data or {}).get("error", "")))
        case State.NOT_FOUND:
            return Section(key, title, "empty", note=nothing)
    assert data is not None
    said = _once(_told(data, ""))
    return Section(key, title, "ready", note=str(data.get("error", "")), by=_by(data.get(WRITTEN)), statements=said)


def _by(written: Mapping[str, Written] | None) -> str:
    """Who wrote the sentences of a section, and how many were dropped; empty where no model was asked."""
    agents = (written or {}).values()
    if not agents:
        return ""
    why = next((one["why"] for one in agents if one["by"] == By.RULES), "")
    if any(one["by"] == By.MODEL for one in agents):
        who = "Written by a model" + (", in part by rules" if why else "")
    else:
        who = f"Written by rules, because {TOLD[why]}"
    dropped = sum(one["dropped"] for one in agents)
    return f"{who}. {counted(dropped, 'sentence')} dropped for want of evidence." if dropped else f"{who}."


def _told(value: Any, label: str) -> Iterator[Statement]:
    """Every sentence of a value in reading order, under the nearest heading."""
    if is_statement(value):
        yield Statement(value["text"], label, value["snippet"], source_link(value["source"]))
    elif isinstance(value, Mapping):
        label = _heading(value) or label
        for key, inner in value.items():
            if key not in QUIET:
                yield from _told(inner, WORDS.get(key, _plain(key)) or label)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _told(inner, label)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield Statement(f"{round(100 * value)}%" if 0 <= value <= 1 else f"{value:,}", label)
    elif isinstance(value, str) and value.strip():
        yield Statement(_plain(value) if value.isidentifier() else value, label)


def _heading(value: Mapping[str, Any]) -> str:
    """What a part of a section is called: its title or name, the channel it uses, its place in a sequence."""
    named = next((str(value[key]) for key in ("title", "name") if isinstance(value.get(key), str)), "")
    channel = _plain(str(value.get("channel") or ""))
    named = named or channel
    return f"{value['n']}. {named}" if named and value.get("n") else named


def _once(statements: Iterator[Statement]) -> list[Statement]:
    """A label stands only above the first of the statements it belongs to."""
    told: list[Statement] = []
    label = None
    for statement in statements:
        told.append(replace(statement, label="" if statement.label == label else statement.label))
        label = statement.label
    return told


def _plain(key: str) -> str:
    return key.replace("_", " ").capitalize()


def source_link(source: str) -> Link:
    """A page's address without its scheme, or the name of another source without a link."""
    parts = urlsplit(source)
    if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc:
        return Link(f"{parts.hostname.removeprefix('www.')}{parts.path.rstrip('/')}"[:60], source)
    return Link(source)
