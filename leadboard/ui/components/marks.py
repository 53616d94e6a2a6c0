"""The small marks of the product: chips, people, times, bars. Plain elements with classes, few nodes each."""

from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.display import Part, Person, Progress


def glyph(name: str, *classes: str) -> rx.Component:
    """An icon of one node, drawn by marks.css; for places that are on the screen hundreds of times."""
    return rx.el.i(class_name=" ".join(("g", f"g-{name}", *classes)), aria_hidden="true")


def spinner() -> rx.Component:
    return rx.el.i(class_name="g spin", aria_hidden="true")


def chip(
    text: str | rx.Var[str], tone: str | rx.Var[str] = "neutral", icon: rx.Component | None = None
) -> rx.Component:
    """A label of 20 px; `tone` is a `display.Tone`, "outline" or "solid"."""
    return rx.el.span(*([icon] if icon is not None else []), text, class_name=f"chip {tone}")


def fit_chip(score: rx.Var[int], band: rx.Var[str]) -> rx.Component:
    """The fit as three bars and a number; an unknown fit (below 0) draws nothing."""
    return rx.cond(
        score.to(int) >= 0,
        rx.el.span(
            rx.el.i(aria_hidden="true"),
            rx.el.span("Fit ", class_name="sr-only"),
            score,
            class_name=f"chip fit {band}",
        ),
    )


def old_chip(old: rx.Var[str]) -> rx.Component:
    """Beside a score: the version of the profile it was made with, when another is in force; empty draws nothing."""
    return rx.cond(
        old != "",
        rx.el.span(glyph("refresh", "g-12"), old, class_name="chip outline old", title="Being scored anew"),
    )


def person(who: ObjectVar[Person], large: bool = False) -> rx.Component:
    """Somebody as a round mark with the name as tooltip; nobody draws nothing."""
    return rx.cond(
        who.initials != "",
        rx.el.span(
            who.initials,
            class_name=f"person hue-{who.hue}{' large' if large else ''}",
            title=who.name,
            aria_hidden="true",
        ),
    )


def time(iso: rx.Var[str], **props: Any) -> rx.Component:
    """How long ago, kept up to date by board.js, with the full time as tooltip."""
    return rx.el.time(date_time=iso, **props)


def ago(iso: rx.Var[str]) -> rx.Component:
    """The same within a sentence: "3 min ago"."""
    return time(iso, custom_attrs={"data-ago": ""})


def tier_chip(tier: rx.Var[str], text: rx.Var[str]) -> rx.Component | rx.Var:
    """A contact's tier: the less it is worth reaching out, the quieter the chip."""
    return rx.match(
        tier,
        ("hot", chip(text, "solid", glyph("flame", "g-12"))),
        ("warm", chip(text, "accent")),
        ("cool", chip(text)),
        ("cold", chip(text, "outline")),
        chip(text, "outline", glyph("ban", "g-12")),
    )


def bar(percent: int | rx.Var[int], label: str | rx.Var[str], **props: Any) -> rx.Component:
    """How far work is, 0 to 100."""
    return rx.el.span(
        rx.el.i(style={"transform": f"scaleX(calc({percent} / 100))"}),
        class_name="bar",
        role="progressbar",
        aria_label=label,
        aria_valuenow=percent,
        aria_valuemin=0,
        aria_valuemax=100,
        **props,
    )


def progress(work: ObjectVar[Progress]) -> rx.Component:
    """Work with a number; without a known total the bar only shows that it goes on."""
    return rx.cond(
        work.percent.to(int) >= 0,
        bar(work.percent, work.title),
        rx.el.span(rx.el.i(), class_name="bar endless", role="progressbar", aria_label=work.title),
    )


def meter(percent: rx.Var[int]) -> rx.Component:
    """A confidence beside its number, 32 px wide."""
    return rx.el.i(rx.el.i(style={"width": f"{percent}%"}), class_name="meter", aria_hidden="true")


def share(percent: rx.Var[int]) -> rx.Component:
    """A quiet bar beside a figure that says the same."""
    return rx.el.span(
        rx.el.i(style={"transform": f"scaleX(calc({percent} / 100))"}), class_name="bar quiet", aria_hidden="true"
    )


def sentence(parts: ArrayVar[list[Part]]) -> rx.Component:
    """A sentence whose names are bold."""
    return rx.el.p(
        rx.foreach(parts, lambda part: rx.cond(part.bold, rx.el.b(part.text), rx.el.span(part.text))), class_name="say"
    )
