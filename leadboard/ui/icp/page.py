"""The builder of the profile, drawn."""

import reflex as rx

from leadboard.domain.icp_diff import NAMES
from leadboard.ui.components.buttons import busy_button, button, text_button, writes
from leadboard.ui.components.live_mark import live_mark
from leadboard.ui.components.marks import chip, glyph
from leadboard.ui.components.notices import callout
from leadboard.ui.components.tag_input import tag_input
from leadboard.ui.frame import Frame
from leadboard.ui.icp import panels
from leadboard.ui.icp.draft import SIZE
from leadboard.ui.icp.state import IcpState
from leadboard.ui.icp.study_panel import study_panel
from leadboard.ui.shell import shell

FIELDS = tuple(
    (name, NAMES[name], help_, placeholder)
    for name, help_, placeholder in (
        ("industry", "Matched as whole phrases or words. Press Enter after each, or paste a list", "Add an industry"),
        ("geographies", "Names or two-letter codes, for example Germany, AT, Nordics", "Country or region"),
        ("modalities", "What they work with or on; matched against tags and technologies", "Add"),
        ("therapeutic_areas", "A second list of tags, kept apart", "Add"),
        ("signals", "What makes them ready now, for example hiring, funding", "Add"),
        ("exclusions", "Company names or domains that are never wanted", "Name or domain"),
    )
)
"""Field, label, help, placeholder."""

NO_RIGHT = "Only owners and admins can change the ideal customer"


def page() -> rx.Component:
    """Describe the ideal customer; every lead is scored against it."""
    return shell(
        live_mark(IcpState),
        rx.cond(
            IcpState.ready,
            rx.el.div(
                rx.el.div(_builder(), panels.versions(), class_name="stack-16"),
                rx.el.div(
                    panels.scoring(),
                    study_panel(),
                    panels.matches(),
                    panels.suggestions(),
                    class_name="trial stack-16",
                ),
                class_name="icp",
            ),
        ),
        title="Ideal customer",
        here="icp",
    )


def _builder() -> rx.Component:
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Who you want"),
            rx.cond(IcpState.based_on > 0, chip(f"Version {IcpState.based_on}", "outline"), chip("Not saved yet")),
        ),
        rx.el.div(
            rx.cond(IcpState.errors["form"], callout("error", IcpState.errors["form"])),
            *(_tags(*field) for field in FIELDS[:1]),
            _size(),
            *(_tags(*field) for field in FIELDS[1:2]),
            rx.el.div(*(_tags(*field) for field in FIELDS[2:4]), class_name="field-pair"),
            rx.el.div(*(_tags(*field) for field in FIELDS[4:]), class_name="field-pair"),
            rx.cond(IcpState.weights_said != "", _weights()),
            rx.el.p(IcpState.spoken, class_name="sr-only", role="status"),
            class_name="form",
        ),
        _save_bar(),
        class_name="panel",
        aria_label="Who you want",
    )


def _tags(name: str, label: str, help_: str, placeholder: str) -> rx.Component:
    return tag_input(
        label,
        name,
        IcpState.tags[name],
        on_add=IcpState.add,
        on_remove=IcpState.remove,
        help=help_,
        error=IcpState.errors[name] | "",
        placeholder=placeholder,
    )


def _size() -> rx.Component:
    error = IcpState.errors[SIZE] | ""
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend(NAMES[SIZE]),
            rx.el.div(
                _end("Smallest company", "size_min", IcpState.size_min),
                "to",
                _end("Largest company", "size_max", IcpState.size_max),
                "people",
                class_name="size-ends",
            ),
            rx.el.div(
                rx.cond(
                    error != "",
                    rx.fragment(glyph("alert"), rx.el.span(error)),
                    "Leave the largest empty for no upper limit",
                ),
                id=f"about-{SIZE}",
                class_name=rx.cond(error != "", "help error", "help"),
            ),
            rx.cond(IcpState.can_swap, rx.el.p(text_button("Swap them", on_click=IcpState.swap))),
            class_name="field",
        ),
        on_submit=IcpState.resize,
        reset_on_submit=False,
        custom_attrs={"data-sends": ""},
    )


def _end(label: str, name: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.input(
        key=f"{name}-{IcpState.revision}",
        name=name,
        default_value=value,
        class_name="input",
        input_mode="numeric",
        auto_complete="off",
        aria_label=label,
        aria_invalid=rx.cond(IcpState.errors[SIZE], "true", "false"),
        aria_describedby=f"about-{SIZE}",
    )


def _weights() -> rx.Component:
    """Only where they are not the default: nobody types these."""
    return rx.el.p(
        rx.el.b("Weights of contacts: "),
        IcpState.weights_said,
        ". ",
        text_button("Use the default", on_click=IcpState.weigh_by_default),
    )


def _save_bar() -> rx.Component:
    unsaved = IcpState.unsaved.to(int)
    return rx.el.div(
        rx.el.p(
            rx.cond(
                unsaved > 0,
                rx.fragment(rx.el.b("Not saved yet. "), IcpState.changes),
                "Saving a change scores every lead again, in the background.",
            ),
            class_name="meta",
        ),
        rx.cond(unsaved > 0, button("Discard", kind="ghost", on_click=IcpState.discard)),
        busy_button(
            "Save",
            "Saving…",
            IcpState.saving,
            on_click=IcpState.save,
            disabled=~Frame.can_settle,
            title=rx.cond(Frame.can_settle, "", NO_RIGHT),
            custom_attrs=writes() | {"data-key": "mod+s"},
        ),
        class_name="save-bar",
        custom_attrs={"data-unsaved": rx.cond(unsaved > 0, "", rx.Var("undefined"))},
    )
