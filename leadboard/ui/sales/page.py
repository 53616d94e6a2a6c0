"""The Sales board, drawn."""

from functools import partial
from typing import Any

import reflex as rx

from leadboard.domain.stage_needs import NEEDS
from leadboard.domain.stages import COLUMN_TITLES, DROPPED_ON, SALES_COLUMNS
from leadboard.ui.components.activity import activity_opener, activity_panel
from leadboard.ui.components.board_switch import board_switch
from leadboard.ui.components.buttons import link_button, writes
from leadboard.ui.components.card_menu import PRESSED_VERSION, MenuItem, card_menu
from leadboard.ui.components.column import column
from leadboard.ui.components.filter_bar import filter_bar, left_out
from leadboard.ui.components.hand import hand
from leadboard.ui.components.held import held, updates_wait
from leadboard.ui.components.live_mark import live_mark
from leadboard.ui.components.move_sheet import move_sheet
from leadboard.ui.components.page_state import none_match, page_state
from leadboard.ui.components.sorting import sort_attrs, sort_items, sort_menu
from leadboard.ui.components.stage_form import ask, stage_forms
from leadboard.ui.components.strip import stage_strip
from leadboard.ui.components.tools import board_tools
from leadboard.ui.display import Column, Entry, Segment
from leadboard.ui.frame import Frame
from leadboard.ui.lead.page import lead_sheet_over_board
from leadboard.ui.lead.state import LeadState
from leadboard.ui.sales.state import SalesState
from leadboard.ui.selection.bar import PICKED, SELECT, SELECT_COLUMN, choice_menu, enrich_selected, selection_bar
from leadboard.ui.shell import shell

COLUMNS = (
    SalesState.enriched,
    SalesState.review,
    SalesState.first_contact,
    SalesState.negotiating,
    SalesState.meeting_booked,
    SalesState.disqualified,
)

STAYS = "Your role here cannot move leads."

# A move is made now or not at all: none waits for the connection and surprises somebody later.
DROP, MOVE, MOVE_SELECTED = SalesState.drop.temporal, SalesState.move.temporal, SalesState.move_selected.temporal
MOVE_KNOWING = SalesState.move_knowing.temporal


def _moved_to(key: str, lead_id: rx.Var) -> Any:
    return ask(key) if DROPPED_ON[key] in NEEDS else MOVE(lead_id, PRESSED_VERSION, key)


def _selected_to(key: str) -> Any:
    return ask(key, selected=True) if DROPPED_ON[key] in NEEDS else MOVE_SELECTED(PICKED, key)


MENU = (
    *(
        MenuItem(
            f"Move to {COLUMN_TITLES[key]}",
            "arrow_right",
            partial(_moved_to, key.value),
            to=key,
            count=each.to(Column).count,
            may=Frame.can_edit,
            why=STAYS,
        )
        for key, each in zip(SALES_COLUMNS, COLUMNS, strict=True)
    ),
    SELECT,
)


def page() -> rx.Component:
    """The board; the lead sheet opens over it."""
    return shell(
        rx.cond(SalesState.leads == 0, _first_visit(), _board()),
        lead_sheet_over_board(),
        hand(),
        live_mark(SalesState),
        live_mark(LeadState),
        title="Board",
        here="board",
        views=board_switch("sales", SalesState.query),
        tools=(updates_wait(), activity_opener()),
        aside=activity_panel(SalesState.entries.to(list[Entry]), Frame.my_id, Frame.undo_change),
    )


def _board() -> rx.Component:
    return rx.fragment(
        selection_bar(SalesState, _move_selected(), enrich_selected(SalesState)),
        board_tools(SalesState.summary, filters=filter_bar(SalesState), sort=sort_menu(SalesState)),
        left_out(SalesState),
        stage_strip(SalesState.segments.to(list[Segment])),
        rx.cond(
            (SalesState.query != "") & (SalesState.matching == 0),
            none_match(SalesState.clear_filters),
            held(SalesState, _columns()),
        ),
        card_menu(MENU),
        move_sheet(MENU),
        rx.cond(Frame.can_edit, _stage_forms()),
    )


def _stage_forms() -> rx.Component:
    return stage_forms(
        MOVE_KNOWING,
        SalesState.give_up,
        wrong=SalesState.wrong,
        wrong_at=SalesState.wrong_at,
        time_zone=SalesState.time_zone,
        attrs={
            "data-answered": SalesState.answered,
            "data-moved": rx.cond(SalesState.moved, "", None),
        },
    )


def _move_selected() -> rx.Component:
    return choice_menu(
        "Move",
        "arrow_right",
        *(
            rx.dropdown_menu.item(COLUMN_TITLES[key], on_select=_selected_to(key.value), custom_attrs=writes())
            for key in SALES_COLUMNS
        ),
    )


def _columns() -> rx.Component:
    return rx.el.div(
        *(
            column(
                each.to(Column),
                place=place,
                on_more=SalesState.more,
                on_reload=SalesState.reload,
                on_clear=SalesState.clear_filters,
                on_drop=DROP,
                drags=Frame.can_edit,
                sorts=sort_items(SalesState),
                acts=(SELECT_COLUMN,),
            )
            for place, each in enumerate(COLUMNS)
        ),
        class_name="columns",
        custom_attrs={"data-stays": rx.cond(Frame.can_edit, "", STAYS)} | sort_attrs(SalesState),
    )


def _first_visit() -> rx.Component:
    return page_state(
        "square_kanban",
        "Nothing to sell to yet",
        "Leads arrive here when their package is complete.",
        link_button("Open the Enrichment board", f"/w/{rx.State.slug}/board", kind="primary"),  # type: ignore[attr-defined]
    )
