"""Pages without a browser: events go through Reflex's own processor and our wall; only the wire is recorded."""

import itertools
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.event.processor import BaseStateEventProcessor

from leadboard.actions import people
from leadboard.actions.sign_in import principal_of
from leadboard.domain.rights import Principal
from leadboard.leadboard import app
from leadboard.store import db, work
from leadboard.store.tables import Session
from leadboard.ui import guard, live
from leadboard.ui.frame import on_error

_tabs = itertools.count(1)


@dataclass
class Manager:
    """Which tabs are open."""

    closed: set[str] = field(default_factory=set)

    def is_connected(self, sid: str, namespace: str) -> bool:
        return sid not in self.closed


@dataclass
class Wire:
    """Stands in for the sockets: remembers who is in which room, and what was sent to whom."""

    manager: Manager = field(default_factory=Manager)
    rooms: dict[str, set[str]] = field(default_factory=dict)
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    inboxes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    async def enter_room(self, sid: str, room: str, namespace: str) -> None:
        self.rooms.setdefault(room, set()).add(sid)

    async def leave_room(self, sid: str, room: str, namespace: str) -> None:
        self.rooms.get(room, set()).discard(sid)

    async def emit(self, event: str, update: Any, to: str) -> None:
        ((_, values),) = update.delta.items()
        shown = {name.removesuffix(live.FIELD_MARKER): value for name, value in values.items()}
        self.sent.append((to, shown))
        for sid in self.rooms.get(to, {to}):
            self.inboxes.setdefault(sid, []).append(shown)

    def on_disconnect(self, sid: str) -> None:
        """What Reflex does then is its own business."""

    def got(self, sid: str) -> list[dict[str, Any]]:
        """Everything that reached a tab since it was last forgotten, in order."""
        return self.inboxes.get(sid, [])

    def forget(self) -> None:
        """Forget what was sent so far."""
        self.sent.clear()
        self.inboxes.clear()


@dataclass
class WiredApp:
    """As much of an app as the live layer knows."""

    wire: Wire

    @property
    def event_namespace(self) -> Wire:
        return self.wire

    @property
    def sio(self) -> Wire:
        return self.wire


@pytest.fixture(scope="session")
def migrated_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template with DBOS's tables as well, because handlers ask for work."""
    path = tmp_path_factory.mktemp("pages") / "leadboard.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    work.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def views(wire: Wire) -> AsyncIterator[live.Live]:
    """The live layer of this process over the recorded wire."""
    opened = live.Live(WiredApp(wire), people.still_member, coalesce=0.001)  # type: ignore[arg-type]
    live.use(opened)
    yield opened
    await opened.stop()
    live.use(None)


@dataclass
class Pages:
    """The pages as a browser reaches them: `call` runs one event of one tab and says how it ended."""

    processor: BaseStateEventProcessor = field(repr=False)
    manager: StateManagerMemory = field(repr=False)

    async def call(
        self, name: str, payload: dict[str, Any], session: str = "", url: str = "/", tab: str = ""
    ) -> Exception | None:
        """Send an event; None when it was done, else what stopped it. A tab of its own unless one is named."""
        tab = tab or f"tab-{next(_tabs)}"
        origin = "http://localhost:3000"
        router = {
            "pathname": url,
            "asPath": url,
            "token": tab,
            "sid": f"sid-{tab}",
            "headers": {"origin": origin, "cookie": f"session={session}" if session else "session="},
        }
        future = await self.processor.enqueue(tab, Event(name=name, payload=payload, router_data=router))
        try:
            await future.wait_all()
        except Exception as failure:
            return failure
        return None

    async def forget(self) -> None:
        """Lose every state, as Reflex does with one that nobody used for 15 minutes."""
        self.manager.states.clear()


@pytest.fixture
async def pages(database: db.Database, views: live.Live) -> AsyncIterator[Pages]:
    client = work.connect(database.url)
    work.use(client)
    guard.use(principal_of)
    processor = BaseStateEventProcessor(middleware=app, backend_exception_handler=on_error)
    manager = StateManagerMemory()
    async with processor.configure(state_manager=manager):
        yield Pages(processor, manager)
    work.use(None)
    client.destroy()


async def session_of(person: Principal) -> str:
    """Sign somebody in; returns what the gate would write into the handshake."""
    async with db.begin() as tx:
        session = Session(token_hash=uuid.uuid4().hex, user_id=person.user_id, password_at=tx.now)
        tx.add(session)
    return str(session.id)


@pytest.fixture(autouse=True)
def _no_shared_live() -> Iterator[None]:
    yield
    live.use(None)
