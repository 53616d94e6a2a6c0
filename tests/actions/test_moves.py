"""What a person may do on the Sales board, what the answers say, and who may not."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from leadboard.actions import moves, runs
from leadboard.actions.settings import change_details
from leadboard.domain.stage_needs import Answers
from leadboard.domain.workspace import Details
from leadboard.errors import NotFound, Refused
from leadboard.store import board, db, work
from leadboard.store.moves import MovedSince
from leadboard.store.tables import Event, Lead
from tests.conftest import Team


@pytest.fixture(autouse=True)
async def client(database: db.Database) -> AsyncIterator[work.Client]:
    """The client in use: deleting ends enrichment."""
    asking = work.connect(database.url)
    work.use(asking)
    yield asking
    work.use(None)
    asking.destroy()


async def leads(team: Team, many: int, **values: Any) -> list[str]:
    async with db.begin(team.id) as tx:
        rows = [Lead(workspace_id=team.id, key=f"{n}{values}", name=f"Lead {n:03}", **values) for n in range(many)]
        tx.add_all(rows)
    return [str(row.id) for row in rows]


async def lead_of(team: Team, lead_id: str) -> Lead:
    async with db.read(team.id) as tx:
        return await tx.find(Lead, lead_id)


async def shown(team: Team) -> list[tuple[str, int | None]]:
    async with db.read(team.id) as tx:
        told = (await tx.exec(select(Event).where(col(Event.shown).is_(True)).order_by(col(Event.n)))).all()
    return [(event.kind, event.data.get("leads")) for event in told]


NO_BUDGET = Answers(lost_reason="no_budget", lost_note=" asked for  half ")
AT_TEN = Answers(meeting_at="2026-11-24T10:00")

ACTS = {
    "move": lambda me, slug, ids: moves.move(me, slug, ids[0], 1, "review"),
    "rule out": lambda me, slug, ids: moves.move(me, slug, ids[0], 1, "disqualified", NO_BUDGET),
    "move many": lambda me, slug, ids: moves.move_many(me, slug, [(one, 1) for one in ids], "review"),
    "assign": lambda me, slug, ids: moves.assign(me, slug, ids, str(me.user_id)),
    "tag": lambda me, slug, ids: moves.tag(me, slug, ids, ["x"]),
    "untag": lambda me, slug, ids: moves.untag(me, slug, ids, ["x"]),
    "delete": lambda me, slug, ids: moves.delete(me, slug, ids),
}


async def test_one_card_is_moved_and_the_answer_says_what_and_how_to_undo_it(team):
    [one] = await leads(team, 1)

    moved = await moves.move(team.member, team.slug, one, 1, "review")

    assert (moved.leads, moved.what) == (1, "Moved Lead 000 to Review")
    assert await moves.undo_change(team.member, team.slug, moved.change) == moves.Undone(moved.what, 1, ())
    assert (await lead_of(team, one)).column == "harvested"
    assert await moves.undo_change(team.member, team.slug, moved.change) == moves.Undone(moved.what, 1, ())
    assert await shown(team) == [("lead_moved", None), ("change_undone", None)]


@pytest.mark.parametrize(
    ("column", "answers", "code"),
    [
        ("disqualified", Answers(), "needs_reason"),
        ("disqualified", Answers(lost_reason="because"), "needs_reason"),
        ("disqualified", AT_TEN, "needs_reason"),
        ("meeting_booked", Answers(), "needs_meeting"),
        ("meeting_booked", Answers(meeting_at="tomorrow"), "needs_meeting"),
        ("meeting_booked", NO_BUDGET, "needs_meeting"),
    ],
)
async def test_no_way_leads_into_a_stage_without_what_it_has_to_know(any_database, team, column, answers, code):
    ids = await leads(team, 2)
    cards = [(one, 1) for one in ids]
    for way in (
        moves.move(team.member, team.slug, ids[0], 1, column, answers),
        moves.move_many(team.member, team.slug, cards, column, answers),
    ):
        with pytest.raises(Refused) as refused:
            await way
        assert refused.value.code == code
    assert {(await lead_of(team, one)).version for one in ids} == {1}
    assert await shown(team) == []


async def test_a_lead_says_why_it_is_ruled_out_until_it_leaves_and_undo_brings_it_back(any_database, team):
    [one] = await leads(team, 1)
    ruled_out = await moves.move(team.member, team.slug, one, 1, "disqualified", NO_BUDGET)

    assert ruled_out.what == "Moved Lead 000 to Disqualified: No budget"
    lead = await lead_of(team, one)
    assert (lead.lost_reason, lead.lost_note, lead.meeting_at) == ("no_budget", "asked for half", None)
    left = await moves.move(team.member, team.slug, one, 2, "review")
    lead = await lead_of(team, one)
    assert (lead.lost_reason, lead.lost_note) == ("", "")
    await moves.undo_change(team.member, team.slug, left.change)
    lead = await lead_of(team, one)
    assert (lead.column, lead.lost_reason, lead.lost_note) == ("disqualified", "no_budget", "asked for half")
    async with db.read(team.id) as tx:
        told = (await tx.exec(select(Event.data).order_by(col(Event.n)).limit(1))).one()
    kept = ("from", "to", "lost_reason", "lost_note", "said")
    assert [told[name] for name in kept] == ["none", "disqualified", "no_budget", "asked for half", "No budget"]


async def test_meetings_are_booked_by_the_clock_of_the_workspace(any_database, team):
    ids = await leads(team, 2)
    wanted = Details(team.slug, "EUR", "Europe/Oslo")
    await change_details(team.owner, team.slug, wanted)

    booked = await moves.move_many(team.member, team.slug, [(one, 1) for one in ids], "meeting_booked", AT_TEN)

    assert booked.what == "Moved 2 leads to Meeting booked: Tue 24 Nov 2026, 10:00"
    assert {(await lead_of(team, one)).meeting_at for one in ids} == {datetime(2026, 11, 24, 9, tzinfo=UTC)}
    await moves.undo_last(team.member, team.slug)
    assert {(await lead_of(team, one)).meeting_at for one in ids} == {None}


async def test_a_conflict_is_told_and_insisting_on_it_moves_the_card(team):
    [one] = await leads(team, 1)
    await moves.move(team.member, team.slug, one, 1, "review")

    with pytest.raises(MovedSince, match="Member North moved Lead 000 to Review in the meantime") as told:
        await moves.move(team.admin, team.slug, one, 1, "negotiating")

    assert (await moves.move(team.admin, team.slug, one, told.value.version, "negotiating")).leads == 1


async def test_many_are_moved_in_turns_told_in_one_line_and_undone_at_once(team, monkeypatch):
    monkeypatch.setattr(moves, "AT_ONCE", 7)
    ids = await leads(team, 20, value=100)
    await moves.move(team.admin, team.slug, ids[4], 1, "disqualified", NO_BUDGET)

    moved = await moves.move_many(team.member, team.slug, [(one, 1) for one in ids], "first_contact")

    assert (moved.leads, moved.what) == (19, "Moved 19 leads to First contact")
    assert [(each.name, each.by) for each in moved.conflicts] == [("Lead 004", team.admin.name)]
    undone = await moves.undo_last(team.member, team.slug)
    assert undone == moves.Undone(moved.what, 19, ())
    assert await shown(team) == [("lead_moved", None), ("lead_moved", 19), ("change_undone", 19)]
    async with db.read(team.id) as tx:
        totals = await board.totals(tx)
    assert {column: total for column, total in totals.items() if total != (0, 0)} == {
        "harvested": (19, 1900),
        "disqualified": (1, 100),
    }


async def test_an_owner_is_a_member_and_can_be_taken_off_again(team, other_team):
    ids = await leads(team, 2)
    assert (await moves.assign(team.member, team.slug, ids, str(team.viewer.user_id))).what == (
        f"Assigned 2 leads to {team.viewer.name}"
    )
    assert (await lead_of(team, ids[0])).owner_name == team.viewer.name
    assert (await moves.assign(team.member, team.slug, ids[:1], None)).what == "Took the owner off Lead 000"
    assert (await lead_of(team, ids[0])).owner_id is None
    for nobody in (str(other_team.member.user_id), "x"):
        with pytest.raises(NotFound):
            await moves.assign(team.member, team.slug, ids, nobody)


async def test_tags_are_put_on_once_and_taken_off(team):
    [one] = await leads(team, 1, tags=["old"])
    assert (await moves.tag(team.member, team.slug, [one], [" key  account ", "old", ""])).what == (
        "Tagged Lead 000 with key account, old"
    )
    assert (await lead_of(team, one)).tags == ["old", "key account"]
    assert await moves.tag(team.member, team.slug, [one], ["old"]) == moves.Changed()
    await moves.untag(team.member, team.slug, [one], ["old"])
    assert (await lead_of(team, one)).tags == ["key account"]


@pytest.mark.parametrize("tags", [[], [" "], ["x" * 41], ["a\x00b"], [str(n) for n in range(21)]])
async def test_bad_tags_are_refused_at_their_field(team, tags):
    with pytest.raises(Refused) as refused:
        await moves.tag(team.member, team.slug, await leads(team, 1), tags)
    assert refused.value.field == "tags"


async def test_deleting_ends_the_enrichment_and_undo_brings_the_lead_back_idle(team, client):
    ids = await leads(team, 2, status="harvested")
    await runs.enrich(team.admin, team.slug, ids[:1])

    deleted = await moves.delete(team.admin, team.slug, ids)

    assert {each.status for each in client.list_workflows()} == {"CANCELLED"}
    with pytest.raises(NotFound):
        await lead_of(team, ids[0])
    assert (await moves.undo_change(team.admin, team.slug, deleted.change)).restored == 2
    assert (await lead_of(team, ids[0])).status == "harvested"
    async with db.read(team.id) as tx:
        totals = await board.totals(tx)
    assert totals["harvested"] == (2, 0)
    assert (await runs.enrich(team.admin, team.slug, ids)).requested == 2


@pytest.mark.parametrize("what", ACTS)
async def test_foreign_missing_and_malformed_leads_are_not_found_and_nothing_changes(team, other_team, what):
    mine, theirs = await leads(team, 1), await leads(other_team, 1)
    for bad in (theirs[0], str(uuid4()), "x"):
        with pytest.raises(NotFound):
            await ACTS[what](team.admin, team.slug, [bad, *mine])
    with pytest.raises(NotFound):
        await ACTS[what](team.admin, other_team.slug, theirs)
    assert (await lead_of(team, mine[0])).version == (await lead_of(other_team, theirs[0])).version == 1


@pytest.mark.parametrize("what", ACTS)
async def test_a_viewer_changes_nothing_and_a_member_deletes_nothing(team, what):
    ids = await leads(team, 1)
    refused = [team.viewer, team.member] if what == "delete" else [team.viewer]
    for me in refused:
        with pytest.raises(Refused, match="Your role here is"):
            await ACTS[what](me, team.slug, ids)
    assert await shown(team) == []


async def test_a_column_of_machines_takes_no_card_and_a_crowd_is_refused(team):
    ids = await leads(team, 1)
    for column in ("harvested", "analysis", "attention", "nowhere", ""):
        with pytest.raises(NotFound):
            await moves.move(team.member, team.slug, ids[0], 1, column)
    with pytest.raises(Refused, match="501 leads; 500 at a time"):
        await moves.tag(team.member, team.slug, [str(uuid4()) for _ in range(501)], ["x"])


async def test_nobody_undoes_the_change_of_another(team, other_team):
    moved = await moves.move(team.member, team.slug, (await leads(team, 1))[0], 1, "review")
    for me, slug in ((team.admin, team.slug), (other_team.member, other_team.slug)):
        with pytest.raises(NotFound):
            await moves.undo_change(me, slug, moved.change)
        with pytest.raises(Refused, match="nothing to undo"):
            await moves.undo_last(me, slug)
    with pytest.raises(NotFound):
        await moves.undo_change(team.member, team.slug, "x")
