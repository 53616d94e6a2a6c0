"""What stands around the form: the matches of the draft, suggestions, versions."""

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.ui.components.buttons import button, link, writes
from leadboard.ui.components.marks import chip, fit_chip, person, progress, spinner, time
from leadboard.ui.display import Person, Progress
from leadboard.ui.frame import Frame
from leadboard.ui.icp.display import Bar, ExampleRow, Offer, Trial, VersionRow
from leadboard.ui.icp.state import IcpState


def matches() -> rx.Component:
    """How many leads the draft matches, their spread, and examples."""
    trial = IcpState.trial.to(Trial)
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Matches in this workspace"),
            rx.el.span(
                rx.cond(IcpState.trying, rx.fragment(spinner(), " ", IcpState.tried | "Counting")),
                class_name="meta",
            ),
        ),
        rx.cond(
            IcpState.errors.length() > 0,
            rx.el.p("Correct the marked field to see what matches.", class_name="block meta"),
            rx.cond(trial.count != "", rx.fragment(_count(trial), _examples(trial))),
        ),
        class_name="panel",
        aria_label="Matches in this workspace",
    )


def _count(trial: ObjectVar[Trial]) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.b(trial.count),
            rx.el.span(trial.of, class_name="meta"),
            rx.cond(trial.change != "", chip(trial.change, rx.cond(trial.grows, "strong", "neutral"))),
            class_name="matches",
        ),
        rx.el.div(
            rx.foreach(trial.bars, lambda bar: _bar(bar.to(Bar))),
            class_name="histogram",
            role="img",
            aria_label=trial.chart,
        ),
        rx.el.p(rx.el.span("40"), rx.el.span("70"), rx.el.span("100"), class_name="scale meta", aria_hidden="true"),
        rx.el.p(
            rx.el.span(rx.el.i(), trial.fair, class_name="fair"),
            rx.el.span(rx.el.i(), trial.strong, class_name="strong"),
            rx.cond(trial.change != "", rx.el.span(rx.el.i(), "In force now", class_name="tick")),
            rx.cond(trial.never != "", rx.el.span(trial.never)),
            class_name="legend meta",
        ),
        class_name="block",
    )


def _bar(bar: ObjectVar[Bar]) -> rx.Component:
    return rx.el.span(
        rx.el.i(style={"height": f"{bar.height}%"}),
        rx.cond(bar.tick.to(int) >= 0, rx.el.i(class_name="tick", style={"bottom": f"{bar.tick}%"})),
        key=bar.key,
        class_name=bar.band,
        title=bar.label,
    )


def _examples(trial: ObjectVar[Trial]) -> rx.Component:
    return rx.cond(
        trial.best.length() > 0,
        rx.el.div(
            rx.el.h3(trial.best_title, class_name="meta"),
            rx.el.ul(rx.foreach(trial.best, lambda row: _example(row.to(ExampleRow))), class_name="examples"),
            rx.cond(
                trial.worst.length() > 0,
                rx.fragment(
                    rx.el.h3("Worst three that still match", class_name="meta"),
                    rx.el.ul(rx.foreach(trial.worst, lambda row: _example(row.to(ExampleRow))), class_name="examples"),
                ),
            ),
            class_name="block",
        ),
        rx.el.p("There are no leads yet. Import a list, and this shows how the profile sorts it.", class_name="block"),
    )


def _example(row: ObjectVar[ExampleRow]) -> rx.Component:
    return rx.el.li(
        link(row.name, href=row.href, class_name="link cut", title=row.name),
        rx.el.span(row.why, class_name="meta cut", title=row.why),
        fit_chip(row.fit, row.band),
        key=row.id,
    )


def suggestions() -> rx.Component:
    """What the best-valued leads have in common, one press each."""
    return rx.cond(
        IcpState.offers.length() > 0,
        rx.el.section(
            rx.el.header(rx.el.h2("Suggestions from your own data")),
            rx.el.ul(rx.foreach(IcpState.offers, lambda row: _offer(row.to(Offer))), class_name="offers"),
            class_name="panel",
            aria_label="Suggestions from your own data",
        ),
    )


def _offer(row: ObjectVar[Offer]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(row.title, class_name="strong"),
            rx.el.div(row.evidence, rx.el.details(rx.el.summary("Show them"), row.names), class_name="meta"),
        ),
        button(
            rx.cond(row.value != "", "Add", "Apply"),
            size="small",
            on_click=IcpState.take(row.title),
            aria_label=row.title,
        ),
        key=row.title,
    )


def scoring() -> rx.Component:
    """How far the scoring of the leads with the version in force is; nothing when it is done."""
    work = IcpState.scoring.to(Progress)
    return rx.cond(
        work.title != "",
        rx.el.section(
            rx.el.div(
                rx.el.p(rx.icon("refresh_cw", size=14, aria_hidden="true"), " ", rx.el.b(work.title)),
                progress(work),
                rx.el.p(work.text, class_name="meta"),
                class_name="block stack-8",
            ),
            class_name="panel",
            aria_label="Scoring",
        ),
    )


def versions() -> rx.Component:
    """Who saved what and when; each can be put in force again."""
    return rx.cond(
        IcpState.versions.length() > 0,
        rx.el.section(
            rx.el.header(rx.el.h2("Versions")),
            rx.el.ol(
                rx.foreach(IcpState.versions, lambda row: _version(row.to(VersionRow))),
                class_name="versions",
                reversed=True,
            ),
            class_name="panel",
            aria_label="Versions",
        ),
    )


def _version(row: ObjectVar[VersionRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                person(row.by.to(Person)),
                " ",
                rx.el.b(f"Version {row.number}"),
                " ",
                rx.el.span(row.by.name, ", ", time(row.at), class_name="meta"),
            ),
            rx.el.ul(rx.foreach(row.changes, lambda sentence: rx.el.li(sentence, key=sentence)), role="list"),
        ),
        rx.cond(
            row.current,
            chip("In force", "accent"),
            rx.cond(
                Frame.can_settle,
                button(
                    "Restore",
                    size="small",
                    on_click=IcpState.restore(row.number),
                    aria_label=f"Restore version {row.number}",
                    custom_attrs=writes(),
                ),
            ),
        ),
        key=row.number.to(str),
    )
