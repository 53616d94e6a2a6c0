"""The claims of a lead: every value with its passport, and where sources disagree, the choice between them."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import out_link, writes
from leadboard.ui.components.marks import glyph, meter, person, time
from leadboard.ui.display import Choice, ClaimRow, Person

HEADS = ("Field", "Value", "Source", "Confidence", "Age")
READS = "Your role here only reads"


def claims(
    rows: ArrayVar[list[ClaimRow]], *, may: rx.Var[bool], on_choose: Callable[[Any, Any, Any], Any]
) -> rx.Component:
    """A row per field; what was not found says how many were asked. Where sources disagree, a row below has the values
    as radios: `on_choose` gets the field, the value in its source's words, and what the lead says now. edit.js opens
    what nobody settled yet, once: settling it does not take the radios away from under the hand."""

    def choice(row: ObjectVar[ClaimRow], one: ObjectVar[Choice]) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name=f"claim-{row.id}",
                checked=one.chosen,
                read_only=True,
                disabled=~may | (one.why != ""),
                on_click=rx.cond(one.said != "", on_choose(row.id, one.said, row.typed), rx.noop()),
                custom_attrs=writes(),
            ),
            rx.el.b(one.value, class_name="strong"),
            rx.cond(one.snippet != "", rx.el.q(one.snippet)),
            rx.cond(one.why != "", rx.el.span(one.why)),
            rx.el.span(one.source, class_name="from"),
            rx.el.span(one.confidence, class_name="num"),
            rx.cond(one.seen != "", time(one.seen)),
            key=one.value,
            class_name="choice claim",
            title=rx.cond(may, "", READS),
        )

    def row(one: ObjectVar[ClaimRow]) -> rx.Component:
        return rx.fragment(
            _row(one),
            rx.cond(
                one.verdict != "",
                rx.el.tr(
                    rx.el.td(
                        rx.el.details(
                            rx.el.summary(rx.icon("git_compare_arrows", size=14, aria_hidden="true"), one.verdict),
                            rx.el.div(
                                rx.foreach(one.choices, lambda each: choice(one, each.to(Choice))),
                                role="radiogroup",
                                aria_label=f"{one.title}: which is right",
                            ),
                            class_name="conflict",
                            custom_attrs={"data-opens": rx.cond(one.locked, None, "")},
                        ),
                        col_span=len(HEADS),
                    ),
                    class_name="rivals",
                ),
            ),
            key=one.id,
        )

    return rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in HEADS))),
        rx.el.tbody(rx.foreach(rows, lambda one: row(one.to(ClaimRow)))),
        class_name="table claims",
    )


def _row(row: ObjectVar[ClaimRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.title, scope="row"),
        rx.cond(
            row.value != "",
            rx.el.td(
                row.value,
                rx.cond(row.rivals != "", rx.el.span(row.rivals, class_name="chip outline")),
                class_name="wide",
                title=row.snippet,
            ),
            rx.el.td("Not found", class_name="none"),
        ),
        rx.el.td(_source(row), class_name="small"),
        rx.el.td(_confidence(row), class_name="small num", title=row.age),
        rx.el.td(_age(row), class_name="small meta"),
        class_name=rx.cond(row.verdict != "", "disputed", ""),
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
        rx.el.span(
            glyph("lock", "g-12"),
            "Locked",
            rx.el.span(f". {row.locked_by}", class_name="sr-only"),
            class_name="chip accent",
            title=row.locked_by,
        ),
        rx.cond(row.confidence != "", rx.fragment(row.confidence, meter(row.meter))),
    )


def _age(row: ObjectVar[ClaimRow]) -> rx.Component:
    return rx.cond(
        row.seen == "",
        rx.fragment(),
        rx.cond(
            row.stale,
            rx.el.span(
                glyph("hourglass", "g-12"),
                time(row.seen),
                rx.el.span(". ", row.age, class_name="sr-only"),
                class_name="chip fair",
            ),
            time(row.seen),
        ),
    )
