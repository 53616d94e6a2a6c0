"""Notes about leads: written, read newest first, and taken away by who wrote them."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from leadboard.errors import Refused
from leadboard.store import undo
from leadboard.store.db import Tx
from leadboard.store.tables import Lead, Note
from leadboard.store.undo import Change

ADDED, DELETED = undo.NOTE_ADDED, undo.NOTE_DELETED
MOST_SHOWN = 200


async def of(tx: Tx, lead: Lead) -> Sequence[Note]:
    """The notes about a lead, newest first."""
    here = select(Note).where(Note.lead_id == lead.id, col(Note.deleted_at).is_(None))
    return (await tx.exec(here.order_by(col(Note.created_at).desc(), col(Note.id)).limit(MOST_SHOWN))).all()


async def add(tx: Tx, change: Change, lead_id: UUID | str, text: str) -> Note:
    """Keep a note, so that an undo can take it away again; `NotFound` for a lead that is not here."""
    lead = await tx.find(Lead, lead_id, "lead")
    author = {"user_id": change.user_id, "by": change.by}
    note = Note(workspace_id=tx.workspace, lead_id=lead.id, **author, text=text, created_at=tx.now)
    tx.add(note)
    await _tell(tx, change, lead, note)
    return note


async def delete(tx: Tx, change: Change, note_id: UUID | str) -> None:
    """Take a note of this person away, so that an undo can bring it back; `Refused` for another's."""
    note = await tx.find(Note, note_id, "note")
    if note.user_id != change.user_id:
        raise Refused(f"{note.by} wrote this note, and only they can delete it.", code="not_yours", status=403)
    lead = await tx.find(Lead, note.lead_id, "lead")
    note.deleted_at = tx.now
    await _tell(tx, change, lead, note)


async def _tell(tx: Tx, change: Change, lead: Lead, note: Note) -> None:
    tx.record(change.kind, lead.id, by=change.by, shown=True, note=str(note.id), undo=str(change.id))
    await undo.keep(tx, change, [{"lead": str(lead.id), "note": str(note.id)}], lead.name)
