"""The second pass: for whom premium services are asked, in which order, and how often at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from leadboard.domain.als import LEAST_SCORE, Tier

LEAST_ALS = LEAST_SCORE[Tier.WARM]
"""The provisional ALS from which an accepted record is worth it too."""

_PERCENT = 15


@dataclass(frozen=True, slots=True)
class FirstPass:
    """How a record came out of the first pass: whether it passed the gate, and its provisional ALS (0 to 100)."""

    id: UUID
    accepted: bool
    als: int


def cap(records: int) -> int:
    """Premium calls that a batch of so many records may make, for whichever reason: 15 %, rounded down."""
    return records * _PERCENT // 100


def candidates(records: Iterable[FirstPass]) -> list[FirstPass]:
    """Who is worth a premium call, the most promising first: who failed the gate, or has an ALS of 60 or more."""
    worth = (record for record in records if not record.accepted or record.als >= LEAST_ALS)
    return sorted(worth, key=lambda record: (-record.als, record.id))


def chosen(records: Iterable[FirstPass], batch_size: int) -> list[FirstPass]:
    """Those of the candidates that the cap of the batch has room for."""
    return candidates(records)[: cap(batch_size)]


def wants_mobile(als: int) -> bool:
    """Whether a mobile number is asked for: of hot leads only."""
    return als >= LEAST_SCORE[Tier.HOT]
