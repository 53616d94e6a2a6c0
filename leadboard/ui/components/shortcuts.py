"""The sheet of keyboard shortcuts, opened with ?."""

import reflex as rx

from leadboard.ui.components.buttons import button

SHORTCUTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Everywhere",
        (
            ("/", "Search"),
            ("f", "Filter"),
            ("u", "Undo my last change, also Ctrl Z or ⌘ Z"),
            ("[", "Open or close the activity"),
            ("g b", "Go to the Enrichment board"),
            ("g s", "Go to the Sales board"),
            ("g i", "Go to the ideal customer"),
            ("mod+s", "Save a form"),
            ("?", "This sheet"),
            ("Esc", "Close what is on top, then let go of the selection"),
        ),
    ),
    (
        "On a board",
        (
            ("↑ ↓ ← →", "Walk from card to card, also with H J K L"),
            ("Home End", "First and last card of a column"),
            ("Enter", "Open the lead, also with E"),
            ("m", "Menu of the card: move, enrich, stop"),
            ("Space", "Pick the card up; ← → choose a column, Space drops it, Esc puts it back"),
            ("1 to 6", "The reason, when a lead is disqualified"),
            ("E", "Enrich the card or the selection"),
            ("R", "Try again what failed"),
            ("P", "Do the card next"),
            ("A", "Assign"),
            ("T", "Tag"),
            ("Delete", "Delete, with a way back"),
            ("d", "Discover companies"),
            ("x", "Select the card"),
            ("Shift ↑ ↓", "Select on the way"),
            ("mod+a", "Select the column"),
        ),
    ),
    (
        "In a lead",
        (
            ("k", "Previous lead"),
            ("j", "Next lead"),
            ("1 to 7", "Its tabs, in their order"),
            ("n", "Write a note"),
            ("mod+enter", "Add the note"),
        ),
    ),
)
"""Group -> keys as controls name them in `data-key`, or in words, and what they do."""


def shortcuts_sheet() -> rx.Component:
    """The button that opens it, and the sheet."""
    return rx.dialog.root(
        rx.dialog.trigger(
            rx.el.button(
                rx.icon("keyboard", size=20, aria_hidden="true"),
                class_name="rail-item",
                type="button",
                title="Keyboard shortcuts",
                aria_label="Keyboard shortcuts",
                custom_attrs={"data-key": "?"},
            )
        ),
        rx.dialog.content(
            rx.dialog.title("Keyboard shortcuts", size="4"),
            rx.dialog.description("Single letters can be switched off on the account page.", size="2"),
            rx.el.div(*(_group(title, keys) for title, keys in SHORTCUTS), class_name="shortcuts"),
            rx.dialog.close(button("Close")),
            max_width="720px",
        ),
    )


def _group(title: str, keys: tuple[tuple[str, str], ...]) -> rx.Component:
    return rx.el.section(
        rx.el.h3(title, class_name="strong"),
        rx.el.dl(*(each for key, what in keys for each in (rx.el.dt(*_caps(key)), rx.el.dd(what)))),
    )


def _caps(key: str) -> list[rx.Component]:
    """Each key of a shortcut as it is printed on it; what stands between two keys is no key."""
    pressed = key.removeprefix("mod+")
    if pressed != key:
        caps = ["Ctrl", pressed.capitalize()]
    else:
        caps = ["Shift", key] if len(key) == 1 and key.isupper() else key.split()
    return [rx.el.span(cap) if cap == "to" else rx.el.kbd(cap.upper() if len(cap) == 1 else cap) for cap in caps]
