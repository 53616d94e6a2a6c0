"""What a batch came to: paid, saved and missed, beside what was forecast. It can be stored as JSON and shown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leadboard.domain.receipt import as_data
from leadboard.domain.waterfall.gate import Judgement, Status
from leadboard.domain.waterfall.next_step import Passed, Why
from leadboard.domain.waterfall.rates import PastCall

_MISSED = frozenset({Why.INPUTS, Why.LINKEDIN, Why.BREAKER, Why.DISABLED})
"""Why a service was not asked that might have found something."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What a service was asked, found and cost, in millionths of a US dollar."""

    service: str
    calls: int
    hits: int
    micros: int


@dataclass(frozen=True, slots=True)
class Saved:
    """Calls that were not made, by why (a word of `domain.asks.Spared`), and what they would have cost at most."""

    why: str
    service: str
    calls: int
    micros: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A service that could not be asked about so many records that were not accepted, with why, as a sentence."""

    why: str
    service: str
    records: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The bill of a batch, in millionths of a US dollar. `reasons`: why records were not accepted -> how many."""

    records: int
    accepted: int
    partial: int
    missing: int
    calls: int
    hits: int
    micros: int
    paid: tuple[Paid, ...]
    saved: tuple[Saved, ...]
    missed: tuple[Missed, ...]
    reasons: dict[str, int]

    @property
    def saved_micros(self) -> int:
        """What the calls that were not made would have cost at most."""
        return sum(each.micros for each in self.saved)

    @property
    def micros_per_accepted(self) -> float | None:
        """What an accepted record cost; None without one."""
        return self.micros / self.accepted if self.accepted else None

    def to_data(self) -> dict[str, Any]:
        """As JSON."""
        return as_data(self)


def receipt(
    calls: Iterable[PastCall],
    judgements: Sequence[Judgement],
    saved: Iterable[Saved] = (),
    passed: Iterable[Passed] = (),
) -> Receipt:
    """The receipt of a batch: its calls (rows of the log), how its records were judged, what was spared, and who was
    passed over for the records that were not accepted."""
    paid = _paid(calls)
    ended = Counter(judgement.status for judgement in judgements)
    reasons = Counter(reason for judgement in judgements for reason in judgement.reasons)
    return Receipt(
        records=len(judgements),
        accepted=ended[Status.ACCEPTED],
        partial=ended[Status.PARTIAL],
        missing=ended[Status.MISSING],
        calls=sum(each.calls for each in paid),
        hits=sum(each.hits for each in paid),
        micros=sum(each.micros for each in paid),
        paid=paid,
        saved=tuple(sorted(saved, key=lambda each: (-each.micros, -each.calls, each.why, each.service))),
        missed=_missed(passed),
        reasons=dict(reasons.most_common()),
    )


def _paid(calls: Iterable[PastCall]) -> tuple[Paid, ...]:
    of: Mapping[str, list[PastCall]] = defaultdict(list)
    for call in calls:
        of[call.service].append(call)
    paid = (
        Paid(name, len(made), sum(call.hit for call in made), sum(call.micros for call in made))
        for name, made in of.items()
    )
    return tuple(sorted(paid, key=lambda each: (-each.micros, -each.calls, each.service)))


def _missed(passed: Iterable[Passed]) -> tuple[Missed, ...]:
    counted = Counter((each.why, each.service, each.sentence) for each in passed if each.why in _MISSED)
    return tuple(Missed(why, service, records, sentence) for (why, service, sentence), records in counted.most_common())
