"""By what a row and a lead are the same company: several choices with an order."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.imports.display import MatchChoice


def match_choice(choices: ArrayVar[list[MatchChoice]], on_toggle: Callable[[Any], Any]) -> rx.Component:
    """Boxes to tick; each chosen one says when its turn is. `on_toggle` gets the word of the pressed one."""
    return rx.el.fieldset(
        rx.el.legend("A row is a lead that is here already when they share"),
        rx.el.div(rx.foreach(choices, lambda each: _box(each.to(MatchChoice), on_toggle)), class_name="choices"),
        class_name="field",
    )


def _box(each: ObjectVar[MatchChoice], on_toggle: Callable[[Any], Any]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=each.chosen,
            on_change=lambda _: on_toggle(each.word),
            custom_attrs={"data-writes": ""},
        ),
        each.label,
        rx.el.span(each.turn, class_name="help"),
        class_name="choice",
        key=each.word,
    )
