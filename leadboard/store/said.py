"""What sources say about a lead, value by value: pages that were read, and rows of imports that named it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadboard.store import leads
from leadboard.store.db import Tx
from leadboard.store.tables import Claim, ImportJob, ImportRow, Lead

IMPORT_CONFIDENCE = 0.9


@dataclass(frozen=True)
class Said:
    """One value of a field with its passport; `source` is a page's address, or a file and its row."""

    field: str
    value: str
    source: str
    snippet: str
    confidence: float
    seen_at: datetime
    locked: bool = False


async def about(tx: Tx, lead: Lead) -> list[Said]:
    """Everything that sources say about the lead, website first; what several of them say stands several times."""
    return [*_claimed(await leads.claims(tx, lead)), *_imported(await leads.imported(tx, lead))]


def _claimed(claims: Iterable[Claim]) -> list[Said]:
    return [Said(c.field, c.value, c.source, c.snippet, c.confidence, c.seen_at, c.locked_by_human) for c in claims]


def _imported(rows: Sequence[tuple[ImportRow, ImportJob]]) -> list[Said]:
    return [
        Said(field, text, f"{job.file_name}, row {row.n}", "", IMPORT_CONFIDENCE, job.created_at)
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
