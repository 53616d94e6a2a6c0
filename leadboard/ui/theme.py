"""Colours and type of the product: Radix Themes for its scales and dialogs, Inter for its letters."""

from typing import Any

import reflex as rx
from reflex.plugins import Plugin

_SHEETS = (
    *("app", "marks", "frame", "board", "still", "filters"),
    *("select", "drag", "move", "needs", "lead", "forms", "icp", "providers", "spend", "discovery"),
)
SCRIPTS = (
    *("board", "drag", "move", "needs", "hold", "still", "fold"),
    *("tags", "edit", "undo", "filters", "select", "keys", "invite"),
)
"""Of the assets, in the order in which they hear a key; the build joins them (leadboard/build.py)."""

JOINED = "leadboard.js"

STYLESHEETS = [f"/{sheet}.css" for sheet in _SHEETS]
"""For `rx.App(stylesheets=...)`: the roles, then what is drawn with them; a later sheet may refine an earlier one."""


class Inter(Plugin):
    """Bundles the variable Inter, so that no page asks another server for its letters."""

    def get_frontend_dependencies(self, **context: Any) -> tuple[str, ...]:
        return ("@fontsource-variable/inter@5.3.0",)

    def get_stylesheet_paths(self, **context: Any) -> tuple[str, ...]:
        return ("@fontsource-variable/inter/index.css",)


_SCALES = ("gray", "slate", "iris", "amber", "cyan", "green", "lime", "orange", "pink", "red", "teal")
"""The colours that the sheets use, of the thirty there are."""


class _Themes(rx.plugins.RadixThemesPlugin):
    """Radix Themes, of which the pages carry what they draw; the build trims its rules (leadboard/trim.py)."""

    def get_stylesheet_paths(self, **context: Any) -> tuple[str, ...]:
        scales = (f"tokens/colors/{scale}" for scale in _SCALES)
        return tuple(f"@radix-ui/themes/{sheet}.css" for sheet in ("tokens/base", *scales, "components", "utilities"))

    def get_frontend_dependencies(self, **context: Any) -> tuple[str, ...]:
        """None: the components bring the package, and what is named here is bundled whole for those made at run time,
        of which there are none."""
        return ()


def themes() -> rx.plugins.RadixThemesPlugin:
    """Radix Themes with our accent; app.css overrides what fails AA."""
    return _Themes(
        theme=rx.theme(
            accent_color="iris", gray_color="slate", radius="medium", panel_background="solid", appearance="inherit"
        )
    )


def head() -> list[rx.Component]:
    """For `rx.App(head_components=...)`: the icon, and our scripts, as a file: the content policy allows no others."""
    icon = rx.el.link(rel="icon", href="/icon.svg", type="image/svg+xml")
    return [icon, rx.el.script(src=f"/{JOINED}", defer=True)]
