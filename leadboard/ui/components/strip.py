"""The stage strip: every column with its count, also those that do not fit on the screen."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.display import Segment


def stage_strip(segments: ArrayVar[list[Segment]]) -> rx.Component:
    """One button per column; board.js scrolls to it and marks those in view. On a phone it chooses the column."""
    return rx.el.nav(rx.foreach(segments, _segment), class_name="strip", aria_label="Stages")


def _segment(segment: ObjectVar[Segment]) -> rx.Component:
    return rx.el.button(
        rx.el.span(segment.title),
        rx.el.b(segment.count),
        rx.el.span(rx.el.i(style={"transform": f"scaleX(calc({segment.share} / 100))"}), class_name="bar"),
        key=segment.key,
        class_name=f"segment {segment.kind}",
        type="button",
        custom_attrs={"data-to": segment.key},
    )
