"""Set-up, sign-in and joining, drawn."""

from typing import Any

import reflex as rx

from leadboard.ui.components.buttons import button
from leadboard.ui.components.fields import hidden, password_field, post_form, text_field
from leadboard.ui.components.notices import callout
from leadboard.ui.components.page_state import page_state
from leadboard.ui.layout import signed_out
from leadboard.ui.sign_in.state import DoorState


def set_up() -> rx.Component:
    """The first page of an installation."""
    return signed_out(
        _filled(
            _form_error(),
            post_form(
                text_field("Workspace name", "workspace", **_typed("workspace"), required=True, max_length=80),
                _name(),
                text_field(
                    "Your email", "email", **_typed("email"), type="email", auto_complete="username", required=True
                ),
                password_field(
                    "Password",
                    "password",
                    "12 characters or more; any words you like.",
                    _error("password"),
                    strength=True,
                    auto_complete="new-password",
                    required=True,
                ),
                text_field(
                    "Set-up code",
                    "code",
                    "Printed where leadboard was started.",
                    **_typed("code"),
                    auto_complete="one-time-code",
                    required=True,
                ),
                button("Create workspace", kind="primary", size="large", type="submit"),
                action="/auth/set-up",
                no_validate=True,
            ),
        ),
        title="Set up your workspace",
        lead="You become its owner. This page closes for good once you are done.",
    )


def sign_in() -> rx.Component:
    """The page of everybody who comes back."""
    return signed_out(
        _filled(
            _form_error(),
            post_form(
                text_field("Email", "email", **_typed("email"), type="email", auto_complete="username", required=True),
                password_field(
                    "Password",
                    "password",
                    error=_error("password"),
                    auto_complete="current-password",
                    required=True,
                ),
                hidden("next", DoorState.typed["next"]),
                button("Sign in", kind="primary", size="large", type="submit"),
                action="/auth/sign-in",
                no_validate=True,
            ),
        ),
        title="Sign in",
        lead="Use the email you were invited with.",
    )


def join() -> rx.Component:
    """The page behind an invitation's link."""
    return signed_out(
        rx.cond(
            DoorState.open,
            _filled(
                _form_error(),
                post_form(
                    rx.el.p("You were invited to ", rx.el.b(DoorState.workspace_name), " as ", DoorState.role, "."),
                    hidden("workspace", DoorState.slug_to_join),
                    hidden("invitation", DoorState.invitation),
                    _name(),
                    text_field("Your email", "email", **_typed("email"), type="email", auto_complete="username"),
                    password_field(
                        "Password",
                        "password",
                        "12 characters or more. Your usual one if you have an account here.",
                        _error("password"),
                        strength=True,
                        auto_complete="new-password",
                    ),
                    button("Join workspace", kind="primary", size="large", type="submit"),
                    action="/auth/accept-invite",
                    no_validate=True,
                ),
            ),
            page_state(
                "link_2_off", "This link leads nowhere", "It was used, withdrawn or is too old. Ask for a new one."
            ),
        ),
        title="Join a workspace",
        lead="Everything you do there is seen by its members.",
    )


def _filled(*content: rx.Component) -> rx.Component:
    """Drawn once the typed values are known, and anew for those of the next try: a field takes its first value once."""
    return rx.cond(DoorState.tries > 0, rx.fragment(*content, key=DoorState.tries.to(str)))


def _name() -> rx.Component:
    help = "What your team sees. Left empty, the part of your email before the @."
    return text_field("Your name (optional)", "name", help, **_typed("name"), auto_complete="name", max_length=80)


def _typed(name: str) -> dict[str, Any]:
    return {"default_value": DoorState.typed[name], "error": _error(name)}


def _error(name: str) -> rx.Var:
    """What is wrong with a field, or nothing: a missing key reads as undefined in the browser."""
    return DoorState.errors[name] | ""


def _form_error() -> rx.Component:
    return rx.cond(DoorState.errors["form"], callout("error", DoorState.errors["form"]))
