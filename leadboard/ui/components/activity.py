"""The activity feed, as the panel beside the board and as a lead's timeline."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import icon_button, link, text_button, writes
from leadboard.ui.components.marks import sentence, time
from leadboard.ui.display import Entry, Part


def activity_panel(entries: ArrayVar[list[Entry]], me: rx.Var[str], on_undo: Callable[[Any], Any]) -> rx.Component:
    """The panel on the right; board.js opens and closes it and remembers that. `on_undo` gets a change of `me`."""
    return rx.el.aside(
        rx.el.header(
            rx.el.h2("Activity"),
            icon_button(
                "panel_right_close", "Close activity", custom_attrs={"data-activity-set": "closed", "data-key": "["}
            ),
            class_name="activity-head",
        ),
        rx.cond(
            entries.length() > 0,
            feed(entries, me, on_undo),
            rx.el.p("Moves, failures and imports of this workspace appear here.", class_name="column-say"),
        ),
        class_name="activity",
        aria_label="Activity",
    )


def activity_opener() -> rx.Component:
    """The button that brings the panel back; it is not there while the panel is open."""
    return icon_button(
        "activity",
        "Open activity",
        custom_attrs={"data-activity-set": "open", "data-key": "["},
        kind="ghost",
        id="activity-open",
    )


def feed(
    entries: ArrayVar[list[Entry]], me: rx.Var[str], on_undo: Callable[[Any], Any], long: bool = False
) -> rx.Component:
    """The entries, newest first; `long` when it is the page's own content. Who made a change can take it back here:
    board.js takes the offer away when its time is up."""

    def back(entry: ObjectVar[Entry]) -> rx.Component:
        undo = text_button("Undo", on_click=on_undo(entry.undo), custom_attrs=writes() | {"data-until": entry.until})
        return rx.cond((entry.undo != "") & (entry.by == me), rx.el.span(" · ", undo))

    return rx.el.ol(
        rx.foreach(entries, lambda entry: _entry(entry.to(Entry), back)),
        class_name="feed long" if long else "feed",
        role="list",
        tab_index=0 if not long else None,
        aria_label="Activity, newest first",
    )


def _entry(entry: ObjectVar[Entry], back: Callable[[ObjectVar[Entry]], rx.Component]) -> rx.Component:
    return rx.el.li(
        rx.el.span(_icon(entry.kind), class_name=f"feed-icon {entry.kind}"),
        sentence(entry.parts.to(list[Part])),
        rx.el.p(
            time(entry.at),
            rx.cond(entry.link.href != "", rx.fragment(" · ", link(entry.link.label, href=entry.link.href))),
            back(entry),
            class_name="meta",
        ),
        key=entry.id,
    )


def _icon(kind: rx.Var[str]) -> rx.Component | rx.Var:
    return rx.match(
        kind,
        ("moved", rx.icon("arrow_right", size=12)),
        ("done", rx.icon("circle_check", size=12)),
        ("failed", rx.icon("circle_alert", size=12)),
        ("found", rx.icon("at_sign", size=12)),
        ("started", rx.icon("play", size=12)),
        ("locked", rx.icon("lock", size=12)),
        ("imported", rx.icon("upload", size=12)),
        ("scored", rx.icon("target", size=12)),
        rx.icon("message_square", size=12),
    )
