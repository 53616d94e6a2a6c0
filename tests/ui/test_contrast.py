"""The contrast of every colour on its ground, recomputed from the stylesheet and the package's own scales."""

import re

import pytest

from tests.ui.stylesheet import Theme, contrast, rules

pytestmark = pytest.mark.usefixtures("frontend")

DESIGNED = [
    # above, below, ratio in light, ratio in dark: as the design sheet states them
    ("lb-text", "lb-panel", 16.4, 15.2),
    ("lb-text", "lb-sunken", 14.4, 15.4),
    ("lb-text-2", "lb-panel", 5.94, 8.45),
    ("lb-text-2", "lb-sunken", 5.22, 8.61),
    ("lb-text-2", "lb-tint", 5.29, 7.29),
    ("lb-field", "lb-panel", 3.30, 3.43),
    ("#ffffff", "lb-accent", 5.37, 5.37),
    ("#ffffff", "lb-accent-hover", 6.16, 6.08),
    ("lb-accent-text", "lb-panel", 6.07, 8.37),
    ("lb-accent-text", "lb-tint", 5.41, 7.22),
    ("lb-bar", "lb-rest", 4.11, 6.22),
    ("lb-focus", "lb-bg", 5.10, 8.97),
    ("#ffffff", "lb-danger", 5.21, 5.51),
    ("lb-danger-text", "lb-panel", 5.21, 8.35),
    ("green-12", "green-4", 10.3, 9.7),
    ("amber-12", "amber-4", 9.7, 11.5),
    ("red-12", "red-4", 9.7, 10.8),
]

TEXT = [
    ("lb-text", "lb-bg"),
    ("lb-text", "lb-card"),
    ("lb-text", "lb-track"),
    ("lb-text", "lb-segment"),
    ("lb-text", "lb-thumb"),
    ("lb-text-2", "lb-bg"),
    ("lb-text-2", "lb-card"),
    ("lb-text-2", "lb-frame"),
    ("lb-text-2", "lb-track"),
    ("lb-text-2", "lb-segment"),
    ("lb-accent-text", "lb-card"),
    ("lb-accent-text", "lb-sunken"),
    ("lb-accent-text", "lb-here"),
    ("iris-12", "lb-tint-2"),
    ("lb-danger-text", "lb-card"),
    ("lb-danger-text", "lb-bg"),
    ("lb-on-ink", "lb-ink"),
    ("lb-on-toast", "lb-toast"),
    ("lb-on-toast", "lb-toast-danger"),
    ("#ffffff", "lb-danger-hover"),
    ("amber-12", "lb-warn"),
    ("amber-12", "lb-frame"),
    ("red-12", "red-3"),
    *((f"{hue}-12", f"{hue}-5") for hue in ("iris", "teal", "orange", "pink", "cyan", "lime")),
]

SHAPES = [
    ("lb-focus", "lb-card"),
    ("lb-focus", "lb-panel"),
    ("lb-focus", "lb-sunken"),
    ("lb-bar", "lb-card"),
    ("lb-field-danger", "lb-panel"),
    ("green-11", "green-4"),
    ("amber-11", "amber-4"),
    ("red-11", "red-4"),
]

THEMES: tuple[Theme, ...] = ("light", "dark")


@pytest.mark.parametrize(("above", "below", "light", "dark"), DESIGNED)
def test_the_roles_have_the_contrast_they_were_designed_with(above: str, below: str, light: float, dark: float) -> None:
    assert contrast(above, below, "light") == pytest.approx(light, abs=0.06)
    assert contrast(above, below, "dark") == pytest.approx(dark, abs=0.06)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("above", "below"), TEXT)
def test_text_can_be_read_on_every_ground_it_stands_on(above: str, below: str, theme: Theme) -> None:
    assert contrast(above, below, theme) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("above", "below"), SHAPES)
def test_a_shape_that_means_something_can_be_told_from_its_ground(above: str, below: str, theme: Theme) -> None:
    assert contrast(above, below, theme) >= 3


def test_the_defaults_of_radix_that_fail_are_overridden() -> None:
    css = rules()

    assert "--focus-8: var(--lb-focus)" in css
    assert re.search(r"\.rt-TextFieldRoot[^{]*\{[^}]*box-shadow: inset 0 0 0 1px var\(--lb-field\)", css)
    assert re.search(r"\.rt-TextFieldInput::placeholder[^{]*\{[^}]*color: var\(--lb-text-2\)", css)


def test_no_rule_names_a_colour_that_is_not_a_role_or_a_step_of_a_scale() -> None:
    drawn = re.sub(r":root(\.dark)? \{.*?\n\}", "", rules(), flags=re.S)

    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", drawn)) <= {"#fff"}
