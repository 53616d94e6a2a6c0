"""A lead as a card of the board: at rest, working or failed. 240 of them are on the screen, so nodes are counted."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.components.buttons import link
from leadboard.ui.components.marks import bar, fit_chip, glyph, old_chip, person, spinner, time
from leadboard.ui.display import Card, Person


def card(
    lead: ObjectVar[Card], on_retry: Callable[[Any], Any] | None, drags: bool | rx.Var[bool] = False
) -> rx.Component:
    """One card, an item of its column's list. `on_retry` gets the lead's id; `drags`: it can be dragged to a column."""
    spoken = f"says-{lead.id}"
    return rx.el.li(
        link(
            lead.name,
            href=lead.href,
            class_name="card-name cut",
            title=lead.name,
            draggable=False,
            aria_describedby=spoken,
        ),
        fit_chip(lead.fit, lead.band),
        old_chip(lead.old),
        rx.cond(lead.what != "", rx.el.p(lead.what, class_name="card-what")),
        rx.cond(lead.agent != "", _working(lead)),
        rx.cond(lead.error != "", rx.el.p(glyph("alert"), rx.el.span(lead.error), class_name="card-error")),
        _foot(lead, on_retry),
        rx.el.span(lead.spoken, id=spoken, hidden=True),
        key=lead.id,
        draggable=drags,
        class_name=rx.cond(
            lead.revision == 0, "card", rx.cond(lead.revision.to(int) % 2 == 0, "card flash-a", "card flash-b")
        ),
        custom_attrs={
            "data-lead": lead.id,
            "data-version": lead.version,
            "data-worth": lead.worth,
            "data-state": rx.cond(lead.agent != "", "working", rx.cond(lead.error != "", "failed", "rest")),
        },
    )


def card_bones() -> rx.Component:
    """A card that is still being read, in its exact size."""
    return rx.el.li(*(rx.el.i() for _ in range(5)), class_name="card bones", aria_hidden="true")


def _working(lead: ObjectVar[Card]) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            spinner(), rx.el.span(lead.agent, class_name="cut"), rx.el.span(lead.percent, "%"), class_name="card-work"
        ),
        bar(lead.percent, lead.agent),
    )


def _foot(lead: ObjectVar[Card], on_retry: Callable[[Any], Any] | None) -> rx.Component:
    since = rx.el.span(
        rx.cond(lead.overdue, glyph("hourglass"), glyph("clock")),
        time(lead.since),
        class_name=rx.cond(lead.overdue, "since chip fair", "since"),
    )
    return rx.el.div(
        person(lead.owner.to(Person)),
        rx.cond(lead.value != "", rx.el.span(lead.value, class_name="card-value")),
        rx.cond(
            lead.next,
            rx.el.span(glyph("next"), "Next", class_name="chip accent"),
            rx.el.span(lead.place, class_name="cut"),
        ),
        since if on_retry is None else rx.cond(lead.error != "", _retry(lead, on_retry), since),
        rx.el.span(
            rx.el.button(
                glyph("more", "g-16"),
                class_name="btn icon ghost small",
                type="button",
                aria_label=f"More for {lead.name}",
                aria_haspopup="menu",
                custom_attrs={"data-more": lead.id, "data-key": "m"},
            ),
            class_name="card-acts",
        ),
        class_name="card-foot",
    )


def _retry(lead: ObjectVar[Card], on_retry: Callable[[Any], Any]) -> rx.Component:
    return rx.el.button(
        glyph("retry"),
        "Retry",
        class_name="btn soft small",
        type="button",
        aria_label=f"Retry {lead.name}",
        on_click=on_retry(lead.id),
        custom_attrs={"data-writes": "", "data-key": "R"},
    )
