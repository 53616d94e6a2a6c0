"""The frames that pages stand in: rail, top bar and tab bar for members; form and sample board for the signed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import reflex as rx
from reflex.style import set_color_mode
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import link
from leadboard.ui.components.connection import connection_state
from leadboard.ui.components.fields import post_form
from leadboard.ui.components.marks import person
from leadboard.ui.components.sample import sample_board
from leadboard.ui.components.shortcuts import shortcuts_sheet
from leadboard.ui.display import Person, Workspace

SIGN_OUT_FORM = "sign-out"

THEMES: tuple[tuple[str, str, Literal["light", "dark", "system"]], ...] = (
    ("sun", "Light", "light"),
    ("moon", "Dark", "dark"),
    ("monitor", "As the system", "system"),
)


@dataclass(frozen=True)
class Place:
    """A page in the navigation; `icon` is a literal name, `chord` its shortcut, `badge` a count of what waits there."""

    key: str
    label: str
    icon: str
    href: str | rx.Var[str]
    chord: str = ""
    badge: rx.Var[str] | None = None


@dataclass(frozen=True)
class Who:
    """Who is looking and where: what the rail's two ends need."""

    me: ObjectVar[Person]
    email: rx.Var[str]
    workspace: ObjectVar[Workspace]
    workspaces: ArrayVar[list[Workspace]]
    sign_out: str
    """The route that a sign-out is posted to."""


def frame(
    *content: rx.Component,
    title: str | rx.Var[str],
    here: str,
    places: Sequence[Place],
    more: Sequence[Place],
    who: Who,
    demo: rx.Var[bool],
    views: rx.Component | None = None,
    tools: Sequence[rx.Component] = (),
    aside: rx.Component | None = None,
    messages: rx.Component | None = None,
) -> rx.Component:
    """A page of a workspace.

    `here` is the key of the page's place, `views` the switch beside the title, `tools` stand at the end of the top bar,
    `aside` is the activity panel, `messages` the toasts.
    """
    return rx.fragment(
        rx.el.a("Skip to content", href="#content", class_name="skip"),
        rx.el.div(
            _rail(here, places, more, who),
            _topbar(title, views, demo, tools),
            rx.el.main(*content, id="content", class_name="content", tab_index=-1),
            *([aside] if aside is not None else []),
            _tabbar(here, places, more, who),
            class_name="frame",
        ),
        *([messages] if messages is not None else []),
        post_form(action=who.sign_out, id=SIGN_OUT_FORM, class_name="", hidden=True),
    )


def view_switch(*views: tuple[str, str | rx.Var[str], bool, str], label: str = "View") -> rx.Component:
    """Links to the views of one page; each is (label, address, is it this one, its shortcut)."""
    return rx.el.nav(
        *(
            link(
                text,
                href=href,
                class_name="",
                custom_attrs=({"aria-current": "page"} if now else {}) | ({"data-key": chord} if chord else {}),
            )
            for text, href, now, chord in views
        ),
        class_name="switch",
        aria_label=label,
    )


def signed_out(
    *content: rx.Component, title: str, lead: str, foot: str = "Everything stays on this server"
) -> rx.Component:
    """Set-up and sign-in: a form on the left, a sample board that nobody can touch on the right."""
    return rx.el.div(
        rx.el.div(
            rx.el.header(*_brand(), class_name="brand"),
            rx.el.main(rx.el.h1(title), rx.el.p(lead, class_name="lead"), *content),
            rx.el.footer(foot, class_name="meta"),
            class_name="door-form",
        ),
        sample_board(),
        class_name="door",
    )


def nowhere(*content: rx.Component) -> rx.Component:
    """A page that belongs to no workspace and that anybody may come to."""
    return rx.el.div(
        rx.el.header(rx.el.h1(*_brand(), class_name="brand"), class_name="plain-head"),
        rx.el.main(*content, id="content", class_name="nowhere"),
    )


def _brand() -> tuple[rx.Component | str, ...]:
    return rx.el.span(rx.el.i(), class_name="brand-mark", aria_hidden="true"), "leadboard"


def _rail(here: str, places: Sequence[Place], more: Sequence[Place], who: Who) -> rx.Component:
    return rx.el.nav(
        _workspaces(who),
        *(_place(place, here) for place in places),
        _menu(_more_trigger(), *_more_items(more)) if more else rx.fragment(),
        rx.el.div(
            shortcuts_sheet(),
            _menu(
                rx.el.button(
                    person(who.me, large=True), class_name="rail-item", type="button", aria_label="Your account"
                ),
                *_account_items(who),
                side="right",
            ),
            class_name="rail-end",
        ),
        class_name="rail",
        aria_label="Main",
    )


def _tabbar(here: str, places: Sequence[Place], more: Sequence[Place], who: Who) -> rx.Component:
    return rx.el.nav(
        *(_place(place, here) for place in places),
        _menu(
            _more_trigger("menu"), *_more_items(more), rx.dropdown_menu.separator(), *_account_items(who), side="top"
        ),
        class_name="tabbar",
        aria_label="Main, phone",
    )


def _topbar(
    title: str | rx.Var[str], views: rx.Component | None, demo: rx.Var[bool], tools: Sequence[rx.Component]
) -> rx.Component:
    return rx.el.header(
        rx.el.h1(title),
        *([views] if views is not None else []),
        rx.el.div(
            rx.cond(
                demo,
                rx.el.span(
                    rx.icon("flask_conical", size=14, aria_hidden="true"), "Demo data", class_name="chip fair demo"
                ),
            ),
            connection_state(),
            *tools,
            class_name="topbar-end",
        ),
        class_name="topbar",
    )


def _place(place: Place, here: str) -> rx.Component:
    return link(
        rx.icon(place.icon, size=20, aria_hidden="true"),
        place.label,
        *([rx.cond(place.badge != "", rx.el.span(place.badge, class_name="badge"))] if place.badge is not None else []),
        href=place.href,
        class_name="rail-item",
        custom_attrs=({"aria-current": "page"} if place.key == here else {})
        | ({"data-key": place.chord} if place.chord else {}),
    )


def _more_trigger(icon: str = "ellipsis") -> rx.Component:
    return rx.el.button(rx.icon(icon, size=20, aria_hidden="true"), "More", class_name="rail-item", type="button")


def _menu(trigger: rx.Component, *items: rx.Component, side: Literal["right", "top"] = "right") -> rx.Component:
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(trigger),
        rx.dropdown_menu.content(*items, variant="soft", size="2", side=side, align="end"),
        modal=False,
    )


def _more_items(more: Sequence[Place]) -> list[rx.Component]:
    return [
        rx.dropdown_menu.item(
            link(
                rx.icon(place.icon, size=16, aria_hidden="true"), place.label, href=place.href, class_name="menu-link"
            ),
            as_child=True,
        )
        for place in more
    ]


def _workspaces(who: Who) -> rx.Component:
    return _menu(
        rx.el.button(
            who.workspace.initial,
            class_name="tile",
            type="button",
            title=who.workspace.name,
            aria_label=f"Workspace {who.workspace.name}",
        ),
        rx.el.p("Workspaces", class_name="menu-label meta"),
        rx.foreach(
            who.workspaces,
            lambda one: rx.dropdown_menu.item(
                link(
                    rx.el.span(one.name, class_name="cut"),
                    rx.cond(one.current, rx.icon("check", size=16, aria_label="this one")),
                    href=one.href,
                    class_name="menu-link",
                ),
                as_child=True,
                key=one.href,
            ),
        ),
    )


def _account_items(who: Who) -> list[rx.Component]:
    sign_out = rx.call_function(rx.Var(f"(() => document.getElementById('{SIGN_OUT_FORM}').submit())"))
    return [
        rx.el.p(who.email, class_name="menu-label meta cut"),
        *(
            rx.dropdown_menu.item(rx.icon(icon, size=16, aria_hidden="true"), label, on_select=set_color_mode(mode))
            for icon, label, mode in THEMES
        ),
        rx.dropdown_menu.separator(),
        rx.dropdown_menu.item(rx.icon("log_out", size=16, aria_hidden="true"), "Sign out", on_select=sign_out),
    ]
