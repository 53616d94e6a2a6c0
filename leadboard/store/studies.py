"""Studies of the workspace's own website: what was asked for, how far it is, and what it found."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select

from leadboard.domain.study import LONGEST, UNDER_WAY, StudyStatus
from leadboard.store.db import Tx
from leadboard.store.tables import Study, Workspace

TOPIC = "study"


async def latest(tx: Tx) -> Study | None:
    """The study asked for last; None before the first."""
    return (await tx.exec(select(Study).order_by(col(Study.created_at).desc(), col(Study.id)).limit(1))).first()


async def request(tx: Tx, website: str, user_id: UUID, by: str) -> tuple[Study, bool]:
    """Ask for a study; while one is under way that one is returned. Says whether it is new.

    Whoever asks at the same moment waits for this transaction: a workspace has one at a time.
    """
    await tx.get_one(Workspace, tx.workspace, with_for_update=True)
    last = await latest(tx)
    if last is not None and last.status in UNDER_WAY and tx.now - last.created_at < LONGEST:
        return last, False
    study = Study(id=uuid4(), workspace_id=tx.workspace, website=website, user_id=user_id, by=by, created_at=tx.now)
    tx.add(study)
    tx.touch(TOPIC)
    return study, True


def begin(tx: Tx, study: Study, step: str) -> None:
    """Say which step is under way."""
    study.status, study.step = StudyStatus.RUNNING, step
    tx.touch(TOPIC)


def keep_pages(tx: Tx, study: Study, pages: Sequence[dict[str, Any]]) -> None:
    """Keep the website as it was read: a study that is interrupted does not read it again."""
    study.pages = list(pages)


def end_step(tx: Tx, study: Study, step: Mapping[str, Any]) -> None:
    """Keep how a step ended; the same step twice, after a restart, is kept once."""
    study.steps = [*(each for each in study.steps if each["name"] != step["name"]), dict(step)]
    tx.touch(TOPIC)


def complete(tx: Tx, study: Study, found: Mapping[str, Any]) -> None:
    """Keep what the study found. Nothing of it is applied until a person saves it."""
    study.status, study.step, study.found, study.ended_at = StudyStatus.COMPLETED, "", dict(found), tx.now
    study.pages = None
    tx.touch(TOPIC)


def fail(tx: Tx, study: Study, sentence: str) -> None:
    """End the study without a result."""
    study.status, study.step, study.error, study.ended_at = StudyStatus.FAILED, "", sentence, tx.now
    study.pages = None
    tx.touch(TOPIC)
