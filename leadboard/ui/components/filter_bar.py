"""The filters of a board: the search, what is in use, and a panel with everything to choose from."""

from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from leadboard.ui.components.buttons import button, icon_button, text_button
from leadboard.ui.components.marks import glyph
from leadboard.ui.display import Filter, FilterEnds, FilterGroup, FilterOption
from leadboard.ui.filters.state import Filtering


def filter_bar(state: type[Filtering]) -> rx.Component:
    """Search, chips and "Filter". Everything sends itself; filters.js keeps the search as the address says."""
    return rx.fragment(
        _search(state),
        _panel(state),
        rx.cond(state.query != "", _in_use(state)),
    )


def left_out(state: type[Filtering]) -> rx.Component:
    """What of the address is no filter, in sentences."""
    return rx.cond(
        state.left_out.length() > 0,
        rx.el.div(
            rx.foreach(state.left_out, lambda sentence: rx.el.p(glyph("alert"), rx.el.span(sentence))),
            class_name="left-out meta",
            role="status",
        ),
    )


def _search(state: type[Filtering]) -> rx.Component:
    return rx.el.form(
        rx.icon("search", size=14, aria_hidden="true"),
        rx.el.input(
            name="q",
            type="search",
            class_name="input small",
            placeholder="Search leads",
            default_value=state.q,
            max_length=100,
            auto_complete="off",
            spell_check=False,
            aria_label="Search leads",
            aria_keyshortcuts="/",
            custom_attrs={"data-key": "/"},
        ),
        on_submit=state.search,
        class_name="search",
        role="search",
        custom_attrs={"data-sends": "", "data-search": state.q},
    )


def _in_use(state: type[Filtering]) -> rx.Component:
    chips = rx.el.div(
        rx.foreach(state.chips.to(list[Filter]), lambda each: _chip(state, each)),
        class_name="filters-in-use",
        role="group",
        aria_label="Filters in use",
    )
    return rx.fragment(chips, text_button("Clear all", on_click=state.clear_filters))


def _chip(state: type[Filtering], each: ObjectVar[Filter]) -> rx.Component:
    return rx.el.span(
        rx.el.span(each.name),
        rx.el.b(each.value),
        icon_button(
            "x", f"Remove the filter {each.name} {each.value}", size="small", on_click=state.unfilter(each.key)
        ),
        class_name="btn filter",
        key=each.key,
    )


def _panel(state: type[Filtering]) -> rx.Component:
    return rx.popover.root(
        rx.popover.trigger(
            rx.el.button(
                rx.icon("list_filter", size=16, aria_hidden="true"),
                "Filter",
                class_name="btn ghost",
                type="button",
                aria_keyshortcuts="f",
                custom_attrs={"data-key": "f"},
            )
        ),
        rx.popover.content(
            rx.el.h2("Filter", class_name="strong"),
            rx.cond(state.choices.length() > 0, _form(state), rx.el.p("Reading your leads…", class_name="meta")),
            rx.el.footer(
                rx.el.span(
                    rx.cond(
                        (state.query != "") & (state.matching >= 0),
                        rx.fragment(state.matching, rx.cond(state.matching == 1, " lead matches", " leads match")),
                    ),
                    class_name="meta num",
                    role="status",
                ),
                rx.cond(
                    state.query != "",
                    rx.popover.close(button("Clear all", kind="ghost", on_click=state.clear_filters)),
                ),
                rx.popover.close(button("Done", kind="primary")),
            ),
            class_name="filter-panel",
            aria_label="Filter",
            align="start",
            side_offset=6,
            on_open_auto_focus=_focus_panel(),
        ),
        on_open_change=state.offer,
    )


def _focus_panel() -> Any:
    """Its fields are not there yet when it opens, and the first thing that is would clear the filters."""
    return rx.call_function(rx.Var("(() => document.querySelector('.filter-panel')?.focus())")).prevent_default


def _form(state: type[Filtering]) -> rx.Component:
    ends = state.ends.to(FilterEnds)
    return rx.el.form(
        rx.el.label("Text", rx.el.input(name="q", type="search", class_name="input", default_value=state.q)),
        rx.foreach(state.choices.to(list[FilterGroup]), _group),
        _span("Employees", "size", ends.size_low, ends.size_high),
        _span("Value", "value", ends.value_low, ends.value_high),
        key=state.offered,
        on_submit=state.choose,
        class_name="filter-form",
        custom_attrs={"data-sends": ""},
    )


def _group(group: ObjectVar[FilterGroup]) -> rx.Component:
    chosen: ArrayVar[list[FilterOption]] = group.options.to(list[FilterOption])
    return rx.el.fieldset(
        rx.el.legend(group.title),
        rx.el.div(rx.foreach(chosen, _option), class_name="filter-options"),
        key=group.title,
    )


def _option(option: ObjectVar[FilterOption]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=option.name, default_checked=option.chosen),
        rx.el.span(option.label, class_name="cut", title=option.label),
        rx.el.span(option.leads, class_name="meta num"),
        key=option.name,
    )


def _span(title: str, key: str, low: rx.Var[str], high: rx.Var[str]) -> rx.Component:
    def end(name: str, label: str, value: rx.Var[str]) -> rx.Component:
        return rx.el.input(
            name=f"{key}_{name}",
            class_name="input small",
            input_mode="numeric",
            auto_complete="off",
            placeholder=label,
            default_value=value,
            max_length=20,
            aria_label=f"{title}, {label.lower()}",
        )

    return rx.el.fieldset(
        rx.el.legend(title),
        rx.el.div(end("low", "From", low), rx.el.span("to"), end("high", "Any", high), class_name="filter-ends"),
    )
