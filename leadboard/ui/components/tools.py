"""The line above the board: filters in use on the left, what is going on and the actions on the right."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import icon_button
from leadboard.ui.display import Filter


def board_tools(
    summary: rx.Var[str],
    *actions: rx.Component,
    filters: ArrayVar[list[Filter]] | None = None,
    on_remove: Callable[[Any], Any] | None = None,
    add: rx.Component | None = None,
) -> rx.Component:
    """`summary` is "23 working · €3.18 of €10.00 today"; `on_remove` gets a filter's key; `add` opens a new one."""
    chips = [] if filters is None or on_remove is None else [rx.foreach(filters, lambda f: _chip(f, on_remove))]
    return rx.el.div(
        rx.el.div(*chips, *([add] if add is not None else []), class_name="tools-start"),
        rx.el.span(summary, class_name="meta num"),
        rx.el.div(*actions, class_name="tools-end"),
        class_name="tools",
    )


def _chip(filter_: ObjectVar[Filter], on_remove: Callable[[Any], Any]) -> rx.Component:
    return rx.el.span(
        rx.el.span(filter_.name),
        filter_.value,
        icon_button("x", f"Remove the filter {filter_.name}", size="small", on_click=on_remove(filter_.key)),
        class_name="btn filter",
        key=filter_.key,
    )
