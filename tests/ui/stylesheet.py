"""Reading our stylesheets and the colour scales of Radix Themes, for the tests of what is drawn."""

import os
import re
from functools import cache
from pathlib import Path
from typing import Literal

from leadboard.ui.theme import STYLESHEETS

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
SCALES = Path(os.environ.get("REFLEX_WEB_WORKDIR", ROOT / ".web")) / "node_modules/@radix-ui/themes/tokens/colors"

Theme = Literal["light", "dark"]
Colour = tuple[float, float, float]


@cache
def rules() -> str:
    """Our stylesheets in their order, without comments and embedded pictures."""
    css = "\n".join((ASSETS / sheet.lstrip("/")).read_text(encoding="utf-8") for sheet in STYLESHEETS)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return "\n" + re.sub(r'url\("[^"]*"\)', "url()", css)


@cache
def colours(theme: Theme) -> dict[str, str]:
    """Every custom property of a theme, ours and Radix's, by name without the dashes. Needs the built frontend."""
    found: dict[str, str] = {}
    for scale in sorted(SCALES.glob("*.css")):
        plain = re.sub(r"^@supports.*?^\}", "", scale.read_text(encoding="utf-8"), flags=re.M | re.S)
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
            if (".dark" in selector) == (theme == "dark"):
                found |= _properties(body)
    for root in (":root", ":root.dark") if theme == "dark" else (":root",):
        found |= _properties(rules().split(f"\n{root} {{", 1)[1].split("}", 1)[0])
    return found


def resolve(name: str, theme: Theme) -> Colour:
    """The colour a property or a literal ends in, as three channels 0 to 1."""
    value = name
    while not value.startswith("#"):
        value = colours(theme)[value.removeprefix("var(").removesuffix(")").removeprefix("--")]
    digits = value.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def contrast(above: str, below: str, theme: Theme) -> float:
    """The contrast ratio of WCAG 2 between two colours, 1 to 21."""
    light, dark = sorted((_luminance(resolve(name, theme)) for name in (above, below)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _properties(body: str) -> dict[str, str]:
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", body)}
