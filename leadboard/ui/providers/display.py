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
    demo: bool = False
    """The demo world answers for it."""
    called: str = ""
    """ "128 calls, 61 hits, $1.49 in 30 days"."""
    failed: str = ""
    """How the last call that failed ended."""
    failed_at: str = ""


@dataclass(frozen=True)
class Group:
    """Services that ask for the same kind of key."""

    title: str = ""
    about: str = ""
    services: list[ServiceRow] = field(default_factory=list)


@dataclass(frozen=True)
class Placed:
    """A service at its place in an order: "1", its price, and how often it found what was looked for."""

    name: str = ""
    label: str = ""
    place: str = ""
    price: str = ""
    rate: str = ""
    usable: bool = False
    first: bool = False
    last: bool = False


@dataclass(frozen=True)
class Option:
    """Something to choose in a list."""

    value: str = ""
    label: str = ""


@dataclass(frozen=True)
class RoleOrder:
    """The order of a part. `whose`: who chose it; `own`: it is of this very kind of lead, and can be forgotten;
    `better`: the order that is proposed, and `saving` what speaks for it."""

    role: str = ""
    label: str = ""
    about: str = ""
    whose: str = ""
    own: bool = False
    services: list[Placed] = field(default_factory=list)
    others: list[Option] = field(default_factory=list)
    better: str = ""
    saving: str = ""
