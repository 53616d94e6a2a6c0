"""Banners above the content, and the callout of a form."""

from typing import Literal

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import button, link_button
from leadboard.ui.display import Notice


def notices(items: ArrayVar[list[Notice]]) -> rx.Component:
    """What everybody on this page should know before they go on."""
    return rx.el.div(offline_notice(), rx.foreach(items, _notice), class_name="notices")


def callout(kind: Literal["info", "warn", "error"], text: str | rx.Var[str]) -> rx.Component:
    """One sentence about the form or page it stands in; errors are announced."""
    icon = {"info": "info", "warn": "triangle_alert", "error": "circle_alert"}[kind]
    return rx.el.div(
        rx.icon(icon, size=16, aria_hidden="true"),
        rx.el.p(text),
        class_name=f"notice {kind}",
        role="alert" if kind == "error" else "note",
    )


def offline_notice() -> rx.Component:
    """Drawn always and shown by frame.css while the connection is lost."""
    return rx.el.div(
        rx.icon("wifi_off", size=16, aria_hidden="true"),
        rx.el.p(
            rx.el.b("You are offline. ", class_name="strong"),
            "Nothing you see is lost. Changes are off until you are back.",
        ),
        button("Try now", size="small", on_click=rx.call_function(rx.Var("(() => window.location.reload())"))),
        class_name="notice offline",
    )


def _notice(notice: ObjectVar[Notice]) -> rx.Component:
    return rx.el.div(
        rx.match(
            notice.kind,
            ("warn", rx.icon("triangle_alert", size=16, aria_hidden="true")),
            ("error", rx.icon("circle_alert", size=16, aria_hidden="true")),
            rx.icon("info", size=16, aria_hidden="true"),
        ),
        rx.el.p(rx.el.b(notice.title, " ", class_name="strong"), notice.text),
        rx.cond(notice.link.label != "", link_button(notice.link.label, notice.link.href, size="small")),
        key=notice.title,
        class_name=f"notice {notice.kind}",
        role="status",
    )
