"""The order of a board's cards: shown in the tools, chosen there or in the menu of a column."""

from typing import Any

import reflex as rx

from leadboard.domain.sorting import SORT_WORDS, Sort
from leadboard.ui.filters.state import Filtering


def sort_menu(state: type[Filtering]) -> rx.Component:
    """ "Sorted by value", and what else there is."""
    return rx.cond(
        state.sort != "",
        rx.dropdown_menu.root(
            rx.dropdown_menu.trigger(
                rx.el.button(
                    rx.icon("arrow_down_wide_narrow", size=16, aria_hidden="true"),
                    rx.el.span("Sorted by ", state.sorted_by),
                    class_name="btn ghost sorted",
                    type="button",
                )
            ),
            rx.dropdown_menu.content(*sort_items(state), variant="soft", size="2", align="end"),
            modal=False,
        ),
    )


def sort_items(state: type[Filtering]) -> list[rx.Component]:
    """One for each order; the one in use is checked."""
    return [_item(state, sort) for sort in Sort]


def sort_attrs(state: type[Filtering]) -> dict[str, Any]:
    """What the columns' scripts know of it: drag.js says where cards land, still.js that another board is shown."""
    return {"data-sort": state.sort, "data-sorted": state.sorted_by, "data-view": f"{state.query} {state.sort}"}


def _item(state: type[Filtering], sort: Sort) -> rx.Component:
    used = state.sort == sort.value
    return rx.dropdown_menu.item(
        rx.el.span(rx.cond(used, rx.icon("check", size=16, aria_hidden="true")), class_name="menu-check"),
        SORT_WORDS[sort].capitalize(),
        on_select=state.sort_by(sort.value),
        custom_attrs={"role": "menuitemradio", "aria-checked": used},
    )
