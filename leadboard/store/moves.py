"""Moving leads between the stages of people. A move that its author would not have made, had they known, is refused."""

from collections.abc import Mapping
from uuid import UUID

from leadboard.domain.stage_needs import Standing
from leadboard.domain.stages import COLUMN_TITLES, column_of
from leadboard.errors import Refused
from leadboard.store import undo
from leadboard.store.db import Tx
from leadboard.store.tables import Lead
from leadboard.store.undo import Change

MOVED = "lead_moved"


class MovedSince(Refused):
    """Somebody moved the lead after the browser saw it: who, where to and when.

    Moving it again with `version` means to keep one's own move.
    """

    def __init__(self, lead: Lead) -> None:
        self.lead_id = lead.id
        self.name = lead.name
        self.by = lead.moved_by
        self.column = column_of(lead.stage, lead.sales_stage)
        self.at = lead.moved_at
        self.version = lead.version
        where = COLUMN_TITLES[self.column]
        sentence = f"{self.by} moved {self.name} to {where} in the meantime. Keep their move, or move it again."
        super().__init__(sentence, code="moved_since", status=409)


async def move(tx: Tx, change: Change, seen: Mapping[UUID, int], to: Standing) -> list[MovedSince]:
    """Move leads, each as the version that the browser saw; returns those that somebody else moved since, left alone.

    What the machine did to a lead meanwhile is no other opinion about where it belongs. A lead that stands there
    already stays as it is. With its stage a lead leaves what that stage had to know; the events keep it.
    """
    moving, conflicts = [], []
    for lead in await undo.locked(tx, list(seen)):
        if lead.sales_stage == to.stage:
            continue
        if seen[lead.id] < lead.moved_version:
            conflicts.append(MovedSince(lead))
        else:
            known = {name: value for name, value in to.columns().items() if value != getattr(lead, name)}
            moving.append((lead, {"sales_stage": to.stage.value, "stage_at": tx.now, "move_id": change.id, **known}))
    await undo.apply(tx, change, moving)
    return conflicts
