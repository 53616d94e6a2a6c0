"""How often a service finds something for a kind of lead, from past calls: few of them lean on wider kinds.

The rate of a kind is a Beta distribution. Its prior is the rate of the next wider kind, worth `LEANS` calls; that of
every lead leans on what is expected of the part a service plays. So a kind without history is as its wider one.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from leadboard.domain.services import Task
from leadboard.domain.waterfall.roles import TASKS, Role
from leadboard.domain.waterfall.segments import EVERY, widening

LEANS = 10
"""Calls that the rate of a wider kind is worth."""

EXPECTED = {
    Role.PERSON_DATA: 0.45,
    Role.EMAIL_FINDER: 0.35,
    Role.SIGNALS: 0.25,
    Role.PEOPLE: 0.60,
    Role.PEOPLE: 0.60,
    Role.COMPANY_DATA: 0.65,
    Role.SITE_CRAWL: 0.60,
    Role.EMAIL_VERIFY: 0.90,
    Role.PREMIUM: 0.50,
}
"""How often a service that nobody asked yet finds something, as a guess that counts for `LEANS` calls."""

_SECONDS = 1.5
"""A call takes so long until better is known."""


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call of the log. `hit`: something was found; `useful`: what was looked for, the address of a person, was among
    it; `micros`: what was paid; `record` tells which calls were about the same one."""

    record: str
    service: str
    task: Task
    segment: str
    hit: bool
    useful: bool
    micros: int
    seconds: float = 0.0


class Counted(NamedTuple):
    """Calls of one service, task and kind of lead together; `seconds` is what they took in all."""

    service: str
    task: Task
    segment: str
    calls: int
    hits: int
    useful: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Rate:
    """A share as a Beta distribution: `yes` and `no` are its counts, the prior's among them; `calls` those it was
    really seen in, of the kind asked for."""

    yes: float
    no: float
    calls: int = 0

    @property
    def mean(self) -> float:
        """The expected share."""
        return self.yes / (self.yes + self.no)

    @property
    def deviation(self) -> float:
        """How far the true share may well be from the mean: a standard deviation."""
        return math.sqrt(self.mean * (1 - self.mean) / (self.yes + self.no + 1))


@dataclass(frozen=True)
class History:
    """Past calls, counted: (service, task, kind of lead) -> number, for every kind and each wider one."""

    calls: Mapping[tuple[str, Task, str], int] = field(default_factory=dict)
    hits: Mapping[tuple[str, Task, str], int] = field(default_factory=dict)
    useful: Mapping[tuple[str, Task, str], int] = field(default_factory=dict)
    seconds: Mapping[tuple[str, Task], float] = field(default_factory=dict)

    @classmethod
    def of(cls, log: Iterable[PastCall]) -> "History":
        """The history of a log."""
        alike: dict[tuple[str, Task, str], list[PastCall]] = defaultdict(list)
        for call in log:
            alike[call.service, call.task, call.segment].append(call)
        return cls.counted(
            Counted(
                *about,
                calls=len(calls),
                hits=sum(call.hit for call in calls),
                useful=sum(call.useful for call in calls),
                seconds=sum(call.seconds for call in calls),
            )
            for about, calls in alike.items()
        )

    @classmethod
    def counted(cls, groups: Iterable[Counted]) -> "History":
        """The history of a log that was counted by service, task and kind of lead."""
        calls, hits, useful = Counter(), Counter(), Counter()
        seconds: dict[tuple[str, Task], float] = defaultdict(float)
        for group in groups:
            seconds[group.service, group.task] += group.seconds
            for kind in widening(group.segment):
                at = (group.service, group.task, kind)
                calls[at] += group.calls
                hits[at] += group.hits
                useful[at] += group.useful
        return cls(calls, hits, useful, seconds)

    def seen(self, service: str, role: Role, segment: str) -> int:
        """Calls of this kind."""
        return self.calls.get((service, TASKS[role], segment), 0)

    def hit_rate(self, service: str, role: Role, segment: str) -> Rate:
        """How often something is found, which is what is paid for."""
        return self._rate(self.hits, service, role, segment)

    def useful_rate(self, service: str, role: Role, segment: str) -> Rate:
        """How often what is looked for is found."""
        return self._rate(self.useful, service, role, segment)

    def seconds_per_call(self, service: str, role: Role) -> float:
        """How long a call takes."""
        calls = self.seen(service, role, EVERY)
        return self.seconds[service, TASKS[role]] / calls if calls else _SECONDS

    def _rate(self, counts: Mapping[tuple[str, Task, str], int], service: str, role: Role, segment: str) -> Rate:
        """From the widest kind to the one asked for, each without the next narrower one: a call counts once."""
        rate = Rate(EXPECTED[role] * LEANS, (1 - EXPECTED[role]) * LEANS)
        ats = [(service, TASKS[role], kind) for kind in reversed(widening(segment))]
        for at, narrower in zip_longest(ats, ats[1:]):
            calls = self.calls.get(at, 0) - self.calls.get(narrower, 0)
            yes = counts.get(at, 0) - counts.get(narrower, 0)
            rate = Rate(rate.mean * LEANS + yes, (1 - rate.mean) * LEANS + calls - yes, calls)
        return rate


NO_HISTORY = History()
