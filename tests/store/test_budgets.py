"""Budgets: reserved before it is spent, never beyond a cap, whoever comes at the same time."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leadboard.domain.budgets import Kind
from leadboard.store import budgets, db
from leadboard.store.budgets import CapReached, Scope
from leadboard.store.tables import Workspace

DOLLAR = 1_000_000
CAP = 10 * DOLLAR
EVERYBODY = Scope("installation", "installation", CAP)


async def reserve(team, micros, scopes=(EVERYBODY,)):
    async with db.begin(team.id) as tx:
        return await budgets.reserve(tx, Kind.PROVIDERS, scopes, micros)


async def settle(team, reserved, micros):
    async with db.begin(team.id) as tx:
        await budgets.settle(tx, reserved, micros)


async def used(team, scope=EVERYBODY):
    async with db.read(team.id) as tx:
        return (await budgets.used(tx, Kind.PROVIDERS, [scope], tx.now.date()))[scope.name]


async def test_acceptance_7_at_9_998_of_10_a_call_of_0_002_is_allowed_and_the_next_is_not(any_database, team):
    await settle(team, await reserve(team, 9_998_000), 9_998_000)
    await settle(team, await reserve(team, 2_000), 2_000)
    with pytest.raises(CapReached, match="begins anew at 00:00 UTC") as refused:
        await reserve(team, 2_000)
    assert refused.value.whose == "installation"
    assert await used(team) == CAP


async def test_acceptance_7_fifty_workers_never_pass_the_cap(any_database, team):
    async def work(number):
        spent = 0
        for _ in range(4):
            try:
                reserved = await reserve(team, 300_000)
            except CapReached:
                return spent
            await asyncio.sleep(0)
            paid = 300_000 if number % 3 else 0
            await settle(team, reserved, paid)
            spent += paid
        return spent

    spent = sum(await asyncio.gather(*(work(number) for number in range(50))))
    assert spent == await used(team)
    assert CAP // 2 < spent <= CAP


async def test_what_is_set_aside_counts_until_it_is_given_back(any_database, team):
    reserved = await reserve(team, CAP)
    with pytest.raises(CapReached):
        await reserve(team, 1)
    await settle(team, reserved, 0)
    assert await used(team) == 0
    await reserve(team, CAP)


async def test_a_price_above_the_cap_is_never_set_aside(any_database, team):
    with pytest.raises(CapReached):
        await reserve(team, CAP + 1)
    assert await used(team) == 0


async def test_what_costs_nothing_goes_on_at_the_cap(any_database, team):
    await reserve(team, CAP)
    await reserve(team, 0)


async def test_a_full_workspace_leaves_nothing_set_aside_elsewhere(any_database, team):
    own = Scope(str(team.id), "workspace", DOLLAR)
    with pytest.raises(CapReached, match="An admin can raise it under Spend") as refused:
        await reserve(team, 2 * DOLLAR, (EVERYBODY, own))
    assert refused.value.whose == "workspace"
    assert await used(team) == await used(team, own) == 0


async def test_the_next_day_begins_anew_and_a_call_is_paid_on_the_day_it_was_made(database, team):
    reserved = await reserve(team, CAP)
    tomorrow = replace(database, clock=lambda: datetime.now(UTC) + timedelta(days=1))
    async with tomorrow.begin(team.id) as tx:
        await budgets.reserve(tx, Kind.PROVIDERS, [EVERYBODY], CAP)
        await budgets.settle(tx, reserved, 5)
    assert await used(team) == 5


async def test_kinds_do_not_share_a_budget(database, team):
    await reserve(team, CAP)
    async with db.begin(team.id) as tx:
        await budgets.reserve(tx, Kind.MODELS, [EVERYBODY], CAP)


async def test_a_workspace_has_its_own_cap_beside_that_of_everybody_and_demo_money_is_nobodys(database, team):
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).provider_cap_micros = DOLLAR
    async with db.read(team.id) as tx:
        real = await budgets.scopes(tx, Kind.PROVIDERS, CAP, demo=False)
        demo = await budgets.scopes(tx, Kind.PROVIDERS, CAP, demo=True)
        models = await budgets.scopes(tx, Kind.MODELS, CAP, demo=False)
    assert [(scope.whose, scope.cap) for scope in real] == [("installation", CAP), ("workspace", DOLLAR)]
    assert [scope.cap for scope in models] == [CAP, None]
    assert not {scope.name for scope in real} & {scope.name for scope in demo}
