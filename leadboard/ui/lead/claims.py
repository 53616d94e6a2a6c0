"""What is known about a lead, a row per field, from its claims and from the lists that named it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from leadboard.domain import facts
from leadboard.store.edits import Setter
from leadboard.store.tables import Claim, ImportJob, ImportRow, Lead
from leadboard.ui import words
from leadboard.ui.display import ClaimRow, Link
from leadboard.ui.lead.package import source_link

STALE = timedelta(days=90)
IMPORT_CONFIDENCE = 0.9
SEVERAL = frozenset(
    {"technology", "technologies", "service", "services", "tags", "customer", "customers", "hiring", "email", "phone"}
)
"""Fields whose values stand beside each other; in every other field two values contradict each other."""

ORDER = ("name", "domain", "website", "industry", "headcount", "location", "address", "city", "country", "founded")
ASKED = ("industry", "headcount", "location", "founded", "phone", "email", "linkedin", "technology", "hiring")
"""What a run always looks for: without a claim the row says so."""


@dataclass(frozen=True)
class Known:
    """One value from either place."""

    field: str
    value: str
    source: str
    snippet: str
    confidence: float
    seen_at: datetime
    locked: bool = False
    person: str = ""
    """Who set it by hand."""


def claim_rows(
    lead: Lead,
    claims: Sequence[Claim],
    imported: Sequence[tuple[ImportRow, ImportJob]],
    setters: Mapping[str, Setter],
    now: datetime,
    pages: int,
) -> list[ClaimRow]:
    """A row per field; `setters` says who set facts by hand, `pages` how many pages were read for it."""
    by_field: dict[str, list[Known]] = defaultdict(list)
    for known in (*_set_by_hand(lead, setters), *_claimed(claims), *_imported(imported)):
        if known.value not in {other.value for other in by_field[known.field]}:
            by_field[known.field].append(known)
    rows = [_row(name, found, now) for name, found in by_field.items()]
    if pages:
        note = words.counted(pages, "page") + " asked"
        rows += [ClaimRow(f"none-{name}", _title(name), note=note) for name in ASKED if name not in by_field]
    return sorted(rows, key=lambda row: (not row.value, _place(row.field), row.field))


def _set_by_hand(lead: Lead, setters: Mapping[str, Setter]) -> Iterable[Known]:
    """What people set stands before whatever machines read or lists say."""
    for key, setter in setters.items():
        fact = facts.fact_of(key)
        value = facts.typed(fact, {name: getattr(lead, name) for name in fact.columns})
        if value and fact.columns[0] in lead.locked:
            field = "founded" if key == "founded" else fact.field.value
            yield Known(field, value, "", "", 1.0, setter.at, True, setter.by)


def _claimed(claims: Iterable[Claim]) -> list[Known]:
    return [Known(c.field, c.value, c.source, c.snippet, c.confidence, c.seen_at, c.locked_by_human) for c in claims]


def _imported(rows: Iterable[tuple[ImportRow, ImportJob]]) -> list[Known]:
    return [
        Known(field, text, f"{job.file_name}, row {row.n}", "", IMPORT_CONFIDENCE, job.created_at)
        for row, job in rows
        for field, value in row.values.items()
        if (text := _text(value))
    ]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(str(inner) for inner in value.values() if inner not in (None, ""))
    return "" if value is None else str(value)


def _row(name: str, found: list[Known], now: datetime) -> ClaimRow:
    found = sorted(found, key=lambda known: (not known.locked, -known.confidence))
    best = found[0]
    several = name in SEVERAL
    link = source_link(best.source)
    return ClaimRow(
        id=name,
        field=_title(name),
        value=", ".join(known.value for known in found[:12]) if several else best.value[:300],
        rivals="" if several or len(found) == 1 else f"1 of {len(found)}",
        source=link if link.href else Link(),
        note="" if link.href else best.source,
        snippet=best.snippet,
        person=words.person(best.person),
        confidence=f"{best.confidence:.2f}",
        meter=round(100 * best.confidence),
        locked=best.locked,
        seen=words.iso(best.seen_at),
        stale=now - best.seen_at > STALE,
    )


def _title(name: str) -> str:
    return name.replace("_", " ").removeprefix("company ").capitalize()


def _place(title: str) -> int:
    name = title.lower()
    return ORDER.index(name) if name in ORDER else len(ORDER)
