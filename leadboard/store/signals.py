"""What this process tells itself about people, after the commit that made it true."""

from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

What = TypeVar("What")


class Signal(Generic[What]):
    """Listeners are plain functions that return at once."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[What], object]] = []

    def listen(self, heard: Callable[[What], object]) -> Callable[[], None]:
        """Call `heard` with whatever is told from now on; returns how to stop."""
        self._listeners.append(heard)
        return lambda: self._listeners.remove(heard)

    def tell(self, what: What) -> None:
        """Tell every listener."""
        for heard in list(self._listeners):
            heard(what)


sessions_revoked: Signal[frozenset[UUID]] = Signal()
"""These sessions have ended: their sockets close."""

membership_changed: Signal[tuple[UUID, UUID]] = Signal()
"""(workspace, user): somebody is no member any more: what they look at there closes."""
