"""Sessions and guesses, with the clock in our hands."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from leadboard.actions import hashing, sign_in
from leadboard.actions.sign_in import Caller, SignedIn
from leadboard.domain import throttle
from leadboard.domain.sign_in import own_path, sentence, sentences
from leadboard.domain.slugs import slug_of
from leadboard.errors import NotFound, Refused
from leadboard.store import db
from leadboard.store.tables import Audit, Session, User

pytestmark = pytest.mark.usefixtures("cheap_hashes")


class Clock:
    """The database's clock, moved by hand."""

    def __init__(self, database: db.Database) -> None:
        self.now = database.clock()
        database.clock = lambda: self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock(any_database: db.Database) -> Clock:
    return Clock(any_database)


async def opened(team, ip: str = "", agent: str = "") -> SignedIn:
    async with db.begin() as tx:
        user = await tx.get_one(User, team.member.user_id)
        return (await sign_in.open_session(tx, user, Caller(ip, agent)))[0]


async def test_a_session_in_use_lives_thirty_days_and_no_longer(clock, team):
    session = await opened(team)
    for _ in range(9):
        clock.forward(days=3, hours=7)
        assert await sign_in.principal_of(str(session.me.session_id)) == session.me
        assert await sign_in.by_token(session.token) == session.me
    clock.forward(days=1)
    assert await sign_in.by_token(session.token) is None


async def test_a_session_nobody_uses_ends_after_seven_days(clock, team):
    session = await opened(team)
    clock.forward(days=7, seconds=-1)
    assert await sign_in.alive([session.me.session_id]) == {session.me.session_id}
    clock.forward(seconds=2)
    assert await sign_in.alive([session.me.session_id]) == set()
    assert await sign_in.principal_of(str(session.me.session_id)) is None


@pytest.mark.parametrize("bad", ["", "7", "null", "a6cc16e3-cc04-40a2-9679-03bf22920f7a", "' or 1=1 --", "x" * 10_000])
async def test_what_is_no_session_is_nobody(database, bad):
    assert await sign_in.principal_of(bad) is None
    assert await sign_in.by_token(bad) is None


async def test_the_token_is_not_in_the_database(database, team, tmp_path):
    session = await opened(team)
    async with db.read() as tx:
        row = (await tx.exec(select(Session))).one()
    assert session.token not in row.model_dump_json()
    assert session.token.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("leadboard.db*"))


async def test_people_see_and_end_their_own_sessions_only(any_database, team):
    mine, other = await opened(team, "10.0.0.1", "Firefox " * 100), await opened(team)
    shown = await sign_in.sessions(mine.me)
    assert {(each.id, each.this) for each in shown} == {(mine.me.session_id, True), (other.me.session_id, False)}
    assert max(len(each.user_agent) for each in shown) == 300
    for bad in (other.me.session_id, uuid4(), "7", ""):
        with pytest.raises(NotFound):
            await sign_in.end_session(team.owner, bad)
    await sign_in.end_session(mine.me, str(other.me.session_id))
    assert [each.id for each in await sign_in.sessions(mine.me)] == [mine.me.session_id]


async def test_refused_and_granted_sign_ins_are_kept(any_database, team):
    async with db.begin() as tx:
        user = User(email="ada@north.example", name="Ada", password_hash=await hashing.new_hash("seven green bicycles"))
        tx.add(user)
    await sign_in.sign_in("Ada@north.example", "seven green bicycles", Caller("10.0.0.9"))
    for _ in range(2):
        with pytest.raises(Refused):
            await sign_in.sign_in("ada@north.example", "a wrong password", Caller("10.0.0.9"))
    async with db.read() as tx:
        rows = (await tx.exec(select(Audit).order_by(Audit.at))).all()  # type: ignore[arg-type]
    assert [row.action for row in rows] == ["signed_in", "sign_in_refused", "sign_in_refused"]
    assert {(row.ip, row.actor) for row in rows} == {("10.0.0.9", str(user.id))}
    assert "wrong" not in str([row.model_dump() for row in rows])


START = datetime(2026, 1, 1, 12)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (200, 900)]
)
def test_the_wait_doubles_up_to_fifteen_minutes(failures, seconds):
    assert throttle.wait([START] * failures, 5, START).total_seconds() == seconds


@given(st.lists(st.integers(0, 5000)), st.integers(0, 6000))
def test_nobody_is_locked_out_for_longer_than_the_window(seconds, now):
    failures = [START + timedelta(seconds=each) for each in seconds if each <= now]
    waits = throttle.wait(failures, 5, START + timedelta(seconds=now))
    assert timedelta(0) <= waits <= throttle.WINDOW
    assert throttle.wait(failures, 5, START + timedelta(seconds=now) + throttle.WINDOW) == timedelta(0)


@given(st.text())
def test_a_path_of_ours_stays_on_our_site(path):
    kept = own_path(path)
    assert kept in ("", path)
    assert not kept or (kept[0] == "/" and kept[:2] not in ("//", "/\\"))


@given(st.text() | st.just("email,wrong"), st.text())
def test_an_address_can_put_no_words_into_our_mouth(codes, fields):
    shown = sentences(codes, fields)
    assert set(shown.values()) <= {sentence("email"), sentence("wrong")}
    assert "" not in shown


@given(st.text())
def test_a_slug_is_always_an_address(name):
    slug = slug_of(name)
    assert slug
    assert slug_of(slug) == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
