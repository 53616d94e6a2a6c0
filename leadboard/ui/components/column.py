"""A column of the board: its head, and its cards or the sentence that stands in their place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.components.buttons import button, text_button, writes
from leadboard.ui.components.card import card, card_bones
from leadboard.ui.components.gradual import gradually, whole
from leadboard.ui.components.marks import glyph
from leadboard.ui.display import Card, Column

Handler = Callable[[Any], Any]


def _dropped(e: rx.Var[dict[str, Any]]) -> list[rx.Var[str]]:
    """Reflex names the argument in the browser after this one, with an underscore before it."""
    return [rx.Var("_e?.dataTransfer?.getData('text/lead')").to(str)]


BONES = 3
"""Cards shown while a column is being read."""

IN_SIGHT = 5
"""Columns that fit on most screens."""

AT_ONCE = 3
"""Cards that a column in sight is drawn with first: the board is there the sooner, and fills up in the next go."""

MOST_CARDS = 300
"""Cards a column shows at most, however often more are asked for: every change of a column sends its whole window."""


@dataclass(frozen=True)
class ColumnAct:
    """A thing to do with a whole column, in the menu of its head; `handler` gets the column's key."""

    label: str | rx.Var[str]
    icon: str
    handler: Handler
    writes: bool = True


class DropZone(rx.el.Section):
    """A section that cards can be dropped on; `on_drop` gets the dragged card as drag.js packed it."""

    on_drop: rx.EventHandler[_dropped]


def column(
    col: ObjectVar[Column],
    *,
    place: int,
    on_more: Handler,
    on_reload: Handler,
    on_clear: Any,
    on_retry: Handler | None = None,
    on_drop: Callable[[Any, Any], Any] | None = None,
    drags: bool | rx.Var[bool] = False,
    acts: Sequence[ColumnAct] = (),
    sorts: Sequence[rx.Component] = (),
) -> rx.Component:
    """One column; fold.js collapses it for who asks for that in the menu of its head.

    `place` is its own from the left, 0 first; `on_retry` gets a lead's id; `on_more` and `on_reload` get the column's
    key; `on_drop` gets the dragged cards and the column's key; `drags`: cards can be dragged; `on_clear` clears the
    filters; `acts` and `sorts` stand in its menu.
    """
    section = rx.el.section
    drops: dict[str, Any] = {}
    if on_drop is not None:
        section = DropZone.create
        drops = {"on_drop": lambda card: on_drop(card, col.key)}
    return section(
        _head(col, acts, sorts),
        rx.el.button(class_name="pill", type="button"),
        rx.cond(
            col.error != "",
            _say(
                glyph("alert"),
                col.error,
                text_button("Try again", on_click=on_reload(col.key)),
            ),
            rx.cond(col.loading, _bones(), _cards(col, place, on_retry, on_more, on_clear, drags)),
        ),
        class_name="column",
        hidden=col.hidden,
        aria_label=col.label,
        custom_attrs={"data-column": col.key} | ({"data-drops": ""} if on_drop else {}),
        **drops,
    )


def _head(col: ObjectVar[Column], acts: Sequence[ColumnAct], sorts: Sequence[rx.Component]) -> rx.Component:
    return rx.el.header(
        rx.el.h2(col.title),
        rx.el.span(rx.cond(col.error != "", "–", col.count)),
        rx.el.span(col.value, class_name="column-value"),
        _menu(col, acts, sorts),
        rx.el.button(
            rx.icon("unfold_horizontal", size=16, aria_hidden="true"),
            class_name="btn icon ghost small",
            type="button",
            aria_label=f"Expand {col.title}",
            custom_attrs={"data-expand": ""},
        ),
        class_name="column-head",
    )


def _menu(col: ObjectVar[Column], acts: Sequence[ColumnAct], sorts: Sequence[rx.Component]) -> rx.Component:
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(
            rx.el.button(
                glyph("more", "g-16"),
                class_name="btn icon ghost small",
                type="button",
                aria_label=f"Actions for {col.title}",
            )
        ),
        rx.dropdown_menu.content(
            *(
                rx.dropdown_menu.item(
                    rx.icon(act.icon, size=16, aria_hidden="true"),
                    act.label,
                    on_select=act.handler(col.key),
                    custom_attrs=writes() if act.writes else {},
                )
                for act in acts
            ),
            rx.dropdown_menu.sub(
                rx.dropdown_menu.sub_trigger(
                    rx.icon("arrow_down_wide_narrow", size=16, aria_hidden="true"), "Sort all columns"
                ),
                rx.dropdown_menu.sub_content(*sorts),
            ),
            rx.dropdown_menu.item(
                rx.icon("fold_horizontal", size=16, aria_hidden="true"),
                "Collapse",
                custom_attrs={"data-collapse": col.key},
            ),
            variant="soft",
            size="2",
            align="end",
        ),
        modal=False,
    )


def _cards(
    col: ObjectVar[Column],
    place: int,
    on_retry: Handler | None,
    on_more: Handler,
    on_clear: Any,
    drags: bool | rx.Var[bool],
) -> rx.Component:
    first = AT_ONCE if place < IN_SIGHT else 0
    return rx.cond(
        col.cards.length() > 0,
        rx.el.ol(
            _landing(rx.el.li),
            rx.foreach(gradually(col.cards, first=first), lambda lead: card(lead.to(Card), on_retry, drags)),
            rx.cond(whole() & (col.more.to(int) > 0), rx.el.li(_more(col, on_more), class_name="more")),
            class_name="cards",
            role="list",
        ),
        _say(
            col.empty,
            rx.cond(col.filtered, text_button("Clear filters", on_click=on_clear)),
        ),
    )


def _more(col: ObjectVar[Column], on_more: Handler) -> rx.Component:
    """The way on to the next cards, or where it ends."""
    return rx.cond(
        col.cards.length() < MOST_CARDS,
        button(f"Show {col.more} more", kind="ghost", size="small", on_click=on_more(col.key)),
        rx.el.p(f"These are the first {MOST_CARDS} of {col.count} leads; a column shows no more.", class_name="meta"),
    )


def _say(*words: Any) -> rx.Component:
    *sentence, way_on = words
    return rx.el.div(_landing(rx.el.div), rx.el.p(*sentence), way_on, class_name="column-say")


def _landing(element: Callable[..., rx.Component]) -> rx.Component:
    """Where drag.js says that a card lands, and shows it until it has arrived."""
    return element(aria_hidden="true", custom_attrs={"data-landing": ""})


def _bones() -> rx.Component:
    return rx.el.ol(*(card_bones() for _ in range(BONES)), class_name="cards", role="list", aria_busy=True)
