"""Everything a person changes of leads can be taken back: afterwards every row is as it was, and the log tells both."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, col, select

from leadboard.actions import edits, moves
from leadboard.actions.moves import Changed
from leadboard.domain.icp import Icp
from leadboard.domain.stage_needs import Answers
from leadboard.errors import NotFound, Refused
from leadboard.store import db, icps, notes, undo, work
from leadboard.store.import_rows import score_again
from leadboard.store.tables import Claim, ColumnTotal, Contact, Event, Lead, Note, utcnow
from leadboard.store.undo import Change
from tests.conftest import Team

TELLS = {"version", "updated_at", "moved_by", "moved_at", "moved_version", "fit_at", "als_at"}
"""What tells of every change and every scoring, so that an undo never sets it back."""


@pytest.fixture(autouse=True)
async def client(any_database: db.Database) -> AsyncIterator[None]:
    """The client in use: deleting ends enrichment."""
    asking = work.connect(any_database.url)
    work.use(asking)
    yield
    work.use(None)
    asking.destroy()


@dataclass(frozen=True)
class Board:
    """Three leads with people, claims and scores, and a note of the member."""

    team: Team
    ids: list[str]
    note: str

    @property
    def one(self) -> str:
        return self.ids[0]


@pytest.fixture
async def board(client: None, team: Team) -> Board:
    async with db.begin(team.id) as tx:
        await icps.save(tx, Icp(industry=("Software",), size_min=10, size_max=90), "Ada")
        leads = [
            Lead(
                workspace_id=team.id,
                key=f"{n}.example",
                name=f"Lead {n}",
                domain=f"{n}.example",
                website=f"https://{n}.example",
                industry="Software",
                headcount_min=20,
                headcount_max=20,
                value=100 * n,
                tags=["old"],
                locked=["city"] if n == 0 else [],
                status="enriched",
                stage="enriched",
                column="enriched",
            )
            for n in range(3)
        ]
        tx.add_all(leads)
        await tx.flush()
        for lead in leads:
            of_lead = {"workspace_id": team.id, "lead_id": lead.id}
            tx.add(Contact(**of_lead, key="vik", name="Sigrid Vik", title="Head of sales"))
            claim = {"field": "headcount", "source": "https://x.example/team", "method": "text", "confidence": 0.8}
            tx.add(Claim(**of_lead, value="600", **claim))
        await tx.flush()
        await score_again(tx, leads)
        note = await notes.add(tx, Change(team.member.user_id, "Member", notes.ADDED, "Wrote"), leads[0].id, "Call")
    return Board(team, [str(lead.id) for lead in leads], str(note.id))


Act = Callable[[Board], Awaitable[Changed]]


def done_by(board: Board) -> tuple[Any, str]:
    return board.team.admin, board.team.slug


ANSWERS = Answers(lost_reason="no_budget", lost_note="asked for half", meeting_at="2026-11-24T10:00")

DO: dict[str, tuple[str, Act]] = {
    "move": ("lead_moved", lambda b: moves.move(*done_by(b), b.one, 1, "negotiating")),
    "bulk move": ("lead_moved", lambda b: moves.move_many(*done_by(b), [(one, 1) for one in b.ids], "review")),
    "rule out": ("lead_moved", lambda b: moves.move(*done_by(b), b.one, 1, "disqualified", ANSWERS)),
    "book meetings": (
        "lead_moved",
        lambda b: moves.move_many(*done_by(b), [(one, 1) for one in b.ids], "meeting_booked", ANSWERS),
    ),
    "assign": ("lead_assigned", lambda b: moves.assign(*done_by(b), b.ids, str(b.team.owner.user_id))),
    "tag": ("lead_tagged", lambda b: moves.tag(*done_by(b), b.ids, ["software", "key account"])),
    "untag": ("lead_tagged", lambda b: moves.untag(*done_by(b), b.ids, ["old"])),
    "delete": ("lead_deleted", lambda b: moves.delete(*done_by(b), b.ids)),
    "edit industry": ("lead_edited", lambda b: edits.set_fact(*done_by(b), b.one, "industry", "Toys", "Software")),
    "edit website": (
        "lead_edited",
        lambda b: edits.set_fact(*done_by(b), b.one, "website", "other.example", "https://0.example"),
    ),
    "edit value": ("lead_edited", lambda b: edits.set_fact(*done_by(b), b.one, "value", "48k", "0")),
    "choose": ("lead_edited", lambda b: edits.choose(*done_by(b), b.one, "headcount", "600", "20")),
    "unlock": ("lead_edited", lambda b: edits.unlock_fact(*done_by(b), b.one, "city")),
    "write a note": ("note_added", lambda b: edits.add_note(*done_by(b), b.one, "Ask for Sigrid")),
    "delete a note": ("note_deleted", lambda b: edits.delete_note(b.team.member, b.team.slug, b.note)),
}


async def rows(team: Team) -> dict[str, list[dict[str, Any]]]:
    """Every row of what people change, as it stands: leads and deleted ones, claims, people, notes and totals."""
    found = {}
    async with db.read(team.id) as tx:
        for table in (Lead, Claim, Contact, Note, ColumnTotal):
            kept = [row.model_dump(exclude=TELLS) for row in (await tx.exec(select(table))).all() if _counts(row)]
            found[table.__name__] = sorted(kept, key=lambda row: str(row.get("id") or row["column"]))
    return found


def _counts(row: SQLModel) -> bool:
    match row:
        case ColumnTotal():
            return (row.leads, row.value) != (0, 0)
        case Note():
            return row.deleted_at is None
    return True


async def told(team: Team) -> list[tuple[str, str]]:
    """What the activity tells of these leads, oldest first."""
    async with db.read(team.id) as tx:
        shown = select(Event).where(col(Event.shown).is_(True)).order_by(col(Event.n))
        events = (await tx.exec(shown)).all()
    return [(event.kind, event.actor) for event in events if event.kind != "icp_saved"][1:]


@pytest.mark.parametrize("what", DO)
async def test_what_was_changed_is_taken_back_to_the_last_row_and_the_log_tells_both(board: Board, what: str) -> None:
    kind, act = DO[what]
    team, me = board.team, board.team.member if what == "delete a note" else board.team.admin
    before = await rows(team)

    done = await act(board)

    assert done.change
    assert await rows(team) != before
    undone = await moves.undo_change(me, team.slug, done.change)
    assert (undone.restored, undone.kept) == (done.leads if done.leads > 1 else 1, ())
    assert await rows(team) == before
    assert await told(team) == [(kind, me.name), ("change_undone", me.name)]
    assert await moves.undo_change(me, team.slug, done.change) == undone, "a second time changes nothing"
    assert await rows(team) == before


@pytest.mark.parametrize("what", ["move", "bulk move", "edit website", "choose", "write a note", "delete a note"])
async def test_the_history_of_a_lead_takes_back_for_a_day_what_was_done_to_it_alone(
    board: Board, any_database: db.Database, what: str
) -> None:
    me = board.team.member if what == "delete a note" else board.team.admin
    before = await rows(board.team)
    done = await DO[what][1](board)

    any_database.clock = lambda: utcnow() + undo.LASTS
    with pytest.raises(Refused, match="more than a minute ago"):
        await moves.undo_change(me, board.team.slug, done.change)
    any_database.clock = lambda: utcnow() + undo.KEPT - timedelta(minutes=1)
    if done.leads > 1:
        with pytest.raises(Refused, match="more than a minute ago"):
            await moves.undo_change(me, board.team.slug, done.change, in_history=True)
    else:
        await moves.undo_change(me, board.team.slug, done.change, in_history=True)
        assert await rows(board.team) == before


async def test_nobody_takes_back_after_a_day_or_for_others_from_the_history_either(
    board: Board, any_database: db.Database
) -> None:
    done = await edits.set_fact(*done_by(board), board.one, "industry", "Toys", "Software")
    with pytest.raises(NotFound):
        await moves.undo_change(board.team.member, board.team.slug, done.change, in_history=True)
    any_database.clock = lambda: utcnow() + undo.KEPT
    with pytest.raises(Refused, match="more than a day ago"):
        await moves.undo_change(*done_by(board), done.change, in_history=True)


async def test_a_note_that_was_deleted_since_is_not_taken_back_twice(board: Board) -> None:
    written = await edits.add_note(*done_by(board), board.one, "Ask for Sigrid")
    async with db.read(board.team.id) as tx:
        newest, *_ = await notes.of(tx, await tx.find(Lead, board.one))
    deleted = await edits.delete_note(*done_by(board), str(newest.id))

    undone = await moves.undo_change(*done_by(board), written.change)

    assert (undone.restored, undone.kept) == (0, ("The note was deleted since.",))
    assert (await moves.undo_change(*done_by(board), deleted.change)).restored == 1
