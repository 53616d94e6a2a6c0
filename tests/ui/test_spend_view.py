"""The Spend page as it is read from a real database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from leadboard.domain.asks import Spared
from leadboard.domain.budgets import Kind
from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.store import asks, budgets, caps, catalogue, credits, db, exchange
from leadboard.store.tables import Ask, Credit, ModelCall, Workspace
from leadboard.ui.live import Live
from leadboard.ui.spend.state import SpendState
from leadboard.ui.spend.view import GONE, NOBODY, SpendView
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of
from tests.ui.test_live import until

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
HUNTER = Service("hunter", "Hunter", "https://h.example", KeyKind.PAID, (Offer(Task.PERSON, micros=24_500),), Pace(1))
ROW = {
    "service": "hunter",
    "task": "person",
    "entity": "contact",
    "status": "success",
    "hit": True,
    "micros": 24_500,
    "demo": False,
    "tier": 1,
    "user_id": None,
    "asked_at": NOW,
}


@pytest.fixture(autouse=True)
def setting(database: db.Database) -> None:
    catalogue.use((HUNTER,))
    caps.use({Kind.PROVIDERS: 10_000_000, Kind.MODELS: 32_000_000})
    database.clock = lambda: NOW


async def log(team: Team, *rows: dict[str, Any]) -> None:
    async with db.begin(team.id) as tx:
        await tx.insert_many(Ask, [ROW | {"question": str(uuid4()), "entity_id": uuid4()} | row for row in rows])


async def shown(team: Team, demo: bool = False) -> dict[str, Any]:
    return await SpendView(team.id, demo).read(frozenset({"whole"}))


async def test_a_workspace_that_spent_nothing_shows_its_caps_and_credits(team: Team) -> None:
    read = await shown(team)
    assert (read["spent_anything"], read["services"], read["saved_said"]) == (False, [], "")
    assert [(cap.name, cap.said) for cap in read["caps"]] == [
        ("Services, everybody on this installation", "$0.00 of $10.00"),
        ("Services, this workspace", "$0.00, no cap"),
        ("Language models, everybody on this installation", "$0.00 of $32.00"),
        ("Language models, this workspace", "$0.00, no cap"),
    ]
    card = read["credits"]
    assert (card.plan, card.status, card.left, card.target, card.warning) == (
        "Ignition",
        "On trial",
        "1,250",
        "57",
        "",
    )


async def test_figures_and_tables_are_sums_of_the_log(team: Team) -> None:
    await log(
        team,
        {"user_id": team.member.user_id},
        {"user_id": uuid4(), "asked_at": NOW - timedelta(days=3), "tier": 2, "micros": 160_000},
        {"status": "error", "hit": False, "micros": 0},
        {"task": "company", "asked_at": NOW - timedelta(days=30)},
    )
    async with db.begin(team.id) as tx:
        call = {"purpose": "fit", "model": "small", "ok": True, "micros": 1_500, "at": NOW}
        await tx.insert_many(ModelCall, [call])
        await tx.insert_many(
            Credit, [{"delta": -1, "balance_after": 1, "reason": "accepted", "ref": str(n), "at": NOW} for n in (1, 2)]
        )
        for _ in range(3):
            await asks.spare(tx, [("hunter", Spared.CACHE, 24_500)])
    read = await shown(team)
    assert [(each.name, each.value, each.note) for each in read["figures"]] == [
        ("Today", "$0.026", "services $0.0245 · language models $0.0015"),
        ("30 days", "$0.186", "services $0.1845 · language models $0.0015"),
        ("An accepted contact", "$0.0922", "2 contacts accepted in 30 days"),
        ("Answers found", "67%", "3 calls"),
        ("Answered before", "50%", "of all questions, at no cost"),
        ("Premium", "33%", "of 3 contacts; at most 15% of a batch"),
    ]
    [hunter] = read["services"]
    assert (hunter.name, hunter.calls, hunter.hits, hunter.errors, hunter.spent, hunter.share) == (
        "Hunter",
        "3",
        "2",
        "1",
        "$0.1845",
        100,
    )
    assert [(row.name, row.spent) for row in read["tasks"]] == [
        ("E-mail of a person, premium", "$0.16"),
        ("E-mail of a person", "$0.0245"),
    ]
    assert [(row.name, row.spent) for row in read["users"]] == [
        (GONE, "$0.16"),
        (team.member.name, "$0.0245"),
        (NOBODY, "$0.0015"),
    ]
    assert [(row.name, row.calls) for row in read["models"]] == [("small", "1")]
    assert read["saved_said"] == "3 calls not made in 30 days: $0.0735 not spent."
    assert [(row.why, row.calls, row.spent) for row in read["saved"]] == [("Answered before", "3", "$0.0735")]


async def test_every_day_of_the_thirty_has_its_bar(team: Team) -> None:
    await log(team, {}, {"asked_at": NOW - timedelta(days=29), "micros": 49_000}, {"demo": True, "micros": 9_000_000})
    read = await shown(team)
    days = read["days"]
    assert (len(days), days[0].day, days[-1].day) == (30, "22 Oct", "20 Nov")
    assert [(day.height, day.total) for day in days if day.height] == [(100.0, "$0.049"), (50.0, "$0.0245")]
    assert read["chart"].said == "$0.0735 in 30 days. The most on one day was $0.049."


async def test_demo_money_is_shown_apart(team: Team) -> None:
    await log(team, {}, {"demo": True, "micros": 1_000_000})
    assert (await shown(team))["figures"][1].value == "$0.0245"
    assert (await shown(team, demo=True))["figures"][1].value == "$1.00"


async def test_a_cap_that_is_reached_says_so(team: Team) -> None:
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).provider_cap_micros = 12_500_000
    async with db.begin(team.id) as tx:
        scopes = await budgets.scopes(tx, Kind.PROVIDERS, 20_000_000, demo=False)
        await budgets.reserve(tx, Kind.PROVIDERS, scopes, 12_500_000)
    read = await shown(team)
    rows = {cap.key: (cap.said, cap.percent, cap.full) for cap in read["caps"]}
    assert rows["providers-workspace"] == ("$12.50 of $12.50", 100, True)
    assert (read["typed"].providers, read["typed"].models) == ("12.5", "")


async def test_a_workspace_without_a_cap_of_its_own_has_that_of_every_workspace(team: Team) -> None:
    caps.use({}, {Kind.MODELS: 8_000_000})
    assert [(cap.key, cap.said) for cap in (await shown(team))["caps"]] == [
        ("providers-workspace", "$0.00, no cap"),
        ("models-workspace", "$0.00 of $8.00"),
    ]


async def test_credits_that_go_too_fast_are_warned_of(team: Team) -> None:
    async with db.begin(team.id) as tx:
        await credits.subscription(tx)
        rows = [{"delta": -1, "balance_after": 0, "reason": "accepted", "ref": str(n), "at": NOW} for n in range(343)]
        await tx.insert_many(Credit, rows)
    read = await shown(team)
    assert "faster than the plan lasts" in read["credits"].warning
    assert (read["credits"].used, read["credits"].average) == ("343", "68.6")
    assert len(read["ledger"]) == 20


async def test_the_ledger_reads_from_the_newest_line(team: Team, database: db.Database) -> None:
    async with db.begin(team.id) as tx:
        await credits.subscription(tx)
    database.clock = lambda: NOW + timedelta(minutes=1)
    async with db.begin(team.id) as tx:
        await credits.adjust(tx, -50, "Refund", "r1", "Ada")
    assert [(line.what, line.delta, line.balance) for line in (await shown(team))["ledger"]] == [
        ("Changed by hand · Refund · Ada", "−50", "1,200"),
        ("First credits of the plan", "+1,250", "1,250"),
    ]


LOOK = f"{SpendState.get_full_name()}.look"
CHANGE = f"{SpendState.get_full_name()}.change_caps"


@pytest.mark.parametrize(
    ("is_demo", "query", "book"),
    [(False, "", ""), (False, "?money=demo", ""), (True, "", "demo"), (True, "?money=real", "")],
)
async def test_a_demo_workspace_opens_on_demo_money(
    is_demo: bool, query: str, book: str, team: Team, pages: Pages
) -> None:
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = is_demo
    await pages.call(LOOK, {}, await session_of(team.viewer), f"/w/{team.slug}/spend{query}", tab="a")
    await pages.processor.join(5)
    (held,) = pages.manager.states.values()
    assert (await held.get_state(SpendState)).book == book


async def test_a_call_reaches_everybody_who_looks(team: Team, pages: Pages, views: Live, wire: Wire) -> None:
    await pages.call(LOOK, {}, await session_of(team.viewer), f"/w/{team.slug}/spend", tab="a")
    wire.forget()
    await log(team, {"micros": 123_400})
    views.heard(team.id, frozenset({asks.TOPIC}))
    await until(lambda: bool(wire.got("sid-a")))
    assert "$0.1234" in str(wire.got("sid-a"))


async def test_wrong_caps_are_said_where_they_were_typed(team: Team, pages: Pages) -> None:
    form = {"form": {FORM_DATA_ENTRIES_KEY: [["providers", "ten"], ["models", "200000"]]}}
    for event, payload in ((LOOK, {}), (CHANGE, form)):
        await pages.call(event, payload, await session_of(team.admin), f"/w/{team.slug}/spend", tab="a")
    (held,) = pages.manager.states.values()
    assert (await held.get_state(SpendState)).errors == {
        "providers": "Type an amount of US dollars, like 12.50. Leave it empty for no cap.",
        "models": "At most $100,000 a day. Leave it empty for no cap.",
    }


@pytest.mark.parametrize(
    ("currency", "note"),
    [("AUD", "services $2.00 · A$3.10 at the installation's rate"), ("EUR", "services $2.00")],
)
async def test_a_workspace_that_counts_in_a_known_currency_reads_it_too(team: Team, currency: str, note: str) -> None:
    exchange.use({"AUD": Decimal("1.55")})
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).currency = currency
    await log(team, {"micros": 2_000_000})
    assert (await shown(team))["figures"][0].note == note
