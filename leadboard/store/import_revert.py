"""Taking an import back, row by row from its last one: each row's effect in the reverse order of its making."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel, col, select

from leadboard.domain.importing import Outcome
from leadboard.domain.stages import Status, column_of
from leadboard.store.db import Tx
from leadboard.store.import_rows import plain, score_again
from leadboard.store.tables import Contact, ImportJob, ImportRow, Lead

_DATES = frozenset({"funding_date", "close_date"})
_MOMENTS = frozenset({"updated_at"})


async def undo(tx: Tx, job: ImportJob, limit: int) -> bool:
    """Take back the next `limit` rows, counting backwards from where the revert stands; False when none are left."""
    below = job.read - job.undone
    wanted = select(ImportRow).where(
        ImportRow.job_id == job.id, col(ImportRow.n) <= below, col(ImportRow.n) > below - limit
    )
    rows = (await tx.exec(wanted.order_by(col(ImportRow.n).desc()))).all()
    touched = [row for row in rows if row.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    leads = await _by_id(tx, Lead, [row.lead_id for row in touched])
    contacts = await _by_id(tx, Contact, [row.contact_id for row in touched])
    undoing = _Undoing(tx, leads, contacts, await _keys(tx, touched))
    for row in touched:
        row.kept = await undoing.take(row)
    job.removed, job.restored = job.removed + undoing.removed, job.restored + undoing.restored
    job.kept += sum(1 for row in touched if row.kept)
    job.undone += min(limit, below)
    await tx.flush()
    await score_again(tx, list(undoing.changed.values()))
    tx.touch(f"import:{job.id}")
    return job.undone < job.read


T = TypeVar("T", Lead, Contact)


async def _by_id(tx: Tx, table: type[T], ids: Sequence[UUID | None]) -> dict[UUID, T]:
    found = select(table).where(col(table.id).in_({one for one in ids if one}), col(table.deleted_at).is_(None))
    return {row.id: row for row in (await tx.exec(found.with_for_update())).all()}


async def _keys(tx: Tx, rows: Sequence[ImportRow]) -> dict[str, UUID]:
    """Who has the keys now that these rows took from their leads."""
    wanted = {pair[0] for row in rows if row.changes for name, pair in row.changes["lead"].items() if name == "key"}
    found = select(Lead.key, Lead.id).where(col(Lead.key).in_(wanted), col(Lead.deleted_at).is_(None))
    return dict((await tx.exec(found)).all())


_IDENTITY = frozenset({"key", "domain", "website", "name", "name_key"})


class _Undoing:
    """The rows of one transaction."""

    def __init__(self, tx: Tx, leads: dict[UUID, Lead], contacts: dict[UUID, Contact], keys: dict[str, UUID]) -> None:
        self.tx = tx
        self.leads = leads
        self.contacts = contacts
        self.keys = keys
        self.changed: dict[UUID, Lead] = {}
        self.removed = 0
        self.restored = 0

    async def take(self, row: ImportRow) -> str:
        """Take one row back; returns why something of it stays, or an empty text."""
        lead = self.leads.get(row.lead_id) if row.lead_id else None
        contact = self.contacts.get(row.contact_id) if row.contact_id else None
        if row.changes is None or lead is None:
            return "" if row.outcome == Outcome.CREATED else "The lead was removed since."
        if row.changes["new"] == "lead":
            return self._remove(lead, contact)
        stays = await self._restore_lead(lead, row.changes["lead"])
        if contact is not None and row.changes["contact"]:
            stays += self._restore_contact(contact, row.changes)
        self.restored += 1
        return f"Changed since, so left as it is: {', '.join(stays)}." if stays else ""

    def _remove(self, lead: Lead, contact: Contact | None) -> str:
        """A lead that nobody has worked on since goes, and the person its row named."""
        if lead.status != Status.HARVESTED or lead.run_id is not None:
            return f"{lead.name} was enriched since, so it stays."
        if lead.updated_at != lead.created_at or lead.locked or lead.review_status != "pending":
            return f"{lead.name} was changed since, so it stays."
        lead.deleted_at = self.tx.now
        if contact is not None:
            contact.deleted_at = self.tx.now
        if self.keys.get(lead.key) == lead.id:
            del self.keys[lead.key]
        self.changed.pop(lead.id, None)
        self.removed += 1
        return ""

    async def _restore_lead(self, lead: Lead, pairs: dict[str, list[Any]]) -> list[str]:
        stays = []
        if "key" in pairs:
            await self.tx.flush()
            if self.keys.get(pairs["key"][0], lead.id) != lead.id:
                stays = ["website", "name"]
                pairs = {name: pair for name, pair in pairs.items() if name not in _IDENTITY}
        stays += _put_back(lead, pairs, lead.locked)
        if pairs:
            lead.column = column_of(lead.stage, lead.sales_stage)
            lead.version += 1
            self.changed[lead.id] = lead
        return stays

    def _restore_contact(self, contact: Contact, changes: dict[str, Any]) -> list[str]:
        if changes["new"] != "contact":
            return _put_back(contact, changes["contact"], ())
        if any(getattr(contact, name) != now for name, (_, now) in changes["contact"].items()):
            return [contact.name or contact.email]
        contact.deleted_at = self.tx.now
        return []


def _put_back(row: SQLModel, pairs: dict[str, list[Any]], locked: Sequence[str]) -> list[str]:
    """Set each column back that still holds what the import wrote; returns those that do not."""
    stays = []
    for name, (was, now) in pairs.items():
        if name in locked or plain(getattr(row, name)) != now:
            stays += [] if name in _MOMENTS else [name.replace("_", " ")]
        else:
            setattr(row, name, _stored(name, was))
    return stays


def _stored(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name in _DATES else value
