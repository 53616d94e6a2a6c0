"""The bar over a board's tools while leads are selected; select.js fills in how many and shows it."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.components.buttons import button, icon_button, writes
from leadboard.ui.components.card_menu import MenuItem
from leadboard.ui.components.column import ColumnAct
from leadboard.ui.components.fields import text_field
from leadboard.ui.components.marks import person
from leadboard.ui.display import Person
from leadboard.ui.frame import Frame
from leadboard.ui.selection.state import Mate, Selecting

PICKED = rx.Var("(window.leadboard?.picked?.() ?? '')").to(str)
"""The selected leads as `Selecting` reads them, at the moment something is done with them."""


def _in_browser(function: str) -> Callable[[Any], Any]:
    return lambda _: rx.call_function(rx.Var(f"(() => window.leadboard.{function}())"))


SELECT = MenuItem("Select", "square_check", _in_browser("toggle"), writes=False)
"""In the menu of a card, for who has no keys."""

SELECT_COLUMN = ColumnAct("Select all shown", "square_check", _in_browser("selectColumn"), writes=False)
"""In the menu of a column."""


def selection_bar(state: type[Selecting], *acts: rx.Component) -> rx.Component:
    """For those who may change leads; `acts`, those of one board, come first."""
    return rx.cond(
        Frame.can_edit,
        rx.el.div(
            icon_button("x", "Clear the selection", custom_attrs={"data-unselect": ""}),
            rx.el.span(class_name="selection-count", role="status"),
            *acts,
            _assign(state),
            _tag(state),
            rx.cond(
                Frame.can_delete,
                button(
                    "Delete",
                    "trash_2",
                    on_click=state.delete_selected(PICKED),
                    custom_attrs=writes() | {"data-key": "Delete"},
                ),
            ),
            class_name="selection",
            role="toolbar",
            aria_label="Selected leads",
            custom_attrs={"data-acted": state.acted},
        ),
    )


def enrich_selected(state: type[Selecting]) -> rx.Component:
    """The button of the bar that enriches."""
    return button("Enrich", "play", on_click=state.enrich_selected(PICKED), custom_attrs=writes() | {"data-key": "E"})


def choice_menu(label: str, icon: str, *items: rx.Component, key: str = "", **props: Any) -> rx.Component:
    """A button of the bar that opens a menu; `key` is its shortcut."""
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            rx.el.button(
                rx.icon(icon, size=16, aria_hidden="true"),
                label,
                class_name="btn secondary",
                type="button",
                custom_attrs=writes() | ({"data-key": key} if key else {}),
            )
        ),
        rx.dropdown_menu.content(*items, variant="soft", size="2"),
        modal=False,
        **props,
    )


def _assign(state: type[Selecting]) -> rx.Component:
    def mate(each: ObjectVar[Mate]) -> rx.Component:
        return rx.dropdown_menu.item(
            person(each.who.to(Person)),
            each.who.name,
            on_select=state.assign_selected(PICKED, each.id),
            key=each.id,
            custom_attrs=writes(),
        )

    return choice_menu(
        "Assign",
        "user_round",
        rx.cond(
            state.mates.to(list[Mate]).length() > 0,  # or whoever has no mouse would begin at nobody
            rx.fragment(
                rx.foreach(state.mates.to(list[Mate]), mate),
                rx.dropdown_menu.separator(),
                rx.dropdown_menu.item("Nobody", on_select=state.assign_selected(PICKED, ""), custom_attrs=writes()),
            ),
        ),
        key="A",
        on_open_change=state.read_mates,
    )


def _tag(state: type[Selecting]) -> rx.Component:
    return rx.popover.root(
        rx.popover.trigger(
            rx.el.button(
                rx.icon("tag", size=16, aria_hidden="true"),
                "Tag",
                class_name="btn secondary",
                type="button",
                custom_attrs=writes() | {"data-key": "T"},
            )
        ),
        rx.popover.content(
            rx.form(
                text_field(
                    "Tags, with commas between them",
                    "tags",
                    error=state.tags_error,
                    small=True,
                    auto_complete="off",
                    max_length=400,
                ),
                button("Add", kind="primary", type="submit", custom_attrs=writes()),
                on_submit=lambda form: state.tag_selected(form, PICKED),
                class_name="selection-tags",
            ),
            aria_label="Tag the selected leads",
            align="start",
        ),
        on_open_change=state.forget_tags_error,
    )
