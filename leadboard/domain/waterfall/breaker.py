"""Which services are left alone for the rest of a batch: those that fail again and again, or turn our key away.

A batch begins with `WHOLE`; what happened in it makes the breaker, also after a restart (`replayed`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from leadboard.domain.waterfall.next_step import Why

OPENS_AT = 5
"""Errors in a row."""


class Outcome(StrEnum):
    """How a call ended, for the breaker."""

    SUCCESS = "success"
    """The service answered, if only that there is nothing."""
    NOT_FOUND = "not_found"
    """A 404: it says nothing about the service."""
    ERROR = "error"
    REFUSED = "refused"
    """It turned the key away (401, 403) or the plan is used up (402)."""


@dataclass(frozen=True)
class Breaker:
    """`errors`: service -> errors in a row; `refusals`: service -> why it turned us away, as a sentence."""

    errors: Mapping[str, int] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)

    def after(self, service: str, outcome: Outcome, sentence: str = "") -> "Breaker":
        """The breaker after a call; `sentence` is the alert of a refusal."""
        match outcome:
            case Outcome.NOT_FOUND:
                return self
            case Outcome.SUCCESS:
                return replace(self, errors={**self.errors, service: 0})
            case Outcome.ERROR:
                return replace(self, errors={**self.errors, service: self.errors.get(service, 0) + 1})
            case Outcome.REFUSED:
                return replace(self, refusals={**self.refusals, service: sentence})

    @property
    def closed(self) -> dict[str, Why]:
        """The services that are not asked any more, and why: as `next_step.Asked` takes them."""
        broken = {service: Why.BREAKER for service, errors in self.errors.items() if errors >= OPENS_AT}
        return {**broken, **dict.fromkeys(self.refusals, Why.DISABLED)}

    @property
    def alerts(self) -> tuple[str, ...]:
        """What an admin has to know."""
        return tuple(filter(None, self.refusals.values()))


WHOLE = Breaker()


def replayed(calls: Iterable[tuple[str, Outcome, str]]) -> Breaker:
    """The breaker of a batch from its log: service, outcome and sentence of each call, in the order they ended."""
    breaker = WHOLE
    for service, outcome, sentence in calls:
        breaker = breaker.after(service, outcome, sentence)
    return breaker
