"""In which order services are asked: what admins may decide, and what they are refused."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from leadboard.actions import orders
from leadboard.domain.waterfall.roles import DEFAULT_ORDER, Role
from leadboard.errors import NotFound, Refused
from leadboard.providers.registry import SERVICES
from leadboard.store import catalogue, db
from leadboard.store import orders as stored
from leadboard.store.orders import order_of
from leadboard.store.tables import Ask, Audit, Workspace
from tests.conftest import Team

FINDER = Role.EMAIL_FINDER


@pytest.fixture(autouse=True)
def known(database: db.Database) -> None:
    catalogue.use(SERVICES)


async def order(team: Team, segment: str = "") -> tuple[str, ...]:
    async with db.read(team.id) as tx:
        return await order_of(tx, FINDER, segment)


@pytest.mark.parametrize(
    ("service", "up", "moved"),
    [
        ("prospeo", True, ("prospeo", "hunter", "findymail", "leadmagic")),
        ("prospeo", False, ("hunter", "findymail", "prospeo", "leadmagic")),
        ("hunter", True, DEFAULT_ORDER[FINDER]),
        ("leadmagic", False, DEFAULT_ORDER[FINDER]),
    ],
)
async def test_a_service_moves_one_place(team: Team, service: str, up: bool, moved: tuple[str, ...]) -> None:
    await orders.move(team.admin, team.slug, FINDER, "", service, up)
    assert await order(team) == moved


async def test_a_kind_of_lead_has_an_order_of_its_own_until_it_is_reset(team: Team) -> None:
    await orders.move(team.admin, team.slug, FINDER, "NO", "prospeo", True)
    assert (await order(team, "NO"))[0] == (await order(team, "NO/small"))[0] == "prospeo"
    assert await order(team) == DEFAULT_ORDER[FINDER]
    await orders.reset(team.admin, team.slug, FINDER, "NO")
    assert await order(team, "NO") == DEFAULT_ORDER[FINDER]


async def test_services_are_left_out_and_added_but_one_stays(team: Team) -> None:
    for name in ("hunter", "prospeo", "findymail"):
        await orders.leave_out(team.admin, team.slug, FINDER, "", name)
    with pytest.raises(Refused, match="One service has to stay"):
        await orders.leave_out(team.admin, team.slug, FINDER, "", "leadmagic")
    await orders.add(team.admin, team.slug, FINDER, "", "hunter")
    assert await order(team) == ("leadmagic", "hunter")


async def test_every_change_is_audited(team: Team) -> None:
    await orders.move(team.admin, team.slug, FINDER, "", "hunter", True)
    await orders.move(team.admin, team.slug, FINDER, "", "hunter", False)
    await orders.reset(team.admin, team.slug, FINDER, "")
    for on in (True, True):
        await orders.propose(team.admin, team.slug, on)
    async with db.read(team.id) as tx:
        found = await tx.exec(select(Audit.action).where(Audit.workspace_id == team.id))
    assert sorted(found.all()) == ["service_order_changed", "service_order_proposals", "service_order_reset"]


@pytest.mark.parametrize(
    ("role", "segment", "service"),
    [("nothing", "", "hunter"), (FINDER, "XX", "hunter"), (FINDER, "", "apollo"), (FINDER, "", "nobody")],
)
async def test_what_is_not_there_is_not_found(team: Team, role: str, segment: str, service: str) -> None:
    with pytest.raises(NotFound):
        await orders.move(team.admin, team.slug, role, segment, service, True)


@pytest.mark.parametrize("service", ["nobody", "hunter", "wikidata"])
async def test_a_service_that_cannot_play_the_part_is_not_added(team: Team, service: str) -> None:
    with pytest.raises(Refused):
        await orders.add(team.admin, team.slug, FINDER, "", service)
    assert await order(team) == DEFAULT_ORDER[FINDER]


async def test_members_do_not_change_orders(team: Team) -> None:
    with pytest.raises(Refused):
        await orders.move(team.member, team.slug, FINDER, "", "prospeo", True)


async def call_log(team: Team) -> None:
    """Hunter was asked first and paid for much without an address; Prospeo found the rest."""
    async with db.begin(team.id) as tx:
        rows = [
            {
                "service": service, "task": "person", "entity": "contact", "entity_id": UUID(int=n),
                "status": "success", "hit": True, "useful": useful, "micros": 24_500, "question": str(uuid4()),
                "asked_at": tx.now - timedelta(days=n % 20),
            }
            for n in range(100)
            for service, useful in (("hunter", n % 10 == 0), *((("prospeo", True),) if n % 10 else ()))
        ]  # fmt: skip
        await tx.insert_many(Ask, rows)


async def test_a_proposal_is_accepted_by_a_press(team: Team) -> None:
    with pytest.raises(Refused, match="no longer speak"):
        await orders.accept(team.admin, team.slug, FINDER, "")
    await call_log(team)
    async with db.read(team.id) as tx:
        proposal = await stored.proposal(tx, FINDER, "", orders.services())
    if proposal is None:
        pytest.fail("the log speaks for another order")
    await orders.accept(team.admin, team.slug, FINDER, "")
    assert await order(team) == proposal.order
    assert (await order(team))[0] == "prospeo"


async def test_proposals_are_off_until_somebody_wants_them(team: Team) -> None:
    async with db.read(team.id) as tx:
        assert not (await tx.get_one(Workspace, team.id)).self_ordering
