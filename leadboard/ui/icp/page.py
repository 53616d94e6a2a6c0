"""The profile's form, drawn."""

from typing import Any

import reflex as rx

from leadboard.ui.components.buttons import busy_button, writes
from leadboard.ui.components.fields import text_field
from leadboard.ui.components.notices import callout
from leadboard.ui.frame import Frame
from leadboard.ui.icp.state import IcpState
from leadboard.ui.shell import shell

FIELDS = (
    ("industry", "Industries", "Separate several with commas, for example biotech, medical devices"),
    ("geographies", "Countries or regions", "Names or two-letter codes, for example Germany, AT, Nordics"),
    ("modalities", "Specialities", "What they work with or on; matched against tags and technologies"),
    ("therapeutic_areas", "Fields of application", "A second list of tags, kept apart"),
    ("signals", "Signals", "What makes them ready now, for example hiring, funding"),
    ("exclusions", "Never", "Company names or domains that are never wanted"),
)


def page() -> rx.Component:
    """Describe the ideal customer; every lead is scored against it."""
    return shell(
        rx.cond(IcpState.ready, _form()),
        title="Ideal customer",
        here="icp",
    )


def _form() -> rx.Component:
    return rx.form(
        rx.cond(IcpState.errors["form"], callout("error", IcpState.errors["form"])),
        *(_list(name, label, help_) for name, label, help_ in FIELDS[:2]),
        rx.el.div(
            text_field("Smallest company", "size_min", "People", **_filled("size_min", "company_size")),
            text_field("Largest company", "size_max", "People; empty for no limit", **_filled("size_max", "")),
            class_name="field-pair",
        ),
        *(_list(name, label, help_) for name, label, help_ in FIELDS[2:]),
        rx.el.div(
            rx.cond(
                IcpState.version > 0,
                rx.el.p(f"Version {IcpState.version} is in force. Saving scores every lead again.", class_name="meta"),
                rx.el.p("Nothing is saved yet. Saving scores every lead.", class_name="meta"),
            ),
            busy_button(
                "Save",
                "Saving…",
                IcpState.saving,
                type="submit",
                disabled=~Frame.can_settle,
                title=rx.cond(Frame.can_settle, "", "Only owners and admins can change the ideal customer"),
                custom_attrs=writes() | {"data-key": "mod+s"},
            ),
            class_name="save-bar",
        ),
        on_submit=IcpState.save,
        reset_on_submit=False,
        class_name="form page-form",
    )


def _list(name: str, label: str, help_: str) -> rx.Component:
    return text_field(label, name, help_, **_filled(name, name))


def _filled(name: str, error: str) -> dict[str, Any]:
    return {"default_value": IcpState.typed[name], "error": (IcpState.errors[error] | "") if error else ""}
