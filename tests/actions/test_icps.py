"""Trying a profile on the leads, saving it, and going back to an earlier one."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlmodel import select

from leadboard.actions import icps
from leadboard.actions.icps import AT_ONCE
from leadboard.domain.icp import Icp
from leadboard.engine.rescore import score_all
from leadboard.errors import NotFound, Refused
from leadboard.store import candidates, db, work
from leadboard.store import icps as stored
from leadboard.store.tables import Contact, Lead, Membership
from tests.conftest import Team, make_team

ROBOTS = Icp(industry=("Robotics",), geographies=("Norway",))
MANY = 2 * AT_ONCE + 3


@pytest.fixture(autouse=True)
async def client(database: db.Database) -> AsyncIterator[work.Client]:
    """The client in use."""
    asking = work.connect(database.url)
    work.use(asking)
    yield asking
    work.use(None)
    asking.destroy()


async def add_leads(team: Team, many: int = MANY) -> None:
    """Leads of two kinds, the robotics ones worth more and with a contact."""
    async with db.begin(team.id) as tx:
        leads = [
            Lead(
                workspace_id=team.id,
                key=f"c{n}.example",
                name=f"C{n:03}",
                industry=("Retail", "Robotics")[n % 2],
                country="NO",
                value=n + (n % 2) * 10_000,
                technologies=["Kafka"] if n % 2 else [],
            )
            for n in range(many)
        ]
        tx.add_all(leads)
        await tx.flush()
        tx.add_all(
            Contact(workspace_id=team.id, lead_id=lead.id, key="a", name="A", title="CEO")
            for lead in leads
            if lead.industry == "Robotics"
        )


async def tried(team: Team, icp: Icp) -> icps.Trial:
    *steps, last = [trial async for trial in icps.try_out(team.viewer, team.slug, icp)]
    assert [step.leads for step in steps] == sorted(step.leads for step in steps)
    assert all(step.matches is None for step in steps)
    return last


async def test_a_draft_counts_what_saving_it_would_store(team):
    await add_leads(team)
    draft = (await tried(team, ROBOTS)).matches
    version, _ = await icps.save(team.owner, team.slug, ROBOTS.to_data())
    await score_all(str(team.id), version)
    saved = (await tried(team, ROBOTS)).matches

    assert draft is not None
    assert saved is not None
    assert draft.leads == MANY
    assert draft.bins == saved.saved_bins == saved.bins
    assert draft.matching == saved.saved_matching > 0
    assert draft.saved_matching == 0, "nothing had a score before"
    async with db.read(team.id) as tx:
        assert draft.best[0].fit == max((await tx.exec(select(Lead.fit_score))).all())


async def test_a_draft_comes_with_proposals_from_the_best_valued(team):
    await add_leads(team)

    trial = await tried(team, Icp())

    assert {(each.field, each.value) for each in trial.suggestions} == {
        ("industry", "Robotics"),
        ("modalities", "Kafka"),
    }


async def test_deleted_and_foreign_leads_are_not_counted(team):
    other = await make_team("south")
    await add_leads(team, 6)
    async with db.begin(team.id) as tx:
        gone = (await tx.exec(select(Lead).limit(1))).one()
        gone.deleted_at = tx.now

    assert (await tried(team, ROBOTS)).leads == 5
    assert (await tried(other, ROBOTS)).leads == 0
    with pytest.raises(NotFound):
        await anext(icps.try_out(other.owner, team.slug, ROBOTS))


async def test_who_is_removed_while_a_draft_is_tried_learns_nothing_more(team):
    await add_leads(team)
    trial = icps.try_out(team.member, team.slug, ROBOTS)
    assert (await anext(trial)).leads == AT_ONCE < MANY
    async with db.begin(team.id) as tx:
        mine = select(Membership).where(Membership.user_id == team.member.user_id)
        (await tx.exec(mine)).one().deleted_at = tx.now

    with pytest.raises(NotFound):
        await anext(trial)


async def test_whoever_else_has_something_to_do_gets_a_turn_while_a_draft_is_tried(team):
    await add_leads(team)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    beside = asyncio.create_task(others())
    await tried(team, ROBOTS)
    beside.cancel()

    assert turns > MANY // AT_ONCE


async def test_versions_go_up_and_an_identical_save_changes_nothing(team):
    assert await icps.save(team.owner, team.slug, ROBOTS.to_data(), over=0) == (1, True)
    assert await icps.save(team.owner, team.slug, ROBOTS.to_data(), over=1) == (1, False)
    assert await icps.save(team.admin, team.slug, Icp().to_data(), over=1) == (2, True)
    async with db.read(team.id) as tx:
        assert [(row.version, row.created_by) for row in await stored.versions(tx, 9)] == [
            (2, team.admin.name),
            (1, team.owner.name),
        ]
        assert len(await stored.versions(tx, 1)) == 1


async def test_a_save_over_a_newer_version_says_whose_it_is_and_overwrites_nothing(team):
    await icps.save(team.admin, team.slug, ROBOTS.to_data(), over=0)

    with pytest.raises(Refused, match=f"{team.admin.name} saved version 1") as refused:
        await icps.save(team.owner, team.slug, Icp(industry=("Retail",)).to_data(), over=0)

    assert (refused.value.code, refused.value.status) == ("newer_version", 409)
    assert await icps.read(team.owner, team.slug) == (1, ROBOTS)
    assert await icps.save(team.owner, team.slug, ROBOTS.to_data(), over=0) == (1, False), "the same in both"


async def test_restoring_makes_a_new_version_of_an_old_one(team):
    await icps.save(team.owner, team.slug, ROBOTS.to_data())
    await icps.save(team.owner, team.slug, Icp().to_data())

    assert await icps.restore(team.admin, team.slug, 1) == (3, ROBOTS, True)
    assert await icps.restore(team.admin, team.slug, 3) == (3, ROBOTS, False)
    assert await icps.read(team.owner, team.slug) == (3, ROBOTS)
    with pytest.raises(NotFound):
        await icps.restore(team.owner, team.slug, 9)


async def test_only_who_may_settle_saves_and_restores(team):
    await icps.save(team.owner, team.slug, ROBOTS.to_data())
    for me in (team.member, team.viewer):
        with pytest.raises(Refused):
            await icps.save(me, team.slug, Icp().to_data())
        with pytest.raises(Refused):
            await icps.restore(me, team.slug, 1)


async def test_the_leads_that_a_version_has_scored_are_counted(team):
    await add_leads(team)
    version, _ = await icps.save(team.owner, team.slug, ROBOTS.to_data())
    async with db.read(team.id) as tx:
        assert await candidates.scored_with(tx, version) == (MANY, 0)
    await score_all(str(team.id), version)
    async with db.read(team.id) as tx:
        assert await candidates.scored_with(tx, version) == (MANY, MANY)
