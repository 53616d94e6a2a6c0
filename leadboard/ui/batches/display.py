"""What the dialog and the panels of batches show, ready to be drawn."""

from dataclasses import dataclass, field

from leadboard.ui.display import Tone


@dataclass(frozen=True)
class ServiceLine:
    """A service before a batch: what it will probably be asked, find and cost; or after it, what it was and did."""

    name: str = ""
    calls: str = ""
    hits: str = ""
    cost: str = ""
    past: str = ""


@dataclass(frozen=True)
class ForecastCard:
    """What a batch would probably bring and cost. Without `leads` there is none."""

    leads: str = ""
    found: str = ""
    cost: str = ""
    most: str = ""
    time: str = ""
    spared: str = ""
    sentence: str = ""
    demo: bool = False
    services: list[ServiceLine] = field(default_factory=list)
    cap: str = ""
    """What is offered as cap, in dollars; empty where nothing costs anything."""


@dataclass(frozen=True)
class Note:
    """A line of a receipt: what, why, how often, how much."""

    key: str = ""
    what: str = ""
    why: str = ""
    many: str = ""
    money: str = ""


@dataclass(frozen=True)
class BatchCard:
    """A batch that goes on or has just ended. `goes_on`: when a paused one goes on by itself; `told`: what was expected
    and what came of it."""

    id: str = ""
    title: str = ""
    state: str = ""
    tone: Tone = "neutral"
    working: bool = False
    paused: bool = False
    counts: str = ""
    cost: str = ""
    percent: int = 0
    why: str = ""
    goes_on: str = ""
    cap: str = ""
    by: str = ""
    at: str = ""
    told: str = ""
    paid: list[ServiceLine] = field(default_factory=list)
    saved: list[Note] = field(default_factory=list)
    missed: list[Note] = field(default_factory=list)
    reasons: list[Note] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
