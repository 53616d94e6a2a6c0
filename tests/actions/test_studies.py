"""Asking for a study of the workspace's website: who may, and one at a time: on both databases."""

import asyncio
from collections.abc import Iterator

import pytest

from leadboard.actions import studies
from leadboard.domain.study import LONGEST, StudyStatus
from leadboard.errors import NotFound, Refused
from leadboard.store import db, work
from leadboard.store import studies as kept
from leadboard.store.tables import Study


@pytest.fixture(autouse=True)
def client(request: pytest.FixtureRequest) -> Iterator[None]:
    name = "any_database" if "any_database" in request.fixturenames else "database"
    client = work.connect(request.getfixturevalue(name).url)
    work.use(client)
    yield
    work.use(None)
    client.destroy()


async def asked() -> int:
    return len(await work.current().list_workflows_async(name="study"))


async def test_two_who_ask_at_the_same_moment_share_one_study(any_database, team):
    await asyncio.gather(*(studies.request(team.admin, team.slug, f"acme{n}.com") for n in range(6)))
    assert await asked() == 1
    study = await studies.latest(team.viewer, team.slug)
    assert study is not None
    assert (study.status, study.by) == (StudyStatus.REQUESTED, team.admin.name)


async def test_another_can_be_asked_for_once_it_has_ended_or_takes_too_long(database, team):
    await studies.request(team.admin, team.slug, "acme.com")
    async with db.begin(team.id) as tx:
        first = await kept.latest(tx)
        assert first
        kept.fail(tx, first, "It does not answer.")
    await studies.request(team.admin, team.slug, "acme.com")
    assert await asked() == 2
    async with db.begin(team.id) as tx:
        second = await kept.latest(tx)
        assert second
        second.created_at = tx.now - LONGEST
    await studies.request(team.admin, team.slug, "other.com")
    study = await studies.latest(team.admin, team.slug)
    assert study is not None
    assert (await asked(), study.website) == (3, "other.com")


async def test_only_admins_and_owners_ask_and_nobody_from_elsewhere_sees(database, team, other_team):
    for person in (team.member, team.viewer):
        with pytest.raises(Refused, match="cannot change settings"):
            await studies.request(person, team.slug, "acme.com")
    with pytest.raises(NotFound):
        await studies.request(other_team.owner, team.slug, "acme.com")
    await studies.request(team.owner, team.slug, "acme.com")
    with pytest.raises(NotFound):
        await studies.latest(other_team.owner, team.slug)
    assert await studies.latest(other_team.owner, other_team.slug) is None


async def test_what_is_no_website_asks_for_nothing(database, team):
    with pytest.raises(Refused):
        await studies.request(team.owner, team.slug, "http://169.254.169.254/")
    async with db.read(team.id) as tx:
        assert await kept.latest(tx) is None
    assert await asked() == 0


async def test_a_step_told_twice_is_kept_once(database, team):
    async with db.begin(team.id) as tx:
        study, _ = await kept.request(tx, "acme.com", team.admin.user_id, "Ada")
        for ok in (False, True):
            kept.end_step(tx, study, {"name": "parse_website", "ok": ok, "error": "", "confidence": 1.0})
    async with db.read(team.id) as tx:
        stored = await tx.find(Study, study.id)
    assert [each["ok"] for each in stored.steps] == [True]
