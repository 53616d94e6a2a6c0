"""A page without its content: first visit, nothing left to do, something broke, read only."""

from typing import Any

import reflex as rx

from leadboard.ui.components.buttons import button, link_button


def page_state(icon: str, title: str | rx.Var[str], text: str | rx.Var[str], *ways_on: rx.Component) -> rx.Component:
    """What will be here or what happened, and what to do about it. `icon` is a literal name."""
    return rx.el.section(
        rx.el.span(rx.icon(icon, size=20, aria_hidden="true"), class_name="blank-icon"),
        rx.el.h2(title),
        rx.el.p(text),
        rx.el.div(*ways_on, class_name="actions"),
        class_name="blank",
    )


def not_here(sentence: str | rx.Var[str], board: rx.Var[str]) -> rx.Component:
    """What stands in place of a page that is not there. `board` is the address of a board that the reader may see,
    empty where none is known; the start finds one then."""
    return page_state(
        "search_x",
        "This is not here",
        rx.Var.create(sentence).to(str) + " It may have been removed, or the address is not complete.",
        rx.cond(
            board != "",
            link_button("Back to your board", board, kind="primary"),
            link_button("Go to the start", "/", kind="primary"),
        ),
    )


def none_match(on_clear: Any) -> rx.Component:
    """What stands in place of a board whose filter hides every lead."""
    return page_state(
        "search_x",
        "No lead matches",
        "Take a filter off above, or all of them.",
        button("Clear filters", kind="primary", on_click=on_clear),
    )
