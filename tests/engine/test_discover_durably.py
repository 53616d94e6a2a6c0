"""A search as the product runs it: wished for by a person, done by the runtime, over the demo world."""

import pytest

from leadboard.actions import discoveries
from leadboard.domain.discovery import UNDER_WAY, DiscoveryStatus
from leadboard.domain.icp import Icp
from leadboard.engine.runtime import Runtime
from leadboard.engine.tools import Tools
from leadboard.providers.wire import Wire
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.behaviour import Behaviour
from leadboard.sandbox.transport import CONTACT, in_process
from leadboard.sandbox.world import World
from leadboard.store import db, icps
from leadboard.store.tables import Discovery, Workspace
from tests.engine.discovering import claims, leads
from tests.support.enrichment import until

ICP = Icp(industry=("Dental care", "Software"), geographies=("United Kingdom", "London"), size_min=2, size_max=500)


@pytest.fixture
async def world(ready, team) -> Sandbox:
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = True
        await icps.save(tx, ICP, "Ada")
    return Sandbox(World(7), Behaviour(down=frozenset({"prospeo"})))


def working(database: db.Database, sandbox: Sandbox) -> Runtime:
    """A runtime to which the demo world answers."""
    wire = Wire(contact=CONTACT, transport=in_process(sandbox), paced=False)
    return Runtime(database, Tools(None, demo_wire=wire), executor_id="embedded")  # type: ignore[arg-type]


async def ended(team) -> Discovery:
    async def is_over() -> bool:
        last = await discoveries.latest(team.viewer, team.slug)
        return last is not None and last.status not in UNDER_WAY

    await until(is_over)
    last = await discoveries.latest(team.viewer, team.slug)
    assert last
    return last


async def test_a_press_brings_the_companies_that_match_best_and_a_second_one_pays_nothing(ready, world, team):
    runtime = working(ready, world)
    await runtime.start()
    try:
        await discoveries.request(team.member, team.slug, 12, enrich=False)
        first = await ended(team)
        paid = dict(world.paid)
        await discoveries.request(team.member, team.slug, 12, enrich=False)
        second = await ended(team)
    finally:
        await runtime.stop()
    assert (first.status, first.created) == (DiscoveryStatus.COMPLETE, 12)
    assert first.spent_micros > 0
    assert [warning for warning in first.warnings if warning.startswith("Prospeo: ")]
    assert second.id != first.id
    assert second.refreshed >= 12
    assert second.created == 12
    assert second.spent_micros == 0
    assert dict(world.paid) == paid
    found = await leads(team.id)
    assert len(found) == len({lead.key for lead in found}) == 24
    assert min(lead.fit_score for lead in found) >= 0
    said = [claim for lead in found for claim in await claims(team.id, lead)]
    assert len({claim.method for claim in said}) > 3
    assert sum(claim.cost_micros for claim in said) <= first.spent_micros
