"""Language models: what their words cost, and why one did not answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, which is millionths of a dollar for one. A price that is not known is taken to
    be no discount."""

    input: Decimal
    output: Decimal
    cache_write: Decimal | None = None
    cache_read: Decimal | None = None

    def micros(self, used: "Usage") -> int:
        """What so many tokens cost, in millionths of a US dollar, rounded up."""
        total = (
            self.input * used.input
            + self.output * used.output
            + self._writing * used.cache_write
            + (self.input if self.cache_read is None else self.cache_read) * used.cache_read
        )
        return int(total.to_integral_value(ROUND_CEILING))

    def most(self, input_tokens: int, output_tokens: int) -> int:
        """What a call costs at most when it reads and writes so many tokens."""
        return self.micros(Usage(cache_write=input_tokens, output=output_tokens))

    @property
    def _writing(self) -> Decimal:
        """A token that is read for the first time costs the more for being kept in the cache."""
        return max(self.input, self.input * Decimal("1.25") if self.cache_write is None else self.cache_write)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a call: `input` is what was neither written to the cache nor read from it."""

    input: int = 0
    output: int = 0
    cache_write: int = 0
    cache_read: int = 0


def price(input: str, output: str, cache_write: str = "", cache_read: str = "") -> Price:
    """A price from what a price list says."""
    known = (Decimal(said) if said else None for said in (cache_write, cache_read))
    return Price(Decimal(input), Decimal(output), *known)


PRICES: Mapping[str, Price] = {
    "claude-haiku-5-5": price("0.10", "0.50", "0.125", "0.01"),
    "claude-haiku-4-5": price("1", "5"),
    "claude-sonnet-5-5": price("2", "10", "2.50", "0.20"),
    "claude-sonnet-5": price("2", "10"),
    "claude-opus-5-5": price("4", "20", "5", "0.20"),
    "claude-opus-5": price("5", "25", "6.25", "0.50"),
    "claude-fable-5-1": price("10", "50"),
}
"""As the service lists them for prompts of up to 100,000 tokens; settings may say other ones."""

LONGEST_PROMPT = 100_000
"""Tokens up to which the prices hold: nothing longer is asked."""


class By(StrEnum):
    """Who wrote something."""

    MODEL = "model"
    RULES = "rules"


class Why(StrEnum):
    """Why the rules answered and not the model."""

    NO_KEY = "no_key"
    NO_BUDGET = "ai_budget_exhausted"
    INVALID = "invalid"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    AWAY = "away"
    UNSUPPORTED = "unsupported"
    NOTHING = "nothing"


TOLD: Mapping[str, str] = {
    Why.NO_KEY: "no model is set up",
    Why.NO_BUDGET: "the day's budget for models is used up",
    Why.INVALID: "the model's answer was not of the form that was asked for, twice",
    Why.TIMEOUT: "the model did not answer in time",
    Why.REFUSED: "the model's service refused",
    Why.AWAY: "the model's service could not be reached",
    Why.UNSUPPORTED: "nothing the model wrote was borne out by what it cited",
    Why.NOTHING: "the model had nothing to add",
}
"""Why, for people, after "because"."""
