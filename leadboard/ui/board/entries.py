"""Events as the activity panel tells them."""

from collections.abc import Callable
from typing import Any

from leadboard.store import board
from leadboard.store.db import Tx
from leadboard.store.tables import Event
from leadboard.ui import words
from leadboard.ui.display import Entry, EntryKind, Link, Part

Telling = tuple[EntryKind, list[Part], Link]


async def entries(tx: Tx, slug: str, limit: int = 30) -> list[Entry]:
    """The latest activity of a workspace, newest first."""
    return [told for event in await board.activity(tx, limit) if (told := entry(event, slug))]


def entry(event: Event, slug: str) -> Entry | None:
    """One event in words; None for a kind that has none."""
    tell = TELLERS.get(event.kind)
    if tell is None:
        return None
    kind, parts, link = tell(event, f"/w/{slug}")
    return Entry(str(event.n), kind, [part for part in parts if part.text], words.iso(event.at), link)


def _name(event: Event) -> Part:
    return Part(str(event.data.get("name") or "A lead"), bold=True)


def _lead(event: Event, base: str, label: str = "") -> Link:
    return Link(label, f"{base}/board/{event.lead_id}") if event.lead_id and label else Link()


def _enriched(event: Event, base: str) -> Telling:
    confidence = event.data.get("confidence")
    sure = f" enriched, confidence {round(100 * confidence)}%" if isinstance(confidence, int | float) else " enriched"
    return "done", [_name(event), Part(sure)], _lead(event, base, "Show")


def _failed(event: Event, base: str) -> Telling:
    return (
        "failed",
        [_name(event), Part(f" needs attention: {_lower(event.data.get('error', ''))}")],
        _lead(event, base, "Show"),
    )


def _started(event: Event, base: str) -> Telling:
    many = int(event.data.get("leads", 1))
    if many == 1 and event.data.get("name"):
        return "started", [Part(event.actor, True), Part(" started enrichment of "), _name(event)], Link()
    return "started", [Part(event.actor, True), Part(f" started enrichment of {words.counted(many, 'lead')}")], Link()


def _cancelled(event: Event, base: str) -> Telling:
    return "note", [Part(event.actor, True), Part(" cancelled enrichment of "), _name(event)], Link()


def _imported(event: Event, base: str) -> Telling:
    counts: dict[str, Any] = event.data
    told = ", ".join(f"{words.count(int(counts.get(k, 0)))} {k}" for k in ("created", "updated", "skipped", "failed"))
    sentence = f" imported {words.counted(int(counts.get('read', 0)), 'row')}: {told}"
    return (
        "imported",
        [Part(event.actor, True), Part(sentence)],
        Link("Review", f"{base}/import/{counts.get('job', '')}"),
    )


def _reverted(event: Event, base: str) -> Telling:
    parts = [Part(event.actor, True), Part(" reverted the import of "), Part(str(event.data.get("file", "")), True)]
    return "imported", parts, Link("Review", f"{base}/import/{event.data.get('job', '')}")


def _icp(event: Event, base: str) -> Telling:
    return "scored", [Part(event.actor, True), Part(f" saved ICP version {event.data.get('version', '')}")], Link()


def _rescored(event: Event, base: str) -> Telling:
    many = words.counted(int(event.data.get("leads", 0)), "lead")
    return "scored", [Part(f"{many} scored against ICP version {event.data.get('version', '')}")], Link()


def _joined(event: Event, base: str) -> Telling:
    return "note", [Part(event.actor, True), Part(f" joined as {event.data.get('role', 'member')}")], Link()


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


TELLERS: dict[str, Callable[[Event, str], Telling]] = {
    "lead_enriched": _enriched,
    "lead_enrichment_failed": _failed,
    "enrichment_requested": _started,
    "enrichment_cancelled": _cancelled,
    "import_done": _imported,
    "import_reverted": _reverted,
    "icp_saved": _icp,
    "leads_scored": _rescored,
    "member_joined": _joined,
}
"""Event kind -> words. A kind without words is for timelines, the API and learning only."""
