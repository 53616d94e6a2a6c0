"""How well the services of the demo world behave: slowly, with failures, or not at all. The same seed fails alike."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """What goes wrong with one question."""

    NONE = ""
    ERROR = "error"
    """Trouble of the service's own."""
    RATE_LIMIT = "rate_limit"
    MALFORMED = "malformed"
    """An answer that is none the service promises."""


@dataclass(frozen=True)
class Behaviour:
    """`latency`: seconds an answer takes on average; `errors`, `rate_limits` and `malformed`: shares (0 to 1) of
    questions that go wrong so; `down`: services that cannot be reached; `bad_keys`: keys that no service knows."""

    latency: float = 0.0
    errors: float = 0.0
    rate_limits: float = 0.0
    malformed: float = 0.0
    down: frozenset[str] = frozenset()
    bad_keys: frozenset[str] = frozenset({"wrong-key"})
    seed: int = 7

    def drawn(self, number: int) -> tuple[Fault, float]:
        """What goes wrong with the question of this number, and how many seconds its answer takes."""
        chance = Random(f"{self.seed}/{number}")  # noqa: S311 (which question fails is no secret)
        seconds, drawn = self.latency * chance.uniform(0.5, 1.5), chance.random()
        for fault, share in (
            (Fault.ERROR, self.errors),
            (Fault.RATE_LIMIT, self.rate_limits),
            (Fault.MALFORMED, self.malformed),
        ):
            if drawn < share:
                return fault, seconds
            drawn -= share
        return Fault.NONE, seconds
