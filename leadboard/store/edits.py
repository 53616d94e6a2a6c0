"""What people set of leads: owner, tags, fields, and whether they are there at all. Each can be undone for a minute."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from leadboard.domain.identity import normalise_name, registrable_domain
from leadboard.domain.stage_needs import Standing
from leadboard.domain.stages import Status
from leadboard.errors import Refused
from leadboard.store import runs, undo
from leadboard.store.db import Tx
from leadboard.store.tables import Event, Lead
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
        *(
            "name",
            "website",
            "what",
            "description",
            "industry",
            "headcount_min",
            "headcount_max",
            "revenue",
            "founded_year",
        ),
        *("city", "state", "country", "address", "phone", "email", "linkedin", "technologies", "is_hiring"),
        *("funding_stage", "funding_date", "value", "deal_stage", "close_date"),
    )
)
"""Its domain and key follow from its name and website."""


async def edit(tx: Tx, change: Change, lead_id: UUID, values: Mapping[str, Any], *, settles: bool = False) -> None:
    """Give fields of a lead other values of their column's type, and lock them against machines and imports.

    Values that are there already are no edit, unless they `settle` which of several is right: then they are locked as
    they are. `Refused` for a field that is not `EDITABLE`, and for a name or website by which another lead is known.
    """
    if others := values.keys() - EDITABLE:
        raise Refused(f"This cannot be edited here: {', '.join(sorted(others))}.", code="not_editable")
    changes = _set_by_a_person(await undo.locked(tx, [lead_id]), lambda lead: values, settles)
    await undo.apply(tx, change, [(lead, {**new, **await _told_apart(tx, lead, new)}) for lead, new in changes])


async def restate(tx: Tx, change: Change, lead: Lead, to: Standing) -> None:
    """Change what the stage has to know in which a locked lead stands."""
    new = {name: value for name, value in to.columns().items() if value != getattr(lead, name)}
    await undo.apply(tx, change, [(lead, new)] if new else [])


async def _told_apart(tx: Tx, lead: Lead, new: Mapping[str, Any]) -> dict[str, Any]:
    """What follows from another name or website."""
    if not new.keys() & {"name", "website"}:
        return {}
    name_key = normalise_name(new["name"]) if "name" in new else lead.name_key
    domain = registrable_domain(new["website"]) if "website" in new else lead.domain
    key = domain or name_key or normalise_name(lead.name)
    field = "website" if "website" in new else "name"
    if not key:
        raise Refused("The name has no letters or digits to tell the lead by.", field=field)
    same = select(Lead.name).where(Lead.key == key, Lead.id != lead.id, col(Lead.deleted_at).is_(None))
    if other := (await tx.exec(same.limit(1))).first():
        raise Refused(f"“{key}” is {other} already, another lead of this workspace.", field=field, code="taken")
    follows = {"name_key": name_key, "domain": domain, "key": key}
    return {name: value for name, value in follows.items() if getattr(lead, name) != value}


async def unlock(tx: Tx, change: Change, lead_id: UUID, names: Collection[str]) -> None:
    """Let machines and imports change these fields of a lead again."""
    leads = [lead for lead in await undo.locked(tx, [lead_id]) if set(names) & set(lead.locked)]
    await undo.apply(
        tx, change, [(lead, {"locked": [name for name in lead.locked if name not in names]}) for lead in leads]
    )


@dataclass(frozen=True)
class Setter:
    """Who set a fact by hand, and when."""

    by: str
    at: datetime


async def setters(tx: Tx, lead_id: UUID) -> dict[str, Setter]:
    """Fact -> who set it last. What was taken back, or left to machines since, was set by nobody."""
    told = select(Event).where(Event.lead_id == lead_id, col(Event.kind).in_((EDITED, undo.UNDONE)))
    events = (await tx.exec(told.order_by(col(Event.n).desc()).limit(200))).all()
    undone = {event.data.get("undo") for event in events if event.kind == undo.UNDONE}
    last: dict[str, Setter | None] = {}
    for event in events:
        if event.kind == EDITED and "fact" in event.data and event.data["undo"] not in undone:
            last.setdefault(event.data["fact"], Setter(event.actor, event.at) if "to" in event.data else None)
    return {fact: setter for fact, setter in last.items() if setter}


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
    leads: Sequence[Lead], new: Callable[[Lead], Mapping[str, Any]], settles: bool = False
) -> list[tuple[Lead, dict[str, Any]]]:
    """The leads that change, with their new values, which are locked against machines and imports."""
    changes = []
    for lead in leads:
        values = new(lead)
        locks = [name for name in values if name not in lead.locked]
        if any(getattr(lead, name) != value for name, value in values.items()) or (settles and locks):
            changes.append((lead, {**values, "locked": [*lead.locked, *locks]}))
    return changes
