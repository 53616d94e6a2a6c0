"""The sheet of one lead over the board, with its own address."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import link
from leadboard.ui.components.marks import bar, glyph, person, spinner, time
from leadboard.ui.display import LeadHead, Person, Tab


def lead_sheet(
    head: ObjectVar[LeadHead],
    tabs: ArrayVar[list[Tab]],
    tab: rx.Var[str],
    *body: rx.Component,
    side: rx.Component,
    actions: Sequence[rx.Component],
    edit_known: rx.Component,
    restate: rx.Component,
    messages: rx.Component,
    is_open: rx.Var[bool],
    on_open_change: Any,
) -> rx.Component:
    """A dialog from the right; open while the address names a lead.

    `body` is what the tab in use shows, `side` the receipt, `actions` the buttons of the head; `edit_known` is the one
    beside what its stage knows, and `restate` the form that it opens. `messages` are the toasts: those of the page lie
    below the sheet, out of reach. The first focus is the sheet itself, so that single keys work at once; closing
    returns it to the lead's card.
    """
    return rx.dialog.root(
        rx.dialog.content(
            _head(head, actions, edit_known, restate),
            _tabs(tabs, tab),
            rx.el.div(
                rx.el.div(*body, class_name="sheet-main"),
                rx.el.aside(side, class_name="sheet-side"),
                class_name="sheet-body",
            ),
            messages,
            class_name="sheet",
            aria_describedby=None,
            on_open_auto_focus=_focus_sheet(),
            on_close_auto_focus=_focus_card(),
        ),
        open=is_open,
        on_open_change=on_open_change,
    )


def empty_tab(title: str | rx.Var[str], text: str | rx.Var[str]) -> rx.Component:
    """What a tab says while it has nothing."""
    return rx.el.div(rx.el.p(title, class_name="strong"), rx.el.p(text, class_name="meta"), class_name="column-say")


def _focus_sheet() -> Any:
    return rx.call_function(rx.Var("(() => document.querySelector('.sheet')?.focus())")).prevent_default


def _focus_card() -> Any:
    return rx.call_function(rx.Var("(() => window.leadboard?.backToCard())")).prevent_default


def _head(
    head: ObjectVar[LeadHead], actions: Sequence[rx.Component], edit_known: rx.Component, restate: rx.Component
) -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.span(head.initials, class_name="mark", aria_hidden="true"),
            rx.el.div(
                rx.el.div(
                    rx.dialog.title(head.name),
                    rx.el.span(head.stage, class_name=f"chip {head.tone}"),
                    class_name="sheet-name",
                ),
                rx.el.p(
                    rx.cond(
                        head.domain.href != "",
                        rx.el.a(
                            head.domain.label,
                            href=head.domain.href,
                            target="_blank",
                            rel="noopener noreferrer nofollow",
                            class_name="link",
                        ),
                    ),
                    rx.cond(head.place != "", rx.el.span(head.place)),
                    rx.cond(head.what != "", rx.el.span(head.what)),
                    class_name="dots",
                ),
            ),
            _around(head),
            class_name="sheet-title",
        ),
        rx.cond(head.error != "", rx.el.p(glyph("alert"), rx.el.span(head.error), class_name="help error")),
        rx.cond(head.agent != "", _working(head)),
        rx.el.div(*actions, _facts(head, edit_known), class_name="sheet-tools"),
        restate,
        class_name="sheet-head",
    )


def _around(head: ObjectVar[LeadHead]) -> rx.Component:
    return rx.el.span(
        rx.cond(head.previous != "", _step("chevron_up", "Previous lead", head.previous, "k")),
        rx.cond(head.following != "", _step("chevron_down", "Next lead", head.following, "j")),
        rx.dialog.close(
            rx.el.button(
                rx.icon("x", size=16, aria_hidden="true"),
                class_name="btn icon ghost",
                type="button",
                title="Close",
                aria_label="Close",
            )
        ),
        class_name="around",
    )


def _step(icon: str, name: str, href: rx.Var[str], key: str) -> rx.Component:
    return link(
        rx.icon(icon, size=16, aria_hidden="true"),
        href=href,
        class_name="btn icon ghost",
        title=name,
        aria_label=name,
        custom_attrs={"data-key": key},
    )


def _working(head: ObjectVar[LeadHead]) -> rx.Component:
    return rx.fragment(
        rx.el.div(spinner(), rx.el.span(head.agent), rx.el.span(head.percent, "%"), class_name="card-work"),
        bar(head.percent, head.agent),
    )


def _facts(head: ObjectVar[LeadHead], edit_known: rx.Component) -> rx.Component:
    def fact(name: Any, value: rx.Component | rx.Var[str], shown: rx.Var[bool]) -> rx.Component:
        return rx.cond(shown, rx.el.div(rx.el.dt(name), rx.el.dd(value)))

    return rx.el.dl(
        fact("Owner", rx.fragment(person(head.owner.to(Person)), head.owner.name), head.owner.initials != ""),
        fact("Value", head.value, head.value != ""),
        fact(f"In {head.stage}", time(head.since), head.since != ""),
        fact(
            head.known_as,
            rx.fragment(rx.cond(head.known != "", head.known, "Not known"), edit_known),
            head.known_as != "",
        ),
        fact("Confidence", head.confidence, head.confidence != ""),
        class_name="facts",
    )


def _tabs(tabs: ArrayVar[list[Tab]], tab: rx.Var[str]) -> rx.Component:
    return rx.el.nav(
        rx.foreach(
            tabs,
            lambda one: link(
                one.label,
                rx.cond(one.count != "", rx.el.span(one.count)),
                href=one.href,
                class_name="",
                key=one.key,
                custom_attrs={"aria-current": rx.cond(one.key == tab, "page", None), "data-key": one.shortcut},
            ),
        ),
        class_name="tabs",
        aria_label="About this lead",
    )
