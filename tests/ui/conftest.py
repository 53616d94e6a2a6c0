"""Pages without a browser: events go through Reflex's own processor and our wall; only the wire is recorded."""

import itertools
import json
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.constants.state import FIELD_MARKER
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
class RecordedLine:
    """A tab's line that remembers; `behind` as the test says."""

    sid: str
    wire: "Wire"
    behind: bool = False

    def post(self, text: str) -> None:
        self.wire.sent.append((self.sid, text))


@dataclass
class Wire:
    """Stands in for the sockets: remembers what was sent to whom."""

    lines: dict[str, RecordedLine] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    sent: list[tuple[str, str]] = field(default_factory=list)
    on_closed: Callable[[str], None] = lambda sid: None

    def start(self, closed: Callable[[str], None]) -> None:
        self.on_closed = closed

    def line(self, sid: str) -> RecordedLine | None:
        return None if sid in self.closed else self.lines.setdefault(sid, RecordedLine(sid, self))

    def got(self, sid: str) -> list[dict[str, Any]]:
        """Everything that reached a tab since it was last forgotten, in order."""
        return [shown(text) for to, text in self.sent if to == sid]

    def boards(self, sid: str) -> list[dict[str, Any]]:
        """Of that what fills the Enrichment board: other views of the page have frames of their own."""
        return [values for values in self.got(sid) if values.keys() & {"harvested", "leads"}]

    def forget(self) -> None:
        """Forget what was sent so far."""
        self.sent.clear()


def shown(text: str) -> dict[str, Any]:
    """The vars that a frame sets."""
    _, update = json.loads(text.partition(",")[2])
    ((_, values),) = update["delta"].items()
    return {name.removesuffix(FIELD_MARKER): value for name, value in values.items()}


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def views(wire: Wire) -> AsyncIterator[live.Live]:
    """The live layer of this process over the recorded wire."""
    opened = live.Live(wire, people.still_member, coalesce=0.001)  # type: ignore[arg-type]
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
