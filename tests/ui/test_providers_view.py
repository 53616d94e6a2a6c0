"""The page of providers as it is read from a real database."""

from datetime import timedelta

import pytest

from leadboard.domain.access import LONGEST_CHECK, AccessState
from leadboard.domain.found import Health
from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.store import access, catalogue, db
from leadboard.ui.live import Live
from leadboard.ui.providers.display import Group, Offered, ServiceRow
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
    read = await ProvidersView(team.id).read(frozenset({"whole"}))
    return {row.name: row for group in read["groups"] for row in group.services}


async def test_services_stand_in_the_group_of_their_key(team: Team) -> None:
    groups: list[Group] = (await ProvidersView(team.id).read(frozenset({"whole"})))["groups"]
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
