"""The import pages, drawn."""

import reflex as rx

from leadboard.ui.components.import_file import drop_zone
from leadboard.ui.imports.state import ImportState
from leadboard.ui.shell import shell


def page() -> rx.Component:
    """Choose a file."""
    return shell(
        drop_zone("/files/import", rx.State.slug, ImportState.error),  # type: ignore[attr-defined]
        title="Import",
        here="import",
    )
