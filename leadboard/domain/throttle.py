"""How long somebody who guessed wrong waits: never for ever, or others could lock them out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=30)
FREE_PER_ADDRESS = 5
FREE_PER_IP = 20


def wait(failures: Sequence[datetime], free: int, now: datetime) -> timedelta:
    """How long until the next guess is looked at: nothing within the free ones, then doubling up to the window."""
    recent = [at for at in failures if now - at < WINDOW]
    if len(recent) < free:
        return timedelta(0)
    doublings = min(len(recent) - free, 10)
    delay = min(FIRST_WAIT * 2**doublings, WINDOW)
    return max(max(recent) + delay - now, timedelta(0))
