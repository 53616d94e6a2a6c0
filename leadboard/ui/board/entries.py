"""Events as the activity panel tells them."""

from collections.abc import Callable
from typing import Any

from leadboard.domain.found import EmailStatus
from leadboard.domain.stage_needs import with_note
from leadboard.domain.stages import COLUMN_TITLES, SALES_COLUMN_OF
from leadboard.store import board, undo, verifications
from leadboard.store.board import Happened
from leadboard.store.db import Tx
from leadboard.store.tables import Event
from leadboard.ui import words
from leadboard.ui.board import by_hand
from leadboard.ui.board.merging import merged
from leadboard.ui.board.undoable import with_undo
from leadboard.ui.display import Entry, EntryKind, Link, Part

Telling = tuple[EntryKind, list[Part], Link]

READ = 3
"""Times as many events are read as told: many of a burst are one line."""

SENTENCE = 90
"""Characters of a failure, or of what a stage had to know: the whole of it stands on the card or in the lead."""


async def entries(tx: Tx, slug: str, limit: int = 30) -> list[Entry]:
    """The latest activity of a workspace, newest first."""
    events = merged(await board.activity(tx, limit * READ))[:limit]
    names = await board.names(tx, [event.lead_id for event in events if event.lead_id])
    told = ((event, entry(event, slug, names.get(event.lead_id, "") if event.lead_id else "")) for event in events)
    return await with_undo(tx, [(event, each) for event, each in told if each], undo.LASTS)


def entry(event: Event | Happened, slug: str, name: str) -> Entry | None:
    """One event in words, about the lead of this name; None for a kind that has none."""
    if by := by_hand.told(event, name or "a lead"):
        return Entry(str(event.n), *by, words.iso(event.at), _lead(event, f"/w/{slug}", "Show"))
    tell = TELLERS.get(event.kind)
    if tell is None:
        return None
    kind, parts, link = tell(event, Part(name or "A lead", bold=True), f"/w/{slug}")
    return Entry(str(event.n), kind, [part for part in parts if part.text], words.iso(event.at), link)


def _lead(event: Event | Happened, base: str, label: str = "") -> Link:
    return Link(label, f"{base}/board/{event.lead_id}") if event.lead_id and label else Link()


def _enriched(event: Event | Happened, name: Part, base: str) -> Telling:
    if "leads" in event.data:
        return "done", [Part(words.counted(event.data["leads"], "lead"), True), Part(" enriched")], Link()
    confidence = event.data.get("confidence")
    sure = f" enriched, confidence {round(100 * confidence)}%" if isinstance(confidence, int | float) else " enriched"
    return "done", [name, Part(sure)], _lead(event, base, "Show")


def _failed(event: Event | Happened, name: Part, base: str) -> Telling:
    why = words.cut(_lower(event.data.get("error", "")), SENTENCE)
    if "leads" in event.data:
        return (
            "failed",
            [Part(words.counted(event.data["leads"], "lead"), True), Part(f" need attention: {why}")],
            Link(),
        )
    return "failed", [name, Part(f" needs attention: {why}")], _lead(event, base, "Show")


def _started(event: Event | Happened, name: Part, base: str) -> Telling:
    many = int(event.data.get("leads", 1))
    if event.lead_id:
        return "started", [Part(event.actor, True), Part(" started enrichment of "), name], Link()
    return "started", [Part(event.actor, True), Part(f" started enrichment of {words.counted(many, 'lead')}")], Link()


def _searching(event: Event | Happened, name: Part, base: str) -> Telling:
    many = words.counted(int(event.data.get("max_leads", 0)), "company", "companies")
    return "started", [Part(event.actor, True), Part(f" began to look for {many}")], Link()


def _searched(event: Event | Happened, name: Part, base: str) -> Telling:
    many = words.counted(int(event.data.get("total_leads_generated", 0)), "new company", "new companies")
    return "imported", [Part(many, True), Part(f" found by the search of {event.actor}")], Link()


def _cancelled(event: Event | Happened, name: Part, base: str) -> Telling:
    whom = name if event.lead_id else Part(words.counted(int(event.data.get("leads", 1)), "lead"))
    return "note", [Part(event.actor, True), Part(" stopped the enrichment of "), whom], Link()


def _imported(event: Event | Happened, name: Part, base: str) -> Telling:
    counts: dict[str, Any] = event.data
    told = ", ".join(f"{words.count(int(counts.get(k, 0)))} {k}" for k in ("created", "updated", "skipped", "failed"))
    sentence = f" imported {words.counted(int(counts.get('read', 0)), 'row')}: {told}"
    return (
        "imported",
        [Part(event.actor, True), Part(sentence)],
        Link("Review", f"{base}/import/{counts.get('job', '')}"),
    )


def _reverted(event: Event | Happened, name: Part, base: str) -> Telling:
    parts = [Part(event.actor, True), Part(" reverted the import of "), Part(str(event.data.get("file", "")), True)]
    return "imported", parts, Link("Review", f"{base}/import/{event.data.get('job', '')}")


def _icp(event: Event | Happened, name: Part, base: str) -> Telling:
    return "scored", [Part(event.actor, True), Part(f" saved ICP version {event.data.get('version', '')}")], Link()


def _rescored(event: Event | Happened, name: Part, base: str) -> Telling:
    many = words.counted(int(event.data.get("leads", 0)), "lead")
    return "scored", [Part(f"{many} scored against ICP version {event.data.get('version', '')}")], Link()


def _joined(event: Event | Happened, name: Part, base: str) -> Telling:
    return "note", [Part(event.actor, True), Part(f" joined as {event.data.get('role', 'member')}")], Link()


def _alerted(event: Event | Happened, name: Part, base: str) -> Telling:
    share = round(100 * float(event.data.get("share", 0)))
    whose = event.data.get("whose", "workspace")
    return "note", [Part(f"{share}% of the {whose}'s budget of the day for models is spent")], Link()


def _batch_requested(event: Event | Happened, name: Part, base: str) -> Telling:
    many = words.counted(int(event.data.get("records", 0)), "record")
    return "started", [Part(event.actor, True), Part(f" had services asked about {many}")], Link()


def _batch_complete(event: Event | Happened, name: Part, base: str) -> Telling:
    accepted = words.counted(int(event.data.get("accepted", 0)), "contact")
    of = words.counted(int(event.data.get("records", 0)), "record")
    return "imported", [Part(accepted, True), Part(f" accepted out of {of}")], Link()


def _batch_paused(event: Event | Happened, name: Part, base: str) -> Telling:
    return "failed", [Part(f"A batch paused: {_lower(str(event.data.get('why', '')))}")], Link()


def _batch_resumed(event: Event | Happened, name: Part, base: str) -> Telling:
    if event.actor:
        return "started", [Part(event.actor, True), Part(" went on with a batch")], Link()
    return "started", [Part("A batch goes on")], Link()


def _batch_cancelled(event: Event | Happened, name: Part, base: str) -> Telling:
    return "note", [Part(event.actor, True), Part(" cancelled a batch")], Link()


def _verifying(event: Event | Happened, name: Part, base: str) -> Telling:
    parts = [Part(event.actor, True), Part(" had the address of "), _whose(event), Part(" verified")]
    return "started", parts, Link()


def _verified(event: Event | Happened, name: Part, base: str) -> Telling:
    came_to = _CAME_TO.get(event.data.get("status", ""), " was verified")
    return "found", [Part("The address of "), _whose(event), Part(came_to)], Link()


def _unverified(event: Event | Happened, name: Part, base: str) -> Telling:
    why = words.cut(_lower(str(event.data.get("why", ""))), SENTENCE)
    parts = [Part("The address of "), _whose(event), Part(f" was not verified: {why}")]
    return "failed", parts, _lead(event, base, "Show")


def _whose(event: Event | Happened) -> Part:
    return Part(str(event.data.get("name", "")) or "a contact", bold=True)


_CAME_TO = {
    EmailStatus.VALID: " takes mail",
    EmailStatus.INVALID: " takes no mail",
    EmailStatus.VALID_CATCH_ALL: " is at a domain that takes any mail, and seems to be read",
    EmailStatus.CATCH_ALL: " is at a domain that takes any mail",
    EmailStatus.UNKNOWN: " could not be verified for sure",
}


def _demo_left(event: Event | Happened, name: Part, base: str) -> Telling:
    many = words.counted(int(event.data.get("leads", 0)), "invented lead")
    return "note", [Part(event.actor, True), Part(f" left the demo world, and {many} with it")], Link()


def _moved(event: Event | Happened, name: Part, base: str) -> Telling:
    to = event.data.get("to", "")
    where = COLUMN_TITLES[SALES_COLUMN_OF[to]] if to in SALES_COLUMN_OF else "the inbox"
    if said := with_note(event.data.get("said", ""), event.data.get("lost_note", "")):
        where = f"{where}: {words.cut(said, SENTENCE)}"
    return _did(event, " moved ", name, f" to {where}", base)


def _assigned(event: Event | Happened, name: Part, base: str) -> Telling:
    owner = str(event.data.get("owner", ""))
    if owner:
        return _did(event, " assigned ", name, f" to {owner}", base)
    return _did(event, " took the owner off ", name, "", base)


def _tagged(event: Event | Happened, name: Part, base: str) -> Telling:
    if added := event.data.get("added"):
        return _did(event, " tagged ", name, f" with {', '.join(added)}", base)
    return _did(event, f" took {', '.join(event.data.get('removed', []))} off ", name, "", base)


def _deleted(event: Event | Happened, name: Part, base: str) -> Telling:
    return _did(event, " deleted ", name, "", "")


def _edited(event: Event | Happened, name: Part, base: str) -> Telling:
    return _did(event, " edited ", name, "", base)


def _undone(event: Event | Happened, name: Part, base: str) -> Telling:
    return _did(event, f" undid the {NOUNS.get(event.data.get('of', ''), 'change')} of ", name, "", base)


def _did(event: Event | Happened, did: str, name: Part, rest: str, base: str) -> Telling:
    """What a person did to a lead, or to many; a `base` gives the one a link."""
    whom = name if event.lead_id else Part(words.counted(int(event.data.get("leads", 1)), "lead"))
    link = _lead(event, base, "Show") if base else Link()
    return "note", [Part(event.actor, True), Part(did), whom, Part(rest)], link


NOUNS = {
    "lead_moved": "move",
    "lead_assigned": "assignment",
    "lead_tagged": "tagging",
    "lead_deleted": "deletion",
    "lead_edited": "edit",
}


def _lower(sentence: str) -> str:
    """A sentence as it goes on behind a colon; HTTP and DNS keep their capitals."""
    first = sentence[:1] if sentence[1:2].isupper() else sentence[:1].lower()
    return first + sentence[1:].rstrip(".")


TELLERS: dict[str, Callable[[Event | Happened, Part, str], Telling]] = {
    "lead_enriched": _enriched,
    "lead_enrichment_failed": _failed,
    "enrichment_requested": _started,
    "enrichment_cancelled": _cancelled,
    "pipeline_start": _searching,
    "pipeline_end": _searched,
    "import_done": _imported,
    "import_reverted": _reverted,
    "icp_saved": _icp,
    "leads_scored": _rescored,
    "member_joined": _joined,
    "lead_moved": _moved,
    "lead_assigned": _assigned,
    "lead_tagged": _tagged,
    "lead_deleted": _deleted,
    "lead_edited": _edited,
    "change_undone": _undone,
    "ai_budget_alert": _alerted,
    "batch_requested": _batch_requested,
    "batch_complete": _batch_complete,
    "batch_paused": _batch_paused,
    "batch_resumed": _batch_resumed,
    "batch_cancelled": _batch_cancelled,
    "demo_left": _demo_left,
    verifications.REQUESTED: _verifying,
    verifications.ENDED: _verified,
    verifications.STOPPED: _unverified,
}
"""Event kind -> words. A kind without words is for timelines, the API and learning only."""
