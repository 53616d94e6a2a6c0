"""The forms of stages that have to know something: what they are told, what cards and leads say afterwards."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from leadboard.actions import edits, moves
from leadboard.domain.stage_needs import Answers
from leadboard.store import db
from leadboard.store.tables import Lead, utcnow
from leadboard.ui.frame import Frame
from leadboard.ui.lead.state import LeadState
from leadboard.ui.lead.view import LeadView
from leadboard.ui.sales.state import SalesState
from leadboard.ui.sales.view import SalesView
from tests.conftest import Team
from tests.ui.conftest import Pages, session_of

NO_BUDGET = Answers(lost_reason="no_budget", lost_note="asked for half")


async def store(team: Team, **values: Any) -> UUID:
    async with db.begin(team.id) as tx:
        lead = Lead(workspace_id=team.id, key="acme.example", name="Acme", city="Bergen", country="NO", **values)
        tx.add(lead)
    return lead.id


async def column_of(team: Team, lead: UUID) -> str:
    async with db.read(team.id) as tx:
        return (await tx.find(Lead, lead)).column


async def call(pages: Pages, team: Team, handler: str, **given: Any) -> SalesState:
    """Send an event of the Sales board as the member; the state as it is then."""
    session, url = await session_of(team.member), f"/w/{team.slug}/sales"
    assert await pages.call(f"{SalesState.get_full_name()}.{handler}", given, session, url, tab="t") is None
    await pages.processor.join(5)
    (held,) = pages.manager.states.values()
    return await held.get_state(SalesState)


async def toasts(pages: Pages) -> list[str]:
    (held,) = pages.manager.states.values()
    return ["".join(part.text for part in toast.parts) for toast in (await held.get_state(Frame)).toasts]


@pytest.mark.parametrize(
    ("column", "form", "field"),
    [
        ("disqualified", {"lost_note": "asked for half"}, "lost_reason"),
        ("disqualified", {"lost_reason": "no_budget", "lost_note": "x" * 201}, "lost_note"),
        ("meeting_booked", {"meeting_at": "soon"}, "meeting_at"),
        ("meeting_booked", {}, "meeting_at"),
    ],
)
async def test_what_a_form_lacks_is_told_at_its_field_and_the_next_form_begins_without_it(
    pages: Pages, team: Team, column: str, form: dict[str, str], field: str
) -> None:
    lead = await store(team)

    state = await call(pages, team, "move_knowing", form=form, cards=f"{lead} 1", column=column)

    assert (state.wrong_at, state.answered, state.moved, state.acted) == (field, 1, False, 0)
    assert state.wrong
    assert await toasts(pages) == []
    assert await column_of(team, lead) == "harvested"
    state = await call(pages, team, "give_up")
    assert (state.wrong_at, state.wrong) == ("", "")


async def test_a_form_moves_the_card_and_says_so(pages: Pages, team: Team) -> None:
    lead = await store(team)
    form = {"lost_reason": "no_budget", "lost_note": "asked for half"}

    state = await call(pages, team, "move_knowing", form=form, cards=f"{lead} 1", column="disqualified")

    assert (state.wrong_at, state.answered, state.moved, state.acted) == ("", 1, True, 1)
    assert await toasts(pages) == ["Moved Acme to Disqualified: No budget"]
    assert await column_of(team, lead) == "disqualified"


@pytest.mark.parametrize("handler", ["move", "drop", "move_selected"])
async def test_no_handler_leads_past_the_form(pages: Pages, team: Team, handler: str) -> None:
    lead = await store(team)
    card = {"lead_id": str(lead), "version": 1} if handler == "move" else {"cards": f"{lead} 1"}
    session, url = await session_of(team.member), f"/w/{team.slug}/sales"

    refused = await pages.call(
        f"{SalesState.get_full_name()}.{handler}", {**card, "column": "disqualified"}, session, url
    )

    assert getattr(refused, "code", "") == "needs_reason"
    assert await column_of(team, lead) == "harvested"


async def test_who_insists_on_a_move_keeps_the_answers_they_gave(pages: Pages, team: Team) -> None:
    lead = await store(team)
    await moves.move(team.admin, team.slug, str(lead), 1, "review")
    form = {"lost_reason": "no_budget", "lost_note": "asked for half"}
    state = await call(pages, team, "move_knowing", form=form, cards=f"{lead} 1", column="disqualified")
    assert (state.answered, state.moved) == (1, False)
    (held,) = pages.manager.states.values()
    (toast,) = (await held.get_state(Frame)).toasts
    assert toast.action == "Keep mine"

    session, url = await session_of(team.member), f"/w/{team.slug}/sales"
    assert await pages.call(f"{Frame.get_full_name()}.act", {"toast_id": toast.id}, session, url, tab="t") is None

    async with db.read(team.id) as tx:
        moved = await tx.find(Lead, lead)
    assert (moved.column, moved.lost_reason, moved.lost_note) == ("disqualified", "no_budget", "asked for half")


async def test_a_card_and_its_lead_say_why_it_is_ruled_out(database: db.Database, team: Team) -> None:
    lead = await store(team)
    await moves.move(team.member, team.slug, str(lead), 1, "disqualified", NO_BUDGET)

    [card] = (await SalesView(team.id, team.slug, "EUR").read(frozenset({"disqualified"})))["disqualified"].cards
    view = LeadView(team.id, team.slug, "EUR", lead)
    head = (await view.read(view.parts()))["head"]

    assert card.place == "No budget"
    assert "In Disqualified: No budget." in card.spoken
    assert (head.known_as, head.known) == ("Reason", "No budget (asked for half)")


async def test_a_card_and_its_lead_say_when_the_meeting_is_or_was(database: db.Database, team: Team) -> None:
    lead = await store(team)
    answers = Answers(meeting_at="2026-11-24T10:00")
    await moves.move(team.member, team.slug, str(lead), 1, "meeting_booked", answers)
    async with db.read(team.id) as tx:
        at = (await tx.find(Lead, lead)).meeting_at
    assert at
    board = SalesView(team.id, team.slug, "EUR", time_zone="Europe/Oslo")
    said = []
    for passed in (timedelta(hours=-1), timedelta(hours=1), timedelta(days=60)):
        database.clock = lambda now=at + passed: now
        [card] = (await board.read(frozenset({"meeting_booked"})))["meeting_booked"].cards
        said.append(card.place)
    view = LeadView(team.id, team.slug, "EUR", lead, time_zone="Europe/Oslo")
    head = (await view.read(view.parts()))["head"]

    assert said == ["Tue 24 Nov, 11:00", "Was Tue 24 Nov, 11:00", "Was Tue 24 Nov 2026, 11:00"]
    assert (head.known_as, head.known) == ("Meeting", "Tue 24 Nov 2026, 11:00 (Europe/Oslo)")


async def test_what_an_import_put_there_says_where_it_is_and_nothing_of_another_stage(
    database: db.Database, team: Team
) -> None:
    lead = await store(team, sales_stage="disqualified", column="disqualified", meeting_at=utcnow())

    [card] = (await SalesView(team.id, team.slug, "EUR").read(frozenset({"disqualified"})))["disqualified"].cards
    view = LeadView(team.id, team.slug, "EUR", lead)

    assert card.place == "Bergen, NO"
    assert (await view.read(view.parts()))["head"].known == ""


async def on_sheet(pages: Pages, team: Team, lead: UUID, handler: str, **given: Any) -> LeadState:
    """Send an event of the lead's sheet as the member; the state as it is then."""
    session, url = await session_of(team.member), f"/w/{team.slug}/sales/{lead}"
    assert await pages.call(f"{LeadState.get_full_name()}.{handler}", given, session, url, tab="t") is None
    await pages.processor.join(5)
    (held,) = pages.manager.states.values()
    return await held.get_state(LeadState)


async def test_a_meeting_is_moved_on_the_sheet_and_what_is_wrong_stands_at_its_field(pages: Pages, team: Team) -> None:
    lead = await store(team)
    tuesday = Answers(meeting_at="2026-11-24T10:00")
    await moves.move(team.admin, team.slug, str(lead), 1, "meeting_booked", tuesday)
    await on_sheet(pages, team, lead, "look")

    opened = await on_sheet(pages, team, lead, "edit_known")
    assert (opened.restating, opened.knows) == ("meeting_booked", tuesday)
    wrong = await on_sheet(pages, team, lead, "restate", form={"known_meeting_at": ""})
    assert (wrong.restating, wrong.known_wrong_at) == ("meeting_booked", "meeting_at")
    assert wrong.known_wrong
    done = await on_sheet(pages, team, lead, "restate", form={"known_meeting_at": "2026-11-27T16:30"})

    assert (done.restating, done.known_wrong, done.known_wrong_at) == ("", "", "")
    assert await toasts(pages) == ["Changed the meeting of Acme to Fri 27 Nov 2026, 16:30"]


async def test_a_form_of_a_lead_that_moved_on_closes_and_says_why(pages: Pages, team: Team) -> None:
    lead = await store(team)
    await moves.move(team.admin, team.slug, str(lead), 1, "disqualified", NO_BUDGET)
    await on_sheet(pages, team, lead, "look")
    await on_sheet(pages, team, lead, "edit_known")
    await moves.move(team.admin, team.slug, str(lead), 2, "review")

    session, url = await session_of(team.member), f"/w/{team.slug}/sales/{lead}"
    form = {"form": {"known_lost_reason": "too_small"}}
    refused = await pages.call(f"{LeadState.get_full_name()}.restate", form, session, url, tab="t")

    assert "Acme is in Review now" in str(refused)
    assert (await on_sheet(pages, team, lead, "leave_known")).restating == ""


async def test_what_somebody_else_said_meanwhile_is_told_and_may_be_replaced(pages: Pages, team: Team) -> None:
    lead = await store(team)
    await moves.move(team.admin, team.slug, str(lead), 1, "disqualified", NO_BUDGET)
    await on_sheet(pages, team, lead, "look")
    await on_sheet(pages, team, lead, "edit_known")
    await edits.restate(team.admin, team.slug, str(lead), Answers("not_reached"), NO_BUDGET)
    form = {"known_lost_reason": "too_small", "known_lost_note": ""}

    told = await on_sheet(pages, team, lead, "restate", form=form)
    assert "Somebody changed this to “Could not be reached” in the meantime." in told.known_wrong
    await on_sheet(pages, team, lead, "restate", form=form)

    async with db.read(team.id) as tx:
        assert (await tx.find(Lead, lead)).lost_reason == "too_small"
