"""The second step of an import: what was recognised, what each column becomes, and what a match does."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.marks import glyph
from leadboard.ui.imports.display import FileFacts, MappedColumn, Option


def file_facts(facts: ObjectVar[FileFacts]) -> rx.Component:
    """The file's name, how it was read, and what was odd about it."""
    return rx.el.header(
        rx.el.h2(facts.name, class_name="title-2"),
        rx.el.p(facts.facts, class_name="meta num"),
        rx.foreach(
            facts.warnings,
            lambda warning: rx.el.p(
                rx.icon("triangle_alert", size=14, aria_hidden="true"), rx.el.span(warning), class_name="warning"
            ),
        ),
        class_name="pad-head",
    )


def preview(header: ArrayVar[list[str]], rows: ArrayVar[list[list[str]]]) -> rx.Component:
    """The first rows as they were read."""
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(rx.foreach(header, lambda name: rx.el.th(name, scope="col")))),
            rx.el.tbody(
                rx.foreach(
                    rows,
                    lambda row: rx.el.tr(
                        rx.foreach(row.to(list[str]), lambda cell: rx.el.td(cell, class_name="cut", title=cell))
                    ),
                )
            ),
            class_name="table preview",
        ),
        class_name="scroll-x",
        tab_index=0,
        role="region",
        aria_label="First rows of the file",
    )


def mapping(
    columns: ArrayVar[list[MappedColumn]], fields: ArrayVar[list[Option]], on_map: Callable[[Any, Any], Any]
) -> rx.Component:
    """A row per column of the file with the field it becomes; `on_map` gets the column's index and the field."""
    return rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in ("Column", "Example", "Becomes", "Because")))),
        rx.el.tbody(rx.foreach(columns, lambda column: _column(column.to(MappedColumn), fields, on_map))),
        class_name="table mapping",
    )


def _column(
    column: ObjectVar[MappedColumn], fields: ArrayVar[list[Option]], on_map: Callable[[Any, Any], Any]
) -> rx.Component:
    return rx.el.tr(
        rx.el.th(column.header, scope="row", class_name="wide"),
        rx.el.td(rx.el.span(column.sample, class_name="meta"), class_name="cut"),
        rx.el.td(
            rx.el.select(
                rx.el.option("Leave out", value=""),
                rx.foreach(fields, lambda option: rx.el.option(option.label, value=option.value)),
                value=column.field,
                on_change=lambda value: on_map(column.index, value),
                class_name="input small",
                aria_label=f"Field for {column.header}",
                aria_invalid=rx.cond(column.error != "", "true", "false"),
            )
        ),
        rx.el.td(
            rx.cond(
                column.error != "",
                rx.el.span(glyph("alert"), rx.el.span(column.error), class_name="help error"),
                rx.el.span(column.why, class_name="meta"),
            )
        ),
        key=column.index,
    )


def choice(
    label: str, name: str, options: Sequence[tuple[str, str, str]], chosen: rx.Var[str], on_choose: Callable[[Any], Any]
) -> rx.Component:
    """Radios as cards that tell the server at once; each option is (value, label, what it means)."""
    return rx.el.fieldset(
        rx.el.legend(label),
        rx.el.div(
            *(
                rx.el.label(
                    rx.el.input(
                        type="radio",
                        name=name,
                        value=value,
                        checked=chosen == value,
                        on_change=lambda _, v=value: on_choose(v),
                    ),
                    text,
                    rx.el.span(about, class_name="help"),
                    class_name="choice",
                )
                for value, text, about in options
            ),
            class_name="choices",
        ),
        class_name="field",
    )
