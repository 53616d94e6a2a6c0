"""What the Sales board asks of a browser when a lead is moved."""

import re
from typing import Any

import pytest

from leadboard.domain.stages import SALES_COLUMNS
from leadboard.ui.sales import page
from tests.ui.test_components import elements, prop

EVENT = re.compile(r'ReflexEvent\("[\w.]*sales_state\.(drop|move|move_selected)", \(\{.*?\}\), \((\{.*?\})\)\)')


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    return page.page().render()


def test_no_move_waits_for_a_connection_that_is_lost(drawn: dict[str, Any]) -> None:
    asked = EVENT.findall(str(drawn))

    assert len(asked) >= 4 * len(SALES_COLUMNS), "by drag, menu, sheet and selection, to each column"
    assert {how for _, how in asked} == {'{ ["temporal"] : true }'}


def test_the_sheet_leads_to_every_column(drawn: dict[str, Any]) -> None:
    rows = [prop(node, "data-moves-to").strip('"') for node in elements(drawn) if node["name"] == '"button"']

    assert [key for key in rows if key] == [key.value for key in SALES_COLUMNS]
