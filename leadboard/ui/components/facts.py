"""The facts of a company: each a value that turns into a field in place, with a lock where a person set it."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import icon_button, out_link, writes
from leadboard.ui.components.marks import glyph
from leadboard.ui.display import FactRow

READS = "Your role here only reads"


def facts(
    rows: ArrayVar[list[FactRow]],
    editing: rx.Var[str],
    typed: rx.Var[str],
    seen: rx.Var[str],
    error: rx.Var[str],
    *,
    may: rx.Var[bool],
    on_edit: Callable[[Any, Any], Any],
    on_save: Any,
    on_give_up: Any,
    on_unlock: Callable[[Any], Any],
) -> rx.Component:
    """A list of facts, of which the one called `editing` is a field.

    The field starts with `typed` and keeps what is typed into it whatever comes in; edit.js saves it on leaving unless
    it still says `seen`, and gives it up on Escape. `on_edit` gets a fact's key and what it says, `on_save` a form with
    `text`, `on_unlock` a key.
    """

    def row(fact: ObjectVar[FactRow]) -> rx.Component:
        return rx.el.div(
            rx.el.dt(fact.label),
            rx.cond(
                fact.key == editing,
                rx.el.dd(_field(fact, typed, seen, error, on_save, on_give_up)),
                rx.el.dd(
                    _value(fact, rx.cond(may, on_edit(fact.key, fact.typed), rx.noop())),
                    rx.cond(fact.locked, _lock(fact, may, on_unlock)),
                    icon_button(
                        "pencil",
                        rx.cond(may, f"Edit {fact.noun}", READS),
                        size="small",
                        on_click=on_edit(fact.key, fact.typed),
                        disabled=~may,
                        custom_attrs=writes() | {"data-edit": fact.key},
                    ),
                ),
            ),
            key=fact.key,
            class_name="fact",
        )

    return rx.el.section(
        rx.el.h2("Company facts"),
        rx.el.dl(rx.foreach(rows, lambda fact: row(fact.to(FactRow))), class_name="fact-list"),
        class_name="section",
    )


def _value(fact: ObjectVar[FactRow], on_click: Any) -> rx.Component:
    """A link leads on; other words are edited by a click as well."""
    return rx.cond(
        fact.href != "",
        rx.cond(
            fact.href.startswith("http"),
            out_link(fact.value, fact.href),
            rx.el.a(fact.value, href=fact.href, class_name="link cut"),
        ),
        rx.el.span(
            rx.cond(fact.value != "", fact.value, "Not known"),
            class_name=rx.cond(fact.value != "", "fact-value", "fact-value none"),
            on_click=on_click,
        ),
    )


def _lock(fact: ObjectVar[FactRow], may: rx.Var[bool], on_unlock: Callable[[Any], Any]) -> rx.Component:
    return rx.el.button(
        glyph("lock", "g-12"),
        class_name="btn icon ghost small lock",
        type="button",
        title=rx.cond(may, f"{fact.locked_by} Press to let machines fill it again.", fact.locked_by),
        aria_label=f"Let machines fill {fact.noun} again. {fact.locked_by}",
        on_click=on_unlock(fact.key),
        disabled=~may,
        custom_attrs=writes(),
    )


def _field(
    fact: ObjectVar[FactRow],
    typed: rx.Var[str],
    seen: rx.Var[str],
    error: rx.Var[str],
    on_save: Any,
    on_give_up: Any,
) -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.input(
                name="text",
                default_value=typed,
                class_name="input small",
                input_mode=fact.keyboard,
                auto_complete="off",
                aria_label=fact.label,
                aria_invalid=rx.cond(error != "", "true", "false"),
                aria_describedby="about-fact",
            ),
            icon_button("check", f"Save {fact.noun}", size="small", custom_attrs={"data-save": ""}),
            icon_button(
                "x", "Leave it as it was", size="small", on_click=on_give_up, custom_attrs={"data-give-up": ""}
            ),
            class_name="fact-field",
        ),
        rx.el.p(
            rx.cond(error != "", rx.fragment(glyph("alert"), rx.el.span(error))),
            id="about-fact",
            class_name=rx.cond(error != "", "help error", "help"),
            aria_live="polite",
        ),
        on_submit=on_save,
        custom_attrs={"data-in-place": fact.key, "data-seen": seen},
    )
