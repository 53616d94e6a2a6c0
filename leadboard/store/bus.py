"""Who hears that a workspace has news: told once after each commit, never inside one."""

from collections.abc import Callable
from uuid import UUID

Topics = frozenset[str] | None
"""What the news is about: `column:analysis`, `lead:<id>`, `import:<id>`, `activity`, ...; None: anything."""

Heard = Callable[[UUID, Topics], None]


class Bus:
    """News within this process. Listeners are plain functions that only mark something dirty and return."""

    def __init__(self) -> None:
        self._listeners: list[Heard] = []

    def listen(self, heard: Heard) -> Callable[[], None]:
        """Call `heard(workspace_id, topics)` after every commit that changed something; returns how to stop."""
        self._listeners.append(heard)
        return lambda: self._listeners.remove(heard)

    def publish(self, workspace_id: UUID, topics: Topics = None) -> None:
        """Say that this workspace has news."""
        for heard in list(self._listeners):
            heard(workspace_id, topics)
