"""The page of providers as it is read from a real database."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from leadboard.domain.access import LONGEST_CHECK, AccessState
from leadboard.domain.found import Health
from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.domain.waterfall.roles import Role
from leadboard.providers.registry import SERVICES
from leadboard.store import access, catalogue, db, orders
from leadboard.store.tables import Ask, Workspace
from leadboard.ui.live import Live
from leadboard.ui.providers.display import Group, Offered, ServiceRow
from leadboard.ui.providers.page import page
from leadboard.ui.providers.state import ProvidersState
from leadboard.ui.providers.view import ProvidersView
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of
from tests.ui.test_live import until

OPEN = Service(
    "open", "Open", "https://open.example", KeyKind.OPTIONAL, (Offer(Task.SIGNALS),), Pace(10), note="Be kind."
)
PAID = Service(
    "oracle",
    "Oracle",
    "https://oracle.example",
    KeyKind.PAID,
    (Offer(Task.PERSON, micros=24_500), Offer(Task.COMPANIES, micros=1_000_000, always=True)),
    Pace(1, 2.0),
)


@pytest.fixture(autouse=True)
def services(database: db.Database) -> None:
    catalogue.use((PAID, OPEN))


async def shown(team: Team) -> dict[str, ServiceRow]:
    read = await ProvidersView(team.id).read(frozenset({"services"}))
    return {row.name: row for group in read["groups"] for row in group.services}


async def test_services_stand_in_the_group_of_their_key(team: Team) -> None:
    groups: list[Group] = (await ProvidersView(team.id).read(frozenset({"services"})))["groups"]
    assert [(each.title, [row.label for row in each.services]) for each in groups] == [
        ("Public sources", ["Open"]),
        ("Paid", ["Oracle"]),
    ]


async def test_a_service_says_what_it_answers_for_how_much_and_how_fast(team: Team) -> None:
    rows = await shown(team)
    assert rows["oracle"].offers == [
        Offered("E-mail of a person", "$0.0245 a hit"),
        Offered("Finds companies", "$1.00 a question"),
    ]
    assert (rows["oracle"].pace, rows["oracle"].state, rows["oracle"].ready) == (
        "one question every 2 s",
        "No key",
        False,
    )
    assert (rows["open"].pace, rows["open"].state, rows["open"].ready) == ("10 a second", "Not tried", True)
    assert rows["open"].offers == [Offered("Signals", "free")]


async def test_a_key_and_its_try_are_told_but_never_the_key(team: Team) -> None:
    async with db.begin(team.id) as tx:
        kept = await access.of_service(tx, "oracle")
        access.put_key(tx, kept, "k-3f9a51c07d", "Ada")
        access.end_check(tx, kept, AccessState.WORKS, Health(True, "All is well.", 1_200))
    row = (await shown(team))["oracle"]
    assert (row.state, row.tone, row.sentence, row.remaining) == ("Works", "strong", "All is well.", "1,200 left")
    assert (row.key_by, row.has_key, row.ready) == ("Ada", True, True)
    assert "3f9a51c07d" not in str(row)
    assert "v1." not in str(row)


async def test_a_try_is_under_way_until_it_takes_too_long(team: Team) -> None:
    async with db.begin(team.id) as tx:
        access.begin_check(tx, await access.of_service(tx, "open"))
    assert (await shown(team))["open"].checking
    async with db.begin(team.id) as tx:
        (await access.of_service(tx, "open")).asked_at = tx.now - LONGEST_CHECK - timedelta(seconds=1)
    row = (await shown(team))["open"]
    assert (row.checking, row.state) == (False, "Not tried")


async def test_how_a_try_ended_reaches_everybody_who_looks(team: Team, pages: Pages, views: Live, wire: Wire) -> None:
    look = f"{ProvidersState.get_full_name()}.look"
    await pages.call(look, {}, await session_of(team.viewer), f"/w/{team.slug}/providers", tab="a")
    wire.forget()
    async with db.begin(team.id) as tx:
        kept = await access.of_service(tx, "open")
        access.end_check(tx, kept, AccessState.UNAVAILABLE, Health(False, "Open could not be reached."))
    views.heard(team.id, frozenset({access.TOPIC}))
    await until(lambda: bool(wire.got("sid-a")))
    assert "Open could not be reached." in str(wire.got("sid-a"))


ASKED = {"service": "oracle", "task": "person", "entity": "contact", "hit": True, "micros": 24_500, "demo": False}


async def log(team: Team, *rows: dict[str, Any]) -> None:
    async with db.begin(team.id) as tx:
        full = {"status": "success", "error": "", "segment": "", "useful": True, "asked_at": tx.now}
        await tx.insert_many(Ask, [ASKED | full | {"question": str(uuid4())} | row for row in rows])


async def test_a_service_says_what_it_was_asked_and_how_it_last_failed(team: Team) -> None:
    await log(team, {}, {}, {"status": "error", "hit": False, "micros": 0, "error": "Asked too often."}, {"demo": True})
    row = (await shown(team))["oracle"]
    assert (row.called, row.failed, row.demo) == ("3 calls, 2 hits, $0.049 in 30 days", "Asked too often.", False)
    assert (await shown(team))["open"].called == ""


async def test_in_a_demo_workspace_the_demo_world_answers_for_a_service_without_a_key(team: Team) -> None:
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = True
    await log(team, {}, {"demo": True})
    row = (await shown(team))["oracle"]
    assert (row.state, row.called) == ("Demo world", "1 call, 1 hit, $0.0245 of demo money in 30 days")
    async with db.begin(team.id) as tx:
        access.put_key(tx, await access.of_service(tx, "oracle"), "k-3f9a51c07d", "Ada")
    row = (await shown(team))["oracle"]
    assert (row.state, row.called) == ("Not tried", "1 call, 1 hit, $0.0245 in 30 days")


async def ordered(team: Team, segment: str = "") -> dict[str, Any]:
    read = await ProvidersView(team.id, segment).read(frozenset({"orders"}))
    return read | {"orders": {each.role: each for each in read["orders"]}}


async def test_an_order_says_who_is_asked_and_who_chose_it(team: Team) -> None:
    catalogue.use(SERVICES)
    await log(team, {"service": "hunter", "segment": "NO/small/?"}, {"service": "hunter", "useful": False})
    async with db.begin(team.id) as tx:
        await orders.put(tx, Role.EMAIL_FINDER, "NO", ("prospeo", "hunter"), "Ada")
    every, norway = (await ordered(team)), (await ordered(team, "NO/small"))
    finder = every["orders"]["email_finder"]
    assert [(each.place, each.name, each.first, each.last) for each in finder.services] == [
        ("1", "hunter", True, False),
        ("2", "prospeo", False, False),
        ("3", "findymail", False, False),
        ("4", "leadmagic", False, True),
    ]
    assert (finder.services[0].rate, finder.services[1].rate) == ("found 50% of 2", "not asked yet")
    assert (finder.whose, finder.own, finder.better) == ("The usual order.", False, "")
    assert {"apollo", "ai_ark"} <= {each.value for each in finder.others}
    narrow = norway["orders"]["email_finder"]
    assert [each.name for each in narrow.services] == ["prospeo", "hunter"]
    assert (narrow.whose, narrow.own) == ("Chosen by Ada for Norway.", False)
    assert (await ordered(team, "NO"))["orders"]["email_finder"].own
    assert [(each.value, each.label) for each in norway["segments"]] == [
        ("", "Every lead"),
        ("NO", "Norway"),
        ("NO/small", "Norway, small"),
        ("NO/small/?", "Norway, small, unknown industry"),
    ]


async def test_a_better_order_is_proposed_only_when_it_is_wanted(team: Team) -> None:
    catalogue.use(SERVICES)
    asked = [
        {"service": service, "entity_id": UUID(int=n), "useful": useful}
        for n in range(100)
        for service, useful in (("hunter", n % 10 == 0), ("prospeo", True))
    ]
    await log(team, *asked)
    assert (await ordered(team))["orders"]["email_finder"].better == ""
    async with db.begin(team.id) as tx:
        await orders.switch_proposals(tx, True)
    read = await ordered(team)
    finder = read["orders"]["email_finder"]
    assert read["proposing"]
    assert finder.better == "Prospeo, Hunter, Findymail, LeadMagic"
    assert finder.saving.startswith("On 100 past records it would have cost ")


def test_a_service_is_moved_within_its_own_part() -> None:
    """A loop within a loop that names its item alike would send the inner one's role, of which there is none."""
    assert not re.search(r"each_rx_state_\?\.\[\"role\"\]", str(page()))
