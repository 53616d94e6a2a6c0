"""Changes of leads by a person: each keeps what was there before, so that for a minute it can be taken back."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Date, Uuid
from sqlalchemy.inspection import inspect
from sqlmodel import col, delete, select

from leadboard.domain.stages import COLUMN_TITLES, column_of
from leadboard.errors import NotFound, Refused
from leadboard.store.db import Tx
from leadboard.store.import_rows import score_again
from leadboard.store.tables import Lead, Note, Undo
from leadboard.store.tables.base import UtcTime

LASTS = timedelta(minutes=1)
KEPT = timedelta(days=1)
"""Until then a change of one lead can be taken back from the lead's history, where nobody is in a hurry."""

UNDONE = "change_undone"
NOTE_ADDED, NOTE_DELETED = "note_added", "note_deleted"
"""The kinds of change that are not of a lead's columns: their step is `{"lead": id, "note": id}`."""

SCORED = frozenset(
    (
        *("industry", "headcount_min", "headcount_max", "country", "state", "city", "what", "description"),
        *("tags", "technologies", "is_hiring", "funding_stage", "funding_date"),
    )
)
"""The columns that scores are made of."""

_FOLLOWING = frozenset({"stage_at", "locked"})
"""Columns that follow the others of a change: somebody's change of them alone is no other opinion."""


@dataclass(frozen=True)
class Change:
    """What one person does to one or many leads, in one transaction or several."""

    user_id: UUID
    by: str
    kind: str
    """Of its event."""
    verb: str
    rest: str = ""
    """Around the lead or their number: "Moved" and "to Review"."""
    many: bool = False
    told: Mapping[str, Any] = field(default_factory=dict)
    """What its event says, as plain JSON."""
    id: UUID = field(default_factory=uuid4)


async def locked(tx: Tx, lead_ids: Sequence[UUID]) -> Sequence[Lead]:
    """Those of the leads that are not deleted, locked for the transaction."""
    found = select(Lead).where(col(Lead.id).in_(lead_ids), col(Lead.deleted_at).is_(None))
    return (await tx.exec(found.order_by(col(Lead.id)).with_for_update())).all()


async def apply(tx: Tx, change: Change, changes: Sequence[tuple[Lead, Mapping[str, Any]]]) -> None:
    """Give locked leads new values, keep what was there, and record the event of each."""
    if not changes:
        return
    steps = []
    for lead, new in changes:
        was = {name: _plain(getattr(lead, name)) for name in new}
        steps.append({"lead": str(lead.id), "was": was, "now": {name: _plain(new[name]) for name in new}})
        _set(tx, lead, new, change.by)
        data = {**change.told, "undo": str(change.id)}
        if "sales_stage" in new:
            data |= {"from": was["sales_stage"]}
        tx.record(change.kind, lead.id, by=change.by, shown=not change.many, **data)
    await keep(tx, change, steps, changes[0][0].name)
    await tx.flush()
    await score_again(tx, [lead for lead, new in changes if new.keys() & SCORED])


async def keep(tx: Tx, change: Change, steps: Sequence[dict[str, Any]], name: str) -> None:
    """Remember steps of a change, `name` being the first lead's: for a minute they can be taken back."""
    undo = await tx.get(Undo, (tx.workspace, change.id), with_for_update=True) if change.many else None
    if undo is None:
        old = (col(Undo.user_id) == change.user_id, col(Undo.expires_at) < tx.now - KEPT)
        await tx.exec(delete(Undo).where(*old))
        ends = tx.now + LASTS
        undo = Undo(workspace_id=tx.workspace, id=change.id, user_id=change.user_id, kind=change.kind, expires_at=ends)
        tx.add(undo)
    undo.leads = [*undo.leads, *steps]
    undo.at, undo.expires_at = tx.now, tx.now + LASTS
    whom = name if len(undo.leads) == 1 else f"{len(undo.leads):,} leads"
    undo.what = " ".join(part for part in (change.verb, whom, change.rest) if part)


async def close(tx: Tx, change: Change) -> Undo | None:
    """End a change: of many leads the activity tells in one line. None when it changed nothing."""
    undo = await tx.get(Undo, (tx.workspace, change.id))
    if undo is not None and change.many:
        many = len(undo.leads)
        tx.record(change.kind, by=change.by, shown=True, **change.told, leads=many, undo=str(undo.id))
    return undo


async def latest(tx: Tx, user_id: UUID) -> Undo:
    """The last change of this person that nobody took back and that still can be; `Refused` when there is none."""
    mine = select(Undo).where(Undo.user_id == user_id, Undo.undone == 0, col(Undo.expires_at) > tx.now)
    found = (await tx.exec(mine.order_by(col(Undo.at).desc()).limit(1))).first()
    if found is None:
        raise Refused("You changed nothing in the last minute, so there is nothing to undo.", code="nothing_to_undo")
    return found


async def find(tx: Tx, user_id: UUID, change_id: UUID | str) -> Undo:
    """A change of this person, locked; `NotFound` for anybody else's."""
    undo = await tx.find(Undo, change_id, "change")
    if undo.user_id != user_id:
        raise NotFound("change")
    await tx.refresh(undo, with_for_update=True)
    return undo


async def still_open(tx: Tx, change_ids: Collection[str]) -> dict[str, UUID]:
    """Those of the changes that nobody took back yet, and whose they are."""
    ids = [UUID(change_id) for change_id in change_ids]
    mine = select(Undo.id, Undo.user_id).where(col(Undo.id).in_(ids), Undo.undone == 0)
    return {str(change_id): user_id for change_id, user_id in (await tx.exec(mine)).all()}


async def take_back(tx: Tx, undo: Undo, by: str, limit: int, *, in_history: bool = False) -> bool:
    """Restore the next `limit` leads of a locked change; False when none are left. A lead that somebody changed since
    is kept as it is. `Refused` when its minute is over, or for one lead `in_history` its day."""
    lasts = KEPT if in_history and len(undo.leads) == 1 else LASTS
    if undo.undone == 0 and undo.at + lasts <= tx.now:
        ago = "a day" if lasts is KEPT else "a minute"
        raise Refused(
            f"This was more than {ago} ago, so it cannot be undone any more. Change it back by hand.", code="too_late"
        )
    steps = undo.leads[undo.undone : undo.undone + limit]
    if not steps:
        return False
    if undo.kind in (NOTE_ADDED, NOTE_DELETED):
        return await _turn_note_back(tx, undo, by)
    leads = await _with_deleted(tx, [UUID(step["lead"]) for step in steps])
    taken = await _taken(tx, leads.values(), steps)
    kept, back = [], []
    for step in steps:
        lead = leads[UUID(step["lead"])]
        if why := _why_kept(lead, step, taken):
            kept.append(why)
        else:
            _set(tx, lead, _before(lead, step), by)
            tx.record(UNDONE, lead.id, by=by, shown=len(undo.leads) == 1, of=undo.kind, undo=str(undo.id))
            back.append(lead)
    undo.undone, undo.restored = undo.undone + len(steps), undo.restored + len(back)
    undo.kept = [*undo.kept, *kept]
    await tx.flush()
    await score_again(tx, back if steps[0]["was"].keys() & SCORED else [])
    if undo.undone < len(undo.leads):
        return True
    if undo.restored and len(undo.leads) > 1:
        tx.record(UNDONE, by=by, shown=True, of=undo.kind, leads=undo.restored, kept=len(undo.kept))
    return False


async def _with_deleted(tx: Tx, lead_ids: Sequence[UUID]) -> dict[UUID, Lead]:
    rows = select(Lead).where(col(Lead.id).in_(lead_ids)).order_by(col(Lead.id)).with_for_update()
    return {lead.id: lead for lead in (await tx.exec(rows)).all()}


async def _turn_note_back(tx: Tx, undo: Undo, by: str) -> bool:
    [step] = undo.leads
    note = await tx.get(Note, (tx.workspace, UUID(step["note"])))
    assert note is not None
    undo.undone = 1
    if undo.kind == NOTE_ADDED and note.deleted_at is not None:
        undo.kept = ["The note was deleted since."]
        return False
    note.deleted_at = tx.now if undo.kind == NOTE_ADDED else None
    undo.restored = 1
    tx.record(UNDONE, note.lead_id, by=by, shown=True, of=undo.kind, undo=str(undo.id))
    return False


async def _taken(tx: Tx, leads: Iterable[Lead], steps: Sequence[Mapping[str, Any]]) -> set[str]:
    """The identities that deleted and renamed leads had and that others have now."""
    keys = [lead.key for lead in leads if lead.deleted_at is not None]
    keys += [step["was"]["key"] for step in steps if "key" in step["was"]]
    here = select(Lead.key).where(col(Lead.key).in_(keys), col(Lead.deleted_at).is_(None))
    return set((await tx.exec(here)).all()) if keys else set()


def _why_kept(lead: Lead, step: Mapping[str, Mapping[str, Any]], taken: set[str]) -> str:
    now, key = step["now"], step["was"].get("key", "")
    if lead.deleted_at is not None and "deleted_at" not in now:
        return f"{lead.name} was deleted since."
    if lead.deleted_at is not None and lead.key in taken:
        return f"{lead.name} was not brought back: another lead of “{lead.key}” was added since."
    others = [name for name in now if name not in _FOLLOWING and _plain(getattr(lead, name)) != now[name]]
    if not others:
        return f"{lead.name} stays as it is: another lead of “{key}” was added since." if key in taken else ""
    if "sales_stage" in others or "move_id" in others:
        return f"{lead.name} was moved to {COLUMN_TITLES[lead.column]} since, by {lead.moved_by}, and stays there."
    said = ", ".join(dict.fromkeys(_WORDS.get(name, name.replace("_", " ")) for name in others))
    return f"{lead.name} stays as it is, because somebody changed this since: {said}."


_WORDS = {
    "owner_id": "owner",
    "owner_name": "owner",
    "deleted_at": "deletion",
    "headcount_min": "employees",
    "headcount_max": "employees",
    "name_key": "name",
    "domain": "website",
    "key": "website",
    "lost_reason": "reason",
    "lost_note": "note",
    "meeting_at": "meeting",
}


def _before(lead: Lead, step: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The values to restore; of the locks only those that this change set or opened are turned back."""
    was, now = step["was"], step["now"]
    values = {name: _stored(name, value) for name, value in was.items()}
    if "locked" in was:
        ours = set(now["locked"]) - set(was["locked"])
        opened = [name for name in was["locked"] if name not in (*now["locked"], *lead.locked)]
        values["locked"] = [*(name for name in lead.locked if name not in ours), *opened]
    return values


def _set(tx: Tx, lead: Lead, values: Mapping[str, Any], by: str) -> None:
    for name, value in values.items():
        setattr(lead, name, value)
    lead.column = column_of(lead.stage, lead.sales_stage)
    lead.version += 1
    lead.updated_at = tx.now
    if "sales_stage" in values:
        lead.moved_by, lead.moved_at, lead.moved_version = by, tx.now, lead.version


def _plain(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _stored(name: str, value: Any) -> Any:
    if value is None:
        return None
    read = _READ.get(type(inspect(Lead).columns[name].type))
    return read(value) if read else value


_READ: dict[type, Callable[[str], Any]] = {Uuid: UUID, Date: date.fromisoformat, UtcTime: datetime.fromisoformat}
