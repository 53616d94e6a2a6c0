"""Notes about a lead: a field to write one, and those there are, newest first."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.domain.notes import LONGEST
from leadboard.ui.components.buttons import button, icon_button, writes
from leadboard.ui.components.marks import ago, glyph, person
from leadboard.ui.display import NoteRow, Person


def note_form(
    draft: rx.Var[str], turn: rx.Var[int], error: rx.Var[str], *, on_save: Any, on_leave: Callable[[Any], Any]
) -> rx.Component:
    """A field that starts with `draft` and is emptied when `turn` grows; `on_save` gets a form with `note`."""
    return rx.el.form(
        rx.el.label("Write a note", html_for="field-note"),
        rx.el.textarea(
            id="field-note",
            name="note",
            key=turn,
            default_value=draft,
            class_name="input area",
            rows="3",
            aria_invalid=rx.cond(error != "", "true", "false"),
            aria_describedby="about-note",
            on_blur=on_leave,
        ),
        rx.el.div(
            rx.el.p(
                rx.cond(
                    error != "",
                    rx.fragment(glyph("alert"), rx.el.span(error)),
                    f"Everybody in this workspace reads it. {LONGEST:,} characters at most.",
                ),
                id="about-note",
                class_name=rx.cond(error != "", "help error", "help"),
                aria_live="polite",
            ),
            button("Add note", "plus", "primary", type="submit", custom_attrs=writes() | {"data-key": "mod+enter"}),
            class_name="note-send",
        ),
        on_submit=on_save,
        class_name="section note-form",
    )


def notes(rows: ArrayVar[list[NoteRow]], me: rx.Var[str], on_delete: Callable[[Any], Any]) -> rx.Component:
    """The notes; one's own can be deleted."""

    def row(note: ObjectVar[NoteRow]) -> rx.Component:
        return rx.el.li(
            rx.el.header(
                person(note.who.to(Person)),
                rx.el.b(note.who.name, class_name="strong"),
                rx.el.span(ago(note.at), class_name="meta"),
                rx.cond(
                    note.author == me,
                    icon_button(
                        "trash_2", "Delete note", size="small", on_click=on_delete(note.id), custom_attrs=writes()
                    ),
                ),
            ),
            rx.el.p(note.text, class_name="note-text"),
            key=note.id,
            class_name="section note",
        )

    return rx.el.ol(
        rx.foreach(rows, lambda note: row(note.to(NoteRow))),
        class_name="note-list",
        role="list",
        aria_label="Notes, newest first",
    )
