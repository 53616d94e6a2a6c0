"""What people set of leads: owner, tags, fields, and whether they are there at all. Each can be undone for a minute."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from leadboard.domain.stages import Status
from leadboard.errors import Refused
from leadboard.store import runs, undo
from leadboard.store.db import Tx
from leadboard.store.tables import Lead
from leadboard.store.undo import Change

ASSIGNED, TAGGED, DELETED, EDITED = "lead_assigned", "lead_tagged", "lead_deleted", "lead_edited"


async def assign(tx: Tx, change: Change, lead_ids: Sequence[UUID], owner_id: UUID | None, owner_name: str) -> None:
    """Give leads an owner, or none; no import changes that any more."""
    new = {"owner_id": owner_id, "owner_name": owner_name}
    await undo.apply(tx, change, _set_by_a_person(await undo.locked(tx, lead_ids), lambda lead: new))


async def tag(
    tx: Tx, change: Change, lead_ids: Sequence[UUID], add: Collection[str] = (), remove: Collection[str] = ()
) -> None:
    """Put tags on leads, and take others off."""

    def tags(lead: Lead) -> dict[str, Any]:
        stay = [each for each in lead.tags if each not in remove]
        return {"tags": [*stay, *(each for each in add if each not in stay)]}

    await undo.apply(tx, change, _set_by_a_person(await undo.locked(tx, lead_ids), tags))


EDITABLE = frozenset(
    (
        *("what", "description", "industry", "headcount_min", "headcount_max", "revenue", "founded_year"),
        *("city", "state", "country", "address", "phone", "email", "linkedin", "technologies", "is_hiring"),
        *("funding_stage", "funding_date", "value", "deal_stage", "close_date"),
    )
)
"""Fields of one lead alone: its name and website are what it is told apart by, and may be another lead's."""


async def edit(tx: Tx, change: Change, lead_id: UUID, values: Mapping[str, Any]) -> None:
    """Give fields of a lead other values of their column's type; `Refused` for a field that is not `EDITABLE`."""
    if others := values.keys() - EDITABLE:
        raise Refused(f"This cannot be edited here: {', '.join(sorted(others))}.", code="not_editable")
    await undo.apply(tx, change, _set_by_a_person(await undo.locked(tx, [lead_id]), lambda lead: values))


async def delete(tx: Tx, change: Change, lead_ids: Sequence[UUID]) -> list[str]:
    """Take leads away, so that an undo can bring them back; an enrichment under way ends for good.

    Returns the ids of workflows that no longer count, for `work.cancel` after the commit.
    """
    leads = await undo.locked(tx, lead_ids)
    ended = await runs.cancel(tx, [each for each in leads if each.status in _BUSY])
    await undo.apply(tx, change, [(lead, {"deleted_at": tx.now}) for lead in leads])
    return ended


_BUSY = (Status.PENDING_ENRICHMENT, Status.ENRICHING)


def _set_by_a_person(
    leads: Sequence[Lead], new: Callable[[Lead], Mapping[str, Any]]
) -> list[tuple[Lead, dict[str, Any]]]:
    """The leads that change, with their new values, which are locked against machines and imports."""
    changes = []
    for lead in leads:
        values = new(lead)
        if any(getattr(lead, name) != value for name, value in values.items()):
            locks = [name for name in values if name not in lead.locked]
            changes.append((lead, {**values, "locked": [*lead.locked, *locks]}))
    return changes
