"""What components are made of: few nodes, named controls, real forms, and a stylesheet that fits them exactly."""

import ast
import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
from reflex_components_lucide.icon import LUCIDE_ICON_LIST

from leadboard.ui import display
from leadboard.ui.components.buttons import busy_button, icon_button
from leadboard.ui.components.card import card
from leadboard.ui.components.fields import choice_cards, post_form, text_field
from leadboard.ui.components.sample import sample_board
from leadboard.ui.display import Card, Person
from tests.ui.stylesheet import ROOT, rules

PAGES = sorted((ROOT / "leadboard" / "ui").rglob("*.py"))
SCRIPTS = sorted((ROOT / "assets").glob("*.js"))

LEAD = Card(
    id="0199a6c2-0c55-7d7a-9a4e-2f6d6a9b7c11",
    name="Halden Instruments",
    href="/w/northfold/board/0199a6c2-0c55-7d7a-9a4e-2f6d6a9b7c11",
    what="Spectrometers and software for food safety labs",
    fit=82,
    band="strong",
    value="€64k",
    owner=Person("BO", 1, "Ben Oduya"),
    place="Halden, NO",
    since="2026-11-20T10:42:00+00:00",
    spoken="Fit 82 of 100, strong. €64,000. Ben Oduya. In Analysis for 1 minute. Contact extraction, 25%.",
)


class Gallery(rx.State):
    """Stands in for the states of the pages."""

    lead: Card = LEAD

    @rx.event
    def retry(self, lead_id: str) -> None:
        self.lead = dataclasses.replace(self.lead, error="", id=lead_id)


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Every element a rendered component may draw, in both arms of its conditions."""
    if isinstance(node, dict):
        if isinstance(node.get("name"), str) and node["name"].startswith('"'):
            yield node
        for value in node.values():
            yield from elements(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from elements(value)


def prop(node: dict[str, Any], name: str) -> str:
    """The value of a prop as it is compiled, or ""."""
    return next((text.split(":", 1)[1] for text in node["props"] if re.match(rf'"?{name}"?:', text)), "")


def strings(path: Path) -> Iterator[str]:
    """Every text in a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def calls(path: Path, function: str) -> Iterator[ast.Call]:
    """Every call of a function or method of that name in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and function in (getattr(node.func, "attr", ""), getattr(node.func, "id", "")):
            yield node


def test_a_card_is_made_of_few_nodes() -> None:
    drawn = list(elements(card(Gallery.lead, Gallery.retry).render()))

    assert {node["name"] for node in drawn} >= {'"li"', '"button"', '"time"', '"p"'}
    assert len(drawn) <= 40, "all three shapes together; a card on the screen is one of them"


def test_a_card_travels_in_less_than_a_kilobyte() -> None:
    assert len(json.dumps(dataclasses.asdict(LEAD), ensure_ascii=False).encode()) < 1000


def test_what_is_drawn_is_frozen_and_has_defaults_that_say_nothing() -> None:
    kinds = [kind for kind in vars(display).values() if dataclasses.is_dataclass(kind) and isinstance(kind, type)]

    assert len(kinds) > 20
    for kind in kinds:
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
        for field in dataclasses.fields(kind):
            if field.type in ("str", str) and field.default is not dataclasses.MISSING:
                assert field.default in ("", "0", "none", "ready", "neutral", "cold", "working"), (kind, field.name)


def test_a_form_is_posted_by_the_browser() -> None:
    (form,) = (
        node for node in elements(post_form(action="/auth/sign-in", file=True).render()) if node["name"] == '"form"'
    )

    assert (prop(form, "action"), prop(form, "method")) == ('"/auth/sign-in"', '"post"')
    assert prop(form, "encType") == '"multipart/form-data"'
    assert not prop(form, "onSubmit")


def test_an_icon_button_has_a_name() -> None:
    (button,) = (node for node in elements(icon_button("x", "Close").render()) if node["name"] == '"button"')

    assert prop(button, "aria-label") == '"Close"'
    assert prop(button, "type") == '"button"', "or it would send the form it stands in"


def test_a_busy_button_takes_no_second_press() -> None:
    busy = rx.Var("busy").to(bool)
    (button,) = (node for node in elements(busy_button("Save", "Saving…", busy).render()) if node["name"] == '"button"')

    assert prop(button, "aria-disabled") == "busy"


def test_a_field_with_an_error_points_at_its_sentence() -> None:
    drawn = list(elements(text_field("Your email", "email", error="An email needs a full domain").render()))
    control = next(node for node in drawn if node["name"] == '"input"')
    line = next(node for node in drawn if node["name"] == '"p"')
    label = next(node for node in drawn if node["name"] == '"label"')

    assert prop(control, "aria-describedby") == prop(line, "id") == '"about-email"'
    assert prop(label, "htmlFor") == prop(control, "id") == '"field-email"'


def test_a_group_of_choices_has_one_chosen_and_one_name() -> None:
    drawn = choice_cards("Start with", "start", [("demo", "Demo", ""), ("empty", "Empty", "")], "demo").render()
    radios = [node for node in elements(drawn) if node["name"] == '"input"']

    assert [prop(radio, "defaultChecked") for radio in radios] == ["true", "false"]
    assert {prop(radio, "name") for radio in radios} == {'"start"'}


def test_nothing_in_the_sample_board_can_be_reached() -> None:
    drawn = list(elements(sample_board().render()))

    assert "inert" in str(drawn[0]["props"])
    assert not {'"a"', '"button"', '"input"'} & {node["name"] for node in drawn}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_icons_have_literal_names_that_exist(page: Path) -> None:
    names = [call.args[0] for call in calls(page, "icon")]

    assert {name.value for name in names if isinstance(name, ast.Constant)} <= set(LUCIDE_ICON_LIST)


def test_every_class_of_the_stylesheet_is_drawn_somewhere() -> None:
    ours = {name for name in re.findall(r"\.(-?[a-zA-Z][\w-]*)", _selectors()) if not name.startswith("rt-")}
    words = {word for path in PAGES for text in strings(path) for word in re.split(r"[^\w-]+", text)}
    words |= {word for path in SCRIPTS for word in re.split(r"[^\w-]+", path.read_text(encoding="utf-8"))}
    prefixes = ("hue-", "g-")

    assert {name for name in ours - words if not name.startswith(prefixes)} == {"radix-themes"}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_class_that_is_drawn_has_a_rule(page: Path) -> None:
    tree = ast.walk(ast.parse(page.read_text(encoding="utf-8")))
    texts = [node.value for node in tree if isinstance(node, ast.keyword) and node.arg == "class_name"]
    drawn = {word for text in texts if isinstance(text, ast.Constant) for word in str(text.value).split()}

    assert drawn <= set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", _selectors())) | {"secondary"}, "the plain button"


def test_every_glyph_has_its_picture() -> None:
    names = (call.args[0] for path in PAGES for call in calls(path, "glyph"))
    used = {name.value for name in names if isinstance(name, ast.Constant)}

    assert used
    assert {f".g-{name}" for name in used} <= set(re.findall(r"\.g-[a-z]+", rules()))


def test_motion_is_calm_for_those_who_ask_for_it() -> None:
    calm = " ".join(re.findall(r"@media \(prefers-reduced-motion: reduce\) \{(.*?)\n\}", rules(), re.S))

    for moving in (".spin", ".bones", ".toast", ".sheet", ".flash-a", ".flash-b", ".bar.endless"):
        assert moving in calm


def _selectors() -> str:
    """The selectors of our stylesheets, without what stands between braces."""
    return " ".join(re.findall(r"([^{};]+)\{", rules()))
