"""What holding columns still uses of Reflex: a failure here names what an upgrade changed."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
import reflex_base
from reflex_base.compiler import templates
from reflex_base.components.component import BaseComponent, Component
from reflex_base.vars.base import VarData

from leadboard.ui.board import page as board
from leadboard.ui.board.state import BoardState
from leadboard.ui.sales import page as sales
from leadboard.ui.sales.state import SalesState

REGISTRY = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "context-registry.js"


def test_components_read_the_store_of_the_nearest_provider() -> None:
    text = REGISTRY.read_text()
    assert "export const StateStoreContext = createContext(null)" in text
    assert "const store = useContext(StateStoreContext)" in text
    assert "store.subscribe(name, listener)" in text
    assert "store.getSnapshot(name)" in text
    imported = VarData.from_state(BoardState, "harvested").imports
    assert "useStateContext" in str(imported), "a component with a var reads it by this hook"


def test_the_store_has_no_other_way_to_be_read() -> None:
    text = inspect.getsource(templates)
    store = text[text.index("function createStateStore") : text.index("function StateStoreProviders")]
    assert "getSnapshot: (substateName) => state[substateName]" in store
    assert "return () => substateListeners.delete(listener)" in store
    assert "StateStoreContext,\n    {{ value: store }}" in text, "a context is its own provider"


@pytest.mark.parametrize(("page", "state"), [(board, BoardState), (sales, SalesState)])
def test_all_columns_are_held_and_the_mark_of_the_live_view_is_not(page: Any, state: type[rx.State]) -> None:
    drawn = page.page()
    [inside] = [str(each) for each in components(drawn) if each.tag == "Held"]

    assert state.get_full_name() in inside
    assert inside.count('"data-column"') == str(drawn).count('"data-column"') == len(page.COLUMNS)
    assert '"data-seq"' in str(drawn)
    assert '"data-seq"' not in inside


def components(drawn: BaseComponent) -> Iterator[Component]:
    """A component and everything in it, in both arms of its conditions."""
    if isinstance(drawn, Component):
        yield drawn
    for each in (*drawn.children, *drawn._get_components_in_props()):
        yield from components(each)
