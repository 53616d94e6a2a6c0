"""The panel that derives a profile from the workspace's own website, drawn."""

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.components.buttons import busy_button, button, writes
from leadboard.ui.components.fields import text_field
from leadboard.ui.components.marks import ago, chip, glyph, spinner
from leadboard.ui.components.notices import callout
from leadboard.ui.frame import Frame
from leadboard.ui.icp.state import IcpState
from leadboard.ui.icp.study import ProposalRow, Study, StudyStep


def study_panel() -> rx.Component:
    """An address in, what each step found, and proposals to take into the draft."""
    study = IcpState.study.to(Study)
    return rx.el.section(
        rx.el.header(
            rx.el.h2("From your website"),
            rx.cond(
                (study.website != "") & ~study.working, rx.el.span(study.by, ", ", ago(study.at), class_name="meta")
            ),
        ),
        rx.cond(Frame.can_settle, _form(study)),
        rx.cond(study.error != "", rx.el.div(callout("error", study.error), class_name="block")),
        rx.cond(study.steps.length() > 0, _steps(study)),
        rx.cond(study.proposals.length() > 0, _proposals(study)),
        rx.cond(study.nothing != "", rx.el.p(study.nothing, class_name="block meta")),
        rx.foreach(study.advice, lambda text: rx.el.p(text, class_name="block meta", key=text)),
        class_name="panel study",
        aria_label="From your website",
    )


def _form(study: ObjectVar[Study]) -> rx.Component:
    return rx.form(
        text_field(
            "Website",
            "website",
            "We read it and propose who your customers are. Nothing is saved by that.",
            IcpState.website_error,
            placeholder="acme.com",
            default_value=study.website,
            key=study.website,
            input_mode="url",
            auto_complete="url",
            max_length=300,
        ),
        busy_button(
            "Study it", "Studying…", study.working.to(bool), "globe", "secondary", type="submit", custom_attrs=writes()
        ),
        on_submit=IcpState.study_website,
        class_name="form block",
    )


def _steps(study: ObjectVar[Study]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.cond(study.working, "What it is at", "What each step found")),
        rx.el.ol(
            rx.foreach(study.steps, lambda step: _step(step.to(StudyStep))), class_name="study-steps", role="list"
        ),
        open=study.working,
        class_name="block",
    )


def _step(step: ObjectVar[StudyStep]) -> rx.Component:
    return rx.el.li(
        rx.match(
            step.state,
            ("done", rx.icon("check", size=14, aria_hidden="true")),
            ("failed", glyph("alert")),
            ("working", spinner()),
            rx.el.i(class_name="dot", aria_hidden="true"),
        ),
        rx.el.span(step.label, rx.el.span(", ", step.state, class_name="sr-only")),
        rx.cond(step.said != "", rx.el.span(step.said, class_name="meta")),
        key=step.name,
        class_name=step.state,
    )


def _proposals(study: ObjectVar[Study]) -> rx.Component:
    return rx.fragment(
        rx.el.ul(
            rx.foreach(study.proposals, lambda row: _proposal(row.to(ProposalRow))), class_name="offers", role="list"
        ),
        rx.el.div(
            button("Use all", "check", on_click=IcpState.take_proposals("")),
            rx.el.span("They go into the draft. Save it to put them in force.", class_name="meta"),
            class_name="actions block",
        ),
    )


def _proposal(row: ObjectVar[ProposalRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(rx.el.b(row.label), " ", chip(f"{row.percent} % sure", "outline")),
            rx.el.p(rx.foreach(row.texts, lambda text: chip(text, "accent")), class_name="study-values"),
            rx.cond(
                row.reasons.length() > 0,
                rx.el.details(
                    rx.el.summary("Why"),
                    rx.el.ul(
                        rx.foreach(row.reasons, lambda text: rx.el.li(text, key=text)), class_name="meta", role="list"
                    ),
                ),
            ),
        ),
        button(
            "Use",
            size="small",
            on_click=IcpState.take_proposals(row.about),
            aria_label=rx.Var.create("Use what is proposed for ") + row.label.to(str),
        ),
        key=row.about,
    )
