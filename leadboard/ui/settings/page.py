"""The settings page, drawn."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.domain.rights import Role
from leadboard.domain.workspace import currencies, time_zones
from leadboard.ui.components.buttons import button, writes
from leadboard.ui.components.fields import post_form, text_field
from leadboard.ui.components.marks import ago, chip, person, time
from leadboard.ui.display import Person
from leadboard.ui.frame import Frame
from leadboard.ui.settings.state import InviteRow, MemberRow, SettingsState
from leadboard.ui.shell import shell


def page() -> rx.Component:
    """What the workspace is called, and who is in it."""
    return shell(
        rx.el.div(_details(), _demo(), _members(), _invites(), _workspaces(), class_name="plain-page"),
        title="Settings",
        here="settings",
    )


def _details() -> rx.Component:
    """A form for who may change them, drawn once they are known; the others read."""
    details = SettingsState.details
    return rx.el.section(
        rx.el.h2("Workspace"),
        rx.cond(
            Frame.can_settle & (details.name != ""),
            rx.form(
                _detail("Name", "workspace", details.name, max_length=80),
                _detail(
                    "Currency",
                    "currency",
                    details.currency,
                    "Amounts that are stored keep their numbers.",
                    list="currencies",
                    max_length=3,
                ),
                _detail("Time zone", "time_zone", details.time_zone, list="time-zones"),
                rx.el.datalist(
                    *(rx.el.option(name, value=code) for code, name in currencies().items()), id="currencies"
                ),
                rx.el.datalist(*(rx.el.option(value=name) for name in time_zones()), id="time-zones"),
                button("Save", type="submit", custom_attrs=writes()),
                on_submit=SettingsState.change_details,
                class_name="form",
            ),
            rx.el.p(details.name, " · ", details.currency, " · ", details.time_zone, class_name="meta"),
        ),
        class_name="panel",
    )


def _demo() -> rx.Component:
    """What a demo workspace is, and the way out of it."""
    return rx.cond(
        Frame.demo,
        rx.el.section(
            rx.el.h2("Demo world"),
            rx.el.p(
                "Wherever this workspace has no key of its own, invented services answer about invented companies and "
                "people: nothing is paid for, and nobody real is found. Their websites end in .example.",
                class_name="meta",
            ),
            rx.cond(
                Frame.can_settle,
                rx.fragment(
                    rx.el.div(button("Leave the demo world", on_click=SettingsState.leave_demo, custom_attrs=writes())),
                    rx.el.p("Leads of invented companies go with it; yours stay.", class_name="meta"),
                ),
            ),
            class_name="panel",
        ),
    )


def _detail(label: str, name: str, value: rx.Var[str], help: str = "", **props: Any) -> rx.Component:
    """A field that starts with what is stored, and anew when that changes."""
    error = SettingsState.errors[name] | ""
    return text_field(label, name, help, error, default_value=value, key=value, auto_complete="off", **props)


def _members() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Members"),
        rx.el.ul(rx.foreach(SettingsState.members, _member), class_name="rows", role="list"),
        class_name="panel",
    )


def _member(row: ObjectVar[MemberRow]) -> rx.Component:
    return rx.el.li(
        person(row.who.to(Person), large=True),
        rx.el.div(
            rx.el.b(row.who.name, class_name="strong"),
            rx.el.p(row.email, " · joined ", ago(row.since), class_name="meta"),
            class_name="grow",
        ),
        rx.cond(
            Frame.can_settle & ~row.me,
            rx.fragment(
                rx.el.select(
                    *_options(*Role),
                    value=row.role,
                    on_change=lambda role: SettingsState.change_role(row.id, role),
                    class_name="input small",
                    aria_label=f"Role of {row.who.name}",
                    custom_attrs=writes(),
                ),
                button("Remove", size="small", on_click=SettingsState.remove(row.id), custom_attrs=writes()),
            ),
            chip(row.role, "neutral"),
        ),
        key=row.id,
        class_name="row",
    )


def _options(*roles: Role) -> list[rx.Component]:
    return [rx.el.option(role.value.title(), value=role.value) for role in roles]


def _invites() -> rx.Component:
    return rx.cond(
        Frame.can_settle,
        rx.el.section(
            rx.el.h2("Invite somebody"),
            post_form(
                rx.el.select(
                    *_options(Role.MEMBER, Role.VIEWER, Role.ADMIN),
                    name="role",
                    class_name="input small",
                    aria_label="Role of the new member",
                ),
                button("Make a link", "link", "primary", type="submit", custom_attrs=writes()),
                action="/auth/invite/" + rx.State.slug,  # type: ignore[attr-defined]
                class_name="row",
                custom_attrs={"data-invite": ""},
            ),
            _link_just_made(),
            rx.el.ul(rx.foreach(SettingsState.invites, _invite), class_name="rows", role="list"),
            class_name="panel",
        ),
    )


def _link_just_made() -> rx.Component:
    """Filled by invite.js, which asked for the link: it opens the workspace, so no var ever holds it."""
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.el.p("Send this link. It works once, for seven days, and is not shown again.", class_name="meta"),
                rx.el.div(
                    rx.el.input(
                        id="invite-link", read_only=True, class_name="input grow", aria_label="Link of the invitation"
                    ),
                    button("Copy link", "copy", custom_attrs={"data-copy-invite": ""}),
                    class_name="row",
                ),
                rx.el.p(id="invite-copied", class_name="help", role="status"),
                class_name="form",
            ),
            id="invite-made",
            hidden=True,
        ),
        rx.el.p(id="invite-refused", class_name="help error", role="alert"),
        rx.el.button(id="invite-seen", type="button", hidden=True, on_click=SettingsState.invited),
    )


def _invite(row: ObjectVar[InviteRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(f"A link for a {row.role}, until ", time(row.expires), class_name="grow"),
        button("Withdraw", size="small", on_click=SettingsState.withdraw(row.id), custom_attrs=writes()),
        key=row.id,
        class_name="row",
    )


def _workspaces() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Another workspace"),
        rx.form(
            text_field("Name", "name", "You become its owner.", SettingsState.errors["name"] | "", max_length=80),
            button("Create workspace", type="submit", custom_attrs=writes()),
            on_submit=SettingsState.create_workspace,
            class_name="form",
        ),
        class_name="panel",
    )
