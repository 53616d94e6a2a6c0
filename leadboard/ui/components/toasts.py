"""Toasts, drawn from a list in state: one returned by a handler would need `eval`, which the content policy forbids."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import button, icon_button, writes
from leadboard.ui.components.marks import sentence, spinner
from leadboard.ui.display import Part, Toast


def toasts(
    items: ArrayVar[list[Toast]], on_action: Callable[[Any], Any], on_close: Callable[[Any], Any]
) -> rx.Component:
    """A polite live region, there from page load. Both handlers get the toast's id.

    board.js presses Close when a toast's time is up; the time stands still while it is pointed at, focused or unseen.
    """
    return rx.el.div(
        rx.foreach(items, lambda toast: _toast(toast, on_action, on_close)),
        class_name="toasts",
        role="status",
        aria_live="polite",
        aria_label="Messages",
    )


def _toast(toast: ObjectVar[Toast], on_action: Callable[[Any], Any], on_close: Callable[[Any], Any]) -> rx.Component:
    return rx.el.div(
        rx.match(
            toast.kind,
            ("work", spinner()),
            ("error", rx.icon("circle_alert", size=16, aria_hidden="true")),
            ("info", rx.icon("info", size=16, aria_hidden="true")),
            rx.icon("check", size=16, aria_hidden="true"),
        ),
        sentence(toast.parts.to(list[Part])),
        rx.cond(
            toast.action != "",
            button(toast.action, on_click=on_action(toast.id), custom_attrs=writes()),
        ),
        icon_button("x", "Close message", on_click=on_close(toast.id), custom_attrs={"data-close": ""}),
        key=toast.id,
        class_name=f"toast {toast.kind}",
        custom_attrs={"data-seconds": toast.seconds},
    )
