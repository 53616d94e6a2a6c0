"""The processes that do background work, and when each of them last said that it is there."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import col, delete, select

from leadboard.store.db import Tx
from leadboard.store.tables import Executor

LEFT = datetime.fromtimestamp(0, UTC)
"""What an executor that stopped in good order leaves as its last word: its work is anybody's at once."""


async def seen(tx: Tx, executor_id: str) -> None:
    """Say that this executor is there."""
    await tx.merge(Executor(id=executor_id, seen_at=tx.now))


async def left(tx: Tx, executor_id: str) -> None:
    """Say that this executor has stopped and comes back for nothing."""
    await tx.merge(Executor(id=executor_id, seen_at=LEFT))


async def known(tx: Tx) -> dict[str, datetime]:
    """Every executor and when it was last seen."""
    return {executor.id: executor.seen_at for executor in (await tx.exec(select(Executor))).all()}


async def remove(tx: Tx, executor_ids: Sequence[str]) -> None:
    """Forget executors whose work has been taken over."""
    await tx.exec(delete(Executor).where(col(Executor.id).in_(executor_ids)))
