"""What people did to one lead by hand, as its timeline tells it: which fact, from what to what, and notes."""

from leadboard.domain.facts import FACTS
from leadboard.store import edits, notes, undo
from leadboard.store.tables import Event
from leadboard.ui import words
from leadboard.ui.display import Entry, EntryKind, Part

LONGEST = 80


def entry(event: Event) -> Entry | None:
    """The event in words; None when it tells of something else."""
    told = _told(event)
    if told is None:
        return None
    kind, sentence = told
    return Entry(str(event.n), kind, [Part(event.actor, True), Part(sentence)], words.iso(event.at))


def _told(event: Event) -> tuple[EntryKind, str] | None:
    match event.kind:
        case edits.EDITED if "fact" in event.data:
            return "locked", _edited(event)
        case notes.ADDED:
            return "note", " wrote a note"
        case notes.DELETED:
            return "note", " deleted a note"
        case undo.UNDONE if event.data.get("of") == notes.DELETED:
            return "note", " brought a note back"
    return None


def _edited(event: Event) -> str:
    noun = FACTS[event.data["fact"]].noun
    if "to" not in event.data:
        return f" lets machines fill the {noun} again"
    was, to = (words.cut(event.data[name], LONGEST) for name in ("was", "to"))
    if not to:
        return f" emptied the {noun}, which was “{was}”"
    return f" changed the {noun} from “{was}” to “{to}”" if was else f" set the {noun} to “{to}”"
