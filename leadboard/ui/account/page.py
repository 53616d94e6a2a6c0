"""The account page, drawn."""

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.account.state import AccountState, SessionRow
from leadboard.ui.components.buttons import button, link_button, writes
from leadboard.ui.components.fields import password_field, post_form
from leadboard.ui.components.marks import chip, time
from leadboard.ui.components.notices import callout


def page() -> rx.Component:
    """Password and sessions; no workspace around it, because it belongs to none."""
    return rx.el.div(
        rx.el.header(
            rx.el.h1("Account"),
            rx.el.span(AccountState.name, class_name="meta"),
            link_button("Back to the board", "/", "arrow_left"),
            class_name="plain-head",
        ),
        rx.el.main(_password(), _sessions(), id="content", class_name="plain-page"),
    )


def _password() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Password"),
        rx.cond(AccountState.done != "", callout("info", AccountState.done)),
        rx.cond(AccountState.errors["form"], callout("error", AccountState.errors["form"])),
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
            rx.el.p(row.ip, " · last seen ", time(row.seen), class_name="meta"),
        ),
        rx.cond(
            row.this,
            chip("This browser", "accent"),
            button("Sign out", size="small", on_click=AccountState.end(row.id), custom_attrs=writes()),
        ),
        key=row.id,
        class_name="row",
    )
