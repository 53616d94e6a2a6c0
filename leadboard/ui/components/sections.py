"""The sections of a lead's package: statements, each with the words it rests on."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import out_link
from leadboard.ui.components.marks import glyph
from leadboard.ui.display import Section, Statement


def sections(items: ArrayVar[list[Section]]) -> rx.Component:
    """Every section as a card: its statements, "Not found" with what was looked for, or its error."""
    return rx.el.div(rx.foreach(items, lambda item: _section(item.to(Section))), class_name="stack")


def _section(item: ObjectVar[Section]) -> rx.Component:
    return rx.el.section(
        rx.el.header(
            rx.el.h2(item.title),
            rx.match(
                item.state,
                ("empty", rx.el.span("Not found", class_name="chip outline")),
                ("waiting", rx.el.span("Not asked yet", class_name="chip outline")),
                ("failed", rx.el.span(glyph("alert", "g-12"), "Failed", class_name="chip weak")),
                rx.fragment(),
            ),
        ),
        rx.cond(item.note != "", rx.el.p(item.note, class_name=rx.cond(item.state == "failed", "help error", "meta"))),
        rx.cond(
            item.state == "ready",
            rx.el.ul(
                rx.foreach(item.statements, lambda statement: _statement(statement.to(Statement))),
                class_name="statements",
            ),
        ),
        rx.cond(item.by != "", rx.el.p(item.by, class_name="meta")),
        key=item.key,
        class_name="section",
        aria_label=item.title,
    )


def _statement(statement: ObjectVar[Statement]) -> rx.Component:
    return rx.el.li(
        rx.cond(statement.label != "", rx.el.span(statement.label, class_name="meta")),
        rx.el.p(statement.text),
        rx.cond(
            statement.snippet != "",
            rx.el.blockquote(
                "“",
                statement.snippet,
                "” ",
                rx.cond(statement.source.href != "", out_link(statement.source.label, statement.source.href)),
                class_name="quote",
            ),
        ),
    )
