"""Whole numbers that keep a total."""

from collections.abc import Mapping
from math import floor
from typing import TypeVar

Key = TypeVar("Key")


def whole(parts: Mapping[Key, float], total: int) -> dict[Key, int]:
    """The parts as whole numbers that sum to `total`, each the floor of its part or one more (largest remainder).

    `parts` sum to `total` and are not negative. Equal remainders go to the part that stands first.
    """
    cut = {key: floor(part + _ROUNDING) for key, part in parts.items()}
    by_remainder = sorted(parts, key=lambda key: cut[key] - parts[key])
    for key in by_remainder[: total - sum(cut.values())]:
        cut[key] += 1
    return cut


_ROUNDING = 1e-9
