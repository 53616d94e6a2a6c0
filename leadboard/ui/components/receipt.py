"""The receipt of a score: every point it is made of."""

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.components.buttons import link
from leadboard.ui.components.marks import old_chip, share
from leadboard.ui.display import Factor, Line, Receipt


def receipt(paper: ObjectVar[Receipt], head: bool = True) -> rx.Component:
    """Factors with their lines, the sum, the rounded score, and one thing that would change it."""
    return rx.el.section(
        *([_head(paper)] if head else []),
        rx.foreach(paper.factors, lambda factor: _factor(factor.to(Factor))),
        rx.el.p(rx.el.span("Sum"), rx.el.span(paper.sum), class_name="sum"),
        rx.el.p(rx.el.span(paper.total), rx.el.span(paper.score), class_name="sum total"),
        rx.cond(
            paper.hint != "",
            rx.el.p(
                rx.icon("lightbulb", size=14, aria_hidden="true"),
                rx.el.span(
                    paper.hint,
                    rx.cond(paper.hint_link.label != "", link(" ", paper.hint_link.label, href=paper.hint_link.href)),
                ),
                class_name="hint",
            ),
        ),
        class_name="receipt",
        aria_label=paper.title,
    )


def _head(paper: ObjectVar[Receipt]) -> rx.Component:
    return rx.fragment(
        rx.el.header(
            rx.el.h2(paper.title),
            old_chip(paper.old),
            rx.el.span(rx.el.i(aria_hidden="true"), paper.score, class_name=f"chip fit big {paper.band}"),
            class_name="receipt-head",
        ),
        rx.el.p(paper.note, class_name="meta"),
    )


def _factor(factor: ObjectVar[Factor]) -> rx.Component:
    return rx.el.div(
        rx.el.header(factor.name, rx.el.span(factor.formula, class_name="meta"), rx.el.b(factor.points)),
        share(factor.share),
        rx.el.ul(rx.foreach(factor.lines, lambda line: _line(line.to(Line)))),
        key=factor.name,
        class_name="factor",
    )


def _line(line: ObjectVar[Line]) -> rx.Component:
    return rx.el.li(
        rx.el.span(line.text), rx.el.b(line.got, class_name=rx.cond(line.missed, "missed", "")), key=line.text
    )
