"""The small forms of stages that have to know something, opened by needs.js where the card lands."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.domain.stage_needs import LONGEST_NOTE, REASONS, Answers
from leadboard.domain.stages import COLUMN_TITLES, SalesColumn
from leadboard.ui.components.buttons import button, writes
from leadboard.ui.components.fields import text_field
from leadboard.ui.components.marks import glyph

CARDS = rx.Var("(window.leadboard?.asked?.() ?? '')").to(str)
"""The cards that the open form is about, a line for each, at the moment it is sent."""


def ask(column: str, *, selected: bool = False) -> Any:
    """Bring the card of the open menu, or those that are selected, to a column that asks first."""
    return rx.call_function(rx.Var(f"(() => window.leadboard.bring('{column}', {str(selected).lower()}))"))


def stage_forms(
    on_move: Callable[[Any, Any, str], Any],
    on_leave: Any,
    *,
    wrong: rx.Var[str],
    wrong_at: rx.Var[str],
    time_zone: rx.Var[str],
    attrs: dict[str, Any],
) -> rx.Component:
    """One form for each stage that needs one; draw them once per board, after the columns.

    `on_move` gets the form, the cards and the column; `wrong` is what was refused of the form and `wrong_at` the name
    of its field; `attrs` tell needs.js what came of the last one.
    """

    def error(name: str) -> rx.Var[str]:
        return rx.cond(wrong_at == name, wrong, "")

    def form(column: SalesColumn, one: str, many: str) -> rx.Component:
        """`one` names {name}, `many` how {many} they are."""
        title = f"need-{column}"
        return rx.el.dialog(
            rx.el.form(
                rx.el.h2(id=title, custom_attrs={"data-one": one, "data-many": many}),
                *stage_fields(column, error, time_zone),
                rx.el.div(
                    button("Cancel", on_click=on_leave, custom_attrs={"data-leave": ""}),
                    button(f"Move to {COLUMN_TITLES[column]}", kind="primary", type="submit", custom_attrs=writes()),
                    class_name="need-acts",
                ),
                on_submit=lambda given: on_move(given, CARDS, column.value),
                no_validate=True,
            ),
            class_name="need",
            aria_labelledby=title,
            custom_attrs={"data-asks": column.value, **attrs},
        )

    return rx.fragment(
        form(
            SalesColumn.DISQUALIFIED,
            "Why is {name} disqualified?",
            "Why are these {many} disqualified?",
        ),
        form(
            SalesColumn.MEETING_BOOKED,
            "When is the meeting with {name}?",
            "When is the meeting with these {many}?",
        ),
    )


def restate_form(
    column: rx.Var[str],
    known: ObjectVar[Answers],
    *,
    error: Callable[[str], rx.Var[str]],
    time_zone: rx.Var[str],
    on_save: Any,
    on_leave: Any,
) -> rx.Component:
    """The fields of a lead's stage in place of what it knows, which they start with; `column` is the stage's. edit.js
    gives it up on Escape, and the focus back."""

    def form(which: SalesColumn) -> rx.Component:
        return rx.el.form(
            *stage_fields(which, error, time_zone, known),
            rx.el.div(
                button("Cancel", on_click=on_leave, custom_attrs={"data-leave": ""}),
                button("Save", kind="primary", type="submit", custom_attrs=writes()),
                class_name="need-acts",
            ),
            on_submit=on_save,
            no_validate=True,
            class_name="restate",
            aria_label="What this stage knows",
            custom_attrs={"data-restates": ""},
        )

    return rx.fragment(
        *(
            rx.cond(column == which.value, form(which))
            for which in (SalesColumn.DISQUALIFIED, SalesColumn.MEETING_BOOKED)
        )
    )


def stage_fields(
    column: SalesColumn,
    error: Callable[[str], rx.Var[str]],
    time_zone: rx.Var[str],
    known: ObjectVar[Answers] | None = None,
) -> tuple[rx.Component, ...]:
    """What a stage asks; `error` says what is wrong of a field. With what is `known` their names begin with it: such
    fields stand over a board that has those without."""
    before = "known_" if known is not None else ""
    given: dict[str, Any]
    if column is SalesColumn.DISQUALIFIED:
        given = {} if known is None else {"default_value": known.lost_note}
        note = text_field(
            "Note (optional)",
            f"{before}lost_note",
            "Everybody in this workspace reads it.",
            error("lost_note"),
            max_length=LONGEST_NOTE,
            **given,
        )
        return _reasons(error("lost_reason"), f"{before}lost_reason", known), note
    given = {"custom_attrs": {"data-clock": time_zone}} if known is None else {"default_value": known.meeting_at}
    meeting = text_field(
        "Day and time",
        f"{before}meeting_at",
        rx.cond(time_zone != "", f"By the clock of this workspace, {time_zone}", ""),
        error("meeting_at"),
        type="datetime-local",
        **given,
    )
    return (meeting,)


def _reasons(error: rx.Var[str], name: str, known: ObjectVar[Answers] | None) -> rx.Component:
    """Keys choose one where nothing else has them: on the lead's sheet they belong to its tabs."""

    def reason(key: int, value: str, label: str) -> rx.Component:
        if known is not None:
            chosen = known.lost_reason == value
            return rx.el.label(
                rx.el.input(type="radio", name=name, value=value, default_checked=chosen),
                label,
                class_name="need-reason",
            )
        return rx.el.label(
            rx.el.input(type="radio", name=name, value=value, custom_attrs={"data-key": str(key)}),
            label,
            rx.el.kbd(str(key), aria_hidden="true"),
            class_name="need-reason",
        )

    return rx.el.fieldset(
        rx.el.legend("Reason", class_name="sr-only"),
        *(reason(key, value, label) for key, (value, label) in enumerate(REASONS.items(), start=1)),
        rx.el.p(
            rx.cond(error != "", rx.fragment(glyph("alert"), rx.el.span(error))),
            id=f"about-{name}",
            class_name=rx.cond(error != "", "help error", "help"),
        ),
        role="radiogroup",
        aria_label="Reason",
        aria_invalid=rx.cond(error != "", "true", "false"),
        aria_describedby=f"about-{name}",
        class_name="need-reasons",
    )
