"""Finding contacts from the board: the forecast before, the panel meanwhile, the receipt after."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from sqlmodel import select

from leadboard.domain.batches import BatchStatus
from leadboard.domain.waterfall.forecast import Expected, Forecast
from leadboard.providers.registry import SERVICES
from leadboard.store import batches, catalogue, db
from leadboard.store.tables import Batch, Lead, Workspace
from leadboard.ui.batches.state import BatchState
from leadboard.ui.batches.view import BatchView
from leadboard.ui.batches.words import batch_card, duration, forecast_card
from leadboard.ui.board.state import BoardState
from leadboard.ui.live import Live
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of
from tests.ui.test_live import until

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EXPECTED = Forecast(
    records=40,
    calls=55.2,
    hits=30.1,
    people=30,
    addresses=21.4,
    micros=1_200_000,
    low=876_543,
    high=1_671_234,
    most=3_000_000,
    seconds=200,
    services=(Expected("hunter", 30.4, 12.2, 298_900, 310),),
    spared_calls=4,
    spared_micros=98_000,
    past=310,
    sentence="It rests on 310 past calls.",
)
RECEIPT = {
    "records": 30,
    "accepted": 22,
    "partial": 5,
    "missing": 3,
    "calls": 41,
    "hits": 22,
    "micros": 1_519_000,
    "paid": [{"service": "hunter", "calls": 41, "hits": 22, "micros": 1_519_000}],
    "saved": [{"why": "cache", "service": "hunter", "calls": 3, "micros": 73_500}],
    "missed": [{"why": "inputs", "service": "prospeo", "records": 2, "sentence": "Prospeo needs the domain."}],
    "reasons": {"The e-mail address is missing.": 8},
}


@pytest.fixture(autouse=True)
def services(database: db.Database) -> None:
    catalogue.use(SERVICES)


def batch(**values: Any) -> Batch:
    some = {"entity": "lead", "signature": "s", "total": 40, "by": "Ada", "created_at": NOW, "workspace_id": uuid4()}
    return Batch(**some | values)


def test_a_forecast_says_what_it_expects_in_cents() -> None:
    card = forecast_card(12, EXPECTED, demo=False)
    assert (card.leads, card.found, card.cost, card.most, card.time) == (
        "12 leads",
        "21 of 30 people",
        "$0.88 to $1.67",
        "at most $3.00",
        "3 min",
    )
    assert (card.cap, card.spared) == ("1.68", "4 calls not needed again: $0.098 not spent.")
    [hunter] = card.services
    assert (hunter.name, hunter.calls, hunter.hits, hunter.cost, hunter.past) == (
        "Hunter",
        "30",
        "12",
        "$0.2989",
        "310 past calls",
    )


def test_a_batch_that_costs_nothing_asks_for_no_cap() -> None:
    card = forecast_card(1, replace(EXPECTED, low=0, high=0, most=0, spared_calls=0), demo=True)
    assert (card.cost, card.cap, card.most, card.spared, card.demo) == ("nothing", "", "", "", True)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "1 s"), (59.4, "59 s"), (60, "1 min"), (5_399, "90 min"), (5_400, "2 h"), (90_000, "25 h")],
)
def test_times_are_rough(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_a_paused_batch_says_why_and_when_it_goes_on() -> None:
    card = batch_card(
        batch(
            status="paused",
            why="The cap is reached.",
            resume_at=NOW,
            processed=10,
            accepted=4,
            spent_micros=250_000,
            cap_micros=2_500_000,
        )
    )
    assert (card.state, card.paused, card.working, card.percent) == ("Paused", True, True, 25)
    assert (card.why, card.goes_on, card.cap) == ("The cap is reached.", "2026-11-22T09:00:00+00:00", "2.50")
    assert (card.counts, card.cost) == ("10 of 40 records · 4 accepted", "$0.25 of $2.50")


def test_a_receipt_says_what_was_paid_saved_and_missed_beside_what_was_expected() -> None:
    card = batch_card(
        batch(
            status="complete",
            ended_at=NOW,
            accepted=22,
            receipt=RECEIPT,
            forecast=EXPECTED.to_data(),
            alerts=["Hunter failed."],
        )
    )
    assert card.title == "Found 22 contacts"
    assert card.told == "Expected were 21 addresses for $0.88 to $1.67; 22 contacts accepted for $1.519."
    assert [(row.name, row.calls, row.hits, row.cost) for row in card.paid] == [("Hunter", "41", "22", "$1.519")]
    assert [(row.what, row.why, row.many, row.money) for row in card.saved] == [
        ("Hunter", "The same question had its answer.", "3 calls", "$0.0735")
    ]
    assert [(row.what, row.why, row.many) for row in card.missed] == [
        ("Prospeo", "Prospeo needs the domain.", "2 records")
    ]
    assert [(row.what, row.many) for row in card.reasons] == [("The e-mail address is missing.", "8 contacts")]
    assert card.troubles == ["Hunter failed."]


@pytest.mark.parametrize("status", BatchStatus)
def test_every_state_of_a_batch_has_its_words(status: BatchStatus) -> None:
    card = batch_card(batch(status=status))
    assert card.state
    assert card.title


async def put(team: Team, *rows: Batch) -> None:
    async with db.begin(team.id) as tx:
        for row in rows:
            tx.add(row)


async def test_batches_are_shown_while_they_go_on_and_for_an_hour_after(team: Team, database: db.Database) -> None:
    database.clock = lambda: NOW
    old, fresh = NOW - timedelta(minutes=61), NOW - timedelta(minutes=59)
    await put(
        team,
        batch(workspace_id=team.id, signature="a", status="complete", ended_at=old),
        batch(workspace_id=team.id, signature="b", status="complete", ended_at=fresh),
        batch(workspace_id=team.id, signature="c", status="running", created_at=old),
    )
    shown = (await BatchView(team.id).read(frozenset({"whole"})))["batches"]
    assert [card.state for card in shown] == ["Under way", "Done"]


def event(name: str) -> str:
    return f"{BatchState.get_full_name()}.{name}"


async def chosen(team: Team) -> str:
    """Two leads as the browser names a selection."""
    leads = [Lead(workspace_id=team.id, key=f"{name}.example", name=name, domain=f"{name}.example") for name in "ab"]
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = True
        for lead in leads:
            tx.add(lead)
    return "\n".join(f"{lead.id} 1" for lead in leads)


async def requested(team: Team) -> list[Batch]:
    async with db.read(team.id) as tx:
        return list((await tx.exec(select(Batch))).all())


def typed(**fields: str) -> dict[str, Any]:
    return {"form": {FORM_DATA_ENTRIES_KEY: [list(field) for field in fields.items()]}}


async def test_who_selects_leads_sees_a_forecast_and_starts_with_a_cap(team: Team, pages: Pages) -> None:
    cards = await chosen(team)

    async def act(name: str, payload: dict[str, Any]) -> Exception | None:
        return await pages.call(event(name), payload, await session_of(team.member), f"/w/{team.slug}/board", tab="a")

    await act("look", {})
    assert await act("expect", {"cards": cards}) is None
    (root,) = pages.manager.states.values()
    state = await root.get_state(BatchState)
    assert (state.open, state.forecast.leads, state.forecast.demo) == (True, "2 leads", True)
    assert await act("start", typed(cap="much")) is None
    assert "amount" in state.cap_wrong
    assert not await requested(team)
    await act("start", typed(cap="1.25"))
    [started] = await requested(team)
    assert (started.cap_micros, started.total, started.by) == (1_250_000, 2, team.member.name)
    assert started.forecast is not None
    assert started.forecast["records"]
    assert not state.open
    assert (await root.get_state(BoardState)).acted == 1


async def test_a_batch_is_gone_on_with_and_cancelled(team: Team, pages: Pages) -> None:
    paused = batch(workspace_id=team.id, status="paused", why="The cap.", cap_micros=1_000_000)
    await put(team, paused)
    session = await session_of(team.member)
    where = f"/w/{team.slug}/board"
    await pages.call(event("resume_batch"), typed(batch=str(paused.id), cap="3"), session, where)
    [row] = await requested(team)
    assert (row.status, row.cap_micros) == ("pending", 3_000_000)
    await pages.call(event("cancel_batch"), {"text": str(paused.id)}, session, where)
    assert [each.status for each in await requested(team)] == ["cancelled"]


async def test_how_a_batch_goes_reaches_everybody_who_looks(team: Team, pages: Pages, views: Live, wire: Wire) -> None:
    await pages.call(event("look"), {}, await session_of(team.viewer), f"/w/{team.slug}/board", tab="a")
    wire.forget()
    await put(team, batch(workspace_id=team.id, status="running", processed=7))
    views.heard(team.id, frozenset({batches.TOPIC}))
    await until(lambda: bool(wire.got("sid-a")))
    assert "7 of 40 records" in str(wire.got("sid-a"))
