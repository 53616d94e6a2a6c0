"""The passport of a value: where it is from, how sure that source was, what it cost, and when it was seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

MANUAL = "manual"
IMPORT = "import"
WEBSITE = "website"
"""The sources that are no outside service: a person, a list that a person brought in, the company's own website."""

BY_PEOPLE = frozenset({MANUAL, IMPORT})
"""What people said: no machine writes over it, not even when it is told to."""

_SURE = {MANUAL: 1.0, IMPORT: 0.9, WEBSITE: 0.75}
"""How sure a value is whose source did not say so itself."""
_UNSAID = 0.5


@dataclass(frozen=True, slots=True)
class Passport:
    """`source`: a service's name, or one of the words above; `method`: how it was found there (the task of the call);
    `confidence`: 0 to 1, as the source had it; `cost_micros`: its share of what the call cost, in millionths of a US
    dollar; `seen_at`: None where nobody noted it."""

    source: str
    confidence: float
    method: str = ""
    cost_micros: int = 0
    seen_at: datetime | None = None

    @property
    def by_people(self) -> bool:
        """Whether a person is behind the value."""
        return self.source in BY_PEOPLE

    def to_data(self) -> dict[str, Any]:
        """As JSON, the moment in ISO 8601."""
        return {
            "source": self.source,
            "method": self.method,
            "confidence": self.confidence,
            "cost_micros": self.cost_micros,
            "seen_at": self.seen_at.isoformat() if self.seen_at else None,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Passport":
        """Of JSON that `to_data` made."""
        seen = data.get("seen_at")
        return cls(
            source=data["source"],
            confidence=data["confidence"],
            method=data.get("method", ""),
            cost_micros=data.get("cost_micros", 0),
            seen_at=datetime.fromisoformat(seen).astimezone(UTC) if seen else None,
        )


def origin(source: str, seen_at: datetime | None = None) -> Passport:
    """The passport of values that have none of their own, by where their record came from."""
    return Passport(source, _SURE.get(source, _UNSAID), seen_at=seen_at)
