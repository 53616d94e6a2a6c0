"""A field that holds several short texts as tags. The tags are the page's state; tags.js only sends what was typed."""

from typing import Any

import reflex as rx
from reflex.vars import ArrayVar

from leadboard.ui.components.fields import field, hidden


def tag_input(
    label: str,
    name: str,
    tags: ArrayVar[list[str]],
    *,
    on_add: Any,
    on_remove: Any,
    help: str = "",
    error: str | rx.Var[str] = "",
    placeholder: str = "Add",
) -> rx.Component:
    """A label, tags with a way to remove each, and an entry that adds what Enter, a comma, a paste or leaving it sends.

    `on_add` gets a form with `field` (the name) and `text`; `on_remove` gets the name and the tag. From the empty entry
    Backspace and the left arrow go to the last tag, where Backspace removes it and the arrows move on.
    """
    entry = rx.el.input(
        id=f"field-{name}",
        name="text",
        placeholder=placeholder,
        auto_complete="off",
        aria_invalid=rx.cond(error != "", "true", "false"),
        aria_describedby=f"about-{name}",
    )
    control = rx.el.div(
        rx.el.ul(rx.foreach(tags, lambda tag: _tag(name, tag, on_remove)), role="list"),
        rx.el.form(
            hidden("field", name),
            entry,
            on_submit=on_add,
            reset_on_submit=True,
            custom_attrs={"data-sends": ""},
        ),
        class_name=rx.cond(error != "", "tags invalid", "tags"),
        custom_attrs={"data-tags": name},
    )
    return field(label, name, control, help, error)


def _tag(name: str, tag: rx.Var[str], on_remove: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(tag, class_name="cut", title=tag),
        rx.el.button(
            rx.icon("x", size=12, aria_hidden="true"),
            type="button",
            tab_index=-1,
            aria_label=f"Remove {tag}",
            on_click=on_remove(name, tag),
            custom_attrs={"data-remove": ""},
        ),
        key=tag,
        class_name="tag",
    )
