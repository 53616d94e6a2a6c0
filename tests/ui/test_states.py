"""States as they are before anybody signed in: what every build bakes in and every hydration sends."""

import dataclasses
from typing import Any

import reflex as rx
from reflex.vars.base import ComputedVar
from reflex_base.constants.state import FIELD_MARKER

from leadboard.domain.stages import COLUMN_TITLES
from leadboard.domain.stages import Column as BoardColumn
from leadboard.store import db
from leadboard.store.tables import Lead
from leadboard.ui.board.state import BoardState
from leadboard.ui.display import Column
from leadboard.ui.frame import Frame
from tests.conftest import Team
from tests.ui.conftest import Pages

OWN_WORDS = {"summary", "all"}
"""Defaults that say which part of a page is in view; nobody's data."""


def states() -> list[type[rx.State]]:
    """Every state of the product."""
    every = [rx.State]
    for state in every:
        every += state.__subclasses__()
    return [state for state in every if state.__module__.startswith("leadboard.") and not state._mixin]


def defaults(state: type[rx.State]) -> dict[str, Any]:
    """Var -> what it holds in a fresh browser."""
    fresh = state(_reflex_internal_init=True).dict(initial=True)[state.get_full_name()]  # type: ignore[call-arg]
    return {name.removesuffix(FIELD_MARKER): value for name, value in fresh.items()}


def empty(value: Any) -> bool:
    """Whether a default says nothing about anybody."""
    if isinstance(value, Column):
        return value.loading and not value.cards
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return value == type(value)()
    return value in ("", 0, -1, False, None, *OWN_WORDS) or value == [] or value == {} or value is True


def test_there_are_states() -> None:
    assert {state.__name__ for state in states()} >= {"Frame", "BoardState", "LeadState", "SettingsState", "DoorState"}


def test_defaults_hold_nobodys_data() -> None:
    told = {
        (state.__name__, name): value
        for state in states()
        for name, value in defaults(state).items()
        if not empty(value)
    }

    assert not told, "these would be baked into public files at build time"


def test_nothing_is_computed_at_build_time() -> None:
    own = {
        (state.__name__, name)
        for state in states()
        for name, var in vars(state).items()
        if isinstance(var, ComputedVar) and name not in rx.State.vars
    }

    assert not own, "a computed var runs at every hydration and at build time: it must not read the store"


def test_two_browsers_never_share_a_default() -> None:
    for state in states():
        one, other = (state(_reflex_internal_init=True) for _ in range(2))  # type: ignore[call-arg]
        for name in state.base_vars:
            value = one.__getattribute__(name)
            if hasattr(value, "append"):
                value.append("mine")
            elif hasattr(value, "update"):
                value.update(mine="mine")
            assert "mine" not in str(other.__getattribute__(name)), (state.__name__, name)


def test_the_board_has_a_var_for_every_column() -> None:
    fresh = defaults(BoardState)

    for column in BoardColumn:
        assert fresh[column.value] == Column(column.value, COLUMN_TITLES[column], loading=True)


async def test_a_stranger_who_opens_a_page_is_sent_nothing_of_it(pages: Pages, team: Team) -> None:
    marker = "MARKER-7f3a"
    async with db.begin(team.id) as tx:
        tx.add(Lead(workspace_id=team.id, key="m.example", name=marker, what=marker, owner_name=marker))
    for state in states():
        for name in state.event_handlers:
            if name in ("look", "enter", "go", "set_up", "sign_in", "join"):
                await pages.call(f"{state.get_full_name()}.{name}", {}, url=f"/w/{team.slug}/board", tab="stranger")
    (held,) = pages.manager.states.values()

    sent = str(held.dict(initial=True))
    assert marker not in sent
    assert team.owner.name not in sent
    assert str(team.id) not in sent


async def test_a_refusal_is_shown_and_one_with_junk_in_it_ends(pages: Pages) -> None:
    await pages.call(f"{Frame.get_full_name()}.refuse", {"sentence": "One.", "code": ""}, tab="t")
    await pages.call(f"{Frame.get_full_name()}.refuse", {"sentence": "Two\0\ud800.", "code": ""}, tab="t")
    await pages.processor.join(5)
    (state,) = pages.manager.states.values()
    toasts = (await state.get_state(Frame)).toasts

    assert [toast.parts[0].text for toast in toasts] == [
        "One.",
        "This page sent something unreadable. Reload it and try again.",
    ]
