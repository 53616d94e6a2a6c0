"""What a sales stage has to know of a lead that comes to it: why it is ruled out, or when its meeting is. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from leadboard.domain.stages import SalesStage
from leadboard.errors import Refused


class LostReason(StrEnum):
    """Why a lead is ruled out, in the order in which keys choose it."""

    TOO_SMALL = "too_small"
    NOT_OUR_MARKET = "not_our_market"
    NO_BUDGET = "no_budget"
    BAD_TIMING = "bad_timing"
    OTHER_SUPPLIER = "other_supplier"
    NOT_REACHED = "not_reached"


REASONS: dict[str, str] = {
    LostReason.TOO_SMALL: "Too small",
    LostReason.NOT_OUR_MARKET: "Not our market",
    LostReason.NO_BUDGET: "No budget",
    LostReason.BAD_TIMING: "Bad timing",
    LostReason.OTHER_SUPPLIER: "Chose another supplier",
    LostReason.NOT_REACHED: "Could not be reached",
}

LONGEST_NOTE = 200
FORM = "%Y-%m-%dT%H:%M"
"""How a browser gives a day and a time."""
YEARS = range(2000, 2100)
"""A meeting in another year is a slip of the keyboard."""

NEEDS = frozenset({SalesStage.DISQUALIFIED, SalesStage.MEETING_BOOKED})
"""The stages that have to know something."""


@dataclass(frozen=True)
class Answers:
    """What a person gave with a move, as it came; `meeting_at` is a day and a time on the workspace's clock."""

    lost_reason: str = ""
    lost_note: str = ""
    meeting_at: str = ""


NO_ANSWERS = Answers()


@dataclass(frozen=True)
class Standing:
    """A sales stage with what it has to know: there is none without, so no lead comes to a stage without it."""

    stage: SalesStage
    lost_reason: str = ""
    lost_note: str = ""
    meeting_at: datetime | None = None

    def __post_init__(self) -> None:
        """`Refused` at the field of what is missing."""
        if self.stage is SalesStage.DISQUALIFIED and self.lost_reason not in REASONS:
            sentence = "No reason was chosen. Choose why it is ruled out, so that others know."
            raise Refused(sentence, field="lost_reason", code="needs_reason")
        if self.stage is SalesStage.MEETING_BOOKED and self.meeting_at is None:
            raise Refused(
                "The meeting has no day and time. Enter both, such as 24 Nov 2026, 10:00.",
                field="meeting_at",
                code="needs_meeting",
            )

    def columns(self) -> dict[str, Any]:
        """What a lead that stands there says; empty is what its stage does not ask."""
        return {"lost_reason": self.lost_reason, "lost_note": self.lost_note, "meeting_at": self.meeting_at}

    def in_words(self, time_zone: str) -> str:
        """ "No budget", "Tue 24 Nov 2026, 10:00"; empty where nothing had to be known."""
        return in_words(self.meeting_at, time_zone) if self.meeting_at else REASONS.get(self.lost_reason, "")

    def known(self, time_zone: str) -> str:
        """The same with the note: "No budget (asked for half)"."""
        return with_note(self.in_words(time_zone), self.lost_note)

    def told(self, time_zone: str) -> dict[str, str]:
        """What there is of it, as plain JSON; `said` is the reason or the meeting in words."""
        at = self.meeting_at.isoformat() if self.meeting_at else ""
        said = self.in_words(time_zone)
        given = {"lost_reason": self.lost_reason, "lost_note": self.lost_note, "meeting_at": at, "said": said}
        return {name: value for name, value in given.items() if value}


def standing(stage: SalesStage, answers: Answers, time_zone: str) -> Standing:
    """The stage with what it needs of the answers; `Refused` at the field of what is missing or no answer."""
    if stage is SalesStage.DISQUALIFIED:
        return Standing(stage, lost_reason=answers.lost_reason, lost_note=clean_lost_note(answers.lost_note))
    if stage is SalesStage.MEETING_BOOKED:
        return Standing(stage, meeting_at=_moment(answers.meeting_at, time_zone))
    return Standing(stage)


def answers_of(lost_reason: str, lost_note: str, meeting_at: datetime | None, time_zone: str) -> Answers:
    """What a form holds that says what is known already."""
    here = meeting_at.astimezone(ZoneInfo(time_zone)).strftime(FORM) if meeting_at else ""
    return Answers(lost_reason, lost_note, here)


def clean_lost_note(typed: str) -> str:
    """The note beside a reason: one line of what can be printed; `Refused` when it is too long."""
    note = " ".join("".join(char if char.isprintable() else " " for char in typed).split())
    if len(note) > LONGEST_NOTE:
        sentence = f"The note has {len(note):,} characters; at most {LONGEST_NOTE} are kept. Shorten it."
        raise Refused(sentence, field="lost_note")
    return note


def with_note(said: str, lost_note: str) -> str:
    """ "No budget (asked for half)"."""
    return f"{said} ({lost_note})" if lost_note else said


def in_words(moment: datetime, time_zone: str, now: datetime | None = None) -> str:
    """A moment on the workspace's clock: "Tue 24 Nov 2026, 10:00"; seen from `now`, without the year it is in."""
    clock = ZoneInfo(time_zone)
    here = moment.astimezone(clock)
    year = f" {here.year}" if now is None or here.year != now.astimezone(clock).year else ""
    return f"{here:%a} {here.day} {here:%b}{year}, {here:%H:%M}"


def _moment(typed: str, time_zone: str) -> datetime | None:
    if not typed.strip():
        return None
    try:
        here = datetime.strptime(typed.strip(), FORM)
    except ValueError:
        here = None
    if here is None or here.year not in YEARS:
        sentence = "This is no day and time of a meeting. Enter both, such as 24 Nov 2026, 10:00."
        raise Refused(sentence, field="meeting_at", code="needs_meeting")
    return here.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
