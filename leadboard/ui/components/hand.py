"""What drag.js fills while somebody carries cards, drawn empty so that it never writes among React's own nodes."""

import reflex as rx


def hand() -> rx.Component:
    """The cards that follow the pointer, and what is said of them; once per board, there from page load."""
    return rx.fragment(
        rx.el.div(id="hand", class_name="hand", aria_hidden="true"),
        rx.el.p(id="hand-says", class_name="sr-only", role="status", aria_live="polite", aria_label="Moving leads"),
    )
