"""A burst is one line: equal events of the same ten seconds, and nothing that can be taken back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.store.board import Happened
from leadboard.ui.board.merging import EQUAL_BY, merged

START = datetime.fromisoformat("2026-11-21T10:42:00+00:00")


def event(n: int, kind: str = "lead_enriched", seconds: float = 0, actor: str = "", **data: Any) -> Happened:
    return Happened(n, kind, uuid4(), actor, True, data, START + timedelta(seconds=seconds))


def leads(events: list[Happened]) -> list[tuple[int, int]]:
    return [(each.n, each.data.get("leads", 1)) for each in events]


def test_equal_events_of_ten_seconds_are_one_line_in_the_place_of_the_newest():
    moved = event(5, "lead_moved", 3, "Ada", to="reviewing")
    told = merged([event(7, seconds=12), event(6, seconds=9, confidence=0.9), moved, event(4, seconds=1), event(3)])
    assert leads(told) == [(7, 1), (6, 3), (5, 1)]
    assert (told[1].lead_id, told[2]) == (None, moved)


def test_only_what_says_the_same_is_merged():
    kind = "lead_enrichment_failed"
    told = merged(
        [event(4, kind, error="No page."), event(3, kind, error="No answer."), event(2, kind, error="No page.")]
    )
    assert leads(told) == [(4, 2), (3, 1)]
    told = merged(
        [event(2, "enrichment_requested", actor="Ada", leads=1), event(1, "enrichment_requested", actor="Ben")]
    )
    assert len(told) == 2


@pytest.mark.parametrize("kind", ["lead_moved", "lead_edited", "lead_deleted", "note_added", "lead_tagged"])
def test_what_can_be_taken_back_keeps_its_own_line(kind):
    assert leads(merged([event(2, kind, actor="Ada"), event(1, kind, actor="Ada")])) == [(2, 1), (1, 1)]


def test_what_tells_of_many_leads_already_stays_as_it_is():
    many = event(2, "enrichment_requested", actor="Ada", leads=40)._replace(lead_id=None)
    assert merged([many, event(1, "enrichment_requested", actor="Ada", leads=1)])[0] == many


SOME = st.tuples(st.sampled_from([*EQUAL_BY, "lead_moved", "note_added"]), st.integers(0, 40))


@given(st.lists(SOME, max_size=40), st.integers(0, 40))
def test_no_lead_is_lost_and_lines_stay_as_they_are_when_others_follow(some, later):
    some = sorted(some, key=lambda each: -each[1])
    events = [event(len(some) - at, kind, seconds) for at, (kind, seconds) in enumerate(some)]
    told = merged(events)
    assert sum(each.data.get("leads", 1) for each in told) == len(events)
    older = [each for each in events if each.at <= START + timedelta(seconds=later // 10 * 10)]
    whole = [each for each in merged(older) if each.at < START + timedelta(seconds=later // 10 * 10)]
    assert [each for each in told if each.at < START + timedelta(seconds=later // 10 * 10)] == whole
