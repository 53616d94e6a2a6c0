"""One lead as a live view: head, claims, contacts, package, timeline and receipt."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.domain.filters import ALL, LeadFilter
from leadboard.domain.sorting import Sort, with_sort
from leadboard.domain.stage_needs import REASONS, in_words, with_note
from leadboard.domain.stages import AGENT_BY_ID, COLUMN_TITLES, Column, SalesStage, Stage, Status
from leadboard.errors import NotFound
from leadboard.store import board, db, discoveries, edits, icps, leads, notes, said, undo
from leadboard.store.db import Tx
from leadboard.store.tables import Event, Lead, Note, Package
from leadboard.ui import words
from leadboard.ui.board import by_hand, entries
from leadboard.ui.board.undoable import with_undo
from leadboard.ui.display import Entry, LeadHead, Link, NoteRow, Part, Tone
from leadboard.ui.lead.claims import claim_rows
from leadboard.ui.lead.facts import fact_rows
from leadboard.ui.lead.package import sections
from leadboard.ui.lead.people import contact_rows
from leadboard.ui.lead.receipts import fit_receipt
from leadboard.ui.live import Parts

if TYPE_CHECKING:
    import reflex as rx

LEAD = "lead"
SUMMARY = ("internal_briefing", "lead_qualification", "analyzed_lead", "pain_point_analysis", "purchase_triggers")
INTELLIGENCE = (
    "persona_profile",
    "external_intelligence",
    "competitor_intelligence",
    "value_propositions",
    "strategic_questions",
    "strategies",
    "approach_plan",
    "objection_framework",
)
MESSAGES = ("messages",)
TONES: dict[str, Tone] = {Column.ENRICHED: "strong", Column.ATTENTION: "weak", Column.HARVESTED: "neutral"}


@dataclass(frozen=True)
class LeadView:
    """A lead's sheet; everybody who has it open shares the reading."""

    workspace_id: UUID
    slug: str
    currency: str
    lead_id: UUID
    filter: LeadFilter = ALL
    """Of the board it lies over: what was next there is next here."""
    path: str = "board"
    sort: Sort = Sort.FIT
    time_zone: str = "UTC"
    """By whose clock its meeting is told."""

    state: ClassVar["type[rx.State]"]

    def parts(self) -> Parts:
        """It is read as a whole."""
        return frozenset({LEAD})

    def concerned(self, topics: frozenset[str]) -> Parts:
        """News about this lead, or a new profile."""
        return self.parts() if f"lead:{self.lead_id}" in topics or "icp" in topics else frozenset()

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        async with db.read(self.workspace_id) as tx:
            try:
                lead = await leads.get(tx, self.lead_id)
            except NotFound:
                return {"gone": True}
            return await self._read(tx, lead)

    async def _read(self, tx: Tx, lead: Lead) -> dict[str, Any]:
        package, run = await leads.package(tx, lead), await leads.current_run(tx, lead)
        stored = package.sections if package else run.sections if run else None
        asked = package is not None
        contacts, events = await leads.contacts(tx, lead), await leads.timeline(tx, lead)
        setters = await edits.setters(tx, lead.id) if lead.locked else {}
        claims = claim_rows(lead, await said.about(tx, lead), setters, self.currency, tx.now, _pages(package))
        icp_version, _ = await icps.in_force(tx)
        return {
            "gone": False,
            "head": await self._head(tx, lead, package),
            "facts": fact_rows(lead, self.currency, setters),
            "notes": [_note(note) for note in await notes.of(tx, lead)],
            "summary": sections(stored, SUMMARY, asked=asked),
            "intelligence": sections(stored, INTELLIGENCE, asked=asked),
            "messages": sections(stored, MESSAGES, asked=asked),
            "claims": claims,
            "claims_count": str(sum(1 for row in claims if row.value)),
            "contacts": contact_rows(contacts, lead, events, tx.now),
            "timeline": await self._timeline(tx, lead, events),
            "receipt": fit_receipt(lead, icp_version),
            "working": lead.status in (Status.ENRICHING, Status.PENDING_ENRICHMENT),
            "failed": lead.stage == Stage.FAILED,
            "enriched": asked,
        }

    async def _head(self, tx: Tx, lead: Lead, package: Package | None) -> LeadHead:
        before, after = await board.neighbours(tx, lead, self.filter, self.sort)
        base, query = f"/w/{self.slug}/{self.path}/", with_sort(self.filter.query, self.sort, self.path)
        known_as, known = self._known(lead)
        return LeadHead(
            id=str(lead.id),
            name=lead.name,
            initials=words.person(lead.name).initials,
            domain=Link(lead.domain or lead.website, lead.website or (f"https://{lead.domain}" if lead.domain else "")),
            place=words.place(lead.city, lead.country),
            what=lead.what,
            stage=COLUMN_TITLES[lead.column],
            tone=TONES.get(lead.column, "accent"),
            owner=words.person(lead.owner_name),
            value=words.money(lead.value, self.currency),
            since=words.iso(lead.stage_at),
            known=known,
            known_as=known_as,
            confidence=f"{round(100 * package.confidence)}%" if package else "",
            agent=lead.agent if lead.status == Status.ENRICHING else "",
            percent=lead.percent,
            error=lead.error,
            previous=f"{base}{before}{query}" if before else "",
            following=f"{base}{after}{query}" if after else "",
        )

    def _known(self, lead: Lead) -> tuple[str, str]:
        """What its stage had to know, by name; an import may have put it there without."""
        if lead.sales_stage == SalesStage.DISQUALIFIED:
            return "Reason", with_note(REASONS.get(lead.lost_reason, ""), lead.lost_note)
        if lead.sales_stage == SalesStage.MEETING_BOOKED:
            at = lead.meeting_at
            return "Meeting", f"{in_words(at, self.time_zone)} ({self.time_zone})" if at else ""
        return "", ""

    async def _timeline(self, tx: Tx, lead: Lead, events: Iterable[Event]) -> list[Entry]:
        told = ((event, _entry(event, self.slug, lead.name)) for event in events)
        return await with_undo(tx, [(event, entry) for event, entry in told if entry], undo.KEPT)


def _pages(package: Package | None) -> int:
    if package is None:
        return 0
    sources = package.sections.get("external_intelligence", {}).get("sources") or []
    return max(1, len(sources))


def _note(note: Note) -> NoteRow:
    return NoteRow(str(note.id), words.person(note.by), words.iso(note.created_at), note.text, str(note.user_id))


def _entry(event: Event, slug: str, name: str) -> Entry | None:
    if by := by_hand.told(event):
        return Entry(str(event.n), *by, words.iso(event.at))
    if told := entries.entry(event, slug, name):
        return replace(told, link=Link())
    agent = AGENT_BY_ID.get(str(event.data.get("agent_name", "")))
    match event.kind:
        case "agent_end" if agent and event.data.get("success"):
            return Entry(str(event.n), "found", [Part(agent.label, True), Part(" done")], words.iso(event.at))
        case "agent_end" if agent:
            parts = [Part(agent.label, True), Part(f" failed: {event.data.get('error', '')}")]
            return Entry(str(event.n), "failed", parts, words.iso(event.at))
        case "lead_enrichment_start":
            return Entry(str(event.n), "started", [Part("Enrichment started")], words.iso(event.at))
        case discoveries.CREATED:
            parts = [Part("Found by "), Part(str(event.data.get("source", "a search")), True)]
            return Entry(str(event.n), "found", parts, words.iso(event.at))
        case discoveries.AGAIN:
            skipped = ", and left as it is" if event.data.get("skipped") else ""
            return Entry(str(event.n), "found", [Part(f"Found again by a search{skipped}")], words.iso(event.at))
        case "lead_created":
            return Entry(str(event.n), "note", [Part("Came to the board")], words.iso(event.at))
    return None
