"""The people at a lead: how to reach them, whether they may be written to, how much that is worth, and why."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import busy_button, out_link, writes
from leadboard.ui.components.marks import ago, chip, glyph, meter, tier_chip, time
from leadboard.ui.components.receipt import receipt
from leadboard.ui.display import ContactRow, PassportRow, Receipt

READS = "Your role here cannot have addresses verified"


def contacts(rows: ArrayVar[list[ContactRow]], *, may: rx.Var[bool], on_verify: Callable[[Any], Any]) -> rx.Component:
    """A card per contact: its address with what is known of it, and behind disclosures the passports of its values and
    the receipt of its ALS. `on_verify` gets the contact."""
    return rx.el.ol(
        rx.foreach(rows, lambda row: _contact(row.to(ContactRow), may, on_verify)), class_name="stack", role="list"
    )


def _contact(row: ObjectVar[ContactRow], may: rx.Var[bool], on_verify: Callable[[Any], Any]) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.h2(row.name), rx.el.p(row.title, class_name="meta")),
        rx.el.div(tier_chip(row.tier, row.tier_word)),
        rx.el.div(
            rx.cond(row.email != "", rx.el.a(row.email, href=f"mailto:{row.email}", class_name="link")),
            rx.cond(row.phone != "", rx.el.a(row.phone, href=row.phone_href, class_name="link num")),
            rx.cond(row.profile.href != "", out_link(row.profile.label, row.profile.href)),
            class_name="reach",
        ),
        rx.cond(row.email != "", _verdict(row, may, on_verify)),
        rx.cond(
            row.passports.length() > 0,
            rx.el.details(
                rx.el.summary("Where this is from", class_name="link"),
                rx.el.ul(
                    rx.foreach(row.passports, lambda each: _passport(each.to(PassportRow))),
                    class_name="passports",
                    role="list",
                ),
            ),
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


def _verdict(row: ObjectVar[ContactRow], may: rx.Var[bool], on_verify: Callable[[Any], Any]) -> rx.Component:
    """Whether the address takes mail, why it may not be written to, and the button that finds out."""
    return rx.el.div(
        chip(row.verdict, row.verdict_tone),
        rx.cond(
            row.can_verify,
            busy_button(
                "Verify e-mail",
                "Verifying…",
                row.verifying,
                "mail_check",
                kind="secondary",
                size="small",
                on_click=rx.cond(row.verifying, rx.noop(), on_verify(row.id)),
                disabled=~may,
                title=rx.cond(may, "", READS),
                aria_label=rx.cond(
                    row.verifying, f"Verifying… the address of {row.name}", f"Verify e-mail of {row.name}"
                ),
                custom_attrs=writes(),
            ),
        ),
        rx.cond(
            row.verified != "",
            rx.el.p(
                rx.cond(row.blocked != "", row.blocked, "May be written to."),
                rx.el.span(
                    " Verified ", rx.cond(row.verified_by != "", f"by {row.verified_by} ", ""), ago(row.verified)
                ),
                class_name="meta",
            ),
        ),
        class_name="verdict",
    )


def _passport(row: ObjectVar[PassportRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.field, class_name="meta"),
        rx.el.div(
            rx.el.b(row.value, class_name="strong"),
            rx.el.p(row.source, rx.cond(row.cost != "", f", {row.cost}", ""), class_name="meta"),
            rx.cond(row.stale, rx.el.p(row.age, class_name="meta")),
        ),
        rx.el.span(row.confidence, meter(row.meter), class_name="num small", title=row.age),
        rx.cond(
            row.stale,
            rx.el.span(
                glyph("hourglass", "g-12"),
                rx.cond(row.seen != "", time(row.seen), "No date"),
                rx.el.span(", stale", class_name="sr-only"),
                class_name="chip fair",
            ),
            rx.cond(row.seen != "", time(row.seen, class_name="meta")),
        ),
        key=row.field,
    )
