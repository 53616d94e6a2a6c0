"""Set-up, invitations, roles and removal, on both databases."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import func, select

from leadboard.actions import access, people, sign_in
from leadboard.actions.people import NewPerson
from leadboard.actions.sign_in import Caller
from leadboard.domain.rights import RIGHTS, Principal, Right, Role
from leadboard.errors import NotFound, Refused, Several
from leadboard.store import db
from leadboard.store import people as store_people
from leadboard.store.signals import membership_changed, sessions_revoked
from leadboard.store.tables import Audit, Membership, User, Workspace

CODE = "ABCD-EFGH-2345"
PASSWORD = "seven green bicycles"
OWNER = NewPerson("Ada@North.example", PASSWORD, "Ada")

pytestmark = pytest.mark.usefixtures("cheap_hashes")


async def set_up(code: str = CODE, owner: NewPerson = OWNER, workspace: str = "North Wind") -> tuple:
    return await people.set_up(code, CODE, owner, workspace, Caller("10.0.0.1", "Firefox"))


async def invited(me: Principal, slug: str, role: Role) -> str:
    """The secret part of a new invitation's link."""
    place, link = f"/join/{slug}/", await people.invite(me, slug, role)
    assert link.startswith(place)
    return link.removeprefix(place)


async def code_of(awaitable: object) -> str:
    with pytest.raises(Refused) as refused:
        await awaitable  # type: ignore[misc]
    return refused.value.code


@pytest.fixture
def told() -> Iterator[list]:
    heard: list = []
    stops = [membership_changed.listen(heard.append), sessions_revoked.listen(heard.append)]
    yield heard
    for stop in stops:
        stop()


async def test_the_first_owner_gets_a_workspace_and_is_signed_in(any_database):
    assert await people.set_up_open()
    opened, slug = await set_up("abcd efgh2345")
    assert slug == "north-wind"
    assert await sign_in.by_token(opened.token) == opened.me
    assert await people.workspaces(opened.me) == [("north-wind", "North Wind", Role.OWNER)]
    assert not await people.set_up_open()


async def test_what_an_import_made_before_anybody_was_here_belongs_to_the_first_owner(any_database):
    for name in ("North Wind", "Elsewhere"):
        async with db.begin(uuid4()) as tx:
            await store_people.make_workspace(tx, name)
    opened, slug = await set_up()
    assert slug == "north-wind"
    owned = await people.workspaces(opened.me)
    assert owned == [("elsewhere", "Elsewhere", Role.OWNER), ("north-wind", "North Wind", Role.OWNER)]


async def test_set_up_happens_once(any_database):
    await set_up()
    with pytest.raises(NotFound):
        await set_up(owner=NewPerson("eve@south.example", PASSWORD))


async def test_two_set_ups_at_once_make_one_owner(any_database):
    tries = (set_up(owner=NewPerson(f"p{i}@north.example", PASSWORD)) for i in range(4))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, tuple) for each in outcomes) == 1
    assert sum(isinstance(each, NotFound) for each in outcomes) == 3
    async with db.read() as tx:
        assert len((await tx.exec(select(User))).all()) == 1
        assert len((await tx.exec(select(Workspace))).all()) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "ABCD-EFGH-2346"}, "set_up_code"),
        ({"code": ""}, "set_up_code"),
        ({"owner": NewPerson("ada", PASSWORD)}, "email"),
        ({"owner": NewPerson("a@north.example", "short")}, "password_short"),
        ({"owner": NewPerson("a@north.example", "x" * 257)}, "password_long"),
        ({"owner": NewPerson("a@north.example", "password1234")}, "password_common"),
        ({"owner": NewPerson("adalovelace@north.example", "adalovelace1")}, "password_common"),
        ({"owner": NewPerson("a@north.example", PASSWORD, "n" * 81)}, "name"),
        ({"workspace": ""}, "workspace_name"),
        ({"workspace": "\u200b \n"}, "workspace_name"),
        ({"workspace": "w" * 81}, "workspace_name"),
    ],
)
async def test_set_up_says_what_is_wrong_and_stays_open(database, change, code):
    assert await code_of(set_up(**change)) == code
    assert await people.set_up_open()


async def test_everything_wrong_with_a_form_is_said_at_once(database, team):
    nobody = NewPerson("ada", "short", "n" * 81)
    with pytest.raises(Several) as refused:
        await set_up("", nobody, "")
    said = {one.field: one.code for one in refused.value.each}
    wrong = {"email": "email", "name": "name", "password": "password_short"}
    assert said == {"workspace": "workspace_name", "code": "set_up_code", **wrong}
    assert await people.set_up_open()

    token = await invited(team.owner, "north", Role.MEMBER)
    with pytest.raises(Several) as refused:
        await people.accept_new("north", token, nobody, Caller())
    assert {one.field: one.code for one in refused.value.each} == wrong


async def test_workspaces_of_one_name_get_different_addresses(any_database):
    opened, _ = await set_up(workspace="Müller & Söhne")
    assert await people.create_workspace(opened.me, "Muller Sohne") == "muller-sohne-2"
    assert await people.create_workspace(opened.me, "müller söhne") == "muller-sohne-3"
    assert await people.create_workspace(opened.me, "東京") == "workspace"
    assert len(await people.workspaces(opened.me)) == 4


async def test_an_invitation_makes_somebody_new_a_member_once(any_database, team):
    token = await invited(team.admin, "north", Role.VIEWER)
    told = await people.invitation("north", str(await people.invitation_behind("north", token)))
    assert (told.workspace, told.role) == ("North", Role.VIEWER)
    opened = await people.accept_new("north", token, NewPerson("new@north.example", PASSWORD), Caller())
    assert await people.workspaces(opened.me) == [("north", "North", Role.VIEWER)]
    assert await people.still_member(team.id, opened.me.user_id)
    again = people.accept_new("north", token, NewPerson("two@north.example", PASSWORD), Caller())
    assert await code_of(again) == "invitation"


async def test_parallel_acceptances_of_one_invitation_make_one_member(any_database, team):
    token = await invited(team.admin, "north", Role.MEMBER)
    tries = (
        people.accept_new("north", token, NewPerson(f"p{i}@north.example", PASSWORD), Caller(f"10.0.0.{i}"))
        for i in range(4)
    )
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(each, Exception) for each in outcomes) == 1
    assert len(await people.members(team.owner, "north")) == 5


async def test_somebody_with_an_account_joins_with_it(any_database, team, other_team):
    token = await invited(team.owner, "north", Role.MEMBER)
    await people.accept_as(other_team.viewer, "north", token)
    assert [slug for slug, _, _ in await people.workspaces(other_team.viewer)] == ["north", "south"]


async def test_an_address_with_an_account_needs_that_accounts_password(any_database, team):
    opened, _ = await set_up()
    token = await invited(team.owner, "north", Role.MEMBER)
    other = NewPerson(OWNER.email, "another long passphrase")
    assert await code_of(people.accept_new("north", token, other, Caller())) == "wrong"
    joined = await people.accept_new("north", token, OWNER, Caller())
    assert joined.me.user_id == opened.me.user_id


async def test_an_invitation_dies_with_the_right_of_who_made_it(any_database, team):
    token = await invited(team.admin, "north", Role.MEMBER)
    await people.change_role(team.owner, "north", team.admin.user_id, Role.MEMBER)
    assert await code_of(people.invitation_behind("north", token)) == "invitation"


async def test_an_invitation_can_be_withdrawn_and_expires(database, team):
    token = await invited(team.admin, "north", Role.MEMBER)
    (waiting,) = await people.invites(team.admin, "north")
    await people.cancel_invite(team.admin, "north", waiting.id)
    assert await code_of(people.invitation_behind("north", token)) == "invitation"
    late = await invited(team.admin, "north", Role.MEMBER)
    now = database.clock()
    database.clock = lambda: now + timedelta(days=7, seconds=1)
    assert await code_of(people.invitation_behind("north", late)) == "invitation"


async def test_the_id_of_an_invitation_tells_what_it_is_to_and_lets_nobody_in(any_database, team, other_team):
    token = await invited(team.admin, "north", Role.MEMBER)
    key = str(await people.invitation_behind("north", token))
    assert (await people.invitation("north", key)).role is Role.MEMBER
    assert token not in str(await people.invitation("north", key))
    assert await code_of(people.accept_as(other_team.viewer, "north", key)) == "invitation"
    for slug, other in (("north", token), ("north", ""), ("north", str(uuid4())), ("south", key), ("nowhere", key)):
        assert await code_of(people.invitation(slug, other)) == "invitation"
    await people.accept_as(other_team.viewer, "north", token)
    assert await code_of(people.invitation("north", key)) == "invitation"


async def test_a_link_opens_no_other_workspace(any_database, team, other_team):
    token = await invited(team.admin, "north", Role.MEMBER)
    assert await code_of(people.invitation_behind("south", token)) == "invitation"
    assert await code_of(people.accept_as(team.viewer, "south", token)) == "invitation"
    assert await code_of(people.invitation_behind("nowhere", token)) == "invitation"


@pytest.mark.parametrize("role", Role)
async def test_rights_are_those_of_the_table(database, team, role):
    me: Principal = getattr(team, role)
    calls = {
        Right.READ: lambda: people.members(me, "north"),
        Right.INVITE: lambda: people.invite(me, "north", Role.MEMBER),
        Right.OWN: lambda: people.remove_member(me, "north", team.viewer.user_id),
    }
    for right, call in calls.items():
        if right in RIGHTS[role]:
            await call()
        else:
            assert await code_of(call()) == "no_right"


async def test_admins_neither_make_nor_change_owners(database, team):
    assert await code_of(people.invite(team.admin, "north", Role.OWNER)) == "no_right"
    assert await code_of(people.change_role(team.admin, "north", team.member.user_id, Role.OWNER)) == "no_right"
    assert await code_of(people.change_role(team.admin, "north", team.owner.user_id, Role.MEMBER)) == "no_right"
    await people.change_role(team.admin, "north", team.member.user_id, Role.ADMIN)


async def test_one_owner_always_remains(any_database, team):
    me = team.owner
    assert await code_of(people.change_role(me, "north", me.user_id, Role.ADMIN)) == "last_owner"
    assert await code_of(people.remove_member(me, "north", me.user_id)) == "last_owner"
    await people.change_role(me, "north", team.admin.user_id, Role.OWNER)
    demotions = (
        people.change_role(a, "north", b.user_id, Role.MEMBER) for a, b in ((me, team.admin), (team.admin, me))
    )
    await asyncio.gather(*demotions, return_exceptions=True)
    async with db.read(team.id) as tx:
        owners = select(func.count()).select_from(Membership).where(Membership.role == Role.OWNER)
        assert (await tx.exec(owners)).one() == 1


async def test_a_removed_member_loses_pages_and_sessions_at_once(any_database, team, told):
    async with db.begin() as tx:
        user = await tx.get_one(User, team.member.user_id)
        opened, _ = await sign_in.open_session(tx, user, Caller())
    await people.remove_member(team.owner, "north", team.member.user_id)
    assert told == [(team.id, team.member.user_id), frozenset({opened.me.session_id})]
    assert await sign_in.principal_of(str(opened.me.session_id)) is None
    assert not await people.still_member(team.id, team.member.user_id)
    with pytest.raises(NotFound):
        await access.place(team.member, "north")
    assert team.member.user_id not in {each.user_id for each in await people.members(team.owner, "north")}


async def test_a_removed_member_can_be_invited_again(any_database, team):
    await people.remove_member(team.owner, "north", team.member.user_id)
    token = await invited(team.owner, "north", Role.ADMIN)
    await people.accept_as(team.member, "north", token)
    assert (await access.place(team.member, "north")).role is Role.ADMIN


async def test_a_membership_that_was_not_accepted_is_none(any_database, team, other_team):
    guest = other_team.viewer
    async with db.begin(team.id) as tx:
        tx.add(Membership(workspace_id=team.id, user_id=guest.user_id, role=Role.OWNER))

    assert await people.workspaces(guest) == [("south", "South", Role.VIEWER)]
    assert not await people.still_member(team.id, guest.user_id)
    assert guest.user_id not in {each.user_id for each in await people.members(team.owner, "north")}
    for call in (
        access.place(guest, "north"),
        people.members(guest, "north"),
        people.invite(guest, "north", Role.MEMBER),
        people.remove_member(guest, "north", team.owner.user_id),
        people.change_role(team.owner, "north", guest.user_id, Role.VIEWER),
        people.remove_member(team.owner, "north", guest.user_id),
    ):
        assert await code_of(call) == "not_found"
    assert await code_of(people.change_role(team.owner, "north", team.owner.user_id, Role.ADMIN)) == "last_owner"

    token = await invited(team.owner, "north", Role.MEMBER)
    await people.accept_as(guest, "north", token)
    assert (await access.place(guest, "north")).role is Role.MEMBER, "the role of the invitation, not of that row"


@pytest.mark.parametrize("slug", ["south", "nowhere", "", "north'--"])
async def test_foreign_and_missing_workspaces_are_the_same_not_found(database, team, other_team, slug):
    calls = [
        people.members(team.owner, slug),
        people.invite(team.owner, slug, Role.MEMBER),
        people.change_role(team.owner, slug, other_team.member.user_id, Role.VIEWER),
        people.remove_member(team.owner, slug, other_team.member.user_id),
    ]
    assert {await code_of(call) for call in calls} == {"not_found"}


@pytest.mark.parametrize("user_id", ["", "7", "00000000-0000-0000-0000-000000000000", "south"])
async def test_somebody_who_is_no_member_here_is_not_found(database, team, other_team, user_id):
    target = other_team.member.user_id if user_id == "south" else user_id
    assert await code_of(people.change_role(team.owner, "north", target, Role.VIEWER)) == "not_found"
    assert await code_of(people.remove_member(team.owner, "north", target)) == "not_found"


async def audited(team) -> list[tuple[str, str, str]]:
    """What the log of a workspace says: (action, actor, resource), oldest first."""
    async with db.read(team.id) as tx:
        rows = (await tx.exec(select(Audit).where(Audit.workspace_id == team.id).order_by(Audit.at))).all()  # type: ignore[arg-type]
    return [(row.action, row.actor, row.resource) for row in rows]


async def test_a_refusal_for_lack_of_a_right_is_kept_once_a_minute(any_database, team, other_team):
    viewer = str(team.viewer.user_id)
    for _ in range(3):
        assert await code_of(people.invite(team.viewer, "north", Role.MEMBER)) == "no_right"
        assert await code_of(access.place(team.viewer, "north", Right.EDIT)) == "no_right"
    assert sorted(await audited(team)) == [("refused", viewer, "edit"), ("refused", viewer, "invite")]

    later = any_database.clock() + timedelta(minutes=1)
    any_database.clock = lambda: later
    assert await code_of(access.place(team.viewer, "north", Right.EDIT)) == "no_right"
    assert len(await audited(team)) == 3
    assert await audited(other_team) == []


async def test_an_admin_who_reaches_for_an_owners_role_is_kept_and_other_refusals_are_not(database, team, other_team):
    assert await code_of(people.change_role(team.admin, "north", team.owner.user_id, Role.VIEWER)) == "no_right"
    assert await code_of(people.change_role(team.owner, "north", team.owner.user_id, Role.VIEWER)) == "last_owner"
    assert await code_of(people.invite(team.owner, "north", "emperor")) == "role"
    for stranger in (other_team.owner, Principal(uuid4(), "Nobody")):
        assert await code_of(people.members(stranger, "north")) == "not_found"
    assert await audited(team) == [("refused", str(team.admin.user_id), "invite")]


async def test_changes_of_rights_are_kept_with_who_made_them(database, team):
    await people.change_role(team.admin, "north", team.member.user_id, Role.VIEWER)
    await people.remove_member(team.owner, "north", team.member.user_id)
    async with db.read(team.id) as tx:
        rows = (await tx.exec(select(Audit).where(Audit.workspace_id == team.id).order_by(Audit.at))).all()  # type: ignore
    assert [(row.action, row.actor, row.resource) for row in rows] == [
        ("role_changed", str(team.admin.user_id), str(team.member.user_id)),
        ("member_removed", str(team.owner.user_id), str(team.member.user_id)),
    ]
    assert rows[0].changes == {"was": "member", "now": "viewer"}
