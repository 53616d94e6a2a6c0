"""The sheet that phones have in place of the card menu: where a lead can go, and what else can be done with it."""

from collections.abc import Sequence

import reflex as rx

from leadboard.domain.stages import COLUMN_TITLES
from leadboard.ui.components.buttons import button
from leadboard.ui.components.card_menu import PRESSED, MenuItem, attributes


def move_sheet(items: Sequence[MenuItem]) -> rx.Component:
    """The sheet, filled in and opened by move.js; draw it once per board, after the columns."""
    return rx.el.dialog(
        rx.el.header(
            rx.el.h2(
                "Move " if any(item.to for item in items) else "",
                rx.el.span(custom_attrs={"data-of": ""}),
                id="move-title",
            ),
            rx.el.p("now in ", rx.el.span(custom_attrs={"data-in": ""})),
            class_name="move-head",
        ),
        *(_row(item) for item in items),
        button("Cancel"),
        class_name="move",
        aria_labelledby="move-title",
    )


def _row(item: MenuItem) -> rx.Component:
    words = (
        (COLUMN_TITLES[item.to], rx.el.span(item.count), rx.icon("check", size=20, aria_hidden="true"))
        if item.to
        else (rx.icon(item.icon, size=20, aria_hidden="true"), item.label)
    )
    return rx.el.button(
        *words,
        class_name="move-row",
        type="button",
        on_click=item.handler(PRESSED),
        custom_attrs=attributes(item) | ({"data-key": item.key} if item.key else {}),
    )
