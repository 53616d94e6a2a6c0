"""The one menu of a board's cards: board.js moves its trigger to the card whose More was pressed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from leadboard.ui.components.buttons import writes

PRESSED = rx.Var("(window.leadboard?.lead ?? '')").to(str)
"""The id of the lead whose More was pressed last."""


PRESSED_VERSION = rx.Var("(window.leadboard?.version ?? 0)").to(int)
"""The version of that lead as its card shows it: what a move says it saw."""


@dataclass(frozen=True)
class MenuItem:
    """A thing to do with a lead.

    `handler` gets the lead's id; `states` are the shapes of a card ("rest", "working", "failed") that offer it; what
    moves leads to the column `to`, which holds `count`, is not offered by the cards of that column; `key` is its
    shortcut. Who `may` not do it sees it switched off, and `why`.
    """

    label: str
    icon: str
    handler: Callable[[Any], Any]
    states: tuple[str, ...] = ("rest", "working", "failed")
    writes: bool = True
    to: str = ""
    count: str | rx.Var[str] = ""
    key: str = ""
    may: bool | rx.Var[bool] = True
    why: str = ""


def card_menu(items: Sequence[MenuItem]) -> rx.Component:
    """The menu; draw it once per board, after the columns."""
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            rx.el.button(id="card-menu", class_name="card-menu", type="button", tab_index=-1, aria_label="Card menu")
        ),
        rx.dropdown_menu.content(
            *(
                rx.dropdown_menu.item(
                    rx.icon(item.icon, size=16, aria_hidden="true"),
                    item.label,
                    on_select=item.handler(PRESSED),
                    custom_attrs=attributes(item),
                    disabled=~rx.Var.create(item.may).to(bool),
                )
                for item in items
            ),
            variant="soft",
            size="2",
            align="end",
        ),
        modal=False,
    )


def attributes(item: MenuItem) -> dict[str, Any]:
    """By which scripts and stylesheets offer it to the right cards."""
    return (
        {"data-states": " ".join(item.states)}
        | ({"data-moves-to": item.to} if item.to else {})
        | (writes() if item.writes else {})
        | ({"data-off": rx.cond(item.may, None, ""), "title": rx.cond(item.may, None, item.why)} if item.why else {})
    )
