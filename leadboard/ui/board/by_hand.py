"""What people did to one lead by hand, in words: which fact, from what to what and by whose word, and notes."""

from leadboard.domain.facts import FACTS
from leadboard.store import edits, notes, undo
from leadboard.store.board import Happened
from leadboard.store.tables import Event
from leadboard.ui import words
from leadboard.ui.display import EntryKind, Part
from leadboard.ui.lead.package import source_link

LONGEST = 80


def told(event: Event | Happened, name: str = "") -> tuple[EntryKind, list[Part]] | None:
    """The event as a sentence, with the lead's name where it does not go without saying; None when it tells of
    something else."""
    did = _did(event)
    if did is None:
        return None
    kind, before, after = did
    whom = [Part(f" {_ABOUT.get(event.kind, 'of')} "), Part(name, True)] if name else []
    parts = [Part(event.actor, True), Part(before), *whom, Part(after)]
    return kind, [part for part in parts if part.text]


_ABOUT = {notes.ADDED: "about", notes.DELETED: "about", undo.UNDONE: "about"}


def _did(event: Event | Happened) -> tuple[EntryKind, str, str] | None:
    """The sentence before and after the name of the lead."""
    match event.kind:
        case edits.EDITED if "fact" in event.data:
            return "locked", *_edited(event)
        case edits.EDITED if "stage_noun" in event.data:
            return "note", *_from_to(event, event.data["stage_noun"])
        case notes.ADDED:
            return "note", " wrote a note", ""
        case notes.DELETED:
            return "note", " deleted a note", ""
        case undo.UNDONE if event.data.get("of") == notes.DELETED:
            return "note", " brought back a note", ""
        case undo.UNDONE if event.data.get("of") == notes.ADDED:
            return "note", " took back a note", ""
    return None


def _edited(event: Event | Happened) -> tuple[str, str]:
    noun = FACTS[event.data["fact"]].noun
    if "to" not in event.data:
        return f" unlocked the {noun}", ""
    if source := event.data.get("source"):
        to = words.cut(event.data["to"], LONGEST)
        return f" chose “{to}” for the {noun}", f", as {source_link(source).label} says"
    return _from_to(event, noun)


def _from_to(event: Event | Happened, noun: str) -> tuple[str, str]:
    was, to = (words.cut(event.data[name], LONGEST) for name in ("was", "to"))
    if not to:
        return f" emptied the {noun}", f", which was “{was}”"
    return (f" changed the {noun}", f" from “{was}” to “{to}”") if was else (f" set the {noun}", f" to “{to}”")
