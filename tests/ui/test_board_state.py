"""What a tab may ask of its board."""

from leadboard.store import db
from leadboard.store.tables import Lead
from leadboard.ui.board.state import BoardState
from leadboard.ui.components.column import MOST_CARDS
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of


async def test_a_tab_gets_no_more_cards_of_a_column_than_it_shows_however_often_it_asks(
    pages: Pages, wire: Wire, team: Team
) -> None:
    async with db.begin(team.id) as tx:
        await tx.insert_many(
            Lead, [{"key": f"{n}.example", "name": f"{n}", "name_key": f"{n}"} for n in range(MOST_CARDS + 40)]
        )
    session = await session_of(team.viewer)
    for _ in range(MOST_CARDS // 30 + 5):
        more = f"{BoardState.get_full_name()}.more"
        assert await pages.call(more, {"column": "harvested"}, session, f"/w/{team.slug}/board", tab="t") is None
    (tree,) = pages.manager.states.values()

    assert (await tree.get_state(BoardState))._shown == {"harvested": MOST_CARDS}
    assert len(wire.boards("sid-t")) == MOST_CARDS // 30 - 1, "asking for what is shown already sends nothing"
