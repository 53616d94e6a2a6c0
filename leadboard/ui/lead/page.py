"""The lead's sheet, drawn over the board."""

from typing import Any

import reflex as rx

from leadboard.domain.stage_needs import Answers
from leadboard.ui.components.activity import feed
from leadboard.ui.components.buttons import button, icon_button, link_button, writes
from leadboard.ui.components.claims import claims
from leadboard.ui.components.contacts import contacts
from leadboard.ui.components.facts import facts
from leadboard.ui.components.lead_sheet import empty_tab, lead_sheet
from leadboard.ui.components.notes import note_form, notes
from leadboard.ui.components.receipt import receipt
from leadboard.ui.components.sections import sections
from leadboard.ui.components.stage_form import restate_form
from leadboard.ui.components.toasts import toasts
from leadboard.ui.display import ClaimRow, ContactRow, Entry, FactRow, LeadHead, NoteRow, Receipt, Section, Tab, Toast
from leadboard.ui.frame import Frame
from leadboard.ui.lead.state import LeadState


def lead_sheet_over_board() -> rx.Component:
    """The sheet; open while the address names a lead."""
    return lead_sheet(
        LeadState.head.to(LeadHead),
        LeadState.tabs.to(list[Tab]),
        LeadState.tab,
        rx.cond(
            LeadState.gone,
            empty_tab("This lead is not here", "It was removed, or the address is not complete."),
            rx.match(
                LeadState.tab,
                ("intelligence", sections(LeadState.intelligence.to(list[Section]))),
                ("claims", _claims()),
                ("contacts", _contacts()),
                ("messages", sections(LeadState.messages.to(list[Section]))),
                ("timeline", _timeline()),
                ("notes", _notes()),
                _summary(),
            ),
        ),
        side=receipt(LeadState.receipt.to(Receipt)),
        actions=(_work(), _note()),
        edit_known=_edit_known(),
        restate=restate_form(
            LeadState.restating,
            LeadState.knows.to(Answers),
            error=lambda field: rx.cond(LeadState.known_wrong_at == field, LeadState.known_wrong, ""),
            time_zone=LeadState.time_zone,
            on_save=LeadState.restate,
            on_leave=LeadState.leave_known,
        ),
        messages=toasts(Frame.toasts.to(list[Toast]), Frame.act, Frame.close_toast),
        is_open=LeadState.open,
        on_open_change=LeadState.close,
    )


def _work() -> rx.Component:
    """The one thing to do now: enrich, stop, or try again."""
    lead = LeadState.head.id
    return rx.cond(
        LeadState.working,
        button("Stop", "circle_stop", on_click=LeadState.cancel(lead), **_off()),
        rx.cond(
            LeadState.failed,
            button("Try again", "rotate_ccw", "primary", on_click=LeadState.enrich(lead), **_off()),
            rx.cond(
                LeadState.enriched,
                button("Enrich again", "rotate_ccw", on_click=LeadState.enrich(lead), **_off()),
                button("Enrich", "play", "primary", on_click=LeadState.enrich(lead), **_off()),
            ),
        ),
    )


def _edit_known() -> rx.Component:
    lead = LeadState.head.to(LeadHead)
    return rx.cond(
        Frame.can_edit,
        icon_button(
            "pencil",
            f"Edit {lead.known_as.lower()}",
            size="small",
            on_click=LeadState.edit_known,
            custom_attrs=writes() | {"data-edit": "known"},
        ),
    )


def _note() -> rx.Component:
    return rx.cond(
        Frame.can_edit,
        link_button(
            "Note",
            LeadState.note_href,
            "square_pen",
            title="Write a note",
            custom_attrs={"data-key": "n", "data-note": ""},
        ),
    )


def _off() -> dict[str, Any]:
    return {
        "disabled": ~Frame.can_spend,
        "title": rx.cond(Frame.can_spend, "", "Your role here cannot start enrichment"),
        "custom_attrs": writes(),
    }


def _summary() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            facts(
                LeadState.facts.to(list[FactRow]),
                LeadState.editing,
                LeadState.typed,
                LeadState.seen,
                LeadState.wrong,
                may=Frame.can_edit,
                on_edit=LeadState.edit,
                on_save=LeadState.save,
                on_give_up=LeadState.give_up,
                on_unlock=LeadState.unlock,
            ),
            class_name="stack",
        ),
        sections(LeadState.summary.to(list[Section])),
    )


def _notes() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Frame.can_edit,
            note_form(
                LeadState.draft,
                LeadState.turn,
                LeadState.note_wrong,
                on_save=LeadState.add_note,
                on_leave=LeadState.keep_note,
            ),
        ),
        rx.cond(
            LeadState.notes.length() > 0,
            notes(LeadState.notes.to(list[NoteRow]), Frame.my_id, LeadState.delete_note),
            empty_tab("No notes yet", "What the team knows beyond websites and lists belongs here."),
        ),
        class_name="stack",
    )


def _claims() -> rx.Component:
    rows = LeadState.claims.to(list[ClaimRow])
    return rx.cond(
        rows.length() > 0,
        claims(rows, may=Frame.can_edit, on_choose=LeadState.choose),
        empty_tab("Nothing known yet", "Enrich the lead, or import a list that names it."),
    )


def _contacts() -> rx.Component:
    return rx.cond(
        LeadState.contacts.length() > 0,
        contacts(LeadState.contacts.to(list[ContactRow]), may=Frame.can_spend, on_verify=LeadState.verify),
        empty_tab("No contact found", "Enrich the lead, or import a list with people."),
    )


def _timeline() -> rx.Component:
    return rx.cond(
        LeadState.timeline.length() > 0,
        feed(LeadState.timeline.to(list[Entry]), Frame.my_id, LeadState.take_back, long=True),
        empty_tab("Nothing happened yet", "Every step of the enrichment appears here."),
    )
