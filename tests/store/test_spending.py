"""What the Spend page shows is the sum of the log rows, along every side and for every log."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadboard.domain.asks import AskStatus, Spared
from leadboard.domain.budgets import Kind
from leadboard.domain.plans import CreditReason
from leadboard.domain.spending import by, share, total
from leadboard.store import budgets, caps, db, spending
from leadboard.store.asks import spare
from leadboard.store.tables import Ask, Credit, ModelCall, Saving
from tests.conftest import make_team

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
SINCE = datetime(2026, 10, 24, tzinfo=UTC)
PEOPLE = (None, *map(UUID, ("a" * 32, "b" * 32)))

moments = st.datetimes(datetime(2026, 10, 20), datetime(2026, 11, 22, 9, 29)).map(lambda each: each.replace(tzinfo=UTC))
edges = st.sampled_from((SINCE, SINCE - timedelta(microseconds=1), datetime.combine(TODAY, time(), UTC)))
money = st.integers(0, 3_000_000)
asks = st.fixed_dictionaries(
    {
        "service": st.sampled_from(("hunter", "prospeo", "apollo")),
        "task": st.sampled_from(("person", "company")),
        "tier": st.sampled_from((1, 2)),
        "user_id": st.sampled_from(PEOPLE),
        "entity": st.sampled_from(("contact", "lead")),
        "entity_id": st.integers(1, 4).map(lambda n: UUID(int=n)),
        "status": st.sampled_from(AskStatus),
        "hit": st.booleans(),
        "micros": money,
        "demo": st.booleans(),
        "asked_at": moments | edges,
    }
)
calls = st.fixed_dictionaries(
    {
        "model": st.sampled_from(("small", "large")),
        "purpose": st.sampled_from(("fit", "intent")),
        "user_id": st.sampled_from(PEOPLE),
        "ok": st.booleans(),
        "micros": money,
        "demo": st.booleans(),
        "at": moments | edges,
    }
)
savings = st.dictionaries(
    st.tuples(
        st.integers(0, 32).map(lambda n: TODAY - timedelta(days=n)),
        st.sampled_from(("hunter", "apollo")),
        st.sampled_from(Spared),
    ),
    st.tuples(st.integers(1, 50), money),
    max_size=8,
)
names = count()


async def stored(asks: list[Any], calls: list[Any], savings: dict[Any, Any]) -> UUID:
    """A fresh workspace with this log."""
    team = await make_team(f"t{next(names)}")
    async with db.begin(team.id) as tx:
        await tx.insert_many(Ask, [{**row, "question": str(uuid4())} for row in asks])
        await tx.insert_many(ModelCall, calls)
        rows = [
            {"day": day, "service": service, "why": why, "calls": many, "micros": micros}
            for (day, service, why), (many, micros) in savings.items()
        ]
        await tx.insert_many(Saving, rows)
    return team.id


def sums(rows: list[Any], hit: str) -> tuple[int, int, int, int]:
    """Calls, hits, errors and money of rows of a log, one by one."""
    failed = [row for row in rows if (row["status"] in ("error", "cut_off") if "status" in row else not row["ok"])]
    return len(rows), sum(row[hit] for row in rows), len(failed), sum(row["micros"] for row in rows)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asks=st.lists(asks, max_size=12), calls=st.lists(calls, max_size=6), savings=savings, demo=st.booleans())
async def test_acceptance_13_the_sum_of_the_log_is_what_every_table_comes_to(any_database, asks, calls, savings, demo):
    any_database.clock = lambda: NOW
    workspace = await stored(asks, calls, savings)
    async with db.read(workspace) as tx:
        cells = await spending.cells(tx, demo=demo)
        not_made = await spending.not_made(tx)
        premium = await spending.contacts_asked_about(tx, demo=demo)
        failures = await spending.last_failures(tx, cells, demo=demo)
    mine = [row for row in asks if row["asked_at"] >= SINCE and row["demo"] is demo]
    models = [row for row in calls if row["at"] >= SINCE and row["demo"] is demo]

    services = [cell for cell in cells if cell.kind is Kind.PROVIDERS]
    assert astuple(total(services)) == sums(mine, "hit")
    assert astuple(total(cell for cell in cells if cell.kind is Kind.MODELS)) == sums(models, "ok")
    for side, field in (("service", "service"), ("task", "task"), ("tier", "tier"), ("user", "user_id")):
        groups = defaultdict(list)
        for row in mine:
            groups[row[field]].append(row)
        found = by(services, lambda cell, side=side: getattr(cell, side))
        assert {key: astuple(each) for key, each in found.items()} == {
            key: sums(rows, "hit") for key, rows in groups.items()
        }
    days = by(cells, lambda cell: cell.day)
    assert {day: each.micros for day, each in days.items()} == money_by_day(mine, models)
    kept = {(day, *rest): made for (day, *rest), made in savings.items() if day >= SINCE.date()}
    assert sum(each.micros for each in not_made) == sum(micros for _, micros in kept.values())
    assert sum(each.calls for each in not_made) == sum(many for many, _ in kept.values())
    about = [row for row in mine if row["entity"] == "contact"]
    assert premium == (len({r["entity_id"] for r in about if r["tier"] == 2}), len({r["entity_id"] for r in about}))
    failed = {row["service"] for row in mine if row["status"] in ("error", "cut_off")}
    assert failures.keys() == failed
    for service, failure in failures.items():
        assert failure.at == max(
            row["asked_at"] for row in mine if row["service"] == service and row["status"] in ("error", "cut_off")
        )


def astuple(each: Any) -> tuple[int, int, int, int]:
    return each.calls, each.hits, each.errors, each.micros


def money_by_day(asks: list[Any], calls: list[Any]) -> dict[date, int]:
    spent: defaultdict[date, int] = defaultdict(int)
    for row in asks:
        spent[row["asked_at"].date()] += row["micros"]
    for row in calls:
        spent[row["at"].date()] += row["micros"]
    return dict(spent)


async def test_another_workspaces_log_counts_for_nothing_here(any_database, team, other_team):
    async with db.begin(other_team.id) as tx:
        row = {
            "service": "hunter",
            "task": "person",
            "question": "q",
            "entity": "lead",
            "micros": 5,
            "asked_at": tx.now,
        }
        await tx.insert_many(Ask, [row])
        await spare(tx, [("hunter", Spared.CACHE, 7)])
    async with db.read(team.id) as tx:
        assert await spending.cells(tx, demo=False) == []
        assert await spending.not_made(tx) == []
    async with db.read(other_team.id) as tx:
        assert total(await spending.cells(tx, demo=False)).micros == 5


async def test_accepted_contacts_are_counted_by_day_since_one(any_database, team):
    any_database.clock = lambda: NOW
    rows = [
        {"delta": -1, "balance_after": 0, "reason": reason, "ref": str(n), "at": NOW - timedelta(days=days)}
        for n, (reason, days) in enumerate([("accepted", 0), ("accepted", 0), ("accepted", 3), ("accepted", 9)])
    ]
    renewal = {
        "delta": 9,
        "balance_after": 9,
        "reason": CreditReason.RENEWAL,
        "ref": "r",
        "at": NOW - timedelta(days=4),
    }
    async with db.begin(team.id) as tx:
        assert await spending.renewed_on(tx) is None
        await tx.insert_many(Credit, [*rows, renewal])
    async with db.read(team.id) as tx:
        found = await spending.accepted(tx, TODAY - timedelta(days=3))
        assert found == {TODAY: 2, TODAY - timedelta(days=3): 1}
        assert await spending.renewed_on(tx) == TODAY - timedelta(days=4)
        assert {line.ref for line in await spending.ledger(tx, 2)} == {"0", "1"}
        assert len(await spending.ledger(tx, 3)) == 3


async def test_caps_say_what_is_spent_or_set_aside_today(any_database, team):
    caps.use({Kind.PROVIDERS: 10_000_000})
    async with db.begin(team.id) as tx:
        assert await spending.change_caps(tx, 4_000_000, None) == (None, None)
    async with db.begin(team.id) as tx:
        scopes = await budgets.scopes(tx, Kind.PROVIDERS, 10_000_000, demo=False)
        held = await budgets.reserve(tx, Kind.PROVIDERS, scopes, 900)
        await budgets.settle(tx, held, 700)
        await budgets.reserve(tx, Kind.PROVIDERS, scopes, 50)
    async with db.read(team.id) as tx:
        found = await spending.caps_of_today(tx, Kind.PROVIDERS, demo=False)
        assert [(each.whose, each.cap, each.used) for each in found] == [
            ("installation", 10_000_000, 750),
            ("workspace", 4_000_000, 750),
        ]
        assert [each.used for each in await spending.caps_of_today(tx, Kind.PROVIDERS, demo=True)] == [0, 0]
        assert [each.used for each in await spending.caps_of_today(tx, Kind.MODELS, demo=False)] == [0]


def test_a_share_of_nothing_is_none():
    assert share(1, 4) == 0.25
    assert share(0, 0) is None
