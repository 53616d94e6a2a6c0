"""The stylesheets bring every colour that they use."""

import re
from pathlib import Path

from leadboard.ui.theme import themes

ASSETS = Path(__file__).parents[2] / "assets"


def test_every_colour_of_the_sheets_comes_with_them():
    used = {
        name for sheet in ASSETS.glob("*.css") for name in re.findall(r"var\(--([a-z]+)-a?\d+\b", sheet.read_text())
    }
    paths = themes().get_stylesheet_paths()

    assert used
    assert used <= {Path(path).stem for path in paths if "/colors/" in path}
