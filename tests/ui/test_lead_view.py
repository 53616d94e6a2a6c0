"""A lead's sheet as it is read from a real database."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from leadboard.domain.icp import Icp
from leadboard.domain.models import Why
from leadboard.domain.stages import Column, Stage, Status
from leadboard.store import db, icps
from leadboard.store.import_rows import score_again
from leadboard.store.tables import Claim, Contact, ImportJob, ImportRow, Lead, Package, utcnow
from leadboard.ui.display import ClaimRow, Section, Tier
from leadboard.ui.lead.package import sections
from leadboard.ui.lead.state import LeadState
from leadboard.ui.lead.view import LeadView
from leadboard.ui.live import Live
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of

pytestmark = pytest.mark.usefixtures("database")

PAGE = "https://www.halden.example/about/"


def says(text: str, snippet: str = "", source: str = PAGE) -> dict[str, Any]:
    """A statement as agents store it."""
    return {"text": text, "source": source, "snippet": snippet or text, "confidence": 0.8}


SECTIONS: dict[str, Any] = {
    "analyzed_lead": {"executive_summary": says("Halden makes spectrometers.", "We make spectrometers")},
    "pain_point_analysis": {"items": [{"description": says("Samples wait for days.")}], "confidence": 0.6},
    "external_intelligence": {"sources": [PAGE, f"{PAGE}team"], "error": "The news page does not answer."},
    "competitor_intelligence": {"error": "The website does not answer.", "errors": {"competitor": "…"}},
    "purchase_triggers": {"items": []},
    "messages": {"items": [{"channel": "email", "body": says("Dear Ms Vik, samples wait for days.")}]},
}


async def store(team: Team, *rows: Any, **lead: Any) -> UUID:
    """Store a lead and what belongs to it; `rows` are functions of its id."""
    async with db.begin(team.id) as tx:
        made = Lead(workspace_id=team.id, **({"key": "halden.example", "name": "Halden Instruments"} | lead))
        tx.add(made)
        await tx.flush()
        for row in rows:
            tx.add(row(made.id))
            await tx.flush()
    return made.id


async def read(team: Team, lead: UUID) -> dict[str, Any]:
    view = LeadView(team.id, team.slug, "EUR", lead)
    return await view.read(view.parts())


def states(sections: list[Section]) -> dict[str, str]:
    return {section.key: section.state for section in sections}


def row_of(sheet: dict[str, Any], field: str) -> ClaimRow:
    return next(row for row in sheet["claims"] if row.title == field)


async def test_a_lead_with_nothing_says_so_everywhere(team: Team) -> None:
    sheet = await read(team, await store(team))

    assert (sheet["gone"], sheet["working"], sheet["failed"]) == (False, False, False)
    assert (sheet["claims"], sheet["claims_count"], sheet["contacts"], sheet["timeline"]) == ([], "0", [], [])
    for part in ("summary", "intelligence", "messages"):
        assert set(states(sheet[part]).values()) == {"waiting"}
    head = sheet["head"]
    assert (head.name, head.initials, head.stage, head.tone) == ("Halden Instruments", "HI", "Harvested", "neutral")
    assert (head.confidence, head.value, head.agent, head.previous, head.following) == ("", "", "", "", "")
    assert head.domain.href == ""
    assert sheet["receipt"].score == "–"
    assert sheet["receipt"].hint == "Describe your ideal customer, and every lead gets a score."


async def test_a_receipt_of_an_earlier_profile_says_so_beside_its_number(team: Team) -> None:
    lead = await store(team)
    for profile in (Icp(industry=("labs",)), Icp(industry=("toys",))):
        async with db.begin(team.id) as tx:
            await icps.save(tx, profile, "Ada")
            if profile.industry == ("labs",):
                await score_again(tx, [await tx.find(Lead, lead)])
    receipt = (await read(team, lead))["receipt"]

    assert (receipt.old, receipt.note) == ("ICP 1", "ICP version 1; version 2 is being applied")
    assert receipt.score.isdecimal(), "it stays readable"
    async with db.begin(team.id) as tx:
        await score_again(tx, [await tx.find(Lead, lead)])
    assert (await read(team, lead))["receipt"].old == ""


async def test_a_lead_from_a_list_shows_what_the_list_said(team: Team) -> None:
    job = ImportJob(workspace_id=team.id, file_name="fair.csv", path="", size=1, by="Ida Berg")
    async with db.begin(team.id) as tx:
        tx.add(job)
    values = {"name": "Halden Instruments", "city": "Halden", "tags": ["labs", "food"], "phone": ""}
    lead = await store(
        team,
        lambda lead: ImportRow(
            workspace_id=team.id, job_id=job.id, n=7, lead_id=lead, outcome="created", values=values
        ),
        city="Halden",
        country="NO",
    )
    sheet = await read(team, lead)

    assert {row.title: row.value for row in sheet["claims"]} == {
        "Name": "Halden Instruments",
        "City": "Halden",
        "Tags": "labs, food",
    }
    assert row_of(sheet, "City").note == "fair.csv, row 7"
    assert row_of(sheet, "City").source.href == ""
    assert sheet["claims_count"] == "3"
    assert sheet["head"].place == "Halden, NO"


async def test_a_package_is_shown_with_its_sources_gaps_and_errors(team: Team) -> None:
    lead = await store(
        team,
        lambda lead: Package(workspace_id=team.id, lead_id=lead, run_id=uuid4(), sections=SECTIONS, confidence=0.874),
        stage=Stage.ENRICHED,
        column=Column.ENRICHED,
        status=Status.ENRICHED,
        domain="halden.example",
        value=6_400_000,
    )
    sheet = await read(team, lead)

    assert states(sheet["summary"])["analyzed_lead"] == "ready"
    assert states(sheet["summary"])["purchase_triggers"] == "empty"
    assert states(sheet["intelligence"])["competitor_intelligence"] == "failed"
    failed = next(each for each in sheet["intelligence"] if each.key == "competitor_intelligence")
    assert failed.note == "The website does not answer."
    company = next(each for each in sheet["summary"] if each.key == "analyzed_lead")
    (told,) = company.statements
    assert (told.text, told.snippet) == ("Halden makes spectrometers.", "We make spectrometers")
    assert (told.source.label, told.source.href) == ("halden.example/about", PAGE)
    assert any("samples wait" in told.text for section in sheet["messages"] for told in section.statements)
    head = sheet["head"]
    assert (head.confidence, head.tone, head.value) == ("87%", "strong", "€64,000")
    assert head.domain.href == "https://halden.example"
    assert row_of(sheet, "Industry").note == "2 pages asked"


@pytest.mark.parametrize(
    ("basis", "note"),
    [
        ("website", "The website gives no evidence for it."),
        ("import", "The website could not be read, and the imported list gives no evidence for it."),
    ],
)
def test_what_was_not_found_says_where_was_looked(basis: str, note: str) -> None:
    (competitors,) = sections({"analyzed_lead": {"basis": basis}}, ("competitor_intelligence",))
    assert (competitors.state, competitors.note) == ("empty", note)


async def test_a_failed_lead_says_why_and_shows_no_agent(team: Team) -> None:
    error = "The website does not answer."
    lead = await store(
        team,
        stage=Stage.FAILED,
        column=Column.ATTENTION,
        status=Status.ENRICHMENT_FAILED,
        agent="Web research",
        percent=40,
        error=error,
    )
    sheet = await read(team, lead)

    assert (sheet["failed"], sheet["working"]) == (True, False)
    assert (sheet["head"].error, sheet["head"].agent, sheet["head"].tone) == (error, "", "weak")


@pytest.mark.parametrize("status", [Status.ENRICHING, Status.PENDING_ENRICHMENT])
async def test_a_lead_under_way_can_be_stopped(status: Status, team: Team) -> None:
    assert (await read(team, await store(team, status=status)))["working"]


async def test_claims_that_disagree_stand_as_rivals_and_old_ones_as_stale(team: Team) -> None:
    def claim(field: str, value: str, confidence: float, **more: Any) -> Any:
        return lambda lead: Claim(
            workspace_id=team.id,
            lead_id=lead,
            field=field,
            value=value,
            source=more.pop("source", PAGE),
            method="text",
            confidence=confidence,
            **more,
        )

    lead = await store(
        team,
        claim("headcount", "120", 0.7),
        claim("headcount", "90", 0.9),
        claim("headcount", "118", 0.5, locked_by_human=True, source="Ida Berg"),
        claim("technology", "Python", 0.8),
        claim("technology", "PostgreSQL", 0.9),
        claim("industry", "Instruments", 0.8, seen_at=utcnow() - timedelta(days=3_000)),
        claim("linkedin", "halden", 0.6, source="javascript:alert(1)"),
    )
    sheet = await read(team, lead)

    people = row_of(sheet, "Employees")
    assert (people.value, people.rivals, people.locked, people.note) == ("118", "1 of 3", True, "Ida Berg")
    assert (row_of(sheet, "Technology").value, row_of(sheet, "Technology").rivals) == ("PostgreSQL, Python", "")
    assert [row.title for row in sheet["claims"] if row.stale] == ["Industry"]
    assert row_of(sheet, "LinkedIn").source.href == "", "only addresses of pages become links"


@pytest.mark.parametrize(("tier", "shown"), [("hot", "Hot 91"), ("", "Cold 91"), ("dead", "Dead 91")])
async def test_a_contact_says_how_it_may_be_reached(tier: Tier, shown: str, team: Team) -> None:
    receipt = {"channels": ["email", "linkedin"], "weights_source": "default", "total": 91, "components": []}
    lead = await store(
        team,
        lambda lead: Contact(
            workspace_id=team.id,
            lead_id=lead,
            key="s.vik@halden.example",
            email="s.vik@halden.example",
            phone="+4769000000",
            als_score=91,
            als_tier=tier,
            als_receipt=receipt,
            source=PAGE,
        ),
        lambda lead: Contact(workspace_id=team.id, lead_id=lead, key="gone", name="Gone", deleted_at=utcnow()),
    )
    (contact,) = (await read(team, lead))["contacts"]

    assert (contact.name, contact.tier_word, contact.channels) == (
        "s.vik@halden.example",
        shown,
        "Allowed: email, linkedin",
    )
    assert contact.phone_href == "tel:+4769000000"


async def test_the_timeline_tells_steps_and_what_people_did(team: Team) -> None:
    lead = await store(team)
    async with db.begin(team.id) as tx:
        tx.record("lead_created", lead)
        tx.record("enrichment_requested", lead, by="Ben Oduya", shown=True, leads=1)
        tx.record("lead_enrichment_start", lead)
        tx.record("agent_end", lead, agent_name="web_research", success=True)
        tx.record("agent_end", lead, agent_name="web_research", success=False, error="No page was readable.")
        tx.record("agent_end", lead, agent_name="an_agent_of_another_version", success=True)
        tx.record("lead_enriched", lead, shown=True, confidence=0.5)
    timeline = (await read(team, lead))["timeline"]
    told = ["".join(part.text for part in each.parts) for each in reversed(timeline)]

    assert told[:3] == [
        "Came to the board",
        "Ben Oduya started enrichment of Halden Instruments",
        "Enrichment started",
    ]
    assert told[3].endswith(" done")
    assert told[4].endswith(" failed: No page was readable.")
    assert told[5:] == ["Halden Instruments enriched, confidence 50%"]
    assert not any(each.link.href for each in timeline), "it would lead to where one is"


async def test_the_sheet_knows_its_neighbours_in_the_column(team: Team) -> None:
    ids = [await store(team, key=f"{n}", name=f"Lead {n}", fit_score=90 - n) for n in range(3)]
    base = f"/w/{team.slug}/board/"
    heads = [(await read(team, lead))["head"] for lead in ids]

    assert [head.previous for head in heads] == ["", f"{base}{ids[0]}", f"{base}{ids[1]}"]
    assert [head.following for head in heads] == [f"{base}{ids[1]}", f"{base}{ids[2]}", ""]


async def test_a_lead_that_is_not_here_is_gone_whatever_the_reason(team: Team, other_team: Team) -> None:
    foreign = await store(other_team)
    deleted = await store(team, deleted_at=utcnow())

    for lead in (foreign, deleted, uuid4()):
        assert await read(team, lead) == {"gone": True}


def test_news_about_another_lead_does_not_concern_it(team: Team) -> None:
    view = LeadView(team.id, team.slug, "EUR", uuid4())

    assert view.concerned(frozenset({f"lead:{view.lead_id}"})) == view.parts()
    assert view.concerned(frozenset({"icp"})) == view.parts()
    assert view.concerned(frozenset({f"lead:{uuid4()}", "activity", "column:harvested"})) == frozenset()


async def test_the_address_opens_the_sheet_at_a_tab_and_closes_it(
    pages: Pages, views: Live, wire: Wire, team: Team
) -> None:
    lead = await store(team)
    session, look = await session_of(team.viewer), f"{LeadState.get_full_name()}.look"
    for url, is_open, tab in (
        (f"/w/{team.slug}/board/{lead}?tab=claims", True, "claims"),
        (f"/w/{team.slug}/board/{lead}?tab=../x", True, "summary"),
        (f"/w/{team.slug}/board", False, "summary"),
    ):
        assert await pages.call(look, {}, session, url, tab="t") is None
        (held,) = pages.manager.states.values()
        state = await held.get_state(LeadState)
        assert (state.open, state.tab) == (is_open, tab)

    assert sum("head" in values for values in wire.got("sid-t")) == 1, "changing the tab reads nothing again"
    assert views.watching(team.id) == 3, "a closed sheet hears of nothing any more; board, search and batches stay"


def wrote(by: str, why: str = "", dropped: int = 0) -> dict[str, Any]:
    """Who wrote, as the engine stores it."""
    return {"by": by, "why": why, "dropped": dropped}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, ""),
        ({"a": wrote("model")}, "Written by a model."),
        ({"a": wrote("model", dropped=1)}, "Written by a model. 1 sentence dropped for want of evidence."),
        (
            {"a": wrote("model", dropped=2), "b": wrote("rules", "timeout", 1)},
            "Written by a model, in part by rules. 3 sentences dropped for want of evidence.",
        ),
        (
            {"a": wrote("rules", "ai_budget_exhausted")},
            "Written by rules, because the day's budget for models is used up.",
        ),
    ],
)
def test_a_section_says_who_wrote_it_and_how_much_was_dropped(written, told):
    stored = {"strategic_questions": {"items": [says("Why now?")]} | ({"written": written} if written else {})}

    [section] = sections(stored, ("strategic_questions",))

    assert section.by == told
    assert [statement.text for statement in section.statements] == ["Why now?"]


def test_who_wrote_is_nothing_that_was_found():
    [section] = sections(
        {"strategic_questions": {"items": [], "written": {"a": wrote("model")}}}, ("strategic_questions",)
    )

    assert section.state == "empty"


def test_every_reason_of_the_rules_is_told():
    for why in Why:
        stored = {"strategic_questions": {"items": [says("Why now?")], "written": {"a": wrote("rules", why)}}}
        assert sections(stored, ("strategic_questions",))[0].by.startswith("Written by rules, because ")
