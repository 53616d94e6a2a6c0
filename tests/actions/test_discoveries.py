"""Asking for a search of companies: who may, for how many, and one at a time."""

import asyncio
from collections.abc import Iterator

import pytest

from leadboard.actions import discoveries
from leadboard.domain.discovery import LONGEST, DiscoveryStatus
from leadboard.domain.icp import Icp
from leadboard.errors import NotFound, Refused
from leadboard.providers.registry import SERVICES
from leadboard.store import catalogue, credits, db, icps, work
from leadboard.store.offers import Offer
from leadboard.store.tables import Discovery, Workspace


@pytest.fixture(autouse=True)
def client(request: pytest.FixtureRequest) -> Iterator[None]:
    name = "any_database" if "any_database" in request.fixturenames else "database"
    client = work.connect(request.getfixturevalue(name).url)
    work.use(client)
    catalogue.use(SERVICES)
    yield
    catalogue.use(())
    work.use(None)
    client.destroy()


@pytest.fixture
async def icp(team) -> None:
    async with db.begin(team.id) as tx:
        await icps.save(tx, Icp(industry=("Biotech",), therapeutic_areas=("oncology",)), "Ada")


async def asked() -> int:
    return len(await work.current().list_workflows_async(name="discover"))


@pytest.mark.parametrize("target", [0, 51])
async def test_2_a_number_out_of_range_is_refused_with_422(database, team, icp, target):
    with pytest.raises(Refused) as refused:
        await discoveries.request(team.member, team.slug, target)
    assert refused.value.status == 422
    assert await asked() == 0


async def test_2_without_a_profile_it_is_refused_with_400(database, team):
    for ask in (discoveries.request, discoveries.offered):
        with pytest.raises(Refused) as refused:
            await ask(team.member, team.slug)
        assert (refused.value.status, refused.value.code) == (400, "icp_missing")
    assert await asked() == 0


async def test_a_viewer_may_look_and_neither_ask_nor_cancel(database, team, icp):
    for refusing in (discoveries.request, discoveries.cancel):
        with pytest.raises(Refused) as refused:
            await refusing(team.viewer, team.slug)
        assert refused.value.status == 403
    await discoveries.request(team.admin, team.slug)
    assert await discoveries.latest(team.viewer, team.slug)


async def test_a_subscription_that_does_not_pay_is_refused_with_402(database, team, icp):
    async with db.begin(team.id) as tx:
        (await credits.subscription(tx)).status = "past_due"
    with pytest.raises(Refused) as refused:
        await discoveries.request(team.owner, team.slug)
    assert (refused.value.status, refused.value.code) == (402, "subscription_inactive")


async def test_those_who_ask_while_one_is_under_way_join_it(any_database, team, icp):
    joined = await asyncio.gather(*(discoveries.request(team.member, team.slug, 10 + n) for n in range(6)))
    assert len({each.id for each in joined}) == 1
    assert await asked() == 1


async def test_another_can_be_asked_for_once_it_has_ended_or_takes_too_long(database, team, icp):
    first = await discoveries.request(team.member, team.slug)
    assert await discoveries.cancel(team.member, team.slug)
    assert not await discoveries.cancel(team.member, team.slug)
    second = await discoveries.request(team.member, team.slug, 50, cap_micros=1_000_000, enrich=False)
    assert (second.target, second.cap_micros, second.enrich, second.by) == (50, 1_000_000, False, team.member.name)
    async with db.begin(team.id) as tx:
        (await tx.get_one(Discovery, (team.id, first.id))).created_at -= 2 * LONGEST
        (await tx.get_one(Discovery, (team.id, second.id))).created_at -= LONGEST
    third = await discoveries.request(team.member, team.slug)
    assert len({first.id, second.id, third.id}) == 3
    async with db.read(team.id) as tx:
        assert (await tx.get_one(Discovery, (team.id, second.id))).status == DiscoveryStatus.FAILED


async def test_8_another_workspace_sees_and_ends_nothing_of_it(database, team, other_team, icp):
    await discoveries.request(team.member, team.slug)
    assert await discoveries.latest(other_team.owner, other_team.slug) is None
    assert not await discoveries.cancel(other_team.owner, other_team.slug)
    for act in (discoveries.latest, discoveries.cancel, discoveries.offered, discoveries.request):
        with pytest.raises(NotFound):
            await act(other_team.owner, team.slug)
    going = await discoveries.latest(team.viewer, team.slug)
    assert going
    assert going.status == DiscoveryStatus.REQUESTED


async def test_what_would_be_asked_depends_on_keys_and_the_demo_world(database, team, icp):
    def names(offered: Offer) -> set[str]:
        return {each.service.name for each in offered.sources if each.asked}

    offered = await discoveries.offered(team.viewer, team.slug)
    assert (offered.version, names(offered), offered.demo) == (1, {"clinicaltrials"}, frozenset())
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = True
    offered = await discoveries.offered(team.viewer, team.slug)
    assert names(offered) == {"clinicaltrials", "sec_edgar", "apollo", "wikidata", "prospeo", "ai_ark", "clay"}
    assert names(offered) <= offered.demo
