"""What spending is summed up by: cells of the log, added up along any of their sides to the same total."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from leadboard.domain.budgets import Kind

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sums:
    """Calls that were made, of them those that found something and those that failed, and millionths of a US dollar."""

    calls: int = 0
    hits: int = 0
    errors: int = 0
    micros: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.calls + other.calls,
            self.hits + other.hits,
            self.errors + other.errors,
            self.micros + other.micros,
        )


class Cell(NamedTuple):
    """Calls of a UTC day that are alike. Of a language model `service` is its name and `task` its purpose; `user` is
    None where nobody set the call off."""

    kind: Kind
    day: date
    service: str
    task: str
    tier: int
    user: UUID | None
    sums: Sums
    failed_at: datetime | None = None
    """When the last of them that failed was made."""


def total(cells: Iterable[Cell]) -> Sums:
    """All of them together."""
    return sum((cell.sums for cell in cells), Sums())


def by(cells: Iterable[Cell], side: Callable[[Cell], K]) -> dict[K, Sums]:
    """The sums of each value of a side, the costliest first."""
    sums: defaultdict[K, Sums] = defaultdict(Sums)
    for cell in cells:
        sums[side(cell)] += cell.sums
    return dict(sorted(sums.items(), key=lambda each: (-each[1].micros, -each[1].calls, str(each[0]))))


def share(part: float, whole: float) -> float | None:
    """A part of a whole, 0 to 1; None of nothing."""
    return part / whole if whole else None
