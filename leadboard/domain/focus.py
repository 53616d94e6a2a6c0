"""How narrow a business is, by what its clients or services have in common, and how sure each industry is.

Skills sheet, section 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_SPECIALIST = 0.70
_NICHE = 0.50
_MOST_NICHES = 3
_TELLING = 2
"""A single one of a kind is chance: a kind counts from two on, and so does a focus from three in all."""

SEVERAL = 3


class Focus(StrEnum):
    """How narrow: one kind, two or three kinds, or no telling."""

    SPECIALIST = "specialist"
    NICHE = "niche"
    GENERALIST = "generalist"


def focus(counts: Mapping[str, int]) -> Focus:
    """Specialist from 70 % of one kind, niche from 50 % in up to three kinds of at least two each, else generalist.

    `counts`: kind -> how many are of it; those of unknown kind are left out. Below three in all nothing is a focus.
    """
    total = sum(counts.values())
    largest = sorted((count for count in counts.values() if count >= _TELLING), reverse=True)[:_MOST_NICHES]
    if total < SEVERAL or not largest:
        return Focus.GENERALIST
    if largest[0] >= _SPECIALIST * total:
        return Focus.SPECIALIST
    return Focus.NICHE if sum(largest) >= _NICHE * total else Focus.GENERALIST


@dataclass(frozen=True)
class Standing:
    """What speaks for an industry: how many clients are in it, whether the site says it is for it (`targeted`), and
    whether services name it (`served`)."""

    clients: int = 0
    targeted: bool = False
    served: bool = False

    @property
    def is_primary(self) -> bool:
        """Three clients or more, or the site says so."""
        return self.clients >= SEVERAL or self.targeted

    @property
    def confidence(self) -> float:
        """0.90 for several clients and an explicit word, 0.75 for clients, 0.55 for words alone, 0.30 for a hint."""
        if self.clients >= SEVERAL and self.targeted:
            return 0.90
        if self.clients:
            return 0.75
        return 0.55 if self.targeted or self.served else 0.30
