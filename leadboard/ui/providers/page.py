"""The page of providers, drawn."""

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.components.buttons import busy_button, button, link, out_link, writes
from leadboard.ui.components.card import card_bones
from leadboard.ui.components.fields import password_field, post_form
from leadboard.ui.components.live_mark import live_mark
from leadboard.ui.components.marks import ago, chip
from leadboard.ui.components.notices import callout
from leadboard.ui.frame import Frame
from leadboard.ui.providers.display import Group, Offered, ServiceRow
from leadboard.ui.providers.order_page import orders
from leadboard.ui.providers.state import ProvidersState
from leadboard.ui.shell import shell


def page() -> rx.Component:
    """Every service by the kind of key it wants."""
    return shell(
        rx.el.div(
            rx.cond(ProvidersState.done != "", callout("info", ProvidersState.done)),
            rx.cond(ProvidersState.errors["form"], callout("error", ProvidersState.errors["form"])),
            rx.cond(
                ProvidersState.groups.length() > 0,
                rx.cond(
                    ProvidersState.ordering,
                    orders(),
                    rx.foreach(ProvidersState.groups, lambda each: _group(each.to(Group))),
                ),
                rx.el.ul(*(card_bones() for _ in range(4)), class_name="stack-16", role="list", aria_busy=True),
            ),
            class_name="page-form wide-page stack-16",
        ),
        live_mark(ProvidersState),
        title="Providers",
        here="providers",
        views=_views(),
    )


def _views() -> rx.Component:
    here = rx.Var.create("/w/") + rx.State.slug + "/providers"  # type: ignore[attr-defined]
    return rx.el.nav(
        _view("Services", here, ~ProvidersState.ordering),
        _view("Order", here + "?view=order", ProvidersState.ordering),
        class_name="switch",
        aria_label="View",
    )


def _view(name: str, href: rx.Var[str], here: rx.Var[bool]) -> rx.Component:
    return link(name, href=href, class_name="", custom_attrs={"aria-current": rx.cond(here, "page", None)})


def _group(group: ObjectVar[Group]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(group.title),
        rx.el.p(group.about, class_name="meta"),
        rx.el.ul(
            rx.foreach(group.services, lambda each: _service(each.to(ServiceRow))), class_name="rows", role="list"
        ),
        class_name="panel services",
        key=group.title,
    )


def _service(service: ObjectVar[ServiceRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(out_link(service.label, service.site)),
                chip(service.state, service.tone),
                rx.cond(service.remaining != "", rx.el.span(service.remaining, class_name="meta num")),
                class_name="service-name",
            ),
            rx.el.ul(
                rx.foreach(service.offers, lambda each: _offer(each.to(Offered))),
                class_name="service-offers",
                role="list",
            ),
            _last(service),
            class_name="service-about",
        ),
        rx.cond(Frame.can_settle, _controls(service)),
        rx.cond(Frame.can_settle & (ProvidersState.open == service.name), _key(service)),
        key=service.name,
        id="service-" + service.name.to(str),
        class_name="service",
    )


def _offer(offer: ObjectVar[Offered]) -> rx.Component:
    return rx.el.li(offer.what, rx.el.span(offer.price, class_name="num"), class_name="chip outline", key=offer.what)


def _last(service: ObjectVar[ServiceRow]) -> rx.Component:
    """How the last try went, in our words and in theirs; who gave the key; what its terms ask."""
    return rx.fragment(
        rx.cond(service.called != "", rx.el.p(service.called, class_name="num")),
        rx.cond(
            service.failed != "",
            rx.el.p("Last failure ", ago(service.failed_at), ": ", service.failed, class_name="meta"),
        ),
        rx.cond(
            service.sentence != "",
            rx.el.p(
                service.sentence,
                rx.cond(service.said != "", rx.el.q(service.said)),
                rx.cond(service.checked_at != "", rx.fragment(" Tried ", ago(service.checked_at), ".")),
            ),
        ),
        rx.el.p(
            rx.cond(
                service.has_key,
                rx.fragment("Key from ", service.key_by, ", ", ago(service.key_at), ". "),
                rx.fragment(),
            ),
            "Asked at most ",
            service.pace,
            ". ",
            service.note,
            class_name="meta",
        ),
    )


def _controls(service: ObjectVar[ServiceRow]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            service.ready,
            busy_button(
                "Test",
                "Testing…",
                service.checking.to(bool),
                "plug",
                "secondary",
                "small",
                on_click=ProvidersState.check(service.name),
                aria_label=rx.Var.create("Test ") + service.label.to(str),
                custom_attrs=writes(),
            ),
        ),
        rx.cond(
            service.wants_key,
            button(
                rx.cond(service.has_key, "Replace key", "Add key"),
                "key_round",
                "secondary",
                "small",
                on_click=ProvidersState.ask_key(service.name),
                aria_label=rx.cond(service.has_key, "Replace key of ", "Add key of ").to(str) + service.label.to(str),
                aria_expanded=ProvidersState.open == service.name,
            ),
        ),
        class_name="service-controls",
    )


def _key(service: ObjectVar[ServiceRow]) -> rx.Component:
    """A key is written once and never shown: a new one takes its place."""
    address = "/auth/providers/" + rx.State.slug + "/" + service.name.to(str)  # type: ignore[attr-defined]
    return rx.el.div(
        post_form(
            password_field(
                "Key",
                "key",
                "Kept encrypted, shown to nobody, sent to this service only.",
                ProvidersState.errors["key"] | "",
                auto_complete="off",
                auto_focus=True,
            ),
            _password(),
            rx.el.div(
                button("Save key", type="submit", kind="primary", custom_attrs=writes()),
                button("Cancel", on_click=ProvidersState.ask_key("")),
                class_name="actions",
            ),
            action=address + "/key",
        ),
        rx.cond(
            service.has_key,
            post_form(
                button("Remove key", "trash_2", type="submit", custom_attrs=writes()), action=address + "/remove-key"
            ),
        ),
        class_name="service-key",
    )


def _password() -> rx.Component:
    return rx.cond(
        ProvidersState.ask_password,
        password_field(
            "Your password",
            "current",
            "Keys are changed only by who typed their password within ten minutes.",
            ProvidersState.errors["current"] | "",
            auto_complete="current-password",
        ),
    )
