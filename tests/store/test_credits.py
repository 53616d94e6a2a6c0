"""Credits: an append-only ledger, a balance that is its sum, and never less than nothing."""

import asyncio
import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from leadboard.domain.plans import PLANS, month_later, next_reset
from leadboard.errors import Refused
from leadboard.store import credits, db
from leadboard.store.credits import CreditsExhausted
from leadboard.store.tables import Credit


def contact(number: int) -> UUID:
    return UUID(int=number)


async def set_balance(team, balance):
    async with db.begin(team.id) as tx:
        account = await credits.subscription(tx)
        await credits.adjust(tx, balance - account.credits, "for the test", "set", "Ada")


async def state(team):
    async with db.begin(team.id) as tx:
        account = await credits.subscription(tx)
        return account.plan, account.credits, await credits.ledger_sum(tx)


async def charge(team, number):
    async with db.begin(team.id) as tx:
        await credits.subscription(tx)
        before = await credits.ledger_sum(tx)
        if contact(number) not in await credits.charge_accepted(tx, [contact(number)]):
            raise CreditsExhausted
        return await credits.ledger_sum(tx) < before


async def test_a_new_workspace_is_on_trial_with_the_credits_of_its_plan(any_database, team):
    assert await state(team) == ("ignition", 1_250, 1_250)


async def test_a_contact_costs_one_credit_once_ever(any_database, team):
    assert [await charge(team, 1), await charge(team, 1), await charge(team, 2)] == [True, False, True]
    assert await state(team) == ("ignition", 1_248, 1_248)


async def test_tenancy_acceptance_5_twenty_charges_on_five_credits_take_exactly_five(any_database, team):
    await set_balance(team, 5)

    async def one(number):
        try:
            return await charge(team, number)
        except CreditsExhausted:
            return False

    assert sum(await asyncio.gather(*(one(number) for number in range(20)))) == 5
    assert await state(team) == ("ignition", 0, 0)


async def test_the_same_contact_at_the_same_moment_is_charged_once(any_database, team):
    assert sorted(await asyncio.gather(*(charge(team, 7) for _ in range(8)))) == [False] * 7 + [True]


async def test_tenancy_acceptance_6_a_reset_that_runs_three_times_gives_once(database, team):
    await charge(team, 1)
    later = replace(database, clock=lambda: datetime.now(UTC) + timedelta(days=32))
    given = []
    for _ in range(3):
        async with later.begin(team.id) as tx:
            given.append(await credits.renew(tx))
    assert given == [True, False, False]
    assert await state(team) == ("ignition", 1_250, 1_250)


async def test_a_reset_that_is_not_due_gives_nothing(database, team):
    await charge(team, 1)
    async with db.begin(team.id) as tx:
        assert not await credits.renew(tx)
    assert await state(team) == ("ignition", 1_249, 1_249)


async def test_tenancy_acceptance_7_an_upgrade_adds_the_difference(database, team):
    await set_balance(team, 100)
    async with db.begin(team.id) as tx:
        await credits.change_plan(tx, "velocity")
    assert await state(team) == ("velocity", 1_100, 1_100)


async def test_tenancy_acceptance_7_a_downgrade_waits_for_the_end_of_the_month(database, team):
    async with db.begin(team.id) as tx:
        await credits.change_plan(tx, "dominance")
    await set_balance(team, 3_000)
    async with db.begin(team.id) as tx:
        await credits.change_plan(tx, "ignition")
    assert await state(team) == ("dominance", 3_000, 3_000)
    later = replace(database, clock=lambda: datetime.now(UTC) + timedelta(days=32))
    async with later.begin(team.id) as tx:
        await credits.renew(tx)
    assert await state(team) == ("ignition", 1_250, 1_250)


async def test_an_adjustment_has_its_reason_happens_once_and_leaves_nothing_below_zero(database, team):
    async with db.begin(team.id) as tx:
        await credits.adjust(tx, 50, "A broken batch", "ticket 12", "Ada")
        await credits.adjust(tx, 50, "A broken batch", "ticket 12", "Ada")
    assert (await state(team))[1] == 1_300
    with pytest.raises(Refused, match="Only 1300 credits are left to take"):
        async with db.begin(team.id) as tx:
            await credits.adjust(tx, -1_301, "too much", "ticket 13", "Ada")
    async with db.read(team.id) as tx:
        line = (await tx.exec(select(Credit).where(Credit.ref == "ticket 12"))).one()
    assert (line.note, line.by, line.delta, line.balance_after) == ("A broken batch", "Ada", 50, 1_300)


@pytest.mark.parametrize("status", ["past_due", "paused", "cancelled"])
async def test_tenancy_acceptance_8_a_subscription_that_does_not_pay_starts_nothing_paid(database, team, status):
    async with db.begin(team.id) as tx:
        account = await credits.subscription(tx)
        account.status = status
    with pytest.raises(Refused) as refused:
        credits.check_paying(account)
    assert (refused.value.status, refused.value.code) == (402, "subscription_inactive")


async def test_tenancy_acceptance_10_the_ledger_is_the_balance_after_many_operations(database, team):
    """A thousand here: the ten thousand of the sheet take a minute of a test that says the same."""
    chance = random.Random(3)
    async with db.begin(team.id) as tx:
        await credits.subscription(tx)
        for number in range(1_000):
            match chance.randrange(4):
                case 0:
                    await credits.change_plan(tx, chance.choice(list(PLANS)))
                case 1:
                    with suppress(Refused):
                        await credits.adjust(tx, chance.randint(-900, 900), "random", str(number), "Ada")
                case _:
                    many = chance.sample(range(500), chance.randint(1, 4))
                    await credits.charge_accepted(tx, [contact(each) for each in many])
        account = await credits.subscription(tx)
        await tx.refresh(account)
        assert account.credits == await credits.ledger_sum(tx) >= 0
        lines = (await tx.exec(select(Credit))).all()
    assert min(line.balance_after for line in lines) >= 0


def test_months_are_counted_by_the_calendar():
    assert month_later(datetime(2027, 1, 31, tzinfo=UTC)) == datetime(2027, 2, 28, tzinfo=UTC)
    assert month_later(datetime(2026, 12, 5, tzinfo=UTC)) == datetime(2027, 1, 5, tzinfo=UTC)
    due, now = datetime(2026, 8, 3, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
    assert next_reset(due, now) == datetime(2026, 12, 3, tzinfo=UTC)


def test_margins_are_computed_from_price_and_cost():
    assert [round(plan.margin * 100, 1) for plan in PLANS.values()] == [73.4, 73.5, 66.6]


async def test_several_are_charged_together_as_far_as_the_credits_go(any_database, team):
    await set_balance(team, 3)
    await charge(team, 1)
    async with db.begin(team.id) as tx:
        paid = await credits.charge_accepted(tx, [contact(each) for each in (1, 2, 3, 4)])
    assert len(paid) == 3
    assert contact(1) in paid, "it was paid for before"
    assert await state(team) == ("ignition", 0, 0)
