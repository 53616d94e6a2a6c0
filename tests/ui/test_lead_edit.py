"""Facts and notes in the lead's sheet: fields open, keep what was typed when it is refused, and say who set what."""

from typing import Any
from uuid import UUID

import pytest

from leadboard.actions import edits, moves
from leadboard.store import db
from leadboard.store.tables import Lead
from leadboard.ui.display import FactRow
from leadboard.ui.frame import Frame
from leadboard.ui.lead.state import LeadState
from leadboard.ui.live import Live
from tests.conftest import Team
from tests.ui.conftest import Pages, session_of
from tests.ui.test_lead_view import read, store

pytestmark = pytest.mark.usefixtures("database")


class Sheet:
    """The sheet of a lead in one tab."""

    def __init__(self, pages: Pages, team: Team, lead: UUID, session: str) -> None:
        self.pages, self.session = pages, session
        self.url = f"/w/{team.slug}/board/{lead}"

    async def do(self, handler: str, **payload: Any) -> None:
        name = f"{LeadState.get_full_name()}.{handler}"
        assert await self.pages.call(name, payload, self.session, self.url, tab="t") is None

    async def state(self) -> LeadState:
        (held,) = self.pages.manager.states.values()
        return await held.get_state(LeadState)

    async def toast(self) -> str:
        (held,) = self.pages.manager.states.values()
        frame = await held.get_state(Frame)
        return "".join(part.text for toast in frame.toasts[-1:] for part in toast.parts)


@pytest.fixture
async def lead(team: Team) -> UUID:
    return await store(
        team, industry="Toys", website="https://halden.example", domain="halden.example", value=4_800_000
    )


@pytest.fixture
async def sheet(pages: Pages, views: Live, team: Team, lead: UUID) -> Sheet:
    opened = Sheet(pages, team, lead, await session_of(team.member))
    await opened.do("look")
    return opened


async def stored(team: Team, lead: UUID) -> Lead:
    async with db.read(team.id) as tx:
        return await tx.find(Lead, lead)


def fact(sheet: dict[str, Any], key: str) -> FactRow:
    return next(row for row in sheet["facts"] if row.key == key)


async def test_the_facts_say_what_is_known_and_how_it_is_typed(team, lead):
    shown = await read(team, lead)
    assert (fact(shown, "value").value, fact(shown, "value").typed) == ("€48,000", "48,000")
    assert (fact(shown, "website").value, fact(shown, "website").href) == ("halden.example", "https://halden.example")
    assert (fact(shown, "phone").value, fact(shown, "phone").href, fact(shown, "phone").locked) == ("", "", False)


async def test_a_fact_set_by_hand_says_by_whom_in_facts_claims_and_timeline(team, lead):
    await edits.set_fact(team.member, team.slug, str(lead), "industry", "Labs", "Toys")
    await edits.set_fact(team.member, team.slug, str(lead), "city", "Halden", "")
    await edits.unlock_fact(team.admin, team.slug, str(lead), "city")
    await edits.set_fact(team.member, team.slug, str(lead), "value", "", "48,000")
    shown = await read(team, lead)

    assert fact(shown, "industry").locked_by == "Member North set this, so machines leave it alone."
    assert not fact(shown, "city").locked
    (row,) = (row for row in shown["claims"] if row.locked)
    assert (row.title, row.value, row.person.name) == ("Industry", "Labs", "Member North")
    assert ["".join(part.text for part in entry.parts) for entry in shown["timeline"]] == [
        "Member North emptied the value, which was “48,000”",
        "Admin North unlocked the city",
        "Member North set the city to “Halden”",
        "Member North changed the industry from “Toys” to “Labs”",
    ]


async def test_a_field_opens_saves_closes_and_offers_to_undo(sheet, team, lead):
    await sheet.do("edit", fact="industry", typed="Toys")
    assert ((await sheet.state()).editing, (await sheet.state()).typed) == ("industry", "Toys")

    await sheet.do("save", form={"text": "Labs"})

    assert ((await sheet.state()).editing, (await stored(team, lead)).industry) == ("", "Labs")
    assert await sheet.toast() == "Changed the industry of Halden Instruments"
    await sheet.do("save", form={"text": "Sent twice"})
    assert (await stored(team, lead)).industry == "Labs"


async def test_what_is_refused_stays_as_typed_and_open_until_it_is_right_or_given_up(sheet, team, lead):
    await sheet.do("edit", fact="headcount", typed="")
    await sheet.do("save", form={"text": "lots"})
    await sheet.do("edit", fact="city", typed="")
    state = await sheet.state()
    assert (state.editing, state.typed) == ("headcount", "lots")
    assert state.wrong.startswith("“lots” is not a number of people.")

    await sheet.do("give_up")
    assert ((await sheet.state()).editing, (await sheet.state()).wrong) == ("", "")
    assert (await stored(team, lead)).headcount_min is None


async def test_somebody_elses_change_is_told_at_the_field_and_saving_again_keeps_mine(sheet, team, lead):
    await sheet.do("edit", fact="industry", typed="Toys")
    await edits.set_fact(team.admin, team.slug, str(lead), "industry", "Labs", "Toys")
    await sheet.do("save", form={"text": "Optics"})
    assert "Admin North changed this to “Labs”" in (await sheet.state()).wrong
    assert (await stored(team, lead)).industry == "Labs"

    await sheet.do("save", form={"text": "Optics"})
    assert (await stored(team, lead)).industry == "Optics"


async def test_another_lead_closes_the_field_another_tab_does_not(sheet, team):
    await sheet.do("edit", fact="city", typed="")
    sheet.url += "?tab=claims"
    await sheet.do("look")
    assert (await sheet.state()).editing == "city"
    sheet.url = f"/w/{team.slug}/board/{await store(team, key='other', name='Other')}"
    await sheet.do("look")
    assert (await sheet.state()).editing == ""


async def test_a_note_is_written_refused_or_kept_for_later_and_deleted_with_undo(sheet, team, lead):
    await sheet.do("keep_note", text="Half a no")
    assert (await sheet.state()).draft == "Half a no"
    await sheet.do("add_note", form={"note": " "})
    assert (await sheet.state()).note_wrong == "The note is empty. Write something first."
    turn = (await sheet.state()).turn
    await sheet.do("add_note", form={"note": "Half a note\n<b>"})
    state = await sheet.state()
    assert (state.draft, state.note_wrong, state.turn) == ("", "", turn + 1)

    (note,) = (await read(team, lead))["notes"]
    assert (note.text, note.who.name, note.author) == ("Half a note\n<b>", "Member North", str(team.member.user_id))
    await sheet.do("delete_note", note_id=note.id)
    assert (await read(team, lead))["notes"] == []
    assert await sheet.toast() == "Deleted a note about Halden Instruments"
    await moves.undo_last(team.member, team.slug)
    shown = await read(team, lead)
    assert [note.text for note in shown["notes"]] == ["Half a note\n<b>"]
    assert ["".join(part.text for part in entry.parts) for entry in shown["timeline"]] == [
        "Member North brought back a note",
        "Member North deleted a note",
        "Member North wrote a note",
    ]
