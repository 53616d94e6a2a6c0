"""What nobody needs any more is erased, and what somebody may need is not."""

import os
from datetime import timedelta

from sqlmodel import select

from leadboard.engine.housekeeping import erase_old
from leadboard.store import db
from leadboard.store.tables import Attempt, Session


async def test_old_guesses_sessions_and_uploads_are_erased_and_fresh_ones_kept(any_database, team, tmp_path):
    now = db.current().clock()
    fresh, old = tmp_path / "fresh", tmp_path / "old"
    for file in (fresh, old):
        file.write_text("x")
    long_ago = (now - timedelta(days=31)).timestamp()
    os.utime(old, (long_ago, long_ago))
    async with db.begin() as tx:
        for days, name in ((0, "fresh"), (100, "old")):
            at = now - timedelta(days=days)
            tx.add(Attempt(key=name, at=at))
            tx.add(Session(token_hash=name, user_id=team.owner.user_id, created_at=at))
    await erase_old(tmp_path)
    async with db.read() as tx:
        assert (await tx.exec(select(Attempt.key))).all() == ["fresh"]
        assert (await tx.exec(select(Session.token_hash))).all() == ["fresh"]
    assert fresh.exists()
    assert not old.exists()
