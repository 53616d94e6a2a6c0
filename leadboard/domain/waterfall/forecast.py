"""What a batch will probably find, cost and take, before it runs: past rates of each service and kind of lead, through
the order.

The range is where the cost lies in eight of ten batches. It is a normal approximation: the variance of the single
calls, and that of the rates themselves, which are known only as well as there are past calls. Its ends are those of a
normal distribution at 10 and 90 %, kept between nothing and the most that can be paid.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, NamedTuple

from leadboard.domain.receipt import as_data
from leadboard.domain.services import Pace, Task
from leadboard.domain.waterfall import premium
from leadboard.domain.waterfall.next_step import Step
from leadboard.domain.waterfall.path import Path
from leadboard.domain.waterfall.rates import History
from leadboard.domain.waterfall.roles import Role
from leadboard.domain.waterfall.segments import EVERY

_TENTH = NormalDist().inv_cdf(0.9)
"""Standard deviations from the middle to the tenth at either end."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a service is expected to be asked and to find; `past` is how many past calls that rests on."""

    service: str
    calls: float
    hits: float
    micros: int
    past: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Money in millionths of a US dollar. `hits`: records (people, companies) for which what is looked for is expected
    to be found; `addresses`: so many of the `people` will have an e-mail address found; `low` to `high`: the cost in
    eight of ten batches; `most`: what it cannot exceed; `spared_*`: calls that answers within the window make needless,
    and what they would cost; `past`: past calls that this rests on."""

    records: int
    calls: float
    hits: float
    people: int
    addresses: float
    micros: int
    low: int
    high: int
    most: int
    seconds: float
    services: tuple[Expected, ...]
    spared_calls: int
    spared_micros: int
    past: int
    sentence: str

    def to_data(self) -> dict[str, Any]:
        """As JSON."""
        return as_data(self)


def forecast(
    paths: Iterable[Path],
    history: History,
    *,
    together: int,
    paces: Mapping[str, Pace],
    premium_step: Step | None = None,
) -> Forecast:
    """The forecast of a batch whose records go these paths, `together` of them at the same time.

    `paces`: every service of the paths -> how fast it may be asked; `premium_step`: the premium call of the second
    pass, where there is such a service: it is counted for the people without an address, up to the cap of the batch.
    """
    paths = list(paths)
    runs = [*_runs(paths, history), *_second_pass(paths, history, premium_step)]
    services = _by_service(runs, history)
    micros, deviation = sum(run.micros for run in runs), _deviation(runs)
    most = sum(run.most for run in runs)
    spared = [passed for path in paths for passed in path.spared]
    past = sum(each.past for each in services)
    return Forecast(
        records=len(paths),
        calls=sum(each.calls for each in services),
        hits=sum(run.found for run in runs),
        people=sum(path.person for path in paths),
        addresses=sum(run.found for run in runs if run.person),
        micros=round(micros),
        low=max(round(micros - _TENTH * deviation), 0),
        high=min(round(micros + _TENTH * deviation), most),
        most=most,
        seconds=_seconds(services, runs, together, paces),
        services=services,
        spared_calls=len(spared),
        spared_micros=sum(passed.micros for passed in spared),
        past=past,
        sentence=_sentence(services, past),
    )


class _Chance(NamedTuple):
    """A step with its chances: to find anything, and to find what is looked for, each with its deviation."""

    step: Step
    hit: float
    useful: float
    hit_deviation: float
    useful_deviation: float
    seconds: float


@dataclass(frozen=True, slots=True)
class _Run:
    """So many records that go the same path."""

    records: float
    chances: tuple[_Chance, ...]
    most: int
    person: bool

    @property
    def reached(self) -> list[float]:
        """How often each step is made: as often as none before it found what is looked for."""
        return [math.prod(1 - before.useful for before in self.chances[:at]) for at in range(len(self.chances))]

    @property
    def found(self) -> float:
        """Records for which what is looked for is found."""
        return self.records * (1 - math.prod(1 - chance.useful for chance in self.chances))

    @property
    def micros(self) -> float:
        """The expected cost."""
        return self.records * _mean(self.chances)


def _runs(paths: Sequence[Path], history: History) -> Iterator[_Run]:
    alike = Counter((path.segment, path.steps, path.person) for path in paths)
    for (segment, steps, person), records in alike.items():
        chances = tuple(_chance(step, segment, history) for step in steps)
        yield _Run(records, chances, records * sum(step.micros for step in steps), person)


def _second_pass(paths: Sequence[Path], history: History, step: Step | None) -> Iterator[_Run]:
    """Premium calls for the people whom the first pass leaves without an address, within the cap."""
    people = [path for path in paths if path.person and path.steps]
    cap = premium.cap(sum(path.person for path in paths))
    if step and cap and people:
        left = len(people) - sum(run.found for run in _runs(people, history))
        yield _Run(min(left, cap), (_chance(step, EVERY, history),), cap * step.micros, person=True)


def _chance(step: Step, segment: str, history: History) -> _Chance:
    hit = history.hit_rate(step.service, step.role, segment)
    useful = history.useful_rate(step.service, step.role, segment)
    seconds = history.seconds_per_call(step.service, step.role)
    return _Chance(step, hit.mean, min(useful.mean, hit.mean), hit.deviation, useful.deviation, seconds)


def _mean(chances: Sequence[_Chance]) -> float:
    """The expected cost of one record."""
    left, cost = 1.0, 0.0
    for chance in chances:
        cost += left * chance.step.micros * (1.0 if chance.step.always else chance.hit)
        left *= 1 - chance.useful
    return cost


def _variance(chances: Sequence[_Chance]) -> float:
    """The variance of the cost of one record, from the end of its path to the beginning."""
    mean = square = 0.0
    for chance in reversed(chances):
        price = chance.step.micros
        missed = price if chance.step.always else 0
        found, paid, nothing = chance.useful, chance.hit - chance.useful, 1 - chance.hit
        square = (
            found * price**2
            + paid * (price**2 + 2 * price * mean + square)
            + nothing * (missed**2 + 2 * missed * mean + square)
        )
        mean = found * price + paid * (price + mean) + nothing * (missed + mean)
    return max(square - mean**2, 0.0)


def _deviation(runs: Sequence[_Run]) -> float:
    """The standard deviation of the cost of all. A rate that is higher than thought is so for every record."""
    calls = sum(run.records * _variance(run.chances) for run in runs)
    rates: dict[tuple[str, str, str], float] = defaultdict(float)
    for run in runs:
        for at, chance in enumerate(run.chances):
            about = (chance.step.service, chance.step.role)
            for name, deviation in (("hit", chance.hit_deviation), ("useful", chance.useful_deviation)):
                moved = chance._replace(**{name: getattr(chance, name) + deviation})
                differs = _mean((*run.chances[:at], moved, *run.chances[at + 1 :])) - _mean(run.chances)
                rates[*about, name] += run.records * differs
    return math.sqrt(calls + sum(each**2 for each in rates.values()))


def _by_service(runs: Sequence[_Run], history: History) -> tuple[Expected, ...]:
    calls, hits, micros = (defaultdict[str, float](float) for _ in range(3))
    asked: dict[str, dict[Task, Role]] = defaultdict(dict)
    for run in runs:
        for chance, reached in zip(run.chances, run.reached, strict=True):
            step, made = chance.step, run.records * reached
            calls[step.service] += made
            hits[step.service] += made * chance.hit
            micros[step.service] += made * step.micros * (1.0 if step.always else chance.hit)
            asked[step.service][step.task] = step.role
    return tuple(
        Expected(
            service=name,
            calls=calls[name],
            hits=hits[name],
            micros=round(micros[name]),
            past=sum(history.seen(name, role, EVERY) for role in asked[name].values()),
        )
        for name in calls
    )


def _seconds(services: Sequence[Expected], runs: Sequence[_Run], together: int, paces: Mapping[str, Pace]) -> float:
    """How long it takes: the calls, so many at the same time, or the slowest pace of a service where that is longer."""
    asking = sum(
        run.records * reached * chance.seconds
        for run in runs
        for chance, reached in zip(run.chances, run.reached, strict=True)
    )
    pacing = (each.calls * paces[each.service].seconds / paces[each.service].calls for each in services)
    return max(asking / together, *pacing, 0.0)


def _sentence(services: Sequence[Expected], past: int) -> str:
    new = sum(not each.past for each in services)
    if not services:
        return "Nothing has to be asked."
    if not past:
        return "Nothing was asked yet, so this is a guess. It gets better with every call."
    known = f"From {past:,} past {'call' if past == 1 else 'calls'}."
    return f"{known} {new} of {len(services)} services were not asked yet, and are guessed." if new else known
