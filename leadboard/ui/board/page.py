"""The Enrichment board, drawn."""

import reflex as rx

from leadboard.ui.batches.panel import batch_dialog, batch_panels, find_contacts
from leadboard.ui.batches.state import BatchState
from leadboard.ui.board.state import BoardState
from leadboard.ui.components.activity import activity_opener, activity_panel
from leadboard.ui.components.board_switch import board_switch
from leadboard.ui.components.buttons import button, link_button, writes
from leadboard.ui.components.card_menu import MenuItem, card_menu
from leadboard.ui.components.column import ColumnAct, column
from leadboard.ui.components.filter_bar import filter_bar, left_out
from leadboard.ui.components.hand import hand
from leadboard.ui.components.held import held, updates_wait
from leadboard.ui.components.live_mark import live_mark
from leadboard.ui.components.move_sheet import move_sheet
from leadboard.ui.components.page_state import none_match, page_state
from leadboard.ui.components.sorting import sort_attrs, sort_items, sort_menu
from leadboard.ui.components.strip import stage_strip
from leadboard.ui.components.tools import board_tools
from leadboard.ui.discovery.panel import discover_button, discover_dialog, discovery_panel
from leadboard.ui.discovery.state import DiscoveryState
from leadboard.ui.display import Column, Entry, Segment
from leadboard.ui.frame import Frame
from leadboard.ui.lead.page import lead_sheet_over_board
from leadboard.ui.lead.state import LeadState
from leadboard.ui.selection.bar import PICKED, SELECT, SELECT_COLUMN, enrich_selected, selection_bar
from leadboard.ui.shell import shell

COLUMNS = (
    BoardState.harvested,
    BoardState.intake,
    BoardState.analysis,
    BoardState.qualification,
    BoardState.refinement,
    BoardState.strategy,
    BoardState.messaging,
    BoardState.enriched,
    BoardState.attention,
)

FILTERED = BoardState.query != ""

ACTS = (
    ColumnAct(rx.cond(FILTERED, "Enrich all that match", "Enrich all"), "play", BoardState.enrich_column),
    ColumnAct(rx.cond(FILTERED, "Stop all that match", "Stop all"), "circle_stop", BoardState.cancel_column),
    SELECT_COLUMN,
)

MENU = (
    MenuItem("Enrich", "play", BoardState.enrich, states=("rest",)),
    MenuItem("Do next", "chevrons_up", BoardState.prioritise, states=("rest",), key="P"),
    MenuItem("Try again", "rotate_ccw", BoardState.retry, states=("failed",)),
    MenuItem("Stop", "circle_stop", BoardState.cancel, states=("working",)),
    SELECT,
)


def page() -> rx.Component:
    """The board; the lead sheet opens over it."""
    return shell(
        discovery_panel(),
        batch_panels(),
        rx.cond(BoardState.leads == 0, _first_visit(), _board()),
        discover_dialog(),
        batch_dialog(),
        lead_sheet_over_board(),
        hand(),
        live_mark(BoardState),
        live_mark(LeadState),
        live_mark(DiscoveryState),
        live_mark(BatchState),
        title="Board",
        here="board",
        views=board_switch("board", BoardState.query),
        tools=(updates_wait(), activity_opener()),
        aside=activity_panel(BoardState.entries.to(list[Entry]), Frame.my_id, Frame.undo_change),
    )


def _board() -> rx.Component:
    return rx.fragment(
        selection_bar(
            BoardState,
            enrich_selected(BoardState),
            find_contacts(),
            button("Stop", "circle_stop", on_click=BoardState.stop_selected(PICKED), custom_attrs=writes()),
        ),
        board_tools(
            BoardState.summary,
            _import(),
            discover_button(),
            _stop_all(),
            _enrich_all(),
            filters=filter_bar(BoardState),
            sort=sort_menu(BoardState),
        ),
        left_out(BoardState),
        stage_strip(BoardState.segments.to(list[Segment])),
        rx.cond(
            (BoardState.query != "") & (BoardState.matching == 0),
            none_match(BoardState.clear_filters),
            held(BoardState, _columns()),
        ),
        card_menu(MENU),
        move_sheet(MENU),
    )


def _columns() -> rx.Component:
    return rx.el.div(
        *(
            column(
                each.to(Column),
                place=place,
                on_retry=BoardState.retry,
                on_more=BoardState.more,
                on_reload=BoardState.reload,
                on_clear=BoardState.clear_filters,
                sorts=sort_items(BoardState),
                acts=ACTS,
            )
            for place, each in enumerate(COLUMNS)
        ),
        class_name="columns",
        custom_attrs={"data-stays": "Agents move leads here. More offers what you can do."} | sort_attrs(BoardState),
    )


def _enrich_all() -> rx.Component:
    return rx.cond(
        BoardState.waiting > 0,
        button(
            rx.cond(
                BoardState.waiting == 1,
                rx.cond(FILTERED, "Enrich 1 that matches", "Enrich 1 lead"),
                rx.cond(FILTERED, f"Enrich {BoardState.waiting} that match", f"Enrich {BoardState.waiting} leads"),
            ),
            "play",
            "primary",
            on_click=BoardState.enrich_all,
            disabled=~Frame.can_spend,
            title=rx.cond(Frame.can_spend, "", "Your role here cannot start enrichment"),
            custom_attrs=writes(),
        ),
    )


def _stop_all() -> rx.Component:
    return rx.cond(
        BoardState.busy,
        button(
            rx.cond(FILTERED, "Stop all that match", "Stop all"),
            "circle_stop",
            on_click=BoardState.cancel_all,
            disabled=~Frame.can_spend,
            custom_attrs=writes(),
        ),
    )


def _import() -> rx.Component:
    return link_button("Import", f"/w/{rx.State.slug}/import", "upload")  # type: ignore[attr-defined]


def _first_visit() -> rx.Component:
    return page_state(
        "upload",
        "Bring in your first leads",
        "Import a list or discover companies, then let leadboard read their websites.",
        link_button("Import a list", f"/w/{rx.State.slug}/import", kind="primary"),  # type: ignore[attr-defined]
        discover_button(),
        link_button("Describe your customer", f"/w/{rx.State.slug}/icp"),  # type: ignore[attr-defined]
    )
