"""Forms that the browser posts itself, so that passwords, keys and files never travel through an event."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from leadboard.ui.components.marks import glyph


class PostForm(rx.el.Div):
    """A native form. Reflex's own prevents the submit and sends the fields as an event."""

    tag = "form"

    action: rx.Var[str]

    method: rx.Var[str]

    enc_type: rx.Var[str]

    no_validate: rx.Var[bool]


def post_form(*children: Any, action: str | rx.Var[str], file: bool = False, **props: Any) -> rx.Component:
    """A form posted to `action`; `file` when it carries one."""
    props.setdefault("class_name", "form")
    encoding = {"enc_type": "multipart/form-data"} if file else {}
    return PostForm.create(*children, action=action, method="post", **encoding, **props)


def hidden(name: str, value: str | rx.Var[str]) -> rx.Component:
    return rx.el.input(type="hidden", name=name, default_value=value)


def text_field(
    label: str,
    name: str,
    help: str | rx.Var[str] = "",
    error: str | rx.Var[str] = "",
    small: bool = False,
    **props: Any,
) -> rx.Component:
    """A label, an input and the line below it: help until there is an error."""
    control = rx.el.input(
        id=f"field-{name}",
        name=name,
        class_name="input small" if small else "input",
        aria_invalid=rx.cond(error != "", "true", "false"),
        aria_describedby=f"about-{name}",
        **props,
    )
    return field(label, name, control, help, error)


def password_field(
    label: str, name: str, help: str = "", error: str | rx.Var[str] = "", strength: bool = False, **props: Any
) -> rx.Component:
    """A password with a button that shows it; `strength` adds the four bars that board.js fills."""
    control = rx.el.span(
        rx.el.input(
            id=f"field-{name}",
            name=name,
            type="password",
            class_name="input",
            spell_check=False,
            aria_invalid=rx.cond(error != "", "true", "false"),
            aria_describedby=f"about-{name}",
            custom_attrs={"data-strength": f"strength-{name}"} if strength else {},
            **props,
        ),
        rx.el.button(
            rx.icon("eye", size=16, aria_hidden="true"),
            class_name="btn icon ghost",
            type="button",
            aria_label="Show password",
            aria_pressed="false",
            custom_attrs={"data-reveal": f"field-{name}"},
        ),
        class_name="reveal",
    )
    bars = rx.el.span(*(rx.el.i() for _ in range(4)), id=f"strength-{name}", class_name="strength", aria_hidden="true")
    return field(label, name, rx.fragment(control, bars) if strength else control, help, error)


def field(
    label: str, name: str, control: rx.Component, help: str | rx.Var[str], error: str | rx.Var[str]
) -> rx.Component:
    """Any control with its label above and its line below."""
    return rx.el.div(
        rx.el.label(label, html_for=f"field-{name}"),
        control,
        rx.el.p(
            rx.cond(error != "", rx.fragment(glyph("alert"), rx.el.span(error)), help),
            id=f"about-{name}",
            class_name=rx.cond(error != "", "help error", "help"),
        ),
        class_name="field",
    )


def choice_cards(label: str, name: str, choices: Sequence[tuple[str, str, str]], chosen: str) -> rx.Component:
    """Radios as cards; each choice is (value, label, what it means)."""
    return rx.el.fieldset(
        rx.el.legend(label),
        rx.el.div(
            *(
                rx.el.label(
                    rx.el.input(type="radio", name=name, value=value, default_checked=value == chosen),
                    text,
                    rx.el.span(about, class_name="help"),
                    class_name="choice",
                )
                for value, text, about in choices
            ),
            class_name="choices",
        ),
        class_name="field",
    )
