"""Which of the two boards is shown."""

import reflex as rx

from leadboard.ui.layout import view_switch


def board_switch(here: str, query: rx.Var[str]) -> rx.Component:
    """Links to both; `here` is "board" or "sales", and both keep the filter in `query`."""
    return view_switch(
        *(
            (label, rx.Var.create("/w/") + rx.State.slug + f"/{path}" + query, path == here, chord)  # type: ignore[attr-defined]
            for path, label, chord in BOARDS
        ),
        label="Boards",
    )


BOARDS = (("board", "Enrichment", ""), ("sales", "Sales", "g s"))
