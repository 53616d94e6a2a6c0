"""Live views over a recorded wire: read once, sent once, in order, to those who may see them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
import reflex as rx
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from leadboard.store import db
from leadboard.store.tables import Lead, Membership
from leadboard.ui import live
from leadboard.ui.board.state import BoardState
from leadboard.ui.frame import Frame
from leadboard.ui.live import Live, Parts, Watcher
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of

NORTH, SOUTH = uuid4(), uuid4()
ADA, BEN = uuid4(), uuid4()


@dataclass
class Store:
    """What is to be seen, and how often it was looked at. `gate` holds readings up, `broken` makes them fail."""

    values: dict[str, int] = field(default_factory=lambda: {"left": 0, "right": 0})
    read: list[Parts] = field(default_factory=list)
    gate: asyncio.Event | None = None
    broken: int = 0


STORES: dict[UUID, Store] = {}


@dataclass(frozen=True)
class Pair:
    """A view of two vars."""

    workspace_id: UUID = NORTH
    which: str = ""

    state: ClassVar[type[rx.State]] = BoardState

    def parts(self) -> Parts:
        return frozenset({"left", "right"})

    def concerned(self, topics: frozenset[str]) -> Parts:
        return self.parts() & topics

    async def read(self, parts: Parts) -> dict[str, Any]:
        store = STORES[self.workspace_id]
        store.read.append(parts)
        values = {part: store.values[part] for part in parts}
        if store.gate:
            await store.gate.wait()
        if store.broken:
            store.broken -= 1
            raise OSError("The database is away.")
        return values


class OtherPair(Pair):
    """One that fills another state, so that a tab can have both."""

    state: ClassVar[type[rx.State]] = Frame


@pytest.fixture
def stores() -> dict[UUID, Store]:
    STORES.clear()
    STORES.update({NORTH: Store(), SOUTH: Store()})
    return STORES


@dataclass
class Desk:
    """A live layer, its wire and what may be asked of it."""

    live: Live
    wire: Wire
    members: set[tuple[UUID, UUID]]


@pytest.fixture
def desk(wire: Wire, stores: dict[UUID, Store], monkeypatch: pytest.MonkeyPatch) -> Desk:
    members = {(workspace, person) for workspace in (NORTH, SOUTH) for person in (ADA, BEN)}

    async def still_member(workspace: UUID, person: UUID) -> bool:
        return (workspace, person) in members

    monkeypatch.setattr(live, "RETRY_SECONDS", 0.001)
    return Desk(Live(wire, still_member, coalesce=0.001), wire, members)  # type: ignore[arg-type]


async def quiet(desk: Desk) -> None:
    """Wait until nothing is to be sent any more."""
    while pumps := [room.pump for room in desk.live._rooms.values() if room.pump]:
        await asyncio.gather(*pumps)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def until(holds: Callable[[], bool]) -> None:
    """Let others run until it holds."""
    while not holds():  # noqa: ASYNC110  what is waited for tells nobody
        await asyncio.sleep(0.001)


def change(desk: Desk, workspace: UUID = NORTH, **values: int) -> None:
    """Change what is stored and say so, as a commit does."""
    STORES[workspace].values |= values
    desk.live.heard(workspace, frozenset(values))


async def test_a_newcomer_gets_the_whole_view(desk: Desk) -> None:
    await desk.live.join(Watcher("a", ADA), Pair())

    assert desk.wire.got("a") == [{"left": 0, "right": 0, "seq": 0, "since": 0}]


async def test_many_viewers_of_equal_views_cost_one_reading_and_one_sending(desk: Desk) -> None:
    tabs = [f"tab{n}" for n in range(50)]
    await asyncio.gather(*(desk.live.join(Watcher(tab, ADA), Pair()) for tab in tabs))
    assert len(STORES[NORTH].read) == 1
    desk.wire.forget()

    change(desk, left=1)
    await quiet(desk)

    assert STORES[NORTH].read[1:] == [{"left"}]
    assert len({id(text) for _, text in desk.wire.sent}) == 1, "it was encoded once"
    assert all(desk.wire.got(tab) == [{"left": 1, "seq": 1, "since": 0}] for tab in tabs)


async def test_only_what_changed_is_sent_and_the_number_grows_by_one(desk: Desk) -> None:
    await desk.live.join(Watcher("a", ADA), Pair())
    for n in range(1, 4):
        change(desk, left=n, right=0)
        await quiet(desk)

    assert desk.wire.got("a")[1:] == [{"left": n, "seq": n, "since": n - 1} for n in range(1, 4)]


async def test_news_about_something_else_is_not_read(desk: Desk) -> None:
    await desk.live.join(Watcher("a", ADA), Pair())
    desk.live.heard(NORTH, frozenset({"elsewhere"}))
    await quiet(desk)

    assert len(STORES[NORTH].read) == 1


async def test_news_without_topics_is_about_everything(desk: Desk) -> None:
    await desk.live.join(Watcher("a", ADA), Pair())
    STORES[NORTH].values["right"] = 7
    desk.live.heard(NORTH, None)
    await quiet(desk)

    assert desk.wire.got("a")[-1] == {"right": 7, "seq": 1, "since": 0}


async def test_a_burst_is_one_sending(desk: Desk) -> None:
    await desk.live.join(Watcher("a", ADA), Pair())
    for n in range(1, 501):
        change(desk, left=n)
    await quiet(desk)

    assert desk.wire.got("a")[1:] == [{"left": 500, "seq": 1, "since": 0}]


async def test_a_slow_snapshot_never_overtakes_a_newer_delta(desk: Desk) -> None:
    await desk.live.join(Watcher("first", ADA), Pair())
    STORES[NORTH].gate = asyncio.Event()
    change(desk, left=1)
    await asyncio.sleep(0.01)
    joining = asyncio.create_task(desk.live.join(Watcher("second", BEN), Pair()))
    await asyncio.sleep(0.01)
    assert desk.wire.got("second") == [], "it waits its turn behind the reading under way"

    change(desk, left=2)
    STORES[NORTH].gate.set()
    await joining
    await quiet(desk)

    assert [values["left"] for values in desk.wire.got("second")] == [1, 2]
    assert [values["seq"] for values in desk.wire.got("second")] == [1, 2]


async def test_what_changes_during_the_first_reading_still_arrives(desk: Desk) -> None:
    STORES[NORTH].gate = asyncio.Event()
    joining = asyncio.create_task(desk.live.join(Watcher("a", ADA), Pair()))
    await asyncio.sleep(0.01)
    change(desk, left=1)
    STORES[NORTH].gate.set()
    await joining
    await quiet(desk)

    assert desk.wire.got("a") == [{"left": 0, "right": 0, "seq": 0, "since": 0}, {"left": 1, "seq": 1, "since": 0}]


async def test_a_closed_tab_leaves_everything_and_an_empty_view_is_dropped(desk: Desk) -> None:
    desk.live.start()
    await desk.live.join(Watcher("a", ADA), Pair())
    await desk.live.join(Watcher("a", ADA), OtherPair())
    assert desk.live.watching(NORTH) == 2

    desk.wire.forget()
    desk.wire.on_closed("a")
    change(desk, left=1)
    await quiet(desk)

    assert (desk.live.watching(NORTH), desk.live._rooms, dict(desk.live._seats)) == (0, {}, {})
    assert desk.wire.sent == []
    await desk.live.stop()


async def test_a_tab_that_closed_before_it_was_seated_keeps_no_seat(desk: Desk) -> None:
    desk.wire.closed.add("a")
    await desk.live.join(Watcher("a", ADA), Pair())

    assert (desk.live._rooms, dict(desk.live._seats), desk.wire.sent) == ({}, {}, [])


async def test_a_cancelled_join_keeps_no_seat(desk: Desk) -> None:
    STORES[NORTH].gate = asyncio.Event()
    joining = [asyncio.create_task(desk.live.join(Watcher(tab, ADA), Pair())) for tab in "ab"]
    await asyncio.sleep(0.01)
    for task in joining:
        task.cancel()
    await asyncio.gather(*joining, return_exceptions=True)

    assert (desk.live._rooms, dict(desk.live._seats)) == ({}, {})


async def test_another_view_of_the_same_state_takes_the_place_of_the_first(desk: Desk) -> None:
    await desk.live.join(Watcher("a", ADA), Pair(which="default"))
    await desk.live.join(Watcher("a", ADA), Pair(which="filtered"))
    desk.wire.forget()
    change(desk, left=1)
    await quiet(desk)

    assert desk.live.watching(NORTH) == 1
    assert len(desk.wire.sent) == 1


async def test_a_removed_person_leaves_at_once_and_others_stay(desk: Desk) -> None:
    await desk.live.join(Watcher("ada", ADA), Pair())
    await desk.live.join(Watcher("ben", BEN), Pair())
    await desk.live.join(Watcher("ada", ADA), OtherPair(SOUTH))

    assert desk.live.drop(NORTH, ADA) == ["ada"]
    await quiet(desk)
    desk.wire.forget()
    change(desk, left=1)
    change(desk, SOUTH, left=2)
    await quiet(desk)

    assert desk.wire.got("ben") == [{"left": 1, "seq": 1, "since": 0}]
    assert desk.wire.got("ada") == [{"left": 2, "seq": 1, "since": 0}], "only the other workspace's"


async def test_a_person_removed_while_the_snapshot_is_read_gets_none(desk: Desk) -> None:
    STORES[NORTH].gate = asyncio.Event()
    joining = asyncio.create_task(desk.live.join(Watcher("ada", ADA), Pair()))
    await asyncio.sleep(0.01)
    desk.live.drop(NORTH, ADA)
    STORES[NORTH].gate.set()
    await joining

    assert desk.wire.sent == []


async def test_the_sweep_finds_who_was_removed_while_the_bus_was_cut(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.live.join(Watcher("ada", ADA), Pair())
    await desk.live.join(Watcher("ben", BEN), Pair())
    desk.members.discard((NORTH, ADA))
    monkeypatch.setattr(live, "SWEEP_SECONDS", 0.001)
    desk.live.start()
    await until(lambda: desk.live.watching(NORTH) == 1)
    await desk.live.stop()

    assert desk.live._rooms[Pair()].watchers.keys() == {"ben"}


async def test_a_sweep_that_fails_is_followed_by_one_that_does_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    async def away_at_first(workspace: UUID, person: UUID) -> bool:
        asked.append(1)
        if len(asked) == 1:
            raise OSError("The database is away.")
        return False

    desk.live._still_member = away_at_first
    await desk.live.join(Watcher("ada", ADA), Pair())
    monkeypatch.setattr(live, "SWEEP_SECONDS", 0.001)
    desk.live.start()
    await until(lambda: desk.live.watching(NORTH) == 0)
    await desk.live.stop()

    assert len(asked) == 2


async def test_a_reading_that_fails_is_tried_again(desk: Desk) -> None:
    await desk.live.join(Watcher("a", ADA), Pair())
    STORES[NORTH].broken = 3
    change(desk, left=1)
    await quiet(desk)

    assert desk.wire.got("a")[1:] == [{"left": 1, "seq": 1, "since": 0}]


async def test_a_tab_that_does_not_keep_up_misses_deltas_and_gets_the_whole_view_once_it_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "CATCH_UP_SECONDS", 0.001)
    await desk.live.join(Watcher("quick", ADA), Pair())
    await desk.live.join(Watcher("slow", BEN), Pair())
    desk.wire.forget()
    desk.wire.lines["slow"].behind = True
    for n in (1, 2):
        change(desk, left=n)
        await until(lambda n=n: len(desk.wire.got("quick")) == n)
    assert desk.wire.got("slow") == []

    desk.wire.lines["slow"].behind = False
    await quiet(desk)
    assert desk.wire.got("slow") == [{"left": 2, "right": 0, "seq": 2, "since": 0}]

    change(desk, left=3)
    await quiet(desk)
    assert [values["left"] for values in desk.wire.got("quick")] == [1, 2, 3]
    assert desk.wire.got("slow")[1:] == [{"left": 3, "seq": 3, "since": 2}]


async def test_a_tab_that_missed_a_delta_gets_the_whole_view_and_nobody_else_does(desk: Desk) -> None:
    await desk.live.join(Watcher("a", ADA), Pair())
    await desk.live.join(Watcher("b", BEN), Pair())
    change(desk, left=1)
    await quiet(desk)
    desk.wire.forget()

    await desk.live.again("a", BoardState)
    assert desk.wire.got("a") == [{"left": 1, "right": 0, "seq": 1, "since": 0}]
    assert desk.wire.got("b") == []

    desk.live.leave("a")
    desk.wire.forget()
    await desk.live.again("a", BoardState)
    await desk.live.again("nobody", BoardState)
    assert desk.wire.sent == [], "only who has a seat"


async def test_a_slow_tab_that_closes_is_waited_for_no_longer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "CATCH_UP_SECONDS", 0.001)
    await desk.live.join(Watcher("quick", ADA), Pair())
    await desk.live.join(Watcher("slow", BEN), Pair())
    desk.wire.lines["slow"].behind = True
    change(desk, left=1)
    await until(lambda: bool(desk.live._rooms[Pair()].late))
    desk.live.leave("slow")
    await quiet(desk)

    assert desk.wire.got("slow") == [{"left": 0, "right": 0, "seq": 0, "since": 0}]


async def test_a_stream_of_news_is_read_less_often_than_it_comes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "COALESCE_MOST", 0.2)
    monkeypatch.setattr(live, "REST", 10_000)
    await desk.live.join(Watcher("a", ADA), Pair())
    change(desk, left=1)
    await quiet(desk)
    for n in range(2, 12):
        change(desk, left=n)
        await asyncio.sleep(0.001)
    await quiet(desk)

    assert [values["left"] for values in desk.wire.got("a")[1:]] == [1, 11]


async def test_a_first_reading_that_fails_leaves_the_seat_free_for_another_try(desk: Desk) -> None:
    STORES[NORTH].broken = 1
    with pytest.raises(OSError, match="away"):
        await desk.live.join(Watcher("a", ADA), Pair())
    assert not desk.live.seated("a", Pair())

    await desk.live.join(Watcher("a", ADA), Pair())
    assert desk.wire.got("a") == [{"left": 0, "right": 0, "seq": 0, "since": 0}]


Move = tuple[str, str, int]
moves = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "change"]), st.sampled_from("abc"), st.integers(0, 3)), max_size=25
)


@settings(max_examples=40, deadline=None)
@given(moves)
async def test_whatever_happens_everybody_ends_with_what_is_stored(done: list[Move]) -> None:
    STORES.update({NORTH: Store(), SOUTH: Store()})
    wire = Wire()

    async def yes(workspace: UUID, person: UUID) -> bool:
        return True

    desk = Desk(Live(wire, yes, coalesce=0), wire, set())  # type: ignore[arg-type]
    home = {"a": NORTH, "b": NORTH, "c": SOUTH}
    here: set[str] = set()
    for what, tab, value in done:
        if what == "join":
            await desk.live.join(Watcher(tab, ADA), Pair(home[tab]))
            here.add(tab)
        elif what == "leave":
            desk.live.leave(tab)
            here.discard(tab)
            await asyncio.sleep(0)
        else:
            change(desk, home[tab], left=value + (100 if home[tab] == SOUTH else 0))
            if value % 2:
                await asyncio.sleep(0)
    await quiet(desk)

    for tab in here:
        shown: dict[str, Any] = {}
        for values in wire.got(tab):
            shown |= values
        del shown["seq"], shown["since"]
        assert shown == STORES[home[tab]].values
    for tab, workspace in home.items():
        assert all(
            (values.get("left", 0) >= 100) == (workspace == SOUTH) for values in wire.got(tab) if values.get("left")
        )


# Through Reflex's own processor


async def test_a_page_that_opens_gets_its_board_once(pages: Pages, wire: Wire, team: Team) -> None:
    session = await session_of(team.viewer)
    look = f"{BoardState.get_full_name()}.look"
    for _ in range(3):
        assert await pages.call(look, {}, session, f"/w/{team.slug}/board", tab="t") is None

    (board,) = wire.boards("sid-t")
    assert board["leads"] == 0


async def test_a_tab_whose_state_reflex_forgot_gets_its_board_again(pages: Pages, wire: Wire, team: Team) -> None:
    session = await session_of(team.owner)
    look = f"{BoardState.get_full_name()}.look"
    await pages.call(look, {}, session, f"/w/{team.slug}/board", tab="t")
    await pages.forget()
    await pages.call(look, {}, session, f"/w/{team.slug}/board", tab="t")

    assert len(wire.boards("sid-t")) == 2, "Reflex sent the browser empty columns, so a snapshot must follow"


async def test_a_commit_reaches_the_board_and_a_removed_member_gets_no_more(
    pages: Pages, views: Live, wire: Wire, database: db.Database, team: Team, other_team: Team
) -> None:
    database.bus.listen(views.heard)
    look = f"{BoardState.get_full_name()}.look"
    for person, slug in ((team.member, team.slug), (other_team.member, other_team.slug)):
        await pages.call(look, {}, await session_of(person), f"/w/{slug}/board", tab=slug)
    wire.forget()
    async with db.begin(team.id) as tx:
        tx.add(Lead(workspace_id=team.id, key="halden.example", name="Halden"))
    await until(lambda: bool(wire.sent))

    (values,) = wire.boards("sid-north")
    assert [card["name"] for card in values["harvested"]["cards"]] == ["Halden"]
    assert wire.got("sid-south") == []

    async with db.begin(team.id) as tx:
        mine = select(Membership).where(Membership.user_id == team.member.user_id)
        (await tx.exec(mine)).one().deleted_at = tx.now
    await views.sweep()
    assert views.watching(team.id) == 0
    assert views.watching(other_team.id) > 0


# What is used of Reflex: a failure here names what an upgrade changed


async def test_reflex_says_socket_cookie_and_address_of_an_event(pages: Pages, team: Team) -> None:
    session = await session_of(team.owner)
    assert await pages.call(f"{Frame.get_full_name()}.enter", {}, session, f"/w/{team.slug}/board", tab="t") is None
    (state,) = pages.manager.states.values()
    router = state.router

    assert router.session.session_id == "sid-t", "Viewer._sid"
    assert router.headers.cookie == f"session={session}", "guard.who"
    assert router.url.path == f"/w/{team.slug}/board", "guard.path_of"
