"""Buttons and links that look like them: 28 px, 24 small, 40 large; one "primary" per view."""

from typing import Any, Literal

import reflex as rx
from reflex_components_core.react_router import link as router_link

Kind = Literal["primary", "secondary", "soft", "ghost", "danger"]
Size = Literal["", "small", "large"]

ICON_SIZE = {"": 16, "small": 14, "large": 18}


def writes() -> dict[str, str]:
    """Attributes of a control that changes something: board.js turns it off, with the reason, without a connection.

    New ones at every call, because Reflex writes a control's other attributes into them.
    """
    return {"data-writes": ""}


def button(
    label: str | rx.Var[str], icon: str = "", kind: Kind = "secondary", size: Size = "", **props: Any
) -> rx.Component:
    """A button with a verb and its object; `icon` is a literal name."""
    return rx.el.button(
        *_icon(icon, size), label, class_name=f"btn {kind} {size}", type=props.pop("type", "button"), **props
    )


def text_button(label: str | rx.Var[str], **props: Any) -> rx.Component:
    """A button inside a sentence, drawn like a link."""
    return rx.el.button(label, class_name="link", type="button", **props)


def busy_button(
    label: str, working: str, busy: rx.Var[bool], icon: str = "", kind: Kind = "primary", size: Size = "", **props: Any
) -> rx.Component:
    """A button that says "Saving…" while its work runs and takes no second press meanwhile."""
    return rx.el.button(
        rx.cond(
            busy,
            rx.fragment(rx.el.i(class_name="g g-16 spin", aria_hidden="true"), working),
            rx.fragment(*_icon(icon, size), label),
        ),
        class_name=f"btn {kind} {size}",
        type=props.pop("type", "button"),
        aria_disabled=busy,
        **props,
    )


def icon_button(
    icon: str, name: str | rx.Var[str], kind: Kind = "ghost", size: Size = "", **props: Any
) -> rx.Component:
    """A square button; `name` is its name for a screen reader and its tooltip."""
    return rx.el.button(
        *_icon(icon, size),
        class_name=f"btn icon {kind} {size}",
        type="button",
        title=name,
        aria_label=name,
        **props,
    )


def link_button(
    label: str | rx.Var[str],
    href: str | rx.Var[str],
    icon: str = "",
    kind: Kind = "secondary",
    size: Size = "",
    **props: Any,
) -> rx.Component:
    """A link that looks like a button, so that it opens in a new tab and can be copied."""
    return link(*_icon(icon, size), label, href=href, class_name=f"btn {kind} {size}", **props)


def link(*children: Any, href: str | rx.Var[str], class_name: str = "link", **props: Any) -> rx.Component:
    """A link to a page of ours; follows without a reload."""
    return router_link(*children, to=href, class_name=class_name, **props)


def out_link(label: str | rx.Var[str], href: rx.Var[str], **props: Any) -> rx.Component:
    """A link that leaves the product."""
    return rx.el.a(
        rx.el.span(label, class_name="cut"),
        rx.el.i(class_name="g g-12 g-out", aria_hidden="true"),
        href=href,
        target="_blank",
        rel="noopener noreferrer nofollow",
        class_name=props.pop("class_name", "link out"),
        **props,
    )


def _icon(name: str, size: Size) -> list[rx.Component]:
    return [rx.icon(name, size=ICON_SIZE[size], aria_hidden="true")] if name else []
