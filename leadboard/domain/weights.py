"""The weights of the ALS and where they come from (scoring sheet, section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAXIMA = {"data_quality": 20, "authority": 25, "company_fit": 25, "timing": 15, "risk": 15}
"""The components of the ALS and the points each can give: 100 together."""

DEFAULT = {"data_quality": 0.20, "authority": 0.25, "company_fit": 0.25, "timing": 0.15, "risk": 0.15}

MIN_CONFIDENCE = 0.50
_LEAST, _MOST, _TOLERANCE = 0.05, 0.50, 0.001
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Weights:
    """The weights in force: `source` is learned, suggested or default; `warnings` say what was passed over and why."""

    values: Mapping[str, float]
    source: str
    warnings: tuple[str, ...] = ()


def choose_weights(
    learned: Mapping[str, Any] | None = None, confidence: float = 0.0, suggested: Mapping[str, Any] | None = None
) -> Weights:
    """Learned weights that are valid and sure enough, else the suggestion a person confirmed, else the default.

    `confidence` is that of the learned weights, 0 to 1; pass no learned weights once they have expired. Suggestions may
    be whole numbers that sum to 100. The caller logs the warnings.
    """
    warnings: list[str] = []
    for source, vector in (("learned", learned), ("suggested", suggested)):
        if vector is None:
            continue
        why = why_not(vector)
        if not why and source == "learned" and not confidence >= MIN_CONFIDENCE:
            why = f"their confidence {confidence:.2f} is below {MIN_CONFIDENCE:.2f}"
        if not why:
            return Weights(_fractions(vector), source, tuple(warnings))
        warnings.append(f"The {source} weights are not used: {why}.")
    return Weights(dict(DEFAULT), "default", tuple(warnings))


def why_not(vector: Mapping[str, Any]) -> str:
    """Why these are no weights, "" when they are."""
    missing = [name for name in MAXIMA if name not in vector]
    if missing:
        return f"{', '.join(missing)} is missing"
    for name in MAXIMA:
        if isinstance(vector[name], bool) or not isinstance(vector[name], int | float):
            return f"{name} is not a number"
    values = _fractions(vector)
    for name, value in values.items():
        if not _LEAST - _ROUNDING <= value <= _MOST + _ROUNDING:
            return f"{name} is {value}, outside {_LEAST:.2f} to {_MOST:.2f}"
    total = sum(values.values())
    return "" if abs(total - 1) <= _TOLERANCE + _ROUNDING else f"they sum to {total:g}, not to 1"


def _fractions(vector: Mapping[str, Any]) -> dict[str, float]:
    """The five weights as parts of 1: whole numbers that sum to 100 are percent."""
    values = {name: vector[name] for name in MAXIMA}
    if all(isinstance(value, int) for value in values.values()) and sum(values.values()) == 100:
        return {name: value / 100 for name, value in values.items()}
    return values
