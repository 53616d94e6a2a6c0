"""A page of a workspace: the frame filled from the viewer's state, and what stands in for a page that is not there."""

from typing import Any

import reflex as rx

from leadboard.ui.components.buttons import writes
from leadboard.ui.components.notices import notices
from leadboard.ui.components.page_state import not_here
from leadboard.ui.components.toasts import toasts
from leadboard.ui.display import Notice, Toast, Workspace
from leadboard.ui.frame import Frame
from leadboard.ui.layout import Place, Who, frame

HOME = Frame.workspace.href


def _at(path: str) -> rx.Var[str]:
    return rx.Var.create("/w/") + rx.State.slug + path  # type: ignore[attr-defined]


def places() -> tuple[Place, ...]:
    """The rail."""
    return (
        Place("board", "Board", "square_kanban", _at("/board"), "g b"),
        Place("icp", "ICP", "target", _at("/icp"), "g i"),
    )


def more() -> tuple[Place, ...]:
    """Under More."""
    return (
        Place("import", "Import", "upload", _at("/import")),
        Place("providers", "Providers", "plug", _at("/providers")),
        Place("spend", "Spend", "receipt", _at("/spend")),
        Place("settings", "Settings", "settings", _at("/settings")),
    )


def shell(
    *content: rx.Component, title: str | rx.Var[str], here: str, aside: rx.Component | None = None, **parts: Any
) -> rx.Component:
    """`content` in the frame; instead of it a clear page when the address leads nowhere."""
    return frame(
        notices(Frame.notices.to(list[Notice])),
        rx.cond(Frame.missing != "", not_here(Frame.missing, HOME), rx.fragment(*content)),
        _undo(),
        title=title,
        here=here,
        places=places(),
        more=more(),
        who=Who(Frame.me, Frame.email, Frame.workspace, Frame.workspaces.to(list[Workspace]), "/auth/sign-out"),
        demo=Frame.demo,
        aside=aside,
        messages=toasts(Frame.toasts.to(list[Toast]), Frame.act, Frame.close_toast),
        **parts,
    )


def _undo() -> rx.Component:
    """For the key alone: whoever points has the toast."""
    return rx.el.button(
        "Undo my last change",
        class_name="sr-only",
        type="button",
        tab_index=-1,
        on_click=Frame.undo,
        custom_attrs=writes() | {"data-key": "u"},
    )
