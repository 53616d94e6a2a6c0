"""Which lines of an activity or a history offer to take back what they tell: to whom, and until when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from leadboard.store import undo
from leadboard.store.board import Happened
from leadboard.store.db import Tx
from leadboard.store.tables import Event
from leadboard.ui import words
from leadboard.ui.display import Entry


async def with_undo(tx: Tx, told: Sequence[tuple[Event | Happened, Entry]], lasts: timedelta) -> list[Entry]:
    """The entries of events, those of fresh changes with the way back. Everybody's are: the page shows the way back to
    who has it, and the action asks again."""
    fresh = {
        event.n: str(event.data["undo"])
        for event, _ in told
        if event.shown and "undo" in event.data and event.kind != undo.UNDONE and event.at > tx.now - lasts
    }
    open_ = await undo.still_open(tx, fresh.values()) if fresh else {}
    return [
        replace(entry, undo=change, by=str(open_[change]), until=words.iso(event.at + lasts))
        if (change := fresh.get(event.n, "")) in open_
        else entry
        for event, entry in told
    ]
