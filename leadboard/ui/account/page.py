"""The account page, drawn."""

from typing import Literal

import reflex as rx
from reflex.style import color_mode, set_color_mode
from reflex.vars import ObjectVar

from leadboard.ui.account.state import AccountState, SessionRow
from leadboard.ui.components.buttons import button, link_button, writes
from leadboard.ui.components.fields import password_field, post_form, text_field
from leadboard.ui.components.marks import ago, chip
from leadboard.ui.components.notices import callout
from leadboard.ui.layout import THEMES


def page() -> rx.Component:
    """Name, browser, password and sessions; no workspace around it, because it belongs to none."""
    return rx.el.div(
        rx.el.header(
            rx.el.h1("Account"),
            rx.el.span(AccountState.name, class_name="meta"),
            link_button("Back to the board", "/", "arrow_left"),
            class_name="plain-head",
        ),
        rx.el.main(_said(), _name(), _looks(), _password(), _sessions(), id="content", class_name="plain-page"),
    )


def _said() -> rx.Component:
    return rx.fragment(
        rx.cond(AccountState.done != "", callout("info", AccountState.done)),
        rx.cond(AccountState.errors["form"], callout("error", AccountState.errors["form"])),
    )


def _name() -> rx.Component:
    """Drawn once the name is known, for a field takes its first value once."""
    form = rx.form(
        text_field(
            "What your team should call you",
            "name",
            error=AccountState.errors["name"] | "",
            default_value=AccountState.name,
            key=AccountState.name,
            auto_complete="name",
            max_length=80,
        ),
        button("Change name", type="submit", custom_attrs=writes()),
        on_submit=AccountState.rename,
        class_name="form",
    )
    return rx.el.section(rx.el.h2("Name"), rx.cond(AccountState.name != "", form), class_name="panel")


def _looks() -> rx.Component:
    """Matters of this browser. Who speaks to a computer presses letters by accident, so those can be off."""
    return rx.el.section(
        rx.el.h2("Preferences"),
        rx.el.fieldset(
            rx.el.legend("Theme of this browser"),
            rx.el.div(*(_theme(label, mode) for _, label, mode in THEMES), class_name="choices"),
            class_name="field",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", default_checked=True, custom_attrs={"data-shortcuts": ""}),
            "Single letters are shortcuts",
            rx.el.span("Off, letters do nothing by themselves. Arrows, Enter and Esc still work.", class_name="help"),
            class_name="choice",
        ),
        class_name="panel",
    )


def _theme(label: str, mode: Literal["light", "dark", "system"]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="theme", checked=color_mode == mode, on_change=set_color_mode(mode)),
        label,
        class_name="choice",
    )


def _password() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Password"),
        post_form(
            password_field(
                "Current password",
                "current",
                error=AccountState.errors["current"] | "",
                auto_complete="current-password",
            ),
            password_field(
                "New password",
                "password",
                "12 characters or more; any words you like.",
                AccountState.errors["password"] | "",
                strength=True,
                auto_complete="new-password",
            ),
            button("Change password", kind="primary", type="submit", custom_attrs=writes()),
            action="/auth/password",
        ),
        class_name="panel",
    )


def _sessions() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Signed in on"),
        rx.el.ul(rx.foreach(AccountState.sessions, _session), class_name="rows", role="list"),
        post_form(
            button("Sign out everywhere", "log_out", type="submit", custom_attrs=writes()),
            action="/auth/sign-out-everywhere",
            class_name="",
        ),
        class_name="panel",
    )


def _session(row: ObjectVar[SessionRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(row.device, class_name="strong"),
            rx.el.p(row.ip, " · last seen ", ago(row.seen), class_name="meta"),
        ),
        rx.cond(
            row.this,
            chip("This browser", "accent"),
            button("Sign out", size="small", on_click=AccountState.end(row.id), custom_attrs=writes()),
        ),
        key=row.id,
        class_name="row",
    )
