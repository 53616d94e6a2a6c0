"""The line above the board: its filters on the left, what is going on and the actions on the right."""

import reflex as rx


def board_tools(
    summary: rx.Var[str], *actions: rx.Component, filters: rx.Component, sort: rx.Component
) -> rx.Component:
    """`summary` is "23 working · €3.18 of €10.00 today"; `sort` says by what cards are sorted."""
    return rx.el.div(
        rx.el.div(filters, class_name="tools-start"),
        rx.el.span(summary, class_name="meta num"),
        sort,
        rx.el.div(*actions, class_name="tools-end"),
        class_name="tools",
    )
