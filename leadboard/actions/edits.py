"""What a person may set of a lead by hand: its facts, what its stage has to know, and notes about it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from leadboard.actions.access import Place, acting, allowed, looking, place
from leadboard.actions.moves import Changed
from leadboard.domain import facts
from leadboard.domain.facts import Fact
from leadboard.domain.notes import clean_note
from leadboard.domain.rights import Principal, Right
from leadboard.domain.stage_needs import NEEDS, REASONS, Answers, answers_of, in_words, standing, with_note
from leadboard.domain.stages import COLUMN_TITLES, SalesStage
from leadboard.errors import NotFound, Refused
from leadboard.store import edits, leads, notes, said, undo
from leadboard.store.db import Tx
from leadboard.store.tables import Lead
from leadboard.store.undo import Change


class EditedSince(Refused):
    """Somebody, or a machine, changed the fact after the browser saw it.

    Setting it again with `now` as what was seen means to keep one's own.
    """

    def __init__(self, fact: Fact, by: str, now: str, way_on: str) -> None:
        self.now = now
        did = f"changed this to “{now}”" if now else "emptied this"
        sentence = f"{by or 'A machine'} {did} in the meantime. {way_on}"
        super().__init__(sentence, field=fact.key, code="edited_since", status=409)


class RestatedSince(Refused):
    """Somebody changed what the stage knows after the browser saw it; `now` is what it knows.

    Saying it again with `now` as what was seen means to keep one's own.
    """

    def __init__(self, field: str, known: str, now: Answers) -> None:
        self.now = now
        sentence = f"Somebody changed this to “{known}” in the meantime. Save again to keep yours, or cancel."
        super().__init__(sentence, field=field, code="edited_since", status=409)


async def set_fact(me: Principal, slug: str, lead_id: str, key: str, text: str, seen: str) -> Changed:
    """Set a fact to what was typed, and lock it against machines; `seen` is what the browser showed before.

    `Refused` at the fact's key for what cannot be read, `EditedSince` when it is no longer what was seen.
    """
    fact = facts.fact_of(key)
    async with acting(me, slug, Right.EDIT) as (tx, here):
        lead = await _locked(tx, lead_id)
        return await _set(tx, me, here, lead, fact, text, seen)


async def choose(me: Principal, slug: str, lead_id: str, key: str, value: str, seen: str) -> Changed:
    """Make the fact what one of its sources says, although others say something else, and lock it against machines.

    `value` is what the source says, `seen` what the fact was when the choice was offered. `Refused` at the fact's key
    for what no source says, `EditedSince` when the fact is another now.
    """
    fact = facts.fact_of(key)
    async with acting(me, slug, Right.EDIT) as (tx, here):
        lead = await _locked(tx, lead_id)
        for each in await said.about(tx, lead):
            if each.value == value and facts.claimed(each.field) is fact:
                return await _set(tx, me, here, lead, fact, value, seen, each.source)
    raise Refused("No source says this any more. Choose another one.", field=key, code="not_said", status=409)


async def _set(
    tx: Tx, me: Principal, here: Place, lead: Lead, fact: Fact, text: str, seen: str, source: str = ""
) -> Changed:
    values = facts.read(fact, text, currency=here.workspace.currency, region=lead.country)
    was, now = facts.typed(fact, columns_of(fact, lead)), facts.typed(fact, values)
    if was not in (seen, now):
        setter = (await edits.setters(tx, lead.id)).get(fact.key)
        way_on = "Choose again to replace it." if source else "Save again to keep yours, or leave it with Escape."
        raise EditedSince(fact, setter.by if setter else "", was, way_on)
    did, told = ("Chose", {"source": source}) if source else ("Changed", {})
    change = _change(me, f"{did} the {fact.noun} of", fact=fact.key, was=was, to=now, **told)
    await edits.edit(tx, change, lead.id, values, settles=bool(source))
    return await _changed(tx, change)


async def unlock_fact(me: Principal, slug: str, lead_id: str, key: str) -> Changed:
    """Let machines fill a fact again."""
    async with allowed(me, slug, Right.EDIT) as tx:
        fact = facts.fact_of(key)
        lead = await _locked(tx, lead_id)
        change = _change(me, f"Unlocked the {fact.noun} of", fact=key)
        await edits.unlock(tx, change, lead.id, fact.columns)
        return await _changed(tx, change)


async def stage_knows(me: Principal, slug: str, lead_id: str) -> tuple[SalesStage, Answers]:
    """The stage of a lead and what it knows, as its form gives it; `Refused` for one that has to know nothing."""
    time_zone = (await place(me, slug, Right.EDIT)).workspace.time_zone
    async with looking(me, slug, Right.EDIT) as tx:
        lead = await leads.get(tx, lead_id)
        return _needing(lead), _answers(lead, time_zone)


async def restate(me: Principal, slug: str, lead_id: str, answers: Answers, seen: Answers) -> Changed:
    """Change what the stage of a lead has to know: why it is ruled out, or when its meeting is.

    `Refused` at the field of what is missing or no answer, `RestatedSince` when it knows something else than was seen.
    """
    async with acting(me, slug, Right.EDIT) as (tx, here):
        lead, time_zone = await _locked(tx, lead_id), here.workspace.time_zone
        stage, now = _needing(lead), _answers(lead, time_zone)
        to, was = standing(stage, answers, time_zone), _known(lead, time_zone)
        noun, field = _NOUNS[stage]
        if now not in (seen, answers):
            raise RestatedSince(field, was, now)
        known = to.known(time_zone)
        change = replace(_change(me, f"Changed the {noun} of", stage_noun=noun, was=was, to=known), rest=f"to {known}")
        await edits.restate(tx, change, lead, to)
        return await _changed(tx, change)


_NOUNS = {SalesStage.DISQUALIFIED: ("reason", "lost_reason"), SalesStage.MEETING_BOOKED: ("meeting", "meeting_at")}
"""What a stage knows, in a word, and the first field of it."""


def _needing(lead: Lead) -> SalesStage:
    stage = SalesStage(lead.sales_stage)
    if stage not in NEEDS:
        where = COLUMN_TITLES[lead.column]
        raise Refused(f"{lead.name} is in {where} now, where neither a reason nor a meeting is kept.", code="not_kept")
    return stage


def _answers(lead: Lead, time_zone: str) -> Answers:
    return answers_of(lead.lost_reason, lead.lost_note, lead.meeting_at, time_zone)


def _known(lead: Lead, time_zone: str) -> str:
    """What the stage knows, in words; an import may have put the lead there without."""
    if lead.sales_stage == SalesStage.MEETING_BOOKED:
        return in_words(lead.meeting_at, time_zone) if lead.meeting_at else ""
    return with_note(REASONS.get(lead.lost_reason, ""), lead.lost_note)


async def add_note(me: Principal, slug: str, lead_id: str, text: str) -> Changed:
    """Write a note about a lead; `Refused` at "note" for an empty or too long one."""
    async with allowed(me, slug, Right.EDIT) as tx:
        change = Change(me.user_id, me.name, notes.ADDED, "Wrote a note about")
        await notes.add(tx, change, lead_id, clean_note(text))
        return await _changed(tx, change)


async def delete_note(me: Principal, slug: str, note_id: str) -> Changed:
    """Take a note of one's own away."""
    async with allowed(me, slug, Right.EDIT) as tx:
        change = Change(me.user_id, me.name, notes.DELETED, "Deleted a note about")
        await notes.delete(tx, change, note_id)
        return await _changed(tx, change)


def columns_of(fact: Fact, lead: Lead) -> Mapping[str, Any]:
    """The columns of a lead that hold a fact."""
    return {name: getattr(lead, name) for name in fact.columns}


async def _locked(tx: Tx, lead_id: str) -> Lead:
    lead = await tx.find(Lead, lead_id, "lead")
    for found in await undo.locked(tx, [lead.id]):
        return found
    raise NotFound("lead")


def _change(me: Principal, verb: str, **told: str) -> Change:
    return Change(me.user_id, me.name, edits.EDITED, verb, told=told)


async def _changed(tx: Tx, change: Change) -> Changed:
    made = await undo.close(tx, change)
    return Changed(1, made.what, str(made.id)) if made else Changed()
