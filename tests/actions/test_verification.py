"""Verifying addresses as people ask for it: who may, what is due, and the workflow that does it."""

import pytest

from leadboard.actions.verification import verify
from leadboard.domain.waterfall.verification import NOBODY
from leadboard.domain.work import Workflow
from leadboard.errors import NotFound, Refused
from leadboard.providers.registry import SERVICES
from leadboard.store import catalogue, db, work
from leadboard.store.tables import Contact, Workspace
from tests.engine.batching import demo_of, somebody
from tests.engine.conftest import ready

__all__ = ["ready"]


@pytest.fixture
async def demo(ready, team):
    """A demo workspace, and the services that this installation knows."""
    catalogue.use(SERVICES)
    yield await demo_of(team.id)
    catalogue.use(())


@pytest.fixture
async def people(demo, team):
    """Three contacts: one with an address, one verified today, one without."""
    ids = await demo.add_people(somebody(3))
    async with db.begin(team.id) as tx:
        fresh, done = [await tx.get_one(Contact, (team.id, each)) for each in ids[:2]]
        fresh.email, done.email = "kim@brightwell.example", "sam@brightwell.example"
        done.email_status, done.verified_at = "valid", tx.now
    return [str(each) for each in ids]


async def test_only_what_is_due_is_asked_about_by_those_who_may_spend(demo, team, people):
    assert await verify(team.member, "north", people) == 1
    [asked] = work.current().list_workflows(name=Workflow.VERIFY)
    assert asked.input is not None
    assert asked.input["args"] == (str(team.id), people[0], str(team.member.user_id))
    with pytest.raises(Refused, match="role"):
        await verify(team.viewer, "north", people)


async def test_what_is_known_is_not_asked_again(demo, team, people):
    for which in (people[1:], people[2:], []):
        with pytest.raises(Refused, match="counts for 90 days"):
            await verify(team.member, "north", which)
    assert work.current().list_workflows(name=Workflow.VERIFY) == []


async def test_a_foreign_id_and_junk_are_not_found(demo, team, other_team, people):
    for who, where, which in ((other_team.owner, "south", people[:1]), (team.member, "north", ["junk"])):
        with pytest.raises(NotFound):
            await verify(who, where, which)


async def test_without_a_service_that_verifies_the_person_reads_it_at_once(demo, team, people):
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = False
    with pytest.raises(Refused, match=NOBODY[:20]):
        await verify(team.member, "north", people)
