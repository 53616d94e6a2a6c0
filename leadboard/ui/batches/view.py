"""The batches of a workspace as a live view: those that go on, and the last one that ended."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.store import batches, db
from leadboard.ui.batches.words import batch_card, is_news
from leadboard.ui.live import Parts

if TYPE_CHECKING:
    import reflex as rx

WHOLE: Parts = frozenset({"whole"})
SHOWN_FOR = timedelta(hours=1)
"""So long after its end a batch is still news."""
MOST = 3


@dataclass(frozen=True)
class BatchView:
    """What everybody who looks at the board of a workspace sees of its batches."""

    workspace_id: UUID

    state: ClassVar["type[rx.State]"]

    def parts(self) -> Parts:
        """It is read whole."""
        return WHOLE

    def concerned(self, topics: frozenset[str]) -> Parts:
        """News of any batch."""
        return WHOLE if batches.TOPIC in topics else frozenset()

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        async with db.read(self.workspace_id) as tx:
            recent = await batches.recent(tx, MOST)
            return {"batches": [batch_card(each) for each in recent if is_news(each, tx.now - SHOWN_FOR)]}
