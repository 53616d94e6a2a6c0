"""Discover, drawn: the button, the dialog that says whom a search asks, and the panel of the one under way."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from leadboard.domain.discovery import LEAST, MOST, USUAL
from leadboard.ui.components.buttons import Kind, button, icon_button, link_button, writes
from leadboard.ui.components.fields import text_field
from leadboard.ui.components.marks import ago, bar, chip, glyph
from leadboard.ui.components.notices import callout
from leadboard.ui.discovery.display import Offering, Progressing, Reject, Run, SourceRow
from leadboard.ui.discovery.state import DiscoveryState
from leadboard.ui.frame import Frame

OFFERING = DiscoveryState.offering.to(Offering)
RUN = DiscoveryState.run.to(Run)


def discover_button(kind: Kind = "secondary") -> rx.Component:
    """Opens the dialog; while a search is under way it says how far that is."""
    return button(
        rx.cond(RUN.working, rx.Var.create("Searching: ") + RUN.short.to(str), "Discover"),
        "radar",
        kind,
        on_click=DiscoveryState.show(True),
        disabled=~Frame.can_spend,
        title=rx.cond(Frame.can_spend, "Find companies that match your profile", "Your role here cannot search"),
        custom_attrs=writes() | {"data-key": "d"},
    )


def discover_dialog() -> rx.Component:
    """How many companies, whom the search asks and why, and what it may cost; draw it once per page."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Discover companies", size="4"),
            rx.cond(
                OFFERING.version.to(int) > 0,
                _form(),
                rx.fragment(
                    rx.dialog.description(
                        "There is no ideal customer profile yet, so nothing says which companies to look for.", size="2"
                    ),
                    rx.el.div(
                        link_button("Describe your customer", f"/w/{rx.State.slug}/icp", kind="primary"),  # type: ignore[attr-defined]
                        rx.dialog.close(button("Cancel")),
                        class_name="actions",
                    ),
                ),
            ),
            class_name="discover",
            max_width="640px",
            on_close_auto_focus=_focus_button(),
        ),
        open=DiscoveryState.open,
        on_open_change=DiscoveryState.show,
    )


def _focus_button() -> Any:
    """The dialog has no trigger of its own to go back to: the button stands in one of two places."""
    return rx.call_function(rx.Var("""(() => document.querySelector('[data-key="d"]')?.focus())""")).prevent_default


def _form() -> rx.Component:
    return rx.form(
        rx.dialog.description(
            "They are looked for by version ",
            OFFERING.version,
            " of your profile. Cards appear on the board while the search goes on.",
            size="2",
        ),
        rx.el.div(
            text_field(
                "Companies",
                "target_count",
                f"{LEAST} to {MOST}; the best matches are kept.",
                DiscoveryState.target_wrong,
                default_value=str(USUAL),
                input_mode="numeric",
                auto_complete="off",
                max_length=5,
            ),
            rx.cond(
                OFFERING.cap != "",
                text_field(
                    "Cap in dollars",
                    "cap",
                    "The search ends before it costs more. Empty is no cap of its own.",
                    DiscoveryState.cap_wrong,
                    default_value=OFFERING.cap,
                    input_mode="decimal",
                    auto_complete="off",
                    max_length=12,
                ),
            ),
            class_name="pair",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", name="enrich", default_checked=True),
            " Enrich what is found: read its website and find the people there",
            class_name="check",
        ),
        rx.el.section(
            rx.el.h2("It asks", class_name="strong"),
            rx.cond(
                OFFERING.asked.length() > 0,
                _sources(OFFERING.asked),
                callout("warn", "No source can be asked for this profile. Widen it, or add a key under Providers."),
            ),
            rx.el.p(OFFERING.cost, class_name="meta"),
        ),
        rx.cond(
            OFFERING.others.length() > 0,
            rx.el.details(rx.el.summary("Who is not asked, and why"), _sources(OFFERING.others)),
        ),
        rx.el.div(
            button("Search", "radar", "primary", type="submit", custom_attrs=writes()),
            rx.dialog.close(button("Cancel")),
            class_name="actions",
        ),
        on_submit=DiscoveryState.start,
        class_name="form",
    )


def _sources(rows: rx.Var) -> rx.Component:
    return rx.el.ul(rx.foreach(rows, lambda row: _source(row.to(SourceRow))), class_name="sources", role="list")


def _source(row: ObjectVar[SourceRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(row.label),
            rx.cond(row.demo, chip("demo world", "fair")),
            rx.el.span(row.price, class_name="meta num"),
            class_name="source-name",
        ),
        rx.el.p(row.why, class_name="meta"),
        key=row.name,
    )


def discovery_panel() -> rx.Component:
    """The search under way, or the last one as long as it is news and this tab has not closed it."""
    return rx.cond((RUN.id != "") & (RUN.id != DiscoveryState.hidden), _panel())


def _panel() -> rx.Component:
    return rx.el.section(
        rx.el.header(
            rx.el.h2(RUN.title),
            rx.el.p(
                rx.cond(RUN.counts != "", rx.el.span(RUN.counts)),
                rx.el.span(RUN.cost),
                rx.cond(RUN.working, rx.fragment(), rx.el.span(RUN.by, ", ", ago(RUN.at))),
                class_name="dots num",
                role="status",
            ),
            rx.cond(
                RUN.working,
                button(
                    "Stop",
                    "circle_stop",
                    size="small",
                    on_click=DiscoveryState.cancel_search,
                    disabled=~Frame.can_spend,
                    aria_label="Stop the search",
                    custom_attrs=writes(),
                ),
                icon_button("x", "Close the search", size="small", on_click=DiscoveryState.hide),
            ),
            class_name="spread",
        ),
        rx.cond(RUN.working, bar(RUN.percent, "Companies found")),
        rx.cond(RUN.error != "", callout("error", RUN.error)),
        rx.el.details(
            rx.el.summary(
                "Sources",
                rx.cond(
                    RUN.warnings.length() > 0,
                    rx.el.span(glyph("alert"), RUN.warnings.length(), " with trouble", class_name="trouble"),
                ),
                rx.cond(RUN.left_out != "", rx.el.span(RUN.left_out, class_name="meta")),
            ),
            rx.el.div(
                rx.el.ul(
                    rx.foreach(RUN.sources, lambda row: _progressing(row.to(Progressing))),
                    class_name="sources",
                    role="list",
                ),
                rx.cond(RUN.rejects.length() > 0, _rejects()),
                class_name="discovery-body",
                tab_index=0,
                role="group",
                aria_label="Sources of the search",
            ),
        ),
        class_name="panel discovery",
        aria_label="Search for companies",
    )


def _progressing(row: ObjectVar[Progressing]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(row.label),
            rx.el.span(row.word, class_name=f"chip {row.tone}"),
            rx.cond(row.demo, chip("demo world", "fair")),
            rx.cond(row.cost != "", rx.el.span(row.cost, class_name="meta num")),
            class_name="source-name",
        ),
        rx.el.p(row.why, class_name="meta"),
        rx.cond(row.said != "", rx.el.p(row.said)),
        key=row.name,
    )


def _rejects() -> rx.Component:
    return rx.fragment(
        rx.el.h3("Left out", class_name="strong"),
        rx.el.ul(rx.foreach(RUN.rejects, lambda row: _reject(row.to(Reject))), class_name="rejects", role="list"),
    )


def _reject(row: ObjectVar[Reject]) -> rx.Component:
    return rx.el.li(
        rx.el.b(row.name), " ", rx.el.span(row.why), " ", rx.el.span(row.label, class_name="meta"), key=row.name
    )
