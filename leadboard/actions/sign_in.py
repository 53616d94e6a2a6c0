"""Signing in and out. Nobody is signed in yet where these start, so they take a caller, not a principal."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leadboard.actions import hashing
from leadboard.actions.form import Form
from leadboard.domain import throttle
from leadboard.domain.rights import Principal
from leadboard.domain.sign_in import PROVEN, clean_email, refusal
from leadboard.errors import NotFound, Refused
from leadboard.store import db, people
from leadboard.store import sessions as kept
from leadboard.store.db import Tx
from leadboard.store.signals import sessions_revoked
from leadboard.store.tables import Session, User

LONGEST_USER_AGENT = 300


@dataclass(frozen=True)
class Caller:
    """Where a request came from; `token` is the cookie it carried, "" for none."""

    ip: str = ""
    user_agent: str = ""
    token: str = ""


@dataclass(frozen=True)
class SignedIn:
    """A new session. `token` goes into the cookie and is kept nowhere."""

    token: str
    me: Principal


@dataclass(frozen=True)
class SessionOf:
    """A session as its owner sees it; `this` is the one they look with."""

    id: UUID
    user_agent: str
    ip: str
    created_at: datetime
    seen_at: datetime
    this: bool


async def sign_in(email: str, password: str, caller: Caller) -> SignedIn:
    """Open a session. Unknown address and wrong password are one refusal after one time; guesses are throttled."""
    user = await prove(email, password, caller.ip)
    async with db.begin(people=True) as tx:
        opened, ended = await open_session(tx, user, caller)
        people.audit(tx, "signed_in", user.id, ip=caller.ip)
    sessions_revoked.tell(ended)
    return opened


async def prove(email: str, password: str, ip: str) -> User:
    """Whose address and password these are; `Refused` ("wrong", "throttled", "busy") otherwise."""
    try:
        address = clean_email(email)
    except Refused:
        address = email.strip().lower()[:320]
    by_address, by_ip = _key("address", address), _key("ip", ip)
    async with db.begin(people=True) as tx:
        await _wait_over(tx, by_address, throttle.FREE_PER_ADDRESS)
        await _wait_over(tx, by_ip, throttle.FREE_PER_IP)
        noted = await kept.note_attempts(tx, (by_address, by_ip))
        user = await people.user_by_email(tx, address)
    right = await hashing.matches(password, user.password_hash if user else "")
    async with db.begin(people=True) as tx:
        if user and right:
            await kept.forget_attempts(tx, noted, by_address)
            return user
        people.audit(tx, "sign_in_refused", user.id if user else None, ip=ip)
    raise refusal("wrong")


async def _wait_over(tx: Tx, key: str, free: int) -> None:
    if throttle.wait(await kept.failures(tx, key), free, tx.now) > timedelta(0):
        raise refusal("throttled")


def _key(kind: str, value: str) -> str:
    return kept.digest(f"{kind} {value}")


async def open_session(tx: Tx, user: User, caller: Caller) -> tuple[SignedIn, frozenset[UUID]]:
    """A new session with a new token, in the caller's transaction; ends the one this browser had and returns it too."""
    before = await kept.by_token(tx, caller.token) if caller.token else None
    ended = await kept.end(tx, before[1].id, before[0].id) if before else frozenset()
    token = secrets.token_urlsafe(32)
    session = Session(
        token_hash=kept.digest(token),
        user_id=user.id,
        created_at=tx.now,
        seen_at=tx.now,
        password_at=tx.now,
        ip=caller.ip,
        user_agent=caller.user_agent[:LONGEST_USER_AGENT],
    )
    tx.add(session)
    return SignedIn(token, Principal(user.id, user.name, session.id, user.email)), ended


async def by_token(token: str) -> Principal | None:
    """Who holds this cookie; None when its session has ended."""
    async with db.read() as tx:
        return await _in_use(await kept.by_token(tx, token), tx.now)


async def principal_of(session_id: str) -> Principal | None:
    """Who is behind a session the gate named; None when it is malformed, unknown or has ended."""
    try:
        key = UUID(session_id)
    except ValueError:
        return None
    async with db.read() as tx:
        return await _in_use(await kept.by_id(tx, key), tx.now)


async def _in_use(found: tuple[Session, User] | None, now: datetime) -> Principal | None:
    if found is None:
        return None
    session, user = found
    if now - session.seen_at > kept.SEEN_EVERY:
        async with db.begin(people=True) as tx:
            await kept.touch(tx, session.id)
    return Principal(user.id, user.name, session.id, user.email)


async def alive(ids: Collection[UUID]) -> set[UUID]:
    """Which of these sessions still are."""
    async with db.read() as tx:
        return await kept.alive(tx, ids)


async def sign_out(me: Principal) -> None:
    """End the session this is asked with."""
    if me.session_id is not None:
        await _end(me, me.session_id, "signed_out")


async def end_session(me: Principal, session_id: UUID | str) -> None:
    """End another session of one's own; somebody else's is not found."""
    try:
        key = UUID(str(session_id))
    except ValueError:
        raise NotFound("session") from None
    if not await _end(me, key, "session_ended"):
        raise NotFound("session")


async def sign_out_everywhere(me: Principal) -> None:
    """End every session one has."""
    await _end(me, None, "signed_out_everywhere")


async def _end(me: Principal, session_id: UUID | None, action: str) -> frozenset[UUID]:
    async with db.begin(people=True) as tx:
        ended = await kept.end(tx, me.user_id, session_id)
        if ended:
            people.audit(tx, action, me.user_id, resource=str(session_id or ""))
    sessions_revoked.tell(ended)
    return ended


async def change_password(me: Principal, current: str, password: str, caller: Caller) -> SignedIn:
    """Set another password: every session ends, and this browser gets a new one. Refuses all that is wrong at once."""
    async with db.read() as tx:
        user = await tx.get_one(User, me.user_id)
    known = (user.email, user.name)
    form = Form()
    await form.check(_prove_again(user.email, current, caller.ip))
    await form.check(hashing.check(password, known))
    form.settle()
    hashed = await hashing.new_hash(password, known)
    async with db.begin(people=True) as tx:
        user = await tx.get_one(User, me.user_id)
        user.password_hash = hashed
        ended = await kept.end(tx, me.user_id)
        opened, _ = await open_session(tx, user, caller)
        people.audit(tx, "password_changed", me.user_id, ip=caller.ip)
    sessions_revoked.tell(ended)
    return opened


async def _prove_again(email: str, current: str, ip: str) -> None:
    try:
        await prove(email, current, ip)
    except Refused as refused:
        raise refusal("wrong_password") if refused.code == "wrong" else refused from None


async def is_proven(me: Principal) -> bool:
    """Whether the password was typed in this session within the last ten minutes."""
    if me.session_id is None:
        return False
    async with db.read() as tx:
        found = await kept.by_id(tx, me.session_id)
        return found is not None and tx.now - found[0].password_at <= PROVEN


async def prove_again(me: Principal, current: str, caller: Caller) -> None:
    """Refuse (at the field `current`) whoever did not type their password within ten minutes and does not do so now."""
    if await is_proven(me):
        return
    if not current:
        raise refusal("password_again")
    await _prove_again(me.email, current, caller.ip)
    if me.session_id is not None:
        async with db.begin(people=True) as tx:
            await kept.proved(tx, me.session_id)


async def sessions(me: Principal) -> list[SessionOf]:
    """One's own live sessions, the last used first."""
    async with db.read() as tx:
        found = await kept.of_user(tx, me.user_id)
    return [
        SessionOf(each.id, each.user_agent, each.ip, each.created_at, each.seen_at, each.id == me.session_id)
        for each in found
    ]
