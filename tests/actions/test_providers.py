"""Keys of outside services: kept sealed, changed by admins who typed their password, tried by a workflow: on both
databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from leadboard.actions import providers, sign_in
from leadboard.actions.sign_in import Caller
from leadboard.domain.access import LONGEST_CHECK, AccessState
from leadboard.domain.rights import Principal
from leadboard.errors import NotFound, Refused
from leadboard.providers.registry import SERVICES
from leadboard.store import access, catalogue, db, work
from leadboard.store.tables import Access, Audit, Session
from leadboard.store.vault import Unopened

KEY = "k-3f9a51c07d"
CALLER = Caller("203.0.113.7")


@pytest.fixture(autouse=True)
def services(request: pytest.FixtureRequest) -> Iterator[None]:
    """The catalogue, and somebody to ask for work."""
    catalogue.use(SERVICES)
    name = "any_database" if "any_database" in request.fixturenames else "database"
    database = request.getfixturevalue(name)
    client = work.connect(database.url)
    work.use(client)
    yield
    work.use(None)
    client.destroy()


async def signed_in(person: Principal, ago: timedelta = timedelta(0)) -> Principal:
    async with db.begin() as tx:
        session = Session(token_hash=uuid4().hex, user_id=person.user_id, password_at=tx.now - ago)
        tx.add(session)
    return replace(person, session_id=session.id)


async def kept(team, service="hunter") -> Access | None:
    async with db.read(team.id) as tx:
        return next((each for each in await access.of_workspace(tx) if each.service == service), None)


async def checks() -> list[str]:
    found = await work.current().list_workflows_async(name="check_access")
    return [each.workflow_id for each in found]


async def test_a_key_is_kept_sealed_and_tried_at_once(any_database, team):
    await providers.put_key(await signed_in(team.admin), team.slug, "hunter", f" {KEY} ", "", CALLER)
    row = await kept(team)
    assert row is not None
    assert (row.state, row.key_by) == (AccessState.CHECKING, team.admin.name)
    assert KEY not in str(row.model_dump())
    assert access.key_of(row) == KEY
    assert len(await checks()) == 1
    async with db.read(team.id) as tx:
        told = (await tx.exec(select(Audit).where(Audit.resource == "hunter"))).all()
    assert [(each.action, each.ip) for each in told] == [("provider_key_added", "203.0.113.7")]
    assert KEY not in str([each.model_dump() for each in told])


async def test_a_new_key_takes_the_place_of_the_old_and_can_be_taken_away(database, team):
    admin = await signed_in(team.admin)
    for key in (KEY, "k-2"):
        await providers.put_key(admin, team.slug, "hunter", key, "", CALLER)
    row = await kept(team)
    assert row is not None
    assert access.key_of(row) == "k-2"
    for _ in range(2):
        await providers.remove_key(admin, team.slug, "hunter", "", CALLER)
    row = await kept(team)
    assert row is not None
    assert (row.sealed_key, row.key_by, row.key_at, row.state) == ("", "", None, AccessState.UNTRIED)
    async with db.read(team.id) as tx:
        told = (await tx.exec(select(Audit.action).where(Audit.resource == "hunter").order_by(Audit.at))).all()
    assert list(told) == ["provider_key_added", "provider_key_replaced", "provider_key_removed"]


async def test_a_sealed_key_copied_to_another_workspace_opens_nothing(database, team, other_team):
    await providers.put_key(await signed_in(team.admin), team.slug, "hunter", KEY, "", CALLER)
    stolen = await kept(team)
    assert stolen is not None
    async with db.begin(other_team.id) as tx:
        theirs = await access.of_service(tx, "hunter")
        theirs.sealed_key = stolen.sealed_key
        with pytest.raises(Unopened):
            access.key_of(theirs)


async def test_only_admins_and_owners_change_keys(database, team, other_team):
    for person in (team.viewer, team.member):
        me = await signed_in(person)
        for refused in (
            providers.put_key(me, team.slug, "hunter", KEY, "", CALLER),
            providers.remove_key(me, team.slug, "hunter", "", CALLER),
            providers.check(me, team.slug, "hunter"),
        ):
            with pytest.raises(Refused, match="cannot change settings"):
                await refused
    stranger = await signed_in(other_team.owner)
    with pytest.raises(NotFound):
        await providers.put_key(stranger, team.slug, "hunter", KEY, "", CALLER)
    with pytest.raises(NotFound):
        await providers.check(stranger, team.slug, "hunter")
    assert await kept(team) is None


@pytest.mark.parametrize("name", ["", "nobody", "HUNTER", "../hunter"])
async def test_a_service_that_is_none_is_not_found(database, team, name):
    admin = await signed_in(team.admin)
    with pytest.raises(NotFound):
        await providers.put_key(admin, team.slug, name, KEY, "", CALLER)
    with pytest.raises(NotFound):
        await providers.check(admin, team.slug, name)


async def test_what_can_be_no_key_is_refused_and_the_old_one_stays(database, team):
    admin = await signed_in(team.admin)
    await providers.put_key(admin, team.slug, "hunter", KEY, "", CALLER)
    with pytest.raises(Refused) as refused:
        await providers.put_key(admin, team.slug, "hunter", "two words", "", CALLER)
    assert refused.value.field == "key"
    row = await kept(team)
    assert row is not None
    assert access.key_of(row) == KEY


@pytest.mark.usefixtures("cheap_hashes")
async def test_the_password_is_asked_for_again_after_ten_minutes(database, team, monkeypatch):
    late = await signed_in(team.admin, timedelta(minutes=11))
    with pytest.raises(Refused) as refused:
        await providers.put_key(late, team.slug, "hunter", KEY, "", CALLER)
    assert (refused.value.field, refused.value.code) == ("current", "password_again")
    with pytest.raises(Refused) as refused:
        await providers.put_key(late, team.slug, "hunter", KEY, "a wrong one", CALLER)
    assert (refused.value.field, refused.value.code) == ("current", "wrong_password")
    assert await kept(team) is None
    nobody = replace(team.admin, session_id=None)
    with pytest.raises(Refused):
        await providers.put_key(nobody, team.slug, "hunter", KEY, "", CALLER)


async def test_a_typed_password_counts_for_ten_minutes(database, team):
    fresh = await signed_in(team.admin, timedelta(minutes=9))
    assert await sign_in.is_proven(fresh)
    late = await signed_in(team.admin, timedelta(minutes=11))
    assert not await sign_in.is_proven(late)


async def test_one_check_at_a_time_until_it_takes_too_long(database, team):
    admin = await signed_in(team.admin)
    for _ in range(3):
        await providers.check(admin, team.slug, "hunter")
    assert len(await checks()) == 1
    async with db.begin(team.id) as tx:
        (await access.of_service(tx, "hunter")).asked_at = tx.now - LONGEST_CHECK
    await providers.check(admin, team.slug, "hunter")
    assert len(await checks()) == 2
