"""The way to the browsers: what a tab is told goes onto its line at once, in order, and encoded once for everybody.

Socket.IO would put each packet into a queue for each socket, which a task for each socket empties; that costs three
times the sending itself, and keeps for a slow tab what is outdated when it arrives. Deltas of live views and Reflex's
own updates go the same way, so that none overtakes another.

This module is the only one that knows Reflex's and Socket.IO's internals (`tests/ui/test_wire.py` pins them).
"""

from collections.abc import Callable
from typing import Any, Protocol

import orjson
import reflex as rx
from engineio.packet import Packet
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.utils.serializers import serialize

NAMESPACE = "/_event"
_MESSAGE_EVENT = f"42{NAMESPACE},"
"""Engine.IO's message with Socket.IO's event in it."""


class Line(Protocol):
    """A tab's websocket, as the gate holds it."""

    def post(self, text: str) -> None:
        """Send this behind what was posted before; does not wait."""
        ...

    @property
    def behind(self) -> bool:
        """Whether the tab does not keep up: too much of what was posted has not left yet."""
        ...


class Wire:
    """The lines of this process's tabs, by socket id. The gate leaves each in its websocket's scope, under `key`."""

    def __init__(self, app: rx.App, key: str) -> None:
        self._app = app
        self._key = key

    def start(self, closed: Callable[[str], None]) -> None:
        """Send Reflex's own updates over the lines too, and say from now on which tab closed."""
        namespace, engine = self._app.event_namespace, self._sio.eio
        assert namespace is not None
        told, queue = namespace.on_disconnect, engine.send_packet

        def on_disconnect(sid: str) -> Any:
            closed(sid)
            return told(sid)

        async def send_packet(engine_sid: str, packet: Packet) -> None:
            line = self._line(engine_sid)
            if line is None or packet.binary:
                await queue(engine_sid, packet)
            else:
                line.post(str(packet.encode()))

        namespace.on_disconnect = on_disconnect  # type: ignore[method-assign]
        engine.send_packet = send_packet

    def line(self, sid: str) -> Line | None:
        """The line of a tab; None when it has closed."""
        engine_sid = self._sio.manager.eio_sid_from_sid(sid, NAMESPACE)
        return self._line(engine_sid) if engine_sid else None

    def _line(self, engine_sid: str) -> Line | None:
        environ = self._sio.environ.get(engine_sid)
        return environ["asgi.scope"].get(self._key) if environ else None

    @property
    def _sio(self) -> Any:
        assert self._app.sio is not None
        return self._app.sio


def delta(state: type[rx.State], values: dict[str, Any]) -> str:
    """The frame that sets vars of a state: var -> display value (dataclasses and plain values)."""
    marked = {name + FIELD_MARKER: value for name, value in values.items()}
    update = ["event", {"delta": {state.get_full_name(): marked}}]
    return _MESSAGE_EVENT + orjson.dumps(update, default=serialize).decode()
