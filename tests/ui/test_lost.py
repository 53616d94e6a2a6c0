"""Addresses that lead nowhere: each says so, and leads only to where its reader belongs."""

import pytest
from sqlmodel import select

from leadboard.domain.rights import Principal
from leadboard.store import db, people
from leadboard.store.tables import Membership
from leadboard.ui.lost import LostState
from leadboard.ui.start import StartState
from tests.conftest import Team
from tests.ui.conftest import Pages, session_of


async def lost(pages: Pages, who: Principal | None, url: str) -> str:
    """The board that somebody at this address is led to."""
    session = await session_of(who) if who else ""
    assert await pages.call(f"{LostState.get_full_name()}.look", {}, session, url, tab="lost") is None
    (held,) = pages.manager.states.values()
    return (await held.get_state(LostState)).board


async def test_a_member_is_led_back_to_the_board_of_the_workspace(pages: Pages, team: Team) -> None:
    assert await lost(pages, team.viewer, f"/w/{team.slug}/nothing") == f"/w/{team.slug}/board"


@pytest.mark.parametrize("url", ["/nothing", "/w", "/w/elsewhere/nothing", "/w/\0/nothing", "/account/w/north"])
async def test_no_board_is_made_up_for_an_address_without_a_workspace(pages: Pages, team: Team, url: str) -> None:
    assert await lost(pages, team.owner, url) == ""


async def test_who_does_not_belong_to_a_workspace_learns_nothing_of_it(
    pages: Pages, team: Team, other_team: Team
) -> None:
    assert await lost(pages, other_team.owner, f"/w/{team.slug}/nothing") == ""
    await pages.forget()
    assert await lost(pages, None, f"/w/{team.slug}/nothing") == ""


async def test_who_is_in_no_workspace_any_more_is_told_so_at_the_start(pages: Pages, team: Team) -> None:
    async with db.begin(people=True) as tx:
        await people.claim_installation(tx, team.owner.user_id)
    async with db.begin(team.id) as tx:
        mine = select(Membership).where(Membership.user_id == team.member.user_id)
        (await tx.exec(mine)).one().deleted_at = tx.now

    assert await pages.call(f"{StartState.get_full_name()}.go", {}, await session_of(team.member)) is None

    (held,) = pages.manager.states.values()
    assert (await held.get_state(StartState)).homeless
