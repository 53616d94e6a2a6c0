"""Changing what a stage knows of a lead: why it is ruled out, or when its meeting is."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from leadboard.actions import edits, moves
from leadboard.actions.edits import RestatedSince
from leadboard.domain.stage_needs import NO_ANSWERS, Answers
from leadboard.errors import NotFound, Refused
from leadboard.store import db
from leadboard.store.tables import Event, Lead
from tests.conftest import Team

pytestmark = pytest.mark.usefixtures("database")

NO_BUDGET = Answers(lost_reason="no_budget", lost_note="asked for half")
TOO_SMALL = Answers(lost_reason="too_small")
TUESDAY, FRIDAY = Answers(meeting_at="2026-11-24T10:00"), Answers(meeting_at="2026-11-27T16:30")


async def make(team: Team, column: str = "", answers: Answers = NO_ANSWERS) -> str:
    """A lead, moved by the owner to a column where something has to be known."""
    async with db.begin(team.id) as tx:
        row = Lead(workspace_id=team.id, key="halden.example", name="Halden", stage="enriched", column="enriched")
        tx.add(row)
    if column:
        await moves.move(team.owner, team.slug, str(row.id), 1, column, answers)
    return str(row.id)


async def lead_of(team: Team, lead_id: str) -> Lead:
    async with db.read(team.id) as tx:
        return await tx.find(Lead, lead_id)


async def last_event(team: Team) -> Event:
    async with db.read(team.id) as tx:
        return (await tx.exec(select(Event).order_by(col(Event.n).desc()).limit(1))).one()


async def test_a_meeting_moves_to_another_day_and_back(team: Team) -> None:
    lead = await make(team, "meeting_booked", TUESDAY)
    stage, seen = await edits.stage_knows(team.member, team.slug, lead)
    assert (stage, seen) == ("meeting_booked", TUESDAY)
    before = await lead_of(team, lead)

    done = await edits.restate(team.member, team.slug, lead, FRIDAY, seen)

    after, event = await lead_of(team, lead), await last_event(team)
    assert done.what == "Changed the meeting of Halden to Fri 27 Nov 2026, 16:30"
    assert after.meeting_at == datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
    assert (after.version, after.moved_version, after.stage_at) == (
        before.version + 1,
        before.moved_version,
        before.stage_at,
    ), "it stands where it stood, since when it did"
    assert (event.kind, event.actor, event.data["was"], event.data["to"]) == (
        "lead_edited",
        team.member.name,
        "Tue 24 Nov 2026, 10:00",
        "Fri 27 Nov 2026, 16:30",
    )
    await moves.undo_last(team.member, team.slug)
    assert (await lead_of(team, lead)).meeting_at == before.meeting_at


async def test_a_reason_changes_with_its_note_and_saying_the_same_changes_nothing(team: Team) -> None:
    lead = await make(team, "disqualified", NO_BUDGET)

    done = await edits.restate(team.member, team.slug, lead, TOO_SMALL, NO_BUDGET)

    after = await lead_of(team, lead)
    assert done.what == "Changed the reason of Halden to Too small"
    assert (await last_event(team)).data["was"] == "No budget (asked for half)"
    assert (after.lost_reason, after.lost_note, after.locked) == ("too_small", "", [])
    assert await edits.restate(team.member, team.slug, lead, TOO_SMALL, TOO_SMALL) == moves.Changed()
    await moves.undo_change(team.member, team.slug, done.change)
    back = await lead_of(team, lead)
    assert (back.lost_reason, back.lost_note) == ("no_budget", "asked for half")


@pytest.mark.parametrize(
    ("column", "before", "answers", "field"),
    [
        ("disqualified", NO_BUDGET, NO_ANSWERS, "lost_reason"),
        ("disqualified", NO_BUDGET, Answers(lost_reason="no_budget", lost_note="x" * 201), "lost_note"),
        ("meeting_booked", TUESDAY, NO_ANSWERS, "meeting_at"),
        ("meeting_booked", TUESDAY, Answers(meeting_at="soon"), "meeting_at"),
    ],
)
async def test_what_is_no_answer_is_refused_at_its_field(
    team: Team, column: str, before: Answers, answers: Answers, field: str
) -> None:
    lead = await make(team, column, before)

    with pytest.raises(Refused) as refused:
        await edits.restate(team.member, team.slug, lead, answers, before)

    assert refused.value.field == field
    assert await edits.stage_knows(team.member, team.slug, lead) == (column, before)


async def test_two_people_at_one_meeting_are_told_of_each_other(team: Team) -> None:
    lead = await make(team, "meeting_booked", TUESDAY)
    await edits.restate(team.admin, team.slug, lead, FRIDAY, TUESDAY)
    monday = Answers(meeting_at="2026-11-30T09:00")

    with pytest.raises(RestatedSince, match="Fri 27 Nov 2026, 16:30") as since:
        await edits.restate(team.member, team.slug, lead, monday, TUESDAY)

    assert await edits.restate(team.member, team.slug, lead, FRIDAY, TUESDAY) == moves.Changed(), "both meant the same"
    assert (await edits.restate(team.member, team.slug, lead, monday, since.value.now)).leads == 1


async def test_a_lead_elsewhere_has_neither_a_reason_nor_a_meeting(team: Team) -> None:
    lead = await make(team, "review")
    for asked in (
        edits.stage_knows(team.member, team.slug, lead),
        edits.restate(team.member, team.slug, lead, FRIDAY, TUESDAY),
    ):
        with pytest.raises(Refused, match="Halden is in Review now"):
            await asked


async def test_only_who_may_edit_leads_of_the_workspace_does(team: Team, other_team: Team) -> None:
    lead = await make(team, "meeting_booked", TUESDAY)
    with pytest.raises(Refused) as refused:
        await edits.restate(team.viewer, team.slug, lead, FRIDAY, TUESDAY)
    assert refused.value.code == "no_right"
    for slug in (team.slug, other_team.slug):
        with pytest.raises(NotFound):
            await edits.restate(other_team.owner, slug, lead, FRIDAY, TUESDAY)
        with pytest.raises(NotFound):
            await edits.stage_knows(other_team.owner, slug, lead)


async def test_a_move_before_it_is_not_taken_back_under_it(team: Team) -> None:
    lead = await make(team)
    moved = await moves.move(team.member, team.slug, lead, 1, "meeting_booked", TUESDAY)
    await edits.restate(team.admin, team.slug, lead, FRIDAY, TUESDAY)

    undone = await moves.undo_change(team.member, team.slug, moved.change)

    assert undone.kept == ("Halden stays as it is, because somebody changed this since: meeting.",)
    assert (await lead_of(team, lead)).sales_stage == "meeting_booked"
