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
        self._forwards: list[Heard] = []

    def listen(self, heard: Heard) -> Callable[[], None]:
        """Call `heard(workspace_id, topics)` for all news, of this process and of others; returns how to stop."""
        self._listeners.append(heard)
        return lambda: self._listeners.remove(heard)

    def forward(self, to: Heard) -> Callable[[], None]:
        """Call `to(workspace_id, topics)` for the news of this process, to tell other ones; returns how to stop."""
        self._forwards.append(to)
        return lambda: self._forwards.remove(to)

    def publish(self, workspace_id: UUID, topics: Topics = None) -> None:
        """Say that a commit of this process changed something here."""
        self.hear(workspace_id, topics)
        for to in list(self._forwards):
            to(workspace_id, topics)

    def hear(self, workspace_id: UUID, topics: Topics = None) -> None:
        """Tell the listeners of this process, whoever's news it is."""
        for heard in list(self._listeners):
            heard(workspace_id, topics)
