"""The Sales board as it is read: what drag.js needs to say where a card lands."""

from leadboard.domain.stages import Column, Stage
from leadboard.store.db import Database
from leadboard.ui.sales.view import SalesView
from tests.conftest import Team
from tests.ui.test_board_view import names, store


async def test_cards_stand_in_the_order_of_their_worth_and_then_of_their_names(database: Database, team: Team) -> None:
    done = {"column": Column.ENRICHED, "stage": Stage.ENRICHED}
    await store(
        team,
        {"name": "Kestrel", **done},
        {"name": "Halden", "value": 300_00, **done},
        {"name": "Fjord", "value": 300_00, **done},
        {"name": "Lom", "value": 0, **done},
        {"name": "Aurel", "value": 900_00, **done},
    )
    cards = (await SalesView(team.id, team.slug, "EUR").read(frozenset({"enriched"})))["enriched"].cards

    assert names(cards) == ["Aurel", "Fjord", "Halden", "Lom", "Kestrel"]
    assert [card.worth for card in cards] == [900_00, 300_00, 300_00, 0, -1]
