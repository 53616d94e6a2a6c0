"""What the Spend page shows, ready to be drawn."""

from dataclasses import dataclass

from leadboard.ui.display import Tone


@dataclass(frozen=True)
class Figure:
    """A number that people look for first: "$4.12", "Today", and what it is made of."""

    name: str = ""
    value: str = ""
    note: str = ""


@dataclass(frozen=True)
class DayRow:
    """A UTC day: what was spent on services and on models, and the heights of their bars, 0 to 100."""

    day: str = ""
    services: str = ""
    models: str = ""
    total: str = ""
    calls: str = ""
    height: float = 0
    models_height: float = 0


@dataclass(frozen=True)
class SumRow:
    """A line of a table; `share` is its part of all that was spent, 0 to 100."""

    key: str = ""
    name: str = ""
    calls: str = ""
    hits: str = ""
    rate: str = ""
    errors: str = ""
    spent: str = ""
    share: int = 0


@dataclass(frozen=True)
class SavedRow:
    """Calls that were not made, why, and what they would have cost."""

    why: str = ""
    about: str = ""
    calls: str = ""
    spent: str = ""


@dataclass(frozen=True)
class CapRow:
    """A budget of today: "$1.20 of $10.00", and its bar, 0 to 100."""

    key: str = ""
    name: str = ""
    said: str = ""
    percent: int = 0
    full: bool = False
    capped: bool = False


@dataclass(frozen=True)
class CreditsCard:
    """The plan and its credits. `warning` is said when they are used up too fast or too slowly."""

    plan: str = ""
    status: str = ""
    tone: Tone = "neutral"
    left: str = ""
    quota: str = ""
    percent: int = 0
    renews: str = ""
    target: str = ""
    average: str = ""
    used: str = ""
    warning: str = ""


@dataclass(frozen=True)
class LedgerRow:
    """A line of the ledger of credits."""

    key: str = ""
    at: str = ""
    what: str = ""
    delta: str = ""
    balance: str = ""


@dataclass(frozen=True)
class Chart:
    """What stands beside the bars of the days: the largest amount, the ends, and all of it in a sentence."""

    most: str = ""
    first: str = ""
    last: str = ""
    said: str = ""


@dataclass(frozen=True)
class TypedCaps:
    """The workspace's own caps as a person types them; empty without one."""

    providers: str = ""
    models: str = ""
