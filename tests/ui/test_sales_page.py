"""What the Sales board asks of a browser when a lead is moved."""

import re
from collections import Counter
from typing import Any

import pytest

from leadboard.domain.stage_needs import NEEDS
from leadboard.domain.stages import SALES_COLUMNS
from leadboard.ui.sales import page
from tests.ui.test_components import elements, prop

EVENT = re.compile(
    r'ReflexEvent\("[\w.]*sales_state\.(drop|move|move_selected|move_knowing)", \(\{.*?\}\), \((\{.*?\})\)\)'
)


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    return page.page().render()


def test_no_move_waits_for_a_connection_that_is_lost(drawn: dict[str, Any]) -> None:
    forms = "".join(page.page()._get_all_hooks())
    asked = EVENT.findall(str(drawn) + forms)

    at_once, knowing = len(SALES_COLUMNS) - len(NEEDS), len(NEEDS)
    assert Counter(way for way, _ in asked) == {
        "drop": len(SALES_COLUMNS),
        "move": 2 * at_once,
        "move_selected": at_once,
        "move_knowing": knowing,
    }, "by drag to each column, by menu, sheet and selection to those that ask nothing, and by a form to the others"
    assert {how for _, how in asked} == {'{ ["temporal"] : true }'}


def test_the_sheet_leads_to_every_column(drawn: dict[str, Any]) -> None:
    rows = [prop(node, "data-moves-to").strip('"') for node in elements(drawn) if node["name"] == '"button"']

    assert [key for key in rows if key] == [key.value for key in SALES_COLUMNS]
