"""The Spend page, drawn."""

from collections.abc import Collection, Sequence

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import button, link, writes
from leadboard.ui.components.card import card_bones
from leadboard.ui.components.fields import text_field
from leadboard.ui.components.live_mark import live_mark
from leadboard.ui.components.marks import bar, chip, share, time
from leadboard.ui.components.notices import callout
from leadboard.ui.components.page_state import page_state
from leadboard.ui.frame import Frame
from leadboard.ui.shell import shell
from leadboard.ui.spend.display import CapRow, DayRow, Figure, LedgerRow, SavedRow, SumRow
from leadboard.ui.spend.state import DEMO, SpendState


def page() -> rx.Component:
    """The numbers looked for first, the last 30 days, then what they are made of."""
    return shell(
        rx.el.div(
            rx.cond(
                SpendState.ready,
                rx.fragment(_demo(), rx.cond(SpendState.spent_anything, _spent(), _nothing()), _money(), _tables()),
                rx.el.ul(*(card_bones() for _ in range(4)), class_name="stack-16", role="list", aria_busy=True),
            ),
            class_name="page-form wide-page stack-16",
        ),
        live_mark(SpendState),
        title="Spend",
        here="spend",
        views=_books(),
    )


def _demo() -> rx.Component:
    return rx.cond(
        SpendState.book == DEMO,
        callout("warn", "Demo money: nobody pays it, and it is never added to what is paid."),
    )


def _books() -> rx.Component:
    """The demo world's money is nobody's, and stands apart from what is paid."""
    here = rx.Var.create("/w/") + rx.State.slug + "/spend"  # type: ignore[attr-defined]
    return rx.cond(
        SpendState.has_demo,
        rx.el.nav(
            _book("Demo money", here, SpendState.book == DEMO),
            _book("Real money", here + "?money=real", SpendState.book != DEMO),
            class_name="switch",
            aria_label="Money",
        ),
    )


def _book(name: str, href: rx.Var[str], here: rx.Var[bool]) -> rx.Component:
    return link(name, href=href, class_name="", custom_attrs={"aria-current": rx.cond(here, "page", None)})


def _nothing() -> rx.Component:
    return page_state(
        "receipt",
        "Nothing was spent yet",
        "Every call to an outside service or a language model is counted here, the moment it is made.",
    )


def _spent() -> rx.Component:
    return rx.fragment(
        rx.el.ul(
            rx.foreach(SpendState.figures, lambda each: _figure(each.to(Figure))), class_name="figures", role="list"
        ),
        rx.el.div(_days(), _saved(), class_name="spend-pair"),
    )


def _figure(figure: ObjectVar[Figure]) -> rx.Component:
    return rx.el.li(
        rx.el.span(figure.name, class_name="figure-name"),
        rx.el.b(figure.value, class_name="num"),
        rx.el.span(figure.note, class_name="meta"),
        key=figure.name,
        class_name="figure",
    )


def _days() -> rx.Component:
    """Bars for the eye, and the same as a table for whoever wants the numbers."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("By day", class_name="title-2"),
            rx.el.p(
                rx.el.span("Services", class_name="key of-services"),
                rx.el.span("Language models", class_name="key of-models"),
                class_name="meta keys",
            ),
            class_name="spread",
        ),
        rx.el.div(
            rx.el.p(SpendState.chart.most, class_name="meta num"),
            rx.el.div(
                rx.foreach(SpendState.days, lambda each: _bars(each.to(DayRow))),
                class_name="day-bars",
                role="img",
                aria_label=SpendState.chart.said,
            ),
            rx.el.p(rx.el.span(SpendState.chart.first), rx.el.span(SpendState.chart.last), class_name="meta spread"),
            class_name="day-chart",
        ),
        rx.el.details(
            rx.el.summary("As a table"),
            _scrolling(
                "Spent by day",
                _head("Day (UTC)", "Services", "Language models", "Together", "Calls"),
                rx.el.tbody(rx.foreach(SpendState.days, lambda each: _day(each.to(DayRow)))),
            ),
        ),
        class_name="panel pad stack-16",
    )


def _bars(day: ObjectVar[DayRow]) -> rx.Component:
    return rx.el.div(
        rx.el.i(class_name="of-models", style={"height": f"{day.models_height}%"}),
        rx.el.i(class_name="of-services", style={"height": f"{day.height}%"}),
        title=f"{day.day}: {day.total}, {day.calls} calls",
        key=day.day,
    )


def _day(day: ObjectVar[DayRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(day.day, scope="row"), *map(_number, (day.services, day.models, day.total, day.calls)), key=day.day
    )


def _saved() -> rx.Component:
    """The proof that running the same thing twice costs nothing: what was asked for again and not paid again."""
    return rx.el.section(
        rx.el.h2("The same thing twice costs 0"),
        rx.cond(
            SpendState.saved_said != "",
            rx.fragment(
                rx.el.p(SpendState.saved_said),
                rx.el.ul(
                    rx.foreach(SpendState.saved, lambda each: _why(each.to(SavedRow))), class_name="rows", role="list"
                ),
            ),
            rx.el.p(
                "No question was put a second time yet. One that was answered within 90 days is never paid for again.",
                class_name="meta",
            ),
        ),
        class_name="panel pad stack-16",
    )


def _why(row: ObjectVar[SavedRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(row.why, class_name="strong"),
            rx.el.p(row.about, class_name="meta"),
        ),
        rx.el.div(
            rx.el.b(row.spent, class_name="num"),
            rx.el.p(row.calls, " calls", class_name="meta num"),
            class_name="at-end",
        ),
        key=row.why,
        class_name="spread saved",
    )


def _money() -> rx.Component:
    return rx.el.div(_caps(), _credits(), class_name="spend-pair even")


def _caps() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Caps of today"),
        rx.el.p("At a cap nothing more is asked until 00:00 UTC; work waits and goes on by itself.", class_name="meta"),
        rx.el.ul(rx.foreach(SpendState.caps, lambda each: _cap(each.to(CapRow))), class_name="caps", role="list"),
        rx.cond(Frame.can_settle, _caps_form()),
        class_name="panel pad stack-16",
    )


def _cap(cap: ObjectVar[CapRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(cap.name),
            rx.el.span(cap.said, rx.cond(cap.full, chip("Reached", "weak")), class_name="num"),
            class_name="spread",
        ),
        rx.cond(cap.capped, bar(cap.percent.to(int), cap.name)),
        key=cap.key,
    )


def _caps_form() -> rx.Component:
    """Starts with what is stored, and anew when that changes."""
    return rx.form(
        rx.el.div(
            _amount("Services, $ a day", "providers", SpendState.typed.providers),
            _amount("Language models, $ a day", "models", SpendState.typed.models),
            class_name="field-pair",
        ),
        button("Save caps", type="submit", custom_attrs=writes()),
        on_submit=SpendState.change_caps,
        class_name="form",
    )


def _amount(label: str, name: str, value: rx.Var[str]) -> rx.Component:
    return text_field(
        label,
        name,
        "Empty: no cap of this workspace's own.",
        SpendState.errors[name] | "",
        default_value=value,
        key=value,
        input_mode="decimal",
        auto_complete="off",
        max_length=20,
    )


def _credits() -> rx.Component:
    credits = SpendState.credits
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Credits", class_name="title-2"),
            chip(credits.plan.to(str) + " · " + credits.status.to(str), credits.tone),
            class_name="spread",
        ),
        rx.el.div(
            rx.el.p(
                rx.el.b(credits.left, class_name="big num"), " of ", credits.quota, " left, renewed on ", credits.renews
            ),
            bar(credits.percent.to(int), "Credits left"),
            class_name="stack-8",
        ),
        rx.cond(credits.warning != "", callout("warn", credits.warning)),
        rx.el.p(
            credits.used,
            " used since the last renewal; ",
            credits.average,
            " a working day of late, against a target of ",
            credits.target,
            ". A contact takes one when it is accepted for the first time, and never again.",
            class_name="meta",
        ),
        rx.cond(
            SpendState.ledger.length() > 0,
            rx.el.details(
                rx.el.summary("Last changes"),
                _scrolling(
                    "Last changes of the credits",
                    _head("When", "What", "Change", "Left", words=(0, 1)),
                    rx.el.tbody(rx.foreach(SpendState.ledger, lambda each: _line(each.to(LedgerRow)))),
                ),
            ),
        ),
        class_name="panel pad stack-16",
    )


def _line(line: ObjectVar[LedgerRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(time(line.at), scope="row"),
        rx.el.td(line.what),
        _number(line.delta),
        _number(line.balance),
        key=line.key,
    )


def _tables() -> rx.Component:
    return rx.fragment(
        _table("By service", "Service", SpendState.services),
        _table("By what was asked", "What", SpendState.tasks),
        _table("By language model", "Model", SpendState.models),
        _table("By person", "Who set it off", SpendState.users),
    )


def _table(title: str, side: str, rows: ArrayVar[Sequence[SumRow]]) -> rx.Component:
    """Nothing where there are no calls."""
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h2(title, class_name="pad-head"),
            _scrolling(
                title,
                _head(side, "Calls", "Hits", "Hit rate", "Failed", "Spent in 30 days", "Share", words=(0, 6)),
                rx.el.tbody(rx.foreach(rows, lambda each: _row(each.to(SumRow)))),
            ),
            class_name="panel",
        ),
    )


def _row(row: ObjectVar[SumRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.name, scope="row", class_name="strong"),
        *map(_number, (row.calls, row.hits, row.rate, row.errors, row.spent)),
        rx.el.td(share(row.share.to(int)), rx.el.span(row.share, "%", class_name="num"), class_name="part"),
        key=row.key,
    )


def _number(text: rx.Var[str]) -> rx.Component:
    return rx.el.td(text, class_name="num")


def _head(*names: str, words: Collection[int] = (0,)) -> rx.Component:
    """Heads of columns: those at `words` stand over texts, the others over numbers."""
    return rx.el.thead(
        rx.el.tr(
            *(rx.el.th(name, scope="col", class_name="" if at in words else "num") for at, name in enumerate(names))
        )
    )


def _scrolling(name: str, *parts: rx.Component) -> rx.Component:
    """A table that scrolls sideways where it is too wide; by keys as well."""
    return rx.el.div(
        rx.el.table(*parts, class_name="table sums"),
        class_name="scroll-x",
        tab_index=0,
        role="region",
        aria_label=name,
    )
