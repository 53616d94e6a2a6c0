"""The budgets of models in a real database, with many at once."""

import asyncio

from leadboard.domain.models import Usage
from leadboard.engine.model.ledger import BudgetLedger
from leadboard.engine.model.prompt import Call, Caller
from leadboard.store import db
from leadboard.store.tables import Workspace

CALL = Call("lead_analysis", "claude-haiku-5-5", True, Usage(1, 1), 7, 1)


async def test_fifty_at_once_set_aside_no_more_than_the_cap(any_database, team):
    ledger = BudgetLedger(1_000, 105, 10**9)

    held = await asyncio.gather(*(ledger.reserve(Caller(team.id), 10) for _ in range(50)))

    assert sum(one is not None for one in held) == 10


async def test_what_a_call_did_not_cost_is_there_for_the_next(any_database, team):
    ledger = BudgetLedger(1_000, 10, 10**9)
    caller = Caller(team.id)
    held = await ledger.reserve(caller, 10)
    assert held is not None
    assert await ledger.reserve(caller, 1) is None

    await ledger.settle(caller, held, CALL)

    assert await ledger.reserve(caller, 3) is not None
    assert await ledger.reserve(caller, 1) is None


async def test_the_installation_has_a_cap_over_all_workspaces(any_database, team, other_team):
    ledger = BudgetLedger(15, 10, 10**9)

    assert await ledger.reserve(Caller(team.id), 10) is not None
    assert await ledger.reserve(Caller(other_team.id), 10) is None
    assert await ledger.reserve(Caller(other_team.id), 5) is not None


async def test_a_workspace_may_have_a_cap_of_its_own(any_database, team):
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).model_cap_micros = 3

    assert await BudgetLedger(1_000, 1_000, 10**9).reserve(Caller(team.id), 4) is None


async def test_what_the_demo_world_costs_stops_no_real_work(any_database, team):
    ledger = BudgetLedger(10, 10, 10**9)

    assert await ledger.reserve(Caller(team.id, demo=True), 10) is not None
    assert await ledger.reserve(Caller(team.id), 10) is not None


async def test_a_study_has_a_budget_inside_that_of_the_day(any_database, team):
    ledger = BudgetLedger(100, 100, 10)
    study = Caller(team.id, study=team.id)

    assert await ledger.reserve(study, 11) is None
    assert await ledger.reserve(study, 10) is not None
    assert await ledger.reserve(study, 1) is None
    assert await ledger.reserve(Caller(team.id), 90) is not None
    assert await ledger.reserve(Caller(team.id), 1) is None
