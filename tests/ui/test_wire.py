"""The wire to the browsers, and what it uses of Reflex and Socket.IO: a failure here names what an upgrade changed."""

import inspect
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
import reflex as rx
from engineio.async_server import AsyncServer as EngineServer
from engineio.packet import MESSAGE, Packet
from reflex.app import EventNamespace
from reflex.state import StateUpdate
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.utils.format import json_dumps
from socketio import AsyncServer
from socketio import packet as socket_packet

from leadboard.domain.stages import Column as BoardColumn
from leadboard.store import db
from leadboard.store.tables import Lead
from leadboard.ui import wire
from leadboard.ui.board.state import BoardState
from leadboard.ui.board.view import BoardView
from leadboard.ui.wire import NAMESPACE, Wire, delta
from tests.conftest import Team


@dataclass
class Posted:
    """A line that remembers."""

    texts: list[str] = field(default_factory=list)
    behind: bool = False

    def post(self, text: str) -> None:
        self.texts.append(text)


class App:
    """As much of an app as the wire knows, with Socket.IO's own server and namespace in it."""

    def __init__(self) -> None:
        self.sio = AsyncServer(async_mode="asgi", json=type("Json", (), {"dumps": json_dumps, "loads": json.loads}))
        self.event_namespace = EventNamespace(NAMESPACE, self)  # type: ignore[arg-type]
        self.sio.register_namespace(self.event_namespace)

    async def connect(self, engine_sid: str, line: Posted | None) -> str:
        """A tab on this line; returns its socket id."""
        self.sio.environ[engine_sid] = {"asgi.scope": {"line": line} if line else {}}
        sid: str = await self.sio.manager.pre_connect(engine_sid, NAMESPACE)  # type: ignore[misc]
        await self.sio.manager.connect(sid, NAMESPACE)  # type: ignore[misc]
        return sid


async def test_values_are_encoded_as_reflex_would(database: db.Database, team: Team) -> None:
    async with db.begin(team.id) as tx:
        tx.add(Lead(workspace_id=team.id, key="halden.example", name="Halden & Söhne", value=120_000, fit_score=70))
    view = BoardView(team.id, team.slug, "EUR")
    values = await view.read(view.parts())

    head, _, encoded = delta(BoardState, values).partition(",")
    update = StateUpdate(
        delta={BoardState.get_full_name(): {name + FIELD_MARKER: value for name, value in values.items()}}
    )
    assert json.loads(encoded) == ["event", json.loads(json_dumps(update))]
    assert f"{head}," == f"4{socket_packet.EVENT}{NAMESPACE},"
    assert len(values[BoardColumn.HARVESTED].cards) == 1, "there was something to encode"


def test_a_frame_is_what_socketio_would_have_sent() -> None:
    update = StateUpdate(delta={BoardState.get_full_name(): {"seq" + FIELD_MARKER: 1}})
    packet = socket_packet.Packet(socket_packet.EVENT, namespace=NAMESPACE, data=["event", update])
    packet.json = type("Json", (), {"dumps": json_dumps})
    framed = Packet(MESSAGE, packet.encode()).encode()

    assert json.loads(str(framed).partition(",")[2]) == json.loads(delta(BoardState, {"seq": 1}).partition(",")[2])
    assert str(framed).partition(",")[0] == delta(BoardState, {"seq": 1}).partition(",")[0]


def test_reflex_names_a_var_in_a_delta_as_the_marker_says() -> None:
    own = BoardState(_reflex_internal_init=True).dict(initial=True)[BoardState.get_full_name()]  # type: ignore[call-arg]
    assert "harvested" + FIELD_MARKER in own


def test_reflex_says_when_a_tab_closed() -> None:
    parameters = list(inspect.signature(EventNamespace.on_disconnect).parameters)
    assert parameters == ["self", "sid"], "Wire.start wraps namespace.on_disconnect(sid)"
    assert not inspect.iscoroutinefunction(EventNamespace.on_disconnect), "it is wrapped by a plain function"
    source = inspect.getsource(EventNamespace.trigger_event)
    assert "getattr(self" in source, "handlers are looked up on the instance, where Wire.start puts its own"


def test_reflex_keeps_app_namespace_and_server_where_they_are_looked_for() -> None:
    assert isinstance(rx.App.event_namespace, property), "Wire uses app.event_namespace"
    assert "sio" in rx.App.__dataclass_fields__, "Wire uses app.sio"
    assert wire.NAMESPACE == "/_event"


def test_every_packet_of_socketio_goes_through_the_method_that_is_replaced() -> None:
    assert list(inspect.signature(EngineServer.send_packet).parameters) == ["self", "sid", "pkt"]
    assert "self.send_packet(" in inspect.getsource(EngineServer.send)
    assert "self.eio.send_packet(" in inspect.getsource(AsyncServer._send_eio_packet)
    assert "self.eio.send(" in inspect.getsource(AsyncServer._send_packet)


@pytest.fixture
def app() -> App:
    return App()


async def test_what_reflex_sends_goes_over_the_line_too(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[Any] = []

    async def queue(sid: str, packet: Packet) -> None:
        queued.append((sid, packet))

    monkeypatch.setattr(app.sio.eio, "send_packet", queue)
    Wire(app, "line").start(lambda sid: None)  # type: ignore[arg-type]
    mine = Posted()
    sid = await app.connect("engine-1", mine)
    bare = await app.connect("engine-2", None)

    await app.event_namespace.emit("event", StateUpdate(delta={"state": {"a": 1}}), to=sid)
    await app.event_namespace.emit("event", StateUpdate(delta={"state": {"a": 1}}), to=bare)

    assert mine.texts == ['42/_event,["event",{"delta":{"state":{"a":1}}}]']
    assert [sid for sid, _ in queued] == ["engine-2"], "one without a line goes the usual way"


async def test_a_tab_that_closed_has_no_line_and_is_told_of(app: App) -> None:
    closed: list[str] = []
    way = Wire(app, "line")  # type: ignore[arg-type]
    way.start(closed.append)
    mine = Posted()
    sid = await app.connect("engine-1", mine)
    assert way.line(sid) is mine

    app.sio.manager.basic_disconnect(sid, NAMESPACE)
    assert way.line(sid) is None
    assert way.line("nobody") is None
