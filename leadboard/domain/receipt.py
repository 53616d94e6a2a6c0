"""What explained scores have in common: lines that add up, and one way of rounding."""

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """ "20 of 40" with its reason. `points` of a part's lines add up to the part's score."""

    label: str
    points: float
    possible: float
    evidence: str = ""
    """What the points rest on, or what is missing."""


def as_data(value: Any) -> Any:
    """A receipt as JSON, in the shape of its fields. `dataclasses.asdict` takes four times as long: it copies texts."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_data(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {name: as_data(inner) for name, inner in value.items()}
    return tuple(map(as_data, value)) if isinstance(value, tuple) else value


def round_half_up(value: float) -> int:
    """The nearest whole number, a half upwards. What floats lose beyond the ninth decimal does not decide."""
    return math.floor(round(value, 9) + 0.5)


def counted(value: float) -> str:
    """A count for a sentence: 1,284, or 30.5 for the middle of a range."""
    return f"{value:,.1f}".removesuffix(".0")


def tidy(value: float) -> str:
    """A number of points for a sentence: 20, 7.5, 66.67."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
