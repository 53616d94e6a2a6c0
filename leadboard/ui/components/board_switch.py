"""Which of the two boards is shown."""

import reflex as rx

from leadboard.ui.layout import view_switch


def board_switch(here: str) -> rx.Component:
    """Links to both; `here` is "board" or "sales"."""
    return view_switch(
        *((label, rx.Var.create("/w/") + rx.State.slug + f"/{path}", path == here) for path, label in BOARDS),  # type: ignore[attr-defined]
        label="Boards",
    )


BOARDS = (("board", "Enrichment"), ("sales", "Sales"))
