"""The first step of an import: choosing a file, and what earlier imports became."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.domain.importing import upload_sentence
from leadboard.domain.tabular.layout import MAX_BYTES
from leadboard.ui.components.buttons import link
from leadboard.ui.components.fields import hidden, post_form
from leadboard.ui.components.marks import glyph, person, time
from leadboard.ui.components.notices import callout
from leadboard.ui.display import Person
from leadboard.ui.imports.display import ImportRow


def drop_zone(action: str | rx.Var[str], workspace: rx.Var[str], error: rx.Var[str]) -> rx.Component:
    """A native file field as large as its zone: drag a file in, or press it; board.js sends the form at once.

    A file that is too large is not sent: board.js shows the sentence that the server would have answered.
    Posts `workspace` (its slug) and `file` to `action` as multipart.
    """
    return post_form(
        rx.cond(error != "", callout("error", error)),
        hidden("workspace", workspace),
        rx.el.div(
            rx.el.span(rx.icon("upload", size=20, aria_hidden="true"), class_name="blank-icon"),
            rx.el.b("Drop a list here, or choose a file"),
            rx.el.p("CSV, TSV or JSON, any encoding, up to 100 MB. Nothing is stored before you have seen it."),
            rx.el.p(class_name="strong", aria_live="polite", custom_attrs={"data-file": ""}),
            rx.el.div(
                rx.el.p(glyph("alert"), rx.el.span(upload_sentence("too_large")), class_name="help error"),
                role="alert",
                hidden=True,
                custom_attrs={"data-too-large": ""},
            ),
            rx.el.input(
                type="file",
                name="file",
                accept=".csv,.tsv,.txt,.json",
                required=True,
                aria_label="File to import",
                custom_attrs={"data-writes": ""},
            ),
            class_name="drop",
            custom_attrs={"data-most": MAX_BYTES},
        ),
        action=action,
        file=True,
    )


def earlier_imports(rows: ArrayVar[list[ImportRow]]) -> rx.Component:
    """The imports of this workspace, newest first."""
    return rx.el.section(
        rx.el.h2("Earlier imports", class_name="title-2 pad-head"),
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(*(rx.el.th(head, scope="col") for head in ("File", "Result", "Rows", "By", "When")))
                ),
                rx.el.tbody(rx.foreach(rows, lambda row: _row(row.to(ImportRow)))),
                class_name="table",
            ),
            class_name="scroll-x",
        ),
        class_name="panel",
    )


def _row(row: ObjectVar[ImportRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(link(row.name, href=row.href), scope="row"),
        rx.el.td(rx.el.span(row.state, class_name=f"chip {row.tone}")),
        rx.el.td(row.counts, class_name="num"),
        rx.el.td(rx.el.span(person(row.by.to(Person)), row.by.name, class_name="out")),
        rx.el.td(time(row.at), class_name="meta"),
        key=row.id,
    )
