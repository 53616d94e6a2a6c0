"""A better order for the services of a part, from what they found and cost before. A person accepts it, or not.

Who is asked first, should find what is looked for (P) at the least expense (E: the expected price of a call, found or
not): the cost of a search that ends at the first find is least by falling P/E. A service that costs nothing goes first
as soon as it finds anything at all. Nothing is proposed on thin evidence.

Later services see the records that earlier ones failed at, so their rates are those of harder records. A small share
of records is therefore asked about in an order that is drawn (`explored`), each service by a rate it may well have.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, NamedTuple

from leadboard.domain.receipt import as_data
from leadboard.domain.services import Offer
from leadboard.domain.waterfall.rates import History, PastCall, Rate
from leadboard.domain.waterfall.roles import TASKS, Role
from leadboard.domain.waterfall.segments import widening

LEAST_CALLS = 30
"""Calls about the kind of lead from which a service is given a place."""

LEAST_RECORDS = 50
"""Records from which a replay says anything."""

WORTH = 0.01
"""Share of what was paid that an order has to save to be worth a question."""

EXPLORED = 0.05
"""Share of records that are asked about in a drawn order."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A service of the part: its share of finds, what a call costs on average and what a find costs (None where
    nothing is found), in millionths of a US dollar, after so many `calls`."""

    service: str
    calls: int
    rate: float
    micros_per_call: float
    micros_per_find: float | None

    @property
    def placed(self) -> bool:
        """Whether it was called often enough to be given a place."""
        return self.calls >= LEAST_CALLS

    @property
    def worth(self) -> tuple[float, float]:
        """What sorts them, the best highest: finds for the money, then finds."""
        if not self.micros_per_find:
            return (math.inf if self.micros_per_find is not None else 0.0, self.rate)
        return (1 / self.micros_per_find, self.rate)


@dataclass(frozen=True, slots=True)
class Replay:
    """The log once more, in another order: what it would have cost and found. `known` is the share of its calls whose
    outcome stands in the log; the others count by their rates. Money in millionths of a US dollar."""

    records: int
    paid: int
    would_pay: int
    found: int
    would_find: float
    known: float

    @property
    def saving(self) -> int:
        """What would have been saved; below 0 it would have cost more."""
        return self.paid - self.would_pay


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another order for a part and a kind of lead, and what speaks for it."""

    role: Role
    segment: str
    was: tuple[str, ...]
    order: tuple[str, ...]
    services: tuple[Ranked, ...]
    replay: Replay

    def to_data(self) -> dict[str, Any]:
        """As JSON."""
        return {**as_data(self), "saving": self.replay.saving}


def propose(
    role: Role, segment: str, order: Sequence[str], offers: Mapping[str, Offer], log: Sequence[PastCall]
) -> Proposal | None:
    """A better order for the part and kind of lead; None where there is none, or not enough is known.

    `offers`: service -> what it offers for the part. A service with too few calls keeps its place.
    """
    history = History.of(log)
    ranked = {name: _ranked(name, role, segment, offers[name], history) for name in order}
    better = _reordered(order, ranked)
    about = [call for call in log if call.task is TASKS[role] and segment in widening(call.segment)]
    told = replay(better, offers, role, segment, history, about)
    if better == tuple(order) or told.records < LEAST_RECORDS or told.saving < max(WORTH * told.paid, 1):
        return None
    return Proposal(role, segment, tuple(order), better, tuple(ranked[name] for name in better), told)


def replay(
    order: Sequence[str],
    offers: Mapping[str, Offer],
    role: Role,
    segment: str,
    history: History,
    log: Iterable[PastCall],
) -> Replay:
    """The calls of a log about the services of the order, record by record, in that order until the first find.

    A service whose answer is not in the log counts by its rates. Where a record ended without a find, everybody was
    asked who could be, so the others could not. Replaying the order that was asked in gives what was paid.
    """
    of: dict[str, dict[str, PastCall]] = defaultdict(dict)
    for call in log:
        if call.service in order and call.task is TASKS[role]:
            of[call.record].setdefault(call.service, call)
    guesses = {name: _guess(name, role, segment, offers[name], history) for name in order}
    runs = [_run(order, past, guesses) for past in of.values()]
    made = [call for past in of.values() for call in past.values()]
    asked = sum(run.calls for run in runs)
    return Replay(
        records=len(of),
        paid=sum(call.micros for call in made),
        would_pay=round(sum(run.cost for run in runs)),
        found=sum(any(call.useful for call in past.values()) for past in of.values()),
        would_find=sum(run.found for run in runs),
        known=sum(run.known for run in runs) / asked if asked else 1.0,
    )


class _Run(NamedTuple):
    """One record in another order: its expected calls, those of them whose outcome is known, finds and cost."""

    calls: float
    known: float
    found: float
    cost: float


def _run(order: Sequence[str], past: Mapping[str, PastCall], guesses: Mapping[str, tuple[float, float]]) -> _Run:
    calls = known = cost = 0.0
    left = 1.0
    found = any(call.useful for call in past.values())
    for name in order:
        if call := past.get(name):
            known += left
            useful, price = float(call.useful), float(call.micros)
        elif found:
            useful, price = guesses[name]
        else:
            continue
        calls += left
        cost += left * price
        left *= 1 - useful
    return _Run(calls, known, 1 - left, cost)


def explored(
    order: Sequence[str],
    offers: Mapping[str, Offer],
    role: Role,
    segment: str,
    history: History,
    chances: Sequence[float],
) -> tuple[str, ...]:
    """The order for one record: mostly the one that was accepted, for a small share of records a drawn one.

    `chances`: numbers from 0 to 1, the first of which decides whether, and one for each service how lucky it is: its
    rate is drawn from what it may well be (Thompson sampling, by a normal approximation). The same numbers, the same
    order.
    """
    whether, *lucks = chances
    if whether >= EXPLORED:
        return tuple(order)
    drawn = {
        name: _drawn(history.useful_rate(name, role, segment), luck)
        / max(_price(name, role, segment, offers[name], history), 1.0)
        for name, luck in zip(order, lucks, strict=True)
    }
    return tuple(sorted(order, key=lambda name: -drawn[name]))


def _drawn(rate: Rate, luck: float) -> float:
    """A share that the true rate may well be."""
    edge = 1e-9
    return min(max(NormalDist(rate.mean, rate.deviation).inv_cdf(min(max(luck, edge), 1 - edge)), 0.0), 1.0)


def _ranked(name: str, role: Role, segment: str, offer: Offer, history: History) -> Ranked:
    useful, price = _guess(name, role, segment, offer, history)
    found = history.useful.get((name, TASKS[role], segment), 0)
    return Ranked(
        service=name,
        calls=history.seen(name, role, segment),
        rate=useful,
        micros_per_call=price,
        micros_per_find=price / useful if found else None,
    )


def _guess(name: str, role: Role, segment: str, offer: Offer, history: History) -> tuple[float, float]:
    """The share of finds of a service, and the expected price of a call."""
    return history.useful_rate(name, role, segment).mean, _price(name, role, segment, offer, history)


def _price(name: str, role: Role, segment: str, offer: Offer, history: History) -> float:
    return offer.micros * (1.0 if offer.always else history.hit_rate(name, role, segment).mean)


def _reordered(order: Sequence[str], ranked: Mapping[str, Ranked]) -> tuple[str, ...]:
    """Those with a place by what they are worth, in the places that they have together; the others where they are."""
    placed = sorted((name for name in order if ranked[name].placed), key=lambda name: ranked[name].worth, reverse=True)
    following = iter(placed)
    return tuple(next(following) if ranked[name].placed else name for name in order)
