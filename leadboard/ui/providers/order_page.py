"""The orders of services, drawn: for each part who is asked first, second and so on."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.components.buttons import button, icon_button, writes
from leadboard.ui.components.marks import chip
from leadboard.ui.frame import Frame
from leadboard.ui.providers.display import Option, Placed, RoleOrder
from leadboard.ui.providers.state import ProvidersState


def orders() -> rx.Component:
    """For a kind of lead, every part of the waterfall."""
    return rx.fragment(
        _choice(),
        rx.el.div(
            rx.foreach(ProvidersState.orders, lambda part: _part(part.to(RoleOrder))),
            class_name="orders",
        ),
    )


def _choice() -> rx.Component:
    return rx.el.section(
        rx.el.label(
            rx.el.span("Order for", class_name="label"),
            rx.el.select(
                rx.foreach(ProvidersState.segments, lambda each: _option(each.to(Option))),
                value=ProvidersState.segment,
                on_change=ProvidersState.choose_segment,
                class_name="input small",
            ),
            class_name="order-for",
        ),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=ProvidersState.proposing,
                on_change=lambda _: ProvidersState.switch_proposals(~ProvidersState.proposing),
                disabled=~Frame.can_settle,
                custom_attrs=writes(),
            ),
            rx.el.span(
                "Propose better orders",
                rx.el.span(
                    "From what past calls found and cost. Nothing changes until somebody accepts it.", class_name="help"
                ),
            ),
            class_name="order-switch",
        ),
        class_name="panel pad spread",
    )


def _part(part: ObjectVar[RoleOrder]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(part.label),
        rx.el.p(part.about, class_name="meta"),
        rx.cond(part.better != "", _better(part)),
        rx.el.ol(
            rx.foreach(part.services, lambda each: _placed(part, each.to(Placed))), class_name="rows", role="list"
        ),
        rx.cond(Frame.can_settle & (part.others.length() > 0), _add(part)),
        rx.el.div(
            rx.el.p(part.whose, class_name="meta"),
            rx.cond(
                Frame.can_settle & part.own,
                button(
                    "Reset",
                    "undo_2",
                    size="small",
                    on_click=ProvidersState.reset_order(part.role),
                    aria_label=rx.Var.create("Reset the order: ") + part.label.to(str),
                    custom_attrs=writes(),
                ),
            ),
            class_name="spread",
        ),
        key=part.role,
        class_name="panel pad order",
    )


def _placed(part: ObjectVar[RoleOrder], service: ObjectVar[Placed]) -> rx.Component:
    return rx.el.li(
        rx.el.b(service.place, class_name="num order-place"),
        rx.el.div(
            rx.el.span(service.label, class_name="strong"),
            rx.cond(service.usable, rx.fragment(), chip("Cannot be asked", "outline")),
            rx.el.p(service.price, " · ", service.rate, class_name="meta num"),
            class_name="grow",
        ),
        rx.cond(
            Frame.can_settle,
            rx.el.div(
                _act(
                    "arrow_up",
                    "Ask earlier: ",
                    service,
                    ProvidersState.move_service(part.role, service.name, True),
                    service.first.to(bool),
                ),
                _act(
                    "arrow_down",
                    "Ask later: ",
                    service,
                    ProvidersState.move_service(part.role, service.name, False),
                    service.last.to(bool),
                ),
                _act("x", "Leave out: ", service, ProvidersState.leave_out(part.role, service.name)),
                class_name="order-acts",
            ),
        ),
        key=service.name,
        class_name="row",
    )


def _act(icon: str, what: str, service: ObjectVar[Placed], does: Any, off: rx.Var[bool] | bool = False) -> rx.Component:
    return icon_button(
        icon,
        rx.Var.create(what) + service.label.to(str),
        size="small",
        on_click=does,
        disabled=off,
        custom_attrs=writes(),
    )


def _better(part: ObjectVar[RoleOrder]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b("Proposed: ", class_name="strong"), part.better, rx.el.p(part.saving, class_name="meta")),
        rx.cond(
            Frame.can_settle,
            button(
                "Accept",
                "check",
                "soft",
                "small",
                on_click=ProvidersState.accept_order(part.role),
                aria_label=rx.Var.create("Accept the proposed order: ") + part.label.to(str),
                custom_attrs=writes(),
            ),
        ),
        class_name="notice order-better",
    )


def _add(part: ObjectVar[RoleOrder]) -> rx.Component:
    return rx.el.select(
        rx.el.option("Add a service…", value=""),
        rx.foreach(part.others, lambda each: _option(each.to(Option))),
        value="",
        on_change=lambda name: ProvidersState.add_service(part.role, name),
        class_name="input small",
        aria_label=rx.Var.create("Add a service to: ") + part.label.to(str),
        custom_attrs=writes(),
    )


def _option(option: ObjectVar[Option]) -> rx.Component:
    return rx.el.option(option.label, value=option.value, key=option.value)
