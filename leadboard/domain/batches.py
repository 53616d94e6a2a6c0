"""Batches: how one is, and how its records are."""

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

CHUNK = 50
"""Records that are worked on between two looks at what a person wants of the batch."""

TOGETHER = 4
"""Records that are worked on at the same time; each of them asks one service at a time."""


class Entity(StrEnum):
    """What a record is about."""

    LEAD = "lead"
    CONTACT = "contact"


class BatchStatus(StrEnum):
    """How a batch is."""

    PENDING = "pending"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETE = "complete"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.PAUSED)


class RecordStatus(StrEnum):
    """How a record is: it waits for its turn, or went through the first pass."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


def signature(entity: Entity, ids: Iterable[UUID], force: bool) -> str:
    """The same for the same set of records, in whatever order."""
    words = (entity, str(force), *sorted(str(each) for each in ids))
    return sha256("\n".join(words).encode()).hexdigest()
