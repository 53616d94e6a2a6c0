"""What the dialog and the panel of a search show, ready to be drawn."""

from dataclasses import dataclass, field

from leadboard.ui.display import Tone


@dataclass(frozen=True)
class SourceRow:
    """A source before a search: why it is asked or not, and what it costs; `demo`: the demo world answers for it."""

    name: str = ""
    label: str = ""
    why: str = ""
    price: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Offering:
    """What a search would do. Without a `version` there is no profile to search by."""

    version: int = 0
    asked: list[SourceRow] = field(default_factory=list)
    others: list[SourceRow] = field(default_factory=list)
    cost: str = ""
    cap: str = ""
    """What is offered as cap, in dollars; empty where nothing costs anything."""


@dataclass(frozen=True)
class Progressing:
    """A source of a search: `state` is waiting, asking, done, failed or stopped; `said` what it brought or why not."""

    name: str = ""
    label: str = ""
    why: str = ""
    state: str = ""
    word: str = ""
    tone: Tone = "neutral"
    said: str = ""
    cost: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Reject:
    """A company that was left out, and why."""

    name: str = ""
    label: str = ""
    why: str = ""


@dataclass(frozen=True)
class Run:
    """The last search; without an `id` there is none to show."""

    id: str = ""
    working: bool = False
    title: str = ""
    counts: str = ""
    short: str = ""
    """The same for the button: "7 of 10"."""
    percent: int = 0
    cost: str = ""
    by: str = ""
    at: str = ""
    error: str = ""
    sources: list[Progressing] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    left_out: str = ""
    warnings: list[str] = field(default_factory=list)
