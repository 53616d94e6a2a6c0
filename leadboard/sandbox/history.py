"""What a team has done with its leads in the last weeks: who moved which when, and what they wrote. The same world, the
same day and the same lead make the same story."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from leadboard.domain.icp import Icp
from leadboard.domain.stage_needs import FORM, NO_ANSWERS, Answers, LostReason
from leadboard.domain.stages import SalesColumn
from leadboard.sandbox.names import FIRST_NAMES, LAST_NAMES
from leadboard.sandbox.world import ENDING, World, plain


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom a team looks for, how many days ago it searched for such companies, and how many of them each time."""

    profile: Icp
    searches: tuple[int, ...] = (27, 18, 8)
    target: int = 40


USUAL = Plan(
    Icp(
        industry=("Coffee shop", "Bakery", "Coffee roaster", "Dentist", "Gym", "Hotel"),
        size_min=4,
        size_max=80,
        geographies=("United Kingdom", "Australia"),
        signals=("hiring",),
    )
)
"""Local businesses that people walk into, for four weeks."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Moved:
    """To a column of the Sales board."""

    column: SalesColumn
    answers: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True)
class Owned:
    """Taken over by who does it."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """With one tag."""

    tag: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """A note."""

    text: str


@dataclass(frozen=True, slots=True)
class Valued:
    """What it may be worth, as somebody types it."""

    value: str


What = Moved | Owned | Tagged | Wrote | Valued


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody (their place in the team) did to a lead, and when."""

    at: datetime
    by: int
    what: What


def team(world: World, workspace: str) -> tuple[Member, ...]:
    """Four people who work in a workspace of this slug; nobody else is called so there."""
    chance = world.chance("team", workspace)
    names = zip(chance.sample(FIRST_NAMES["GB"], 4), chance.sample(LAST_NAMES["GB"], 4), strict=True)
    return tuple(
        Member(f"{first} {last}", f"{plain(first)}.{plain(last)}@{workspace}.{ENDING}") for first, last in names
    )


def morning(today: date, days_ago: int) -> datetime:
    """Twenty past eight (UTC) so many days ago, or on the working day before: nobody else is there yet."""
    return datetime.combine(_working(today - timedelta(days_ago), -1), time(8, 20), UTC)


def story(world: World, key: str, found: datetime, now: datetime) -> Iterator[Deed]:
    """What happened to the lead of this key after it was found, as far as it has happened by now."""
    chance = world.chance("story", key)
    by = chance.randrange(4)
    at = found
    for deeds in _chapters(chance, now):
        at = _later(chance, at)
        for place, what in enumerate(deeds):
            if (done := at + timedelta(minutes=4 * place)) < now:
                yield Deed(done, by, what)
        if at >= now:
            return


def _chapters(chance: Random, now: datetime) -> Iterator[list[What]]:
    """Visit after visit, each with what is done then; most leads are left somewhere on the way."""
    if chance.random() < 0.2:
        return
    yield [Moved(SalesColumn.REVIEW), Owned(), *([Tagged(chance.choice(_TAGS))] if chance.random() < 0.5 else [])]
    if chance.random() < 0.15:
        yield [_lost(chance, (LostReason.TOO_SMALL, LostReason.NOT_OUR_MARKET))]
        return
    if chance.random() < 0.3:
        return
    yield [Moved(SalesColumn.FIRST_CONTACT), Wrote(chance.choice(_CALLS))]
    if chance.random() < 0.3:
        yield [_lost(chance, (LostReason.NO_BUDGET, LostReason.BAD_TIMING, LostReason.NOT_REACHED))]
        return
    if chance.random() < 0.35:
        return
    value = f"{chance.randrange(12, 180) * 100:,}"
    yield [Moved(SalesColumn.NEGOTIATING), Valued(value), Wrote(chance.choice(_TALKS))]
    if chance.random() < 0.25:
        yield [_lost(chance, (LostReason.OTHER_SUPPLIER, LostReason.NO_BUDGET))]
    elif chance.random() < 0.7:
        meeting = datetime.combine(_working(now.date() + timedelta(chance.randint(1, 12)), 1), time(), UTC)
        hour = meeting.replace(hour=chance.choice((9, 10, 11, 14, 15)), minute=chance.choice((0, 30)))
        yield [Moved(SalesColumn.MEETING_BOOKED, Answers(meeting_at=hour.strftime(FORM))), Tagged("demo booked")]


def _lost(chance: Random, reasons: tuple[LostReason, ...]) -> Moved:
    reason = chance.choice(reasons)
    return Moved(SalesColumn.DISQUALIFIED, Answers(lost_reason=reason, lost_note=_WHY[reason]))


def _later(chance: Random, at: datetime) -> datetime:
    """One to four days later, on a working day between nine and half past five."""
    day = _working(at.date() + timedelta(chance.randint(1, 4)), 1)
    return datetime.combine(day, time(9), UTC) + timedelta(minutes=chance.randrange(8 * 60 + 30))


def _working(day: date, step: int) -> date:
    """The day, or the next working day in this direction."""
    while day.weekday() > 4:
        day += timedelta(step)
    return day


_TAGS = ("warm", "independent", "second site", "referral", "newsletter")
_CALLS = (
    "Called the front desk, the owner is in on Tuesdays and Thursdays.",
    "Sent the one-page overview after a short call. They asked for prices for two tills.",
    "Left a message, will try again on Thursday morning.",
    "Spoke to the manager: they are unhappy with how long payouts take today.",
)
_TALKS = (
    "They want a trial for a month before they decide. Sent terms.",
    "Quote sent, they compare it with what they have now until the end of the month.",
    "The owner likes it, the accountant has to agree to the yearly plan.",
)
_WHY = {
    LostReason.TOO_SMALL: "one counter, twenty customers a day",
    LostReason.NOT_OUR_MARKET: "belongs to a chain that buys centrally",
    LostReason.NO_BUDGET: "asked for half the price",
    LostReason.BAD_TIMING: "contract runs until the autumn",
    LostReason.OTHER_SUPPLIER: "stayed with what their bank offers",
    LostReason.NOT_REACHED: "five calls, no answer",
}
