"""The people at a lead: how to reach them, how much that is worth, and why."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import out_link
from leadboard.ui.components.marks import tier_chip
from leadboard.ui.components.receipt import receipt
from leadboard.ui.display import ContactRow, Receipt


def contacts(rows: ArrayVar[list[ContactRow]]) -> rx.Component:
    """A card per contact, with the receipt of its ALS behind a disclosure."""
    return rx.el.ol(rx.foreach(rows, lambda row: _contact(row.to(ContactRow))), class_name="stack", role="list")


def _contact(row: ObjectVar[ContactRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.h2(row.name), rx.el.p(row.title, class_name="meta")),
        rx.el.div(tier_chip(row.tier, row.tier_word)),
        rx.el.div(
            rx.cond(
                row.email != "",
                rx.el.span(
                    rx.el.a(row.email, href=f"mailto:{row.email}", class_name="link"),
                    rx.el.span(" ", row.email_note, class_name="meta"),
                ),
            ),
            rx.cond(row.phone != "", rx.el.a(row.phone, href=row.phone_href, class_name="link num")),
            rx.cond(row.profile.href != "", out_link(row.profile.label, row.profile.href)),
            class_name="reach",
        ),
        rx.el.details(
            rx.el.summary("Why ", row.als, class_name="link"),
            rx.cond(row.channels != "", rx.el.p(row.channels, class_name="meta")),
            receipt(row.receipt.to(Receipt), head=False),
            rx.cond(
                row.source.href != "",
                rx.el.p("Found on ", out_link(row.source.label, row.source.href), class_name="meta"),
            ),
        ),
        key=row.id,
        class_name="section contact",
    )
