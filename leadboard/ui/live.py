"""Live views: what pages show is read once per view, encoded once, and sent to everybody who looks at it.

A view is (workspace, what is shown). The store's bus names what a commit changed; a view in use re-reads only the parts
that concern it, compares them with what its viewers have, and posts the rest as one Reflex delta to each of their
lines. Snapshots for newcomers go through the same lane, so that an older snapshot can never overtake a newer delta.
Nothing waits for a tab that does not keep up: it misses deltas, and gets the whole view once it does. A delta says its
number (`seq`) and the one it builds on (`since`, 0 for a snapshot), so that a page knows when one is missing.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol
from uuid import UUID

import reflex as rx
import structlog

from leadboard.store.bus import Topics
from leadboard.ui.wire import Line, Wire, delta

log = structlog.get_logger(__name__)

COALESCE_SECONDS = 0.02
"""From a change after a quiet time to its reading: what comes meanwhile is part of it."""
COALESCE_MOST = 0.1
REST = 10
"""While there is always news, a view pauses so many times as long as its last reading and sending took, up to
`COALESCE_MOST`: nobody sees a tenth of a second in a stream of moves, and it costs half."""
OVERLOAD_REST = 2
"""The same without a limit: a view never takes more than a third of the time, unless it says itself how long it
rests (`rest`)."""

SWEEP_SECONDS = 30.0
RETRY_SECONDS = 1.0
CATCH_UP_SECONDS = 0.25

Parts = frozenset[str]


class View(Protocol):
    """What a page shows: hashable, so that everybody with an equal one shares the reading.

    `state` is the Reflex state whose vars it fills, `parts()` all the parts it can read, `concerned(topics)` those that
    news is about, and `read(parts)` gives var name -> display value.
    """

    state: ClassVar[type[rx.State]]

    @property
    def workspace_id(self) -> UUID:
        """The tenant it belongs to."""
        ...

    def parts(self) -> Parts:
        """Every part."""
        ...

    def concerned(self, topics: frozenset[str]) -> Parts:
        """The parts these topics are about."""
        ...

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Read parts from the store: var -> display value."""
        ...


@dataclass(frozen=True)
class Watcher:
    """A browser tab: its socket, and whose it is."""

    sid: str
    user_id: UUID


@dataclass(eq=False)
class Room:
    """Everybody who looks at one view, and what they have been sent.

    `watchers` are all who took a seat, `lines` of those who have had their snapshot, `late` who missed something since.
    """

    view: View
    watchers: dict[str, Watcher] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    values: dict[str, Any] = field(default_factory=dict)
    dirty: set[str] = field(default_factory=set)
    seq: int = 0
    rests_until: float = 0.0
    lane: asyncio.Lock = field(default_factory=asyncio.Lock)
    pump: asyncio.Task[None] | None = None


StillMember = Callable[[UUID, UUID], Awaitable[bool]]


class Live:
    """The rooms of this process."""

    def __init__(self, wire: Wire, still_member: StillMember, coalesce: float = COALESCE_SECONDS) -> None:
        self._wire = wire
        self._still_member = still_member
        self._coalesce = coalesce
        self._rooms: dict[View, Room] = {}
        self._by_workspace: dict[UUID, set[Room]] = defaultdict(set)
        self._seats: dict[str, dict[type[rx.State], Room]] = defaultdict(dict)
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to sweep and to notice closed tabs; called on the running loop."""
        self._wire.start(self.leave)
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Stop every task of this module."""
        tasks = [room.pump for room in self._rooms.values() if room.pump]
        tasks += [self._sweeper] if self._sweeper else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def join(self, watcher: Watcher, view: View) -> None:
        """Seat a tab in a view (leaving the one it had for the same state) and send it the whole of it.

        The caller has checked the membership.
        """
        room = self._rooms.get(view) or self._open(view)
        previous = self._seats[watcher.sid].get(view.state)
        if previous is not None and previous is not room:
            self._stand_up(watcher.sid, previous)
        self._seats[watcher.sid][view.state] = room
        room.watchers[watcher.sid] = watcher
        try:
            async with room.lane:
                await self._welcome(room, watcher.sid)
        except BaseException:
            self._give_up(room, watcher.sid)
            raise

    async def again(self, sid: str, state: type[rx.State]) -> None:
        """Send a tab the whole of what it looks at in this state: it saw that a delta is missing."""
        room = self._seats.get(sid, {}).get(state)
        if room is not None:
            async with room.lane:
                if sid in room.lines:
                    room.lines[sid].post(_snapshot(room))

    def seated(self, sid: str, view: View) -> bool:
        """Whether a tab looks at exactly this view already."""
        room = self._seats.get(sid, {}).get(view.state)
        return room is not None and room.view == view

    def leave(self, sid: str, state: type[rx.State] | None = None) -> None:
        """Take a tab out of the view of one state, or out of everything when it closed."""
        seats = self._seats.get(sid, {})
        for seat in [state] if state else list(seats):
            if seat in seats:
                self._stand_up(sid, seats.pop(seat))
        if not seats:
            self._seats.pop(sid, None)

    def drop(self, workspace_id: UUID, user_id: UUID) -> list[str]:
        """Take somebody out of every view of a workspace, at once; returns the sockets concerned."""
        gone = [
            watcher.sid
            for room in self._by_workspace.get(workspace_id, ())
            for watcher in room.watchers.values()
            if watcher.user_id == user_id
        ]
        for sid in gone:
            self._leave_workspace(sid, workspace_id)
        return gone

    def heard(self, workspace_id: UUID, topics: Topics) -> None:
        """Mark what news is about; the next tick reads it. Listens to the bus."""
        for room in self._by_workspace.get(workspace_id, ()):
            parts = room.view.parts() if topics is None else room.view.concerned(topics)
            if parts:
                room.dirty |= parts
                if room.pump is None:
                    room.pump = asyncio.get_running_loop().create_task(self._run(room))

    def workspaces(self) -> list[UUID]:
        """Those that somebody looks at."""
        return list(self._by_workspace)

    def watching(self, workspace_id: UUID) -> int:
        """How many seats are taken in a workspace."""
        return sum(len(room.watchers) for room in self._by_workspace.get(workspace_id, ()))

    def tabs(self, workspace_id: UUID) -> int:
        """How many tabs have a seat in a workspace: a page takes one for each of its views."""
        return len({sid for room in self._by_workspace.get(workspace_id, ()) for sid in room.watchers})

    def _open(self, view: View) -> Room:
        room = Room(view)
        self._rooms[view] = room
        self._by_workspace[view.workspace_id].add(room)
        return room

    async def _welcome(self, room: Room, sid: str) -> None:
        if not room.values:
            room.values = await room.view.read(room.view.parts())
        if sid not in room.watchers:
            return
        line = self._wire.line(sid)
        if line is None:
            self._give_up(room, sid)  # it closed before it was seated, and will not be heard of again
            return
        room.lines[sid] = line
        line.post(_snapshot(room))

    def _give_up(self, room: Room, sid: str) -> None:
        if self._seats.get(sid, {}).get(room.view.state) is room:
            self.leave(sid, room.view.state)

    def _stand_up(self, sid: str, room: Room) -> None:
        room.watchers.pop(sid, None)
        room.lines.pop(sid, None)
        room.late.discard(sid)
        if not room.watchers and self._rooms.get(room.view) is room:
            del self._rooms[room.view]
            self._by_workspace[room.view.workspace_id].discard(room)
            if not self._by_workspace[room.view.workspace_id]:
                del self._by_workspace[room.view.workspace_id]

    def _leave_workspace(self, sid: str, workspace_id: UUID) -> None:
        for state, room in list(self._seats.get(sid, {}).items()):
            if room.view.workspace_id == workspace_id:
                self.leave(sid, state)

    async def _run(self, room: Room) -> None:
        """Send what changed, again and again while there is news; the rest between grows with the work."""
        try:
            while (room.dirty or room.late) and room.watchers:
                pause = self._coalesce if room.dirty else CATCH_UP_SECONDS
                began = time.perf_counter()
                await asyncio.sleep(max(pause, room.rests_until - began))
                room.rests_until = await self._rest(room)
        finally:
            room.pump = None

    async def _rest(self, room: Room) -> float:
        """Send, and say until when to rest from it (`time.perf_counter`)."""
        began = time.perf_counter()
        try:
            await self._send(room)
        except Exception:
            log.exception("live view failed", view=type(room.view).__name__)
            return time.perf_counter() + RETRY_SECONDS
        now = time.perf_counter()
        took = now - began
        rest = getattr(room.view, "rest", OVERLOAD_REST)
        return now + max(min(REST * took, COALESCE_MOST), rest * took)

    async def _send(self, room: Room) -> None:
        async with room.lane:
            if room.dirty:
                await self._read(room)
            for sid in [sid for sid in room.late if not room.lines[sid].behind]:
                room.late.discard(sid)
                room.lines[sid].post(_snapshot(room))

    async def _read(self, room: Room) -> None:
        """Read what is dirty and post what is new to everybody who keeps up."""
        parts, room.dirty = frozenset(room.dirty) if room.values else room.view.parts(), set()
        try:
            fresh = await room.view.read(parts)
            changed = {name: value for name, value in fresh.items() if room.values.get(name) != value}
            if changed:
                text = delta(room.view.state, {**changed, "seq": room.seq + 1, "since": room.seq})
                room.values.update(changed)
                room.seq += 1
                _post(room, text)
        except BaseException:
            room.dirty |= parts
            raise

    async def _sweep(self) -> None:
        """Ask again, for every seat, whether its person is still a member: the bus may have been cut."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.sweep()
            except Exception:
                log.exception("sweep of live views failed")

    async def sweep(self) -> None:
        """One round of the sweep."""
        seats = {
            (room.view.workspace_id, watcher.user_id)
            for room in self._rooms.values()
            for watcher in room.watchers.values()
        }
        for workspace_id, user_id in seats:
            if not await self._still_member(workspace_id, user_id):
                self.drop(workspace_id, user_id)


def _post(room: Room, text: str) -> None:
    for sid, line in room.lines.items():
        if sid in room.late or line.behind:
            room.late.add(sid)
        else:
            line.post(text)


def _snapshot(room: Room) -> str:
    return delta(room.view.state, {**room.values, "seq": room.seq, "since": 0})


_current: Live | None = None


def use(live: Live | None) -> None:
    """Make this the process's live layer (composition root and tests)."""
    global _current
    _current = live


def current() -> Live:
    """The process's live layer."""
    if _current is None:
        raise RuntimeError("Live views start with the app.")
    return _current


def parts_with(prefix: str, topics: Iterable[str]) -> Parts:
    """The rest of every topic with this prefix."""
    return frozenset(topic.removeprefix(prefix) for topic in topics if topic.startswith(prefix))
