"""An import at work and what became of every row."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import link
from leadboard.ui.components.marks import progress
from leadboard.ui.display import Progress
from leadboard.ui.imports.display import RowOutcome, Tile


def at_work(work: ObjectVar[Progress], *actions: rx.Component) -> rx.Component:
    """How far the import is; it goes on without this page."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(work.title, class_name="title-2"),
            rx.el.span(work.text, class_name="meta num"),
            class_name="spread",
        ),
        progress(work),
        rx.el.div(rx.el.p("You can leave this page.", class_name="meta"), *actions, class_name="spread"),
        class_name="panel pad stack-8",
        aria_live="off",
    )


def tiles(items: ArrayVar[list[Tile]], chosen: rx.Var[str], on_choose: Callable[[Any], Any]) -> rx.Component:
    """The counts of the result; pressing one shows its rows, `on_choose` gets its key."""
    return rx.el.div(
        rx.foreach(
            items,
            lambda tile: rx.el.button(
                rx.el.b(tile.count),
                rx.el.span(rx.el.i(aria_hidden="true"), tile.label),
                key=tile.key,
                class_name=f"count {tile.tone}",
                type="button",
                aria_pressed=rx.cond(chosen == tile.key, "true", "false"),
                on_click=on_choose(tile.key),
            ),
        ),
        class_name="tiles",
        role="group",
        aria_label="Rows by outcome",
    )


def outcomes(rows: ArrayVar[list[RowOutcome]], shown: rx.Var[str], *actions: rx.Component) -> rx.Component:
    """Rows with what became of them and why; `shown` is "1 to 100 of 1,284"."""
    return rx.el.section(
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Row", scope="col"),
                        *(rx.el.th(head, scope="col") for head in ("Company or person", "Outcome", "Reason")),
                    )
                ),
                rx.el.tbody(rx.foreach(rows, lambda row: _row(row.to(RowOutcome)))),
                class_name="table",
            ),
            class_name="scroll-x",
        ),
        rx.el.footer(rx.el.span(shown, class_name="meta num"), *actions, class_name="foot"),
        class_name="panel",
    )


def _row(row: ObjectVar[RowOutcome]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.row, scope="row", class_name="num"),
        rx.el.td(rx.cond(row.href != "", link(row.name, href=row.href), rx.fragment(row.name)), class_name="wide"),
        rx.el.td(rx.el.span(row.outcome, class_name=f"chip {row.tone}")),
        rx.el.td(row.reason, class_name="reason"),
        key=row.row,
    )
