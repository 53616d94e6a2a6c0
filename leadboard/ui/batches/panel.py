"""Batches, drawn: the button, the dialog with the forecast, and the panels of those under way with their receipts."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.batches.display import BatchCard, ForecastCard, Note, ServiceLine
from leadboard.ui.batches.state import BatchState
from leadboard.ui.components.buttons import button, icon_button, writes
from leadboard.ui.components.fields import hidden, text_field
from leadboard.ui.components.marks import ago, bar, chip, glyph, time
from leadboard.ui.components.notices import callout
from leadboard.ui.frame import Frame
from leadboard.ui.selection.bar import PICKED

FORECAST = BatchState.forecast.to(ForecastCard)


def find_contacts() -> rx.Component:
    """The button of the selection's bar."""
    return rx.cond(
        Frame.can_spend,
        button("Find contacts", "contact", on_click=BatchState.expect(PICKED), custom_attrs=writes()),
    )


def batch_dialog() -> rx.Component:
    """What it would bring and cost, and for how much at most; draw it once per page."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Find contacts", size="4"),
            rx.form(
                rx.dialog.description(
                    "Services are asked about ",
                    FORECAST.leads,
                    ", one after the other until each is answered.",
                    size="2",
                ),
                _expected(),
                _services(),
                _cap(),
                _acts(),
                on_submit=BatchState.start,
                class_name="form",
            ),
            class_name="discover",
            max_width="640px",
        ),
        open=BatchState.open,
        on_open_change=BatchState.show,
    )


def _expected() -> rx.Component:
    return rx.fragment(
        rx.cond(
            FORECAST.demo,
            callout("warn", "Demo money: the demo world answers for services without a key, and nobody pays it."),
        ),
        rx.el.dl(
            _figure("Addresses expected", FORECAST.found),
            _figure("Probable cost", FORECAST.cost, FORECAST.most),
            _figure("Time", "about " + FORECAST.time.to(str)),
            class_name="expected",
        ),
        rx.el.p(
            FORECAST.sentence, rx.cond(FORECAST.spared != "", " " + FORECAST.spared.to(str), ""), class_name="meta"
        ),
    )


def _figure(name: str, value: rx.Var[str], note: rx.Var[str] | str = "") -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="meta"), rx.el.dd(rx.el.b(value, class_name="num"), rx.el.p(note, class_name="meta"))
    )


def _services() -> rx.Component:
    return rx.cond(
        FORECAST.services.length() > 0,
        rx.el.details(
            rx.el.summary("By service"),
            _lines(FORECAST.services.to(list[ServiceLine]), "Calls", "Finds", "Cost", "Rests on"),
        ),
        callout("warn", "No service can be asked about these leads. Add a key under Providers."),
    )


def _cap() -> rx.Component:
    return rx.cond(
        FORECAST.cap != "",
        text_field(
            "Cap in dollars",
            "cap",
            "It pauses before it costs more. Empty is no cap of its own.",
            BatchState.cap_wrong,
            default_value=FORECAST.cap,
            key=FORECAST.cap,
            input_mode="decimal",
            auto_complete="off",
            max_length=12,
        ),
    )


def _acts() -> rx.Component:
    return rx.el.div(
        button("Start", "play", "primary", type="submit", custom_attrs=writes()),
        rx.dialog.close(button("Cancel")),
        class_name="actions",
    )


def batch_panels() -> rx.Component:
    """Batches that go on, and those that have just ended as long as this tab has not closed them."""
    return rx.foreach(
        BatchState.batches,
        lambda each: rx.cond(
            BatchState.hidden.contains(each.to(BatchCard).id), rx.fragment(), _panel(each.to(BatchCard))
        ),
    )


def _panel(batch: ObjectVar[BatchCard]) -> rx.Component:
    return rx.el.section(
        rx.el.header(
            rx.el.h2(batch.title, " ", chip(batch.state, batch.tone)),
            rx.el.p(
                rx.el.span(batch.counts),
                rx.el.span(batch.cost),
                rx.el.span(batch.by, ", ", ago(batch.at)),
                class_name="dots num",
                role="status",
            ),
            rx.cond(batch.working, _cancel(batch), _close(batch)),
            class_name="spread",
        ),
        rx.cond(batch.working, bar(batch.percent.to(int), "Records done")),
        rx.cond(batch.why != "", _why(batch)),
        rx.cond(batch.told != "", rx.el.p(batch.told)),
        rx.cond(
            (batch.told != "") | (batch.troubles.length() > 0),
            rx.el.details(
                rx.el.summary(
                    rx.cond(batch.told != "", "Receipt", "Details"),
                    rx.cond(
                        batch.troubles.length() > 0,
                        rx.el.span(glyph("alert"), batch.troubles.length(), " with trouble", class_name="trouble"),
                    ),
                ),
                _receipt(batch),
            ),
        ),
        key=batch.id,
        class_name="panel discovery",
        aria_label="Finding contacts",
    )


def _cancel(batch: ObjectVar[BatchCard]) -> rx.Component:
    return button(
        "Cancel",
        "circle_stop",
        size="small",
        on_click=BatchState.cancel_batch(batch.id),
        disabled=~Frame.can_spend,
        aria_label="Cancel finding contacts",
        custom_attrs=writes(),
    )


def _close(batch: ObjectVar[BatchCard]) -> rx.Component:
    return icon_button("x", "Close the receipt", size="small", on_click=BatchState.hide(batch.id))


def _why(batch: ObjectVar[BatchCard]) -> rx.Component:
    """Why it does not go on, when it does by itself, and how a person goes on with it."""
    return rx.el.div(
        rx.el.p(
            batch.why,
            rx.cond(batch.goes_on != "", rx.fragment(" It goes on by itself ", time(batch.goes_on), "."), ""),
        ),
        rx.cond(batch.paused & Frame.can_spend, _resume(batch)),
        class_name="notice warn paused",
    )


def _resume(batch: ObjectVar[BatchCard]) -> rx.Component:
    return rx.form(
        hidden("batch", batch.id.to(str)),
        rx.cond(
            batch.cap != "",
            rx.el.input(
                name="cap",
                default_value=batch.cap,
                class_name="input small",
                aria_label="Cap in dollars",
                input_mode="decimal",
                auto_complete="off",
                max_length=12,
            ),
        ),
        button("Go on", "play", size="small", type="submit", custom_attrs=writes()),
        on_submit=BatchState.resume_batch,
        class_name="resume",
    )


def _receipt(batch: ObjectVar[BatchCard]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            batch.paid.length() > 0,
            rx.fragment(
                rx.el.h3("Paid", class_name="strong"), _lines(batch.paid.to(list[ServiceLine]), "Calls", "Hits", "Cost")
            ),
        ),
        _notes("Saved", batch.saved.to(list[Note])),
        _notes("Missed", batch.missed.to(list[Note])),
        _notes("Not accepted", batch.reasons.to(list[Note])),
        rx.foreach(batch.troubles, lambda each: rx.el.p(each, class_name="meta")),
        class_name="discovery-body",
        tab_index=0,
        role="group",
        aria_label="Receipt",
    )


def _lines(rows: ArrayVar[list[ServiceLine]], *heads: str) -> rx.Component:
    names = ("calls", "hits", "cost", "past")[: len(heads)]

    def line(each: ObjectVar[ServiceLine]) -> rx.Component:
        return rx.el.tr(
            rx.el.th(each.name, scope="row"),
            *(rx.el.td(getattr(each, name), class_name="num") for name in names),
            key=each.name,
        )

    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Service", scope="col"), *(rx.el.th(head, scope="col", class_name="num") for head in heads)
                )
            ),
            rx.el.tbody(rx.foreach(rows, lambda each: line(each.to(ServiceLine)))),
            class_name="table sums",
        ),
        class_name="scroll-x",
        tab_index=0,
        role="region",
        aria_label="By service",
    )


def _notes(title: str, rows: ArrayVar[list[Note]]) -> rx.Component:
    return rx.cond(
        rows.length() > 0,
        rx.fragment(
            rx.el.h3(title, class_name="strong"),
            rx.el.ul(rx.foreach(rows, lambda each: _note(each.to(Note))), class_name="rejects", role="list"),
        ),
    )


def _note(note: ObjectVar[Note]) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.span(note.what), rx.cond(note.why != "", rx.el.p(note.why, class_name="meta"))),
        rx.el.span(note.many, rx.cond(note.money != "", " · " + note.money.to(str), ""), class_name="num at-end"),
        key=note.key,
        class_name="spread",
    )
