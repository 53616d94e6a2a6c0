"""What a stage has to know before a lead stands there."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.stage_needs import (
    LONGEST_NOTE,
    NEEDS,
    REASONS,
    YEARS,
    Answers,
    LostReason,
    Standing,
    in_words,
    standing,
    with_note,
)
from leadboard.domain.stages import SalesStage
from leadboard.errors import Refused

OUT, BOOKED = SalesStage.DISQUALIFIED, SalesStage.MEETING_BOOKED


def test_there_are_six_reasons_each_with_its_words():
    assert list(REASONS) == list(LostReason)
    assert len(REASONS) == len(set(REASONS.values())) == 6


@pytest.mark.parametrize("stage", SalesStage)
def test_a_stage_is_stood_in_without_an_answer_only_where_it_asks_none(stage):
    if stage not in NEEDS:
        assert standing(stage, Answers("no_budget", "note", "2026-11-24T10:00"), "UTC") == Standing(stage)
        return
    for empty in (lambda: standing(stage, Answers(), "UTC"), lambda: Standing(stage)):
        with pytest.raises(Refused):
            empty()


@pytest.mark.parametrize(
    ("stage", "answers", "field", "sentence"),
    [
        (OUT, Answers(lost_reason=""), "lost_reason", "No reason was chosen"),
        (OUT, Answers(lost_reason="No budget"), "lost_reason", "No reason was chosen"),
        (OUT, Answers("no_budget", "x" * (LONGEST_NOTE + 1)), "lost_note", "The note has 201 characters"),
        (BOOKED, Answers(meeting_at=" "), "meeting_at", "The meeting has no day and time"),
        (BOOKED, Answers(meeting_at="tomorrow"), "meeting_at", "This is no day and time"),
        (BOOKED, Answers(meeting_at="2026-11-24"), "meeting_at", "This is no day and time"),
        (BOOKED, Answers(meeting_at="2026-02-30T10:00"), "meeting_at", "This is no day and time"),
        (BOOKED, Answers(meeting_at="2026-11-24T25:00"), "meeting_at", "This is no day and time"),
        (BOOKED, Answers(meeting_at="0001-01-01T00:00"), "meeting_at", "This is no day and time"),
        (BOOKED, Answers(meeting_at="9999-12-31T23:59"), "meeting_at", "This is no day and time"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_field(stage, answers, field, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        standing(stage, answers, "Pacific/Kiritimati")
    assert refused.value.field == field


def test_a_note_is_one_line_of_what_can_be_printed():
    assert standing(OUT, Answers("no_budget", " asked\r\nfor\x00 \u202e half "), "UTC").lost_note == "asked for half"
    assert with_note("No budget", "") == "No budget"
    assert with_note("No budget", "asked for half") == "No budget (asked for half)"


@pytest.mark.parametrize(
    ("typed", "time_zone", "moment"),
    [
        ("2026-11-24T10:00", "Europe/Oslo", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        ("2026-07-24T10:00", "Europe/Oslo", datetime(2026, 7, 24, 8, tzinfo=UTC)),
        ("2026-01-01T00:30", "Asia/Kolkata", datetime(2025, 12, 31, 19, tzinfo=UTC)),
        ("2019-11-24T10:00", "UTC", datetime(2019, 11, 24, 10, tzinfo=UTC)),
    ],
)
def test_a_meeting_is_meant_by_the_clock_of_the_workspace_past_or_to_come(typed, time_zone, moment):
    assert standing(BOOKED, Answers(meeting_at=typed), time_zone).meeting_at == moment


@given(st.datetimes(datetime(YEARS[0], 1, 2), datetime(YEARS[-1], 12, 30)))
def test_a_meeting_is_told_as_it_was_given(here):
    typed = here.strftime("%Y-%m-%dT%H:%M")
    to = standing(BOOKED, Answers(meeting_at=typed), "Asia/Kolkata")
    assert to.in_words("Asia/Kolkata") == f"{here:%a} {here.day} {here:%b %Y, %H:%M}"


def test_seen_from_its_own_year_a_meeting_is_told_without_it():
    moment, new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert in_words(moment, "UTC", moment) == "Thu 31 Dec, 23:30"
    assert in_words(moment, "UTC", new_year) == "Thu 31 Dec 2026, 23:30"
    assert in_words(moment, "Europe/Oslo", new_year) == "Fri 1 Jan, 00:30"


def test_what_is_told_of_it_is_what_there_is():
    booked = standing(BOOKED, Answers(meeting_at="2026-11-24T10:00"), "UTC")
    assert booked.told("UTC") == {"meeting_at": "2026-11-24T10:00:00+00:00", "said": "Tue 24 Nov 2026, 10:00"}
    assert Standing(SalesStage.REVIEWING).told("UTC") == {}
