"""What the page of providers shows, ready to be drawn."""

from dataclasses import dataclass, field

from leadboard.ui.display import Tone


@dataclass(frozen=True)
class Offered:
    """One thing a service answers, and its price in words."""

    what: str = ""
    price: str = ""


@dataclass(frozen=True)
class ServiceRow:
    """A service, and what the workspace has with it. `wants_key`: it needs one; `ready`: it can be asked at all."""

    name: str = ""
    label: str = ""
    site: str = ""
    wants_key: bool = False
    has_key: bool = False
    ready: bool = False
    offers: list[Offered] = field(default_factory=list)
    pace: str = ""
    note: str = ""
    state: str = ""
    tone: Tone = "neutral"
    checking: bool = False
    sentence: str = ""
    said: str = ""
    remaining: str = ""
    checked_at: str = ""
    key_by: str = ""
    key_at: str = ""


@dataclass(frozen=True)
class Group:
    """Services that ask for the same kind of key."""

    title: str = ""
    about: str = ""
    services: list[ServiceRow] = field(default_factory=list)
