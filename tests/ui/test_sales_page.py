"""What the Sales board asks of a browser when a lead is moved."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from leadboard.domain.stage_needs import NEEDS
from leadboard.domain.stages import SALES_COLUMNS
from leadboard.ui.frame import Frame
from leadboard.ui.sales import page
from tests.ui.test_components import elements, prop

EVENT = re.compile(
    r'ReflexEvent\("[\w.]*sales_state\.(drop|move|move_selected|move_knowing)", \(\{.*?\}\), \((\{.*?\})\)\)'
)


def nodes(drawn: Any) -> Iterator[dict[str, Any]]:
    """Everything that may be drawn, conditions and what they choose from."""
    if isinstance(drawn, dict):
        yield drawn if "props" in drawn else drawn | {"props": []}
        drawn = list(drawn.values())
    if isinstance(drawn, list | tuple):
        for each in drawn:
            yield from nodes(each)


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


def test_who_may_not_move_leads_is_offered_neither_a_move_nor_its_form(drawn: dict[str, Any]) -> None:
    may = str(Frame.can_edit)
    rows = [node for node in nodes(drawn) if prop(node, "data-moves-to")]
    forms = [node for node in nodes(drawn) if prop(node, "data-asks")]
    shut = [node for node in nodes(drawn) if node.get("cond_state") == may]

    assert len(rows) == 2 * len(SALES_COLUMNS), "in the menu of a card, and in the sheet of phones"
    assert {(prop(row, "data-off"), prop(row, "title")) for row in rows} == {
        (f'({may} ? null : "")', f'({may} ? null : "{page.STAYS}")')
    }
    assert len(forms) == len(NEEDS)
    offered = [node for each in shut for node in nodes(each["true_value"])]
    assert all(any(form is each for each in offered) for form in forms)
