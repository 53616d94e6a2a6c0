"""What people did to leads, as the activity tells it, and a lead of the Sales board on its sheet."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from leadboard.domain.sorting import Sort
from leadboard.domain.stages import SalesColumn
from leadboard.store import db
from leadboard.store.tables import Event, Lead
from leadboard.ui.board.entries import entry
from leadboard.ui.lead.view import LeadView
from tests.conftest import Team

LEAD = uuid4()
SET = {"fact": "website", "was": "acme.com", "to": "acme.io"}
TOLD: list[tuple[str, UUID | None, dict[str, Any], str, str]] = [
    ("lead_moved", LEAD, {"to": "reviewing"}, "Ada moved Acme to Review", "Show"),
    ("lead_moved", LEAD, {"to": "none"}, "Ada moved Acme to the inbox", "Show"),
    (
        "lead_moved",
        LEAD,
        {"to": "disqualified", "said": "No budget", "lost_note": "asked for half"},
        "Ada moved Acme to Disqualified: No budget (asked for half)",
        "Show",
    ),
    ("lead_moved", None, {"to": "meeting_booked", "leads": 312}, "Ada moved 312 leads to Meeting booked", ""),
    ("lead_assigned", LEAD, {"owner": "Ben"}, "Ada assigned Acme to Ben", "Show"),
    ("lead_assigned", None, {"owner": "", "leads": 2}, "Ada took the owner off 2 leads", ""),
    ("lead_tagged", LEAD, {"added": ["hot", "key account"]}, "Ada tagged Acme with hot, key account", "Show"),
    ("lead_tagged", None, {"removed": ["hot"], "leads": 3}, "Ada took hot off 3 leads", ""),
    ("lead_deleted", LEAD, {}, "Ada deleted Acme", ""),
    ("lead_edited", LEAD, {}, "Ada edited Acme", "Show"),
    ("lead_edited", LEAD, SET | {"was": ""}, "Ada set the website of Acme to “acme.io”", "Show"),
    ("lead_edited", LEAD, SET, "Ada changed the website of Acme from “acme.com” to “acme.io”", "Show"),
    ("lead_edited", LEAD, SET | {"to": ""}, "Ada emptied the website of Acme, which was “acme.com”", "Show"),
    ("lead_edited", LEAD, {"fact": "headcount"}, "Ada unlocked the employees of Acme", "Show"),
    (
        "lead_edited",
        LEAD,
        {"fact": "headcount", "was": "96", "to": "118", "source": "https://www.acme.com/team/"},
        "Ada chose “118” for the employees of Acme, as acme.com/team says",
        "Show",
    ),
    (
        "lead_edited",
        LEAD,
        {"stage_noun": "meeting", "was": "Tue 24 Nov 2026, 10:00", "to": "Fri 27 Nov 2026, 16:30"},
        "Ada changed the meeting of Acme from “Tue 24 Nov 2026, 10:00” to “Fri 27 Nov 2026, 16:30”",
        "Show",
    ),
    (
        "lead_edited",
        LEAD,
        {"stage_noun": "reason", "was": "", "to": "No budget"},
        "Ada set the reason of Acme to “No budget”",
        "Show",
    ),
    ("note_added", LEAD, {}, "Ada wrote a note about Acme", "Show"),
    ("note_deleted", LEAD, {}, "Ada deleted a note about Acme", "Show"),
    ("change_undone", LEAD, {"of": "note_deleted"}, "Ada brought back a note about Acme", "Show"),
    ("change_undone", LEAD, {"of": "note_added"}, "Ada took back a note about Acme", "Show"),
    ("lead_enriched", None, {"leads": 12}, "12 leads enriched", ""),
    (
        "lead_enrichment_failed",
        None,
        {"leads": 3, "error": "Website did not answer."},
        "3 leads need attention: website did not answer",
        "",
    ),
    ("change_undone", LEAD, {"of": "lead_moved"}, "Ada undid the move of Acme", "Show"),
    (
        "ai_budget_alert",
        None,
        {"whose": "workspace", "share": 0.8},
        "80% of the workspace's budget of the day for models is spent",
        "",
    ),
    ("change_undone", None, {"of": "lead_deleted", "leads": 2}, "Ada undid the deletion of 2 leads", ""),
    ("verification_requested", LEAD, {"name": "Siv Vik"}, "Ada had the address of Siv Vik verified", ""),
    ("email_verified", LEAD, {"name": "Siv Vik", "status": "valid"}, "The address of Siv Vik takes mail", ""),
    ("email_verified", LEAD, {"name": "Siv Vik", "status": "invalid"}, "The address of Siv Vik takes no mail", ""),
    (
        "verification_stopped",
        LEAD,
        {"name": "Siv Vik", "why": "The workspace's budget is used up."},
        "The address of Siv Vik was not verified: the workspace's budget is used up",
        "Show",
    ),
]


@pytest.mark.parametrize(("kind", "lead_id", "data", "sentence", "link"), TOLD)
def test_what_a_person_did_is_told_in_a_sentence(kind, lead_id, data, sentence, link):
    event = Event(workspace_id=uuid4(), n=1, kind=kind, lead_id=lead_id, actor="Ada", shown=True, data=data)

    told = entry(event, "north", "Acme")

    assert told is not None
    assert "".join(part.text for part in told.parts) == sentence
    assert told.link.label == link


@pytest.mark.parametrize("column", SalesColumn)
async def test_a_lead_that_people_took_up_has_a_sheet(database: db.Database, team: Team, column: SalesColumn):
    async with db.begin(team.id) as tx:
        rows = [Lead(workspace_id=team.id, key=name, name=name, value=n, column=column) for n, name in enumerate("abc")]
        tx.add_all(rows)
    view = LeadView(team.id, team.slug, "EUR", rows[1].id, path="sales", sort=Sort.VALUE)

    head = (await view.read(view.parts()))["head"]

    assert head.stage.lower().replace(" ", "_") == column.value
    assert (head.previous.rpartition("/")[2], head.following.rpartition("/")[2]) == (str(rows[2].id), str(rows[0].id))
