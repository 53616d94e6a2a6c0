"""The way back on the line that tells of a change: whose it is, until when, and gone once it was taken."""

from datetime import timedelta
from uuid import UUID

import pytest

from leadboard.actions import edits, moves
from leadboard.store import board, db
from leadboard.store.tables import Lead, utcnow
from leadboard.ui import words
from leadboard.ui.board.entries import entries
from leadboard.ui.display import Entry
from leadboard.ui.frame import Frame
from leadboard.ui.lead.state import LeadState
from leadboard.ui.lead.view import LeadView
from tests.conftest import Team
from tests.ui.conftest import Pages, session_of


async def make(team: Team, **values: object) -> UUID:
    async with db.begin(team.id) as tx:
        lead = Lead(workspace_id=team.id, **{"key": "acme.com", "name": "Acme", "city": "Moss"} | values)
        tx.add(lead)
    return lead.id


async def activity(team: Team) -> list[Entry]:
    async with db.read(team.id) as tx:
        return await entries(tx, team.slug)


async def history(team: Team, lead: UUID) -> list[Entry]:
    view = LeadView(team.id, team.slug, "EUR", lead)
    return (await view.read(view.parts()))["timeline"]


async def test_an_entry_says_whose_it_is_and_until_when_and_nothing_once_it_was_taken_back(any_database, team):
    lead = await make(team)
    done = await edits.set_fact(team.member, team.slug, str(lead), "city", "Oslo", "Moss")

    (told,) = await activity(team)
    (kept,) = await history(team, lead)

    assert (told.undo, told.by) == (kept.undo, kept.by) == (done.change, str(team.member.user_id))
    async with db.read(team.id) as tx:
        (event,) = await board.activity(tx)
    assert told.until == words.iso(event.at + timedelta(minutes=1))
    assert kept.until == words.iso(event.at + timedelta(days=1))
    await moves.undo_change(team.member, team.slug, done.change)
    assert [entry.undo for entry in (*await activity(team), *await history(team, lead))] == [""] * 4


async def test_after_a_minute_only_the_history_offers_it_and_after_a_day_nothing_does(any_database, team):
    lead = await make(team)
    await edits.add_note(team.member, team.slug, str(lead), "Call")
    for later, offered in ((timedelta(seconds=61), [False, True]), (timedelta(days=1), [False, False])):
        any_database.clock = lambda later=later: utcnow() + later
        assert [bool(told[0].undo) for told in (await activity(team), await history(team, lead))] == offered


async def test_a_change_of_many_leads_is_taken_back_from_its_one_line(any_database, team):
    ids = [str(await make(team, key=f"{n}.com", name=f"Lead {n}")) for n in range(3)]
    done = await moves.tag(team.member, team.slug, ids, ["key account"])

    (told,) = await activity(team)

    assert told.undo == done.change
    assert [entry.undo for entry in await history(team, UUID(ids[0]))] == [""], "one lead does not undo for all"


@pytest.mark.parametrize("state", [Frame, LeadState])
async def test_the_page_takes_back_what_is_mine_and_says_so(database, pages: Pages, team: Team, state) -> None:
    lead = await make(team)
    done = await edits.set_fact(team.member, team.slug, str(lead), "city", "Oslo", "Moss")
    handler = f"{state.get_full_name()}.{'undo_change' if state is Frame else 'take_back'}"
    url = f"/w/{team.slug}/board/{lead}?tab=timeline"

    await pages.call(handler, {"change": done.change}, await session_of(team.admin), url, tab="theirs")
    assert (await activity(team))[0].undo == done.change, "nobody takes back for others"
    assert await pages.call(handler, {"change": done.change}, await session_of(team.member), url, tab="mine") is None

    async with db.read(team.id) as tx:
        assert (await tx.find(Lead, lead)).city == "Moss"
    told = [toast for held in pages.manager.states.values() for toast in (await held.get_state(Frame)).toasts]
    assert [part.text for toast in told for part in toast.parts] == ["Undone: Changed the city of Acme"]
