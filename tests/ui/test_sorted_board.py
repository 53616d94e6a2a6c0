"""Sorted boards: what their address says, what they show, and that equal ones are read once."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from leadboard.domain.sorting import Sort
from leadboard.store import db
from leadboard.store.db import Database
from leadboard.ui import live
from leadboard.ui.board.state import BoardState
from leadboard.ui.board.view import BoardView
from leadboard.ui.lead.state import LeadState
from leadboard.ui.sales.state import SalesState
from leadboard.ui.sales.view import SalesView
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of
from tests.ui.test_board_view import names, store


@pytest.fixture
async def leads(database: Database, team: Team) -> list[UUID]:
    return await store(
        team,
        {"name": "Cheap", "value": 1_00, "fit_score": 90, "country": "NO"},
        {"name": "Dear", "value": 9_00, "fit_score": 10, "country": "NO"},
        {"name": "Priceless", "fit_score": 50},
    )


@pytest.mark.usefixtures("leads")
async def test_every_board_has_its_usual_order_and_any_other(team: Team) -> None:
    usual, by_value = (BoardView(team.id, team.slug, "EUR", sort=sort) for sort in (Sort.FIT, Sort.VALUE))

    assert BoardView(team.id, team.slug, "EUR") == usual != by_value
    assert SalesView(team.id, team.slug, "EUR").sort == Sort.VALUE
    shown = [(await each.read(frozenset({"harvested"})))["harvested"].cards for each in (usual, by_value)]
    assert [names(cards) for cards in shown] == [["Cheap", "Priceless", "Dear"], ["Dear", "Cheap", "Priceless"]]
    assert [cards[0].href.partition("?")[2] for cards in shown] == ["", "sort=value"]


@pytest.mark.usefixtures("leads")
async def test_leads_of_the_activity_open_over_the_board_as_it_is(team: Team, leads: list[UUID]) -> None:
    async with db.begin(team.id) as tx:
        tx.record("lead_enriched", by="Ada", shown=True, lead_id=leads[0])
    for view, href in (
        (BoardView(team.id, team.slug, "EUR"), f"board/{leads[0]}"),
        (BoardView(team.id, team.slug, "EUR", sort=Sort.NEWEST), f"board/{leads[0]}?sort=newest"),
        (SalesView(team.id, team.slug, "EUR", sort=Sort.FIT), f"sales/{leads[0]}?sort=fit"),
    ):
        (entry,) = (await view.read(frozenset({"activity"})))["entries"]
        assert entry.link.href == f"/w/{team.slug}/{href}"


async def state_at(pages: Pages, team: Team, state: Any, address: str) -> Any:
    """A page's state after it looked at an address."""
    session, at = await session_of(team.viewer), f"/w/{team.slug}/{address}"
    assert await pages.call(f"{state.get_full_name()}.look", {}, session, at, tab="t") is None
    (tree,) = pages.manager.states.values()
    return await tree.get_state(state)


@pytest.mark.parametrize(
    ("state", "address", "sort", "words"),
    [
        (BoardState, "board", "fit", "fit"),
        (BoardState, "board?sort=longest", "longest", "longest in stage"),
        (SalesState, "sales", "value", "value"),
        (SalesState, "sales?sort=fit&q=x", "fit", "fit"),
    ],
)
async def test_the_order_of_the_address_is_in_the_state(
    pages: Pages, team: Team, state: Any, address: str, sort: str, words: str
) -> None:
    looking = await state_at(pages, team, state, address)
    assert (looking.sort, looking.sorted_by, looking.left_out) == (sort, words, [])
    assert "sort" not in looking.query, "the other board has an order of its own"


async def test_an_order_that_does_not_exist_is_said_and_left_out(pages: Pages, team: Team) -> None:
    looking = await state_at(pages, team, BoardState, "board?sort=luck&size=x")
    assert looking.sort == "fit"
    assert looking.left_out[1] == "“luck” is no order of cards, so it was left out."
    refused = await pages.call(
        f"{BoardState.get_full_name()}.sort_by",
        {"sort": "luck"},
        await session_of(team.viewer),
        f"/w/{team.slug}/board",
    )
    assert getattr(refused, "code", "") == "not_found"


async def test_a_lead_knows_who_is_next_to_it_and_keeps_the_order(
    pages: Pages, wire: Wire, team: Team, leads: list[UUID]
) -> None:
    looking = await state_at(pages, team, LeadState, f"board/{leads[0]}?sort=value")
    [head] = [values["head"] for values in wire.got("sid-t") if "head" in values]

    assert head["previous"] == f"/w/{team.slug}/board/{leads[1]}?sort=value"
    assert looking.tabs[0].href.endswith("?sort=value&tab=summary")


@pytest.fixture
async def heard(database: Database, views: live.Live) -> AsyncIterator[live.Live]:
    stop = database.bus.listen(views.heard)
    yield views
    stop()


@pytest.mark.usefixtures("leads")
async def test_who_sorts_alike_shares_a_reading(heard: live.Live, team: Team) -> None:
    for tab, sort in (("ada", Sort.VALUE), ("ben", Sort.VALUE), ("eve", Sort.FIT)):
        await heard.join(live.Watcher(tab, team.viewer.user_id), BoardView(team.id, team.slug, "EUR", sort=sort))
    assert len(heard._rooms) == 2
