"""Signed-in browsers and failed guesses. Verbs run in the caller's transaction; who ends sessions tells so after it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, delete, or_, select, update

from leadboard.domain.sign_in import IDLE, LONGEST
from leadboard.domain.throttle import WINDOW
from leadboard.store.db import Tx
from leadboard.store.tables import Attempt, Session, User

SEEN_EVERY = timedelta(minutes=5)
"""How exact "last seen" is: a write at every event would cost more than it tells."""


def digest(token: str) -> str:
    """What is stored of a bearer token."""
    return sha256(token.encode()).hexdigest()


def _live(now: datetime) -> ColumnElement[bool]:
    return and_(
        col(Session.revoked_at).is_(None),
        col(Session.seen_at) > now - IDLE,
        col(Session.created_at) > now - LONGEST,
    )


async def by_token(tx: Tx, token: str) -> tuple[Session, User] | None:
    """The live session of a cookie, and whose it is."""
    return await _one(tx, col(Session.token_hash) == digest(token))


async def by_id(tx: Tx, session_id: UUID) -> tuple[Session, User] | None:
    """A live session and whose it is."""
    return await _one(tx, col(Session.id) == session_id)


async def _one(tx: Tx, which: ColumnElement[bool]) -> tuple[Session, User] | None:
    found = await tx.exec(
        select(Session, User).join(User, col(User.id) == col(Session.user_id)).where(which, _live(tx.now))
    )
    row = found.first()
    return (row[0], row[1]) if row else None


async def of_user(tx: Tx, user_id: UUID) -> list[Session]:
    """Somebody's live sessions, the last used first."""
    mine = select(Session).where(Session.user_id == user_id, _live(tx.now))
    return list((await tx.exec(mine.order_by(col(Session.seen_at).desc()))).all())


async def alive(tx: Tx, ids: Collection[UUID]) -> set[UUID]:
    """Which of these sessions are still live."""
    return set((await tx.exec(select(Session.id).where(col(Session.id).in_(ids), _live(tx.now)))).all())


async def touch(tx: Tx, session_id: UUID) -> None:
    """Note that a session is in use."""
    await tx.exec(update(Session).where(col(Session.id) == session_id).values(seen_at=tx.now))


async def proved(tx: Tx, session_id: UUID) -> None:
    """Note that the password was typed in a session, now."""
    await tx.exec(update(Session).where(col(Session.id) == session_id).values(password_at=tx.now))


async def end(tx: Tx, user_id: UUID, session_id: UUID | None = None) -> frozenset[UUID]:
    """End one of somebody's sessions, or all; returns the ended ones."""
    which = [col(Session.user_id) == user_id, col(Session.revoked_at).is_(None)]
    if session_id is not None:
        which.append(col(Session.id) == session_id)
    ended = update(Session).where(*which).values(revoked_at=tx.now).returning(col(Session.id))
    return frozenset((await tx.exec(ended)).scalars().all())


async def failures(tx: Tx, key: str) -> list[datetime]:
    """When guesses under this key failed lately."""
    found = await tx.exec(select(Attempt.at).where(Attempt.key == key, col(Attempt.at) > tx.now - WINDOW))
    return list(found.all())


async def note_attempts(tx: Tx, keys: Iterable[str]) -> list[UUID]:
    """Count a guess under each key, before it is looked at: guesses at the same moment see each other."""
    noted = [Attempt(key=key, at=tx.now) for key in keys]
    tx.add_all(noted)
    return [attempt.id for attempt in noted]


async def forget_attempts(tx: Tx, ids: Collection[UUID], key: str) -> None:
    """A guess was right: it does not count, nor do the earlier ones for this key."""
    await tx.exec(delete(Attempt).where(or_(col(Attempt.id).in_(ids), col(Attempt.key) == key)))


async def tidy(tx: Tx) -> None:
    """Erase what nobody asks for any more: guesses out of the window, sessions ended a month ago."""
    old: Any = delete(Attempt).where(col(Attempt.at) < tx.now - WINDOW)
    await tx.exec(old)
    await tx.exec(delete(Session).where(col(Session.created_at) < tx.now - 2 * LONGEST))
