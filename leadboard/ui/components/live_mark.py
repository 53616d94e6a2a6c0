"""How far a live view has come on this page."""

import reflex as rx

from leadboard.ui.viewer import Viewer


def live_mark(state: type[Viewer]) -> rx.Component:
    """Hidden; board.js presses it when a delta came that builds on one this page has not had."""
    return rx.el.button(
        type="button",
        hidden=True,
        aria_hidden="true",
        tab_index=-1,
        on_click=state.catch_up,
        custom_attrs={"data-seq": state.seq, "data-since": state.since},
    )
