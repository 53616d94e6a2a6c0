"""Batches as people ask for them: a forecast before, a cap, and who may."""

import pytest

from leadboard.actions import batches
from leadboard.domain.batches import BatchStatus
from leadboard.errors import Refused
from leadboard.providers.registry import SERVICES
from leadboard.store import catalogue, credits, db
from tests.engine.batching import WORLD, demo_of
from tests.engine.conftest import ready

__all__ = ["ready"]


@pytest.fixture
async def demo(ready, team):
    """A demo workspace, and the services that this installation knows."""
    catalogue.use(SERVICES)
    yield await demo_of(team.id)
    catalogue.use(())


@pytest.fixture
async def leads(demo):
    """Six leads of which only name and domain are known."""
    return [str(each) for each in await demo.add_leads(WORLD.companies[:6])]


async def test_a_forecast_says_what_a_batch_would_ask_and_cost_before_it_runs(demo, team, leads):
    first = await batches.forecast(team.viewer, "north", leads)
    assert 0 < first.low <= first.micros <= first.high <= first.most
    assert first.seconds > 0
    assert {each.service for each in first.services} >= {"apollo", "hunter"}
    assert first.sentence == "Nothing was asked yet, so this is a guess. It gets better with every call."
    batch = await batches.start(team.member, "north", leads)
    done = await demo.run(batch.id)
    assert done.status == BatchStatus.COMPLETE
    assert done.spent_micros <= first.most
    again = await batches.forecast(team.viewer, "north", leads)
    assert again.past > 0
    assert again.spared_calls > 0
    assert again.micros < first.micros / 2


async def test_a_forecast_of_many_leads_looks_at_some_and_counts_all(demo, team):
    few = [str(each) for each in await demo.add_leads(WORLD.companies[:250])]
    some, all_of_them = [await batches.forecast(team.viewer, "north", ids) for ids in (few[:200], few)]
    assert all_of_them.micros == pytest.approx(some.micros * 1.25, rel=0.05)


async def test_a_batch_keeps_its_forecast_and_its_cap(demo, team, leads):
    batch = await batches.start(team.member, "north", leads, cap_micros=500_000)
    assert (batch.cap_micros, batch.by) == (500_000, team.member.name)
    assert batch.forecast is not None
    assert batch.forecast["records"] > 6
    assert (await batches.start(team.member, "north", leads)).id == batch.id, "the one under way is joined"
    [shown] = await batches.recent(team.viewer, "north")
    assert shown.id == batch.id


async def test_a_paused_batch_goes_on_with_another_cap(demo, team, leads):
    batch = await batches.start(team.member, "north", leads, cap_micros=30_000)
    assert (await demo.run(batch.id)).status == BatchStatus.PAUSED
    await batches.resume(team.member, "north", str(batch.id), cap_micros=5_000_000)
    assert (await demo.run(batch.id)).status == BatchStatus.COMPLETE
    with pytest.raises(Refused, match="not paused"):
        await batches.resume(team.member, "north", str(batch.id))


async def test_viewers_start_and_stop_nothing(demo, team, leads):
    for refused in (
        batches.start(team.viewer, "north", leads),
        batches.cancel(team.viewer, "north", leads[0]),
        batches.resume(team.viewer, "north", leads[0]),
    ):
        with pytest.raises(Refused) as why:
            await refused
        assert why.value.status == 403


@pytest.mark.parametrize("ids", [["nonsense"], ["00000000-0000-4000-8000-000000000000"]])
async def test_foreign_and_malformed_leads_are_not_found(demo, team, leads, ids):
    for refused in (batches.forecast(team.member, "north", ids), batches.start(team.member, "north", [*leads, *ids])):
        with pytest.raises(Refused) as why:
            await refused
        assert why.value.status == 404


async def test_a_batch_of_another_workspace_is_not_found(demo, team, other_team, leads):
    batch = await batches.start(team.member, "north", leads)
    with pytest.raises(Refused) as why:
        await batches.cancel(other_team.owner, other_team.slug, str(batch.id))
    assert why.value.status == 404


async def test_nothing_selected_is_said(demo, team):
    with pytest.raises(Refused, match="Select the leads first"):
        await batches.start(team.member, "north", [])


async def test_a_subscription_that_does_not_pay_is_said_before_anything_starts(demo, team, leads):
    async with db.begin(team.id) as tx:
        (await credits.subscription(tx)).status = "cancelled"
    with pytest.raises(Refused) as why:
        await batches.start(team.member, "north", leads)
    assert (why.value.status, why.value.code) == (402, "subscription_inactive")
