"""The import pages, drawn: choose a file, say how it is read, follow it, look at every row."""

import reflex as rx

from leadboard.ui.components.buttons import button, link, link_button
from leadboard.ui.components.import_file import drop_zone, earlier_imports
from leadboard.ui.components.import_mapping import choice, file_facts, mapping, preview
from leadboard.ui.components.import_match import match_choice
from leadboard.ui.components.import_result import at_work, outcomes, tiles
from leadboard.ui.components.live_mark import live_mark
from leadboard.ui.components.notices import callout
from leadboard.ui.display import Progress
from leadboard.ui.frame import Frame
from leadboard.ui.imports.display import FileFacts, ImportRow, MappedColumn, MatchChoice, Option, RowOutcome, Tile
from leadboard.ui.imports.state import ImportState
from leadboard.ui.imports.view import FIELDS
from leadboard.ui.shell import shell

ON_MATCH = (
    ("fill_empty", "Fill what is empty", "Nothing that is known changes."),
    ("overwrite", "Overwrite", "The file wins, but for values a person set."),
    ("skip", "Leave it alone", "New people still join their company."),
)


def page() -> rx.Component:
    """One of the three steps."""
    return shell(
        rx.fragment(
            rx.match(
                ImportState.step,
                ("choose", _choose()),
                ("map", _map()),
                ("result", _result()),
                rx.fragment(),
            )
        ),
        live_mark(ImportState),
        title="Import",
        here="import",
    )


def _choose() -> rx.Component:
    error = rx.cond(ImportState.refusal != "", ImportState.refusal, ImportState.error)
    return rx.el.div(
        rx.cond(
            Frame.can_edit,
            drop_zone("/imports/" + rx.State.slug, rx.State.slug, error),  # type: ignore[attr-defined]
            callout("info", "Your role here can look at imports, but not make one."),
        ),
        rx.cond(ImportState.earlier.length() > 0, earlier_imports(ImportState.earlier.to(list[ImportRow]))),
        class_name="page-form wide-page stack-16",
    )


def _map() -> rx.Component:
    return rx.el.div(
        _back(),
        rx.el.section(
            file_facts(ImportState.facts.to(FileFacts)),
            preview(ImportState.header.to(list[str]), ImportState.sample.to(list[list[str]])),
            class_name="panel",
        ),
        rx.el.section(
            mapping(
                ImportState.columns.to(list[MappedColumn]),
                rx.Var.create(FIELDS).to(list[Option]),
                ImportState.map_column,
            ),
            class_name="panel scroll-x",
        ),
        rx.el.section(
            match_choice(ImportState.match_by.to(list[MatchChoice]), ImportState.toggle_match),
            choice(
                "A lead that is here already", "on_match", ON_MATCH, ImportState.on_match, ImportState.choose_on_match
            ),
            class_name="panel pad stack-16",
        ),
        rx.cond(ImportState.problem != "", callout("warn", ImportState.problem)),
        rx.el.div(
            button(
                "Start import",
                "play",
                "primary",
                on_click=ImportState.start,
                disabled=(ImportState.problem != "") | ~Frame.can_edit,
                title=rx.cond(Frame.can_edit, ImportState.problem, "Your role here cannot import"),
                custom_attrs={"data-key": "mod+s"},
            ),
            class_name="save-bar",
        ),
        class_name="page-form wide-page stack-16",
    )


def _result() -> rx.Component:
    return rx.el.div(
        _back(),
        rx.cond(
            ImportState.working,
            at_work(
                ImportState.work.to(Progress),
                rx.cond(
                    ImportState.stoppable & Frame.can_edit,
                    button("Stop", "circle_stop", on_click=ImportState.cancel),
                ),
            ),
            _ended(),
        ),
        tiles(ImportState.tiles.to(list[Tile]), ImportState.filter, ImportState.show),
        rx.el.p(ImportState.sum, class_name="meta num"),
        outcomes(ImportState.rows.to(list[RowOutcome]), ImportState.shown, *_pages()),
        class_name="page-form wide-page stack-16",
    )


def _ended() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(ImportState.headline, ": ", ImportState.facts.name, class_name="title-2"),
            rx.el.div(
                rx.cond(
                    ImportState.failed_href != "",
                    rx.el.a(
                        rx.icon("download", size=16, aria_hidden="true"),
                        "Download failed rows",
                        href=ImportState.failed_href,
                        class_name="btn secondary",
                        download=True,
                        target="_blank",  # otherwise the router takes the address for a page
                    ),
                ),
                rx.cond(
                    ImportState.revertible & Frame.can_edit,
                    button("Revert import", "undo_2", on_click=ImportState.revert),
                ),
                link_button("Open board", Frame.workspace.href, kind="primary"),
                class_name="actions",
            ),
            class_name="spread",
        ),
        rx.cond(ImportState.said != "", rx.el.p(ImportState.said, class_name="meta")),
        class_name="panel pad stack-8",
    )


def _pages() -> tuple[rx.Component, ...]:
    return (
        rx.cond(
            ImportState.following > 0,
            button(
                "Next rows",
                size="small",
                on_click=ImportState.show_more(
                    ImportState.filter, ImportState.following, (ImportState.page_number + 1).to(int)
                ),
            ),
        ),
        rx.cond(
            ImportState.page_number > 0,
            button("First rows", size="small", on_click=ImportState.show(ImportState.filter)),
        ),
    )


def _back() -> rx.Component:
    return link("All imports", href="/w/" + rx.State.slug + "/import", class_name="link")  # type: ignore[attr-defined]
