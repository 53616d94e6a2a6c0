"""Who was removed is found by the sweep itself, on its own clock, when the bus and the signals were cut."""

import asyncio
import inspect
from collections.abc import Callable

import pytest
from sqlmodel import select

from leadboard.api.lines import watch
from leadboard.store import db
from leadboard.store.tables import Lead, Membership
from leadboard.ui import live
from leadboard.ui.board.state import BoardState
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of

ALLOWED = 60
"""Seconds after which a removed member sees nothing live, whatever was lost."""


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something that another task brings about."""
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to hold")


def test_both_sweeps_go_round_often_enough() -> None:
    assert live.SWEEP_SECONDS <= ALLOWED / 2
    assert inspect.signature(watch).parameters["every"].default <= ALLOWED / 2


async def test_a_member_whose_removal_nobody_heard_of_gets_no_more_from_the_next_sweep_on(
    pages: Pages, views: live.Live, wire: Wire, database: db.Database, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SWEEP_SECONDS", 0.01)
    database.bus.listen(views.heard)
    look = f"{BoardState.get_full_name()}.look"
    for person, tab in ((team.member, "removed"), (team.owner, "stays")):
        await pages.call(look, {}, await session_of(person), f"/w/{team.slug}/board", tab=tab)
    async with db.begin(team.id) as tx:
        mine = select(Membership).where(Membership.user_id == team.member.user_id)
        (await tx.exec(mine)).one().deleted_at = tx.now
    assert views.tabs(team.id) == 2

    views.start()
    await until(lambda: views.tabs(team.id) == 1)
    wire.forget()
    async with db.begin(team.id) as tx:
        tx.add(Lead(workspace_id=team.id, key="halden.example", name="Halden"))
    await until(lambda: bool(wire.got("sid-stays")))
    assert wire.got("sid-removed") == []
