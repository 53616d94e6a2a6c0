"""What a person may do with leads on the Sales board: move, assign, tag, delete, and take the last of it back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import col

from leadboard.actions.access import allowed, looking, place
from leadboard.domain.rights import Principal, Right
from leadboard.domain.stage_needs import NEEDS, NO_ANSWERS, Answers, Standing, standing
from leadboard.domain.stages import COLUMN_TITLES, DROPPED_ON, SalesStage
from leadboard.domain.tags import clean_tags
from leadboard.errors import NotFound, Refused
from leadboard.store import edits, moves, people, runs, undo, work
from leadboard.store.db import Tx
from leadboard.store.moves import MovedSince
from leadboard.store.tables import Lead
from leadboard.store.undo import Change

AT_ONCE = 25
"""Leads of one transaction, some 20 ms of work: whoever else wants to write gets a turn in between."""
MOST = 500


@dataclass(frozen=True)
class Changed:
    """What was done: how many leads it changed, in words, and by which id it can be undone (empty for nothing)."""

    leads: int = 0
    what: str = ""
    change: str = ""
    conflicts: tuple[MovedSince, ...] = ()
    """Leads that somebody else moved meanwhile, left alone."""


@dataclass(frozen=True)
class Undone:
    """What was taken back, how many leads of it, and why others were kept as they are, a sentence each."""

    what: str
    restored: int
    kept: tuple[str, ...]


async def move(
    me: Principal, slug: str, lead_id: str, version: int, column: str, answers: Answers = NO_ANSWERS
) -> Changed:
    """Move one lead to a column of the Sales board, as the version the browser saw; `MovedSince` when somebody else
    moved it after that, `Refused` at the field of an answer that its stage needs and did not get."""
    changed = await _move(me, slug, {lead_id: version}, column, answers)
    if changed.conflicts:
        raise changed.conflicts[0]
    return changed


async def move_many(
    me: Principal, slug: str, cards: Sequence[tuple[str, int]], column: str, answers: Answers = NO_ANSWERS
) -> Changed:
    """Move leads, each with the version the browser saw, as one change; what others moved since is told, not moved.
    The answers are those of all of them."""
    return await _move(me, slug, dict(cards), column, answers)


async def assign(me: Principal, slug: str, lead_ids: Sequence[str], user_id: str | None) -> Changed:
    """Make a member the owner of leads, or nobody; `NotFound` for who is no member."""
    async with looking(me, slug, Right.EDIT) as tx:
        owner_id, name = await _member(tx, user_id) if user_id else (None, "")

    async def verb(tx: Tx, change: Change, ids: Sequence[UUID]) -> None:
        await edits.assign(tx, change, ids, owner_id, name)

    words = ("Assigned", f"to {name}") if name else ("Took the owner off", "")
    return await _in_turns(me, slug, Right.EDIT, lead_ids, _change(me, edits.ASSIGNED, *words, owner=name), verb)


async def tag(me: Principal, slug: str, lead_ids: Sequence[str], tags: Sequence[str]) -> Changed:
    """Put tags on leads."""
    add = clean_tags(tags)

    async def verb(tx: Tx, change: Change, ids: Sequence[UUID]) -> None:
        await edits.tag(tx, change, ids, add=add)

    change = _change(me, edits.TAGGED, "Tagged", f"with {', '.join(add)}", added=list(add))
    return await _in_turns(me, slug, Right.EDIT, lead_ids, change, verb)


async def untag(me: Principal, slug: str, lead_ids: Sequence[str], tags: Sequence[str]) -> Changed:
    """Take tags off leads."""
    remove = clean_tags(tags)

    async def verb(tx: Tx, change: Change, ids: Sequence[UUID]) -> None:
        await edits.tag(tx, change, ids, remove=remove)

    change = _change(me, edits.TAGGED, f"Took {', '.join(remove)} off", removed=list(remove))
    return await _in_turns(me, slug, Right.EDIT, lead_ids, change, verb)


async def delete(me: Principal, slug: str, lead_ids: Sequence[str]) -> Changed:
    """Delete leads; an enrichment of theirs that is under way ends."""
    ended: list[str] = []

    async def verb(tx: Tx, change: Change, ids: Sequence[UUID]) -> None:
        ended.extend(await edits.delete(tx, change, ids))

    changed = await _in_turns(me, slug, Right.DELETE, lead_ids, _change(me, edits.DELETED, "Deleted"), verb)
    await work.cancel(ended)
    return changed


async def undo_change(me: Principal, slug: str, change_id: str, *, in_history: bool = False) -> Undone:
    """Take back a change of mine from the last minute, or one of a single lead from its history of the last day. A
    second time changes nothing and tells the same."""
    more = True
    while more:
        async with allowed(me, slug, Right.EDIT) as tx:
            found = await undo.find(tx, me.user_id, change_id)
            more = await undo.take_back(tx, found, me.name, AT_ONCE, in_history=in_history)
    return Undone(found.what, found.restored, tuple(found.kept))


async def undo_last(me: Principal, slug: str) -> Undone:
    """Take back the last of my changes; `Refused` when there is none in the last minute."""
    async with looking(me, slug, Right.EDIT) as tx:
        last = await undo.latest(tx, me.user_id)
    return await undo_change(me, slug, str(last.id))


async def _move(me: Principal, slug: str, cards: dict[str, int], column: str, answers: Answers) -> Changed:
    to, told = await _standing(me, slug, column, answers)
    conflicts: list[MovedSince] = []
    seen = {_uuid(lead_id): version for lead_id, version in cards.items()}

    async def verb(tx: Tx, change: Change, ids: Sequence[UUID]) -> None:
        conflicts.extend(await moves.move(tx, change, {lead_id: seen[lead_id] for lead_id in ids}, to))

    where = ": ".join(part for part in (f"to {COLUMN_TITLES[column]}", told.get("said", "")) if part)
    change = _change(me, moves.MOVED, "Moved", where, to=to.stage.value, **told)
    changed = await _in_turns(me, slug, Right.EDIT, list(cards), change, verb)
    return Changed(changed.leads, changed.what, changed.change, tuple(conflicts))


async def _standing(me: Principal, slug: str, column: str, answers: Answers) -> tuple[Standing, dict[str, str]]:
    """The column's stage with what it needs of the answers, and what is told of that."""
    stage = _stage(column)
    if stage not in NEEDS:
        return Standing(stage), {}
    time_zone = (await place(me, slug, Right.EDIT)).workspace.time_zone
    to = standing(stage, answers, time_zone)
    return to, to.told(time_zone)


def _change(me: Principal, kind: str, verb: str, rest: str = "", **told: object) -> Change:
    return Change(me.user_id, me.name, kind, verb, rest, told=told)


Verb = Callable[[Tx, Change, Sequence[UUID]], Awaitable[None]]


async def _in_turns(
    me: Principal, slug: str, right: Right, lead_ids: Sequence[str], change: Change, verb: Verb
) -> Changed:
    """Do something to leads that all belong here, as one change told and undone as a whole."""
    ids = list(dict.fromkeys(_uuid(lead_id) for lead_id in lead_ids))
    if len(ids) > MOST:
        raise Refused(f"These are {len(ids):,} leads; {MOST} at a time are taken. Choose fewer.", code="too_many")
    change = replace(change, many=len(ids) > 1)
    made = None
    for start in range(0, len(ids), AT_ONCE):
        async with allowed(me, slug, right) as tx:
            if start == 0:
                await _check_here(tx, ids)
            await verb(tx, change, ids[start : start + AT_ONCE])
            if start + AT_ONCE >= len(ids):
                made = await undo.close(tx, change)
    return Changed(len(made.leads), made.what, str(made.id)) if made else Changed()


async def _check_here(tx: Tx, ids: Sequence[UUID]) -> None:
    """All of the leads belong here, or none of them is touched."""
    if len(await runs.ids(tx, col(Lead.id).in_(ids))) < len(ids):
        raise NotFound("lead")


async def _member(tx: Tx, user_id: str) -> tuple[UUID, str]:
    wanted = _uuid(user_id, "member")
    for membership, user in await people.members(tx):
        if membership.user_id == wanted:
            return wanted, user.name
    raise NotFound("member")


def _stage(column: str) -> SalesStage:
    if column not in DROPPED_ON:
        raise NotFound("column")
    return DROPPED_ON[column]


def _uuid(text: str, noun: str = "lead") -> UUID:
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        raise NotFound(noun) from None
