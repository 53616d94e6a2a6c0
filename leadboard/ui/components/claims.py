"""The claims of a lead: every value with its passport."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import out_link
from leadboard.ui.components.marks import glyph, meter, person, time
from leadboard.ui.display import ClaimRow, Person

HEADS = ("Field", "Value", "Source", "Confidence", "Age")


def claims(rows: ArrayVar[list[ClaimRow]]) -> rx.Component:
    """A row per field; what was not found says how many were asked."""
    return rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in HEADS))),
        rx.el.tbody(rx.foreach(rows, lambda row: _row(row.to(ClaimRow)))),
        class_name="table claims",
    )


def _row(row: ObjectVar[ClaimRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.field, scope="row"),
        rx.cond(
            row.value != "",
            rx.el.td(
                row.value,
                rx.cond(row.rivals != "", rx.el.span(row.rivals, class_name="chip outline rivals")),
                class_name="wide",
                title=row.snippet,
            ),
            rx.el.td("Not found", class_name="none"),
        ),
        rx.el.td(_source(row), class_name="small"),
        rx.el.td(_confidence(row), class_name="small num"),
        rx.el.td(_age(row), class_name="small meta"),
        key=row.id,
    )


def _source(row: ObjectVar[ClaimRow]) -> rx.Component:
    return rx.cond(
        row.source.href != "",
        out_link(row.source.label, row.source.href),
        rx.cond(
            row.person.initials != "",
            rx.el.span(person(row.person.to(Person)), row.person.name, class_name="out"),
            rx.el.span(rx.cond(row.note != "", row.note, row.source.label), class_name="meta"),
        ),
    )


def _confidence(row: ObjectVar[ClaimRow]) -> rx.Component:
    return rx.cond(
        row.locked,
        rx.el.span(glyph("lock", "g-12"), "Locked", class_name="chip accent"),
        rx.cond(row.confidence != "", rx.fragment(row.confidence, meter(row.meter))),
    )


def _age(row: ObjectVar[ClaimRow]) -> rx.Component:
    return rx.cond(
        row.stale, rx.el.span(glyph("hourglass", "g-12"), time(row.seen), class_name="chip fair"), time(row.seen)
    )
