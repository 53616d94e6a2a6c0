"""What the screens draw: small frozen dataclasses of ready-made texts, filled by loaders, drawn by components.

Everything is already in the words of the reader: money as "€48k", numbers as "1,284". Only times stay ISO 8601 with
an offset, because the browser keeps rewriting them ("8 s", "3 min"). An empty text means "nothing to draw".
"""

from dataclasses import dataclass, field
from typing import Literal

Band = Literal["strong", "fair", "weak", "none"]
"""Fit of 70 or more, 40 to 69, below 40, not scored."""

Tier = Literal["hot", "warm", "cool", "cold", "dead"]

ColumnKind = Literal["waiting", "working", "done", "attention"]
"""Grey, iris, green and red of a column's bar in the stage strip."""

EntryKind = Literal["moved", "done", "failed", "found", "started", "locked", "imported", "scored", "note"]
"""Which round icon leads an activity entry."""

ToastKind = Literal["done", "info", "work", "error"]

NoticeKind = Literal["info", "warn", "error"]

SectionState = Literal["ready", "empty", "failed", "waiting"]

Tone = Literal["neutral", "accent", "strong", "fair", "weak"]


@dataclass(frozen=True)
class Person:
    """Somebody as a round mark: two initials, a hue 0 to 5 that stays theirs, and the full name."""

    initials: str = ""
    hue: int = 0
    name: str = ""


@dataclass(frozen=True)
class Link:
    """Words and where they lead; an empty `href` draws plain text."""

    label: str = ""
    href: str = ""


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; names in it are bold."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Progress:
    """Work of more than a second: "12,400 of 100,000 rows"; `percent` -1 while the total is unknown."""

    title: str = ""
    text: str = ""
    percent: int = -1


# The board


@dataclass(frozen=True)
class Card:
    """A lead on the board. `agent`, `error` and neither are its three shapes: working, failed, at rest."""

    id: str
    name: str
    href: str
    what: str = ""
    fit: int = -1
    band: Band = "none"
    value: str = ""
    owner: Person = Person()
    place: str = ""
    """Where the company is; or in its stead what the column had to know: why it is ruled out, when the meeting is."""
    since: str = ""
    """When it came to this column."""
    overdue: bool = False
    """Here longer than usual."""
    agent: str = ""
    """Words of the agent at work, "Web research"; empty when none is."""
    percent: int = 0
    error: str = ""
    next: bool = False
    """Put ahead of the others by a person."""
    revision: int = 0
    """Counts the changes worth a highlight; 0 when the last one is longer ago than the highlight lasts."""
    spoken: str = ""
    """The card in one sentence, for a screen reader."""
    version: int = 0
    """What a move says it saw."""
    old: str = ""
    """ "ICP 3" while the fit is of a profile that is no longer in force."""
    worth: int = -1
    """The value in minor units, by which the Sales board sorts; -1 without one."""


@dataclass(frozen=True)
class Column:
    """A column and the window of its cards. `error` takes their place, `empty` is said when there are none."""

    key: str
    title: str
    count: str = "0"
    value: str = ""
    label: str = ""
    """Its name for a screen reader: "Analysis, 6 leads"."""
    cards: list[Card] = field(default_factory=list)
    more: int = 0
    """How many cards "Show n more" adds; 0 when all are shown."""
    empty: str = ""
    filtered: bool = False
    """Empty because of a filter: offers to clear it."""
    error: str = ""
    loading: bool = False
    hidden: bool = False
    """Not among the stages that a filter names."""


@dataclass(frozen=True)
class Segment:
    """A column in the stage strip; `share` is the length of its bar, 0 to 100, on a logarithmic scale."""

    key: str
    title: str
    count: str = "0"
    share: int = 0
    kind: ColumnKind = "working"


@dataclass(frozen=True)
class Filter:
    """A filter in use, "Country" "7 selected"."""

    key: str
    name: str
    value: str


@dataclass(frozen=True)
class FilterOption:
    """Something a filter can ask for: "Norway", of 12 leads; `name` is its checkbox."""

    name: str
    label: str
    leads: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class FilterGroup:
    """What can be asked for of one kind, "Country"."""

    title: str
    options: list[FilterOption] = field(default_factory=list)


@dataclass(frozen=True)
class FilterEnds:
    """The ends of the two ranges of a filter, as typed; empty without one."""

    size_low: str = ""
    size_high: str = ""
    value_low: str = ""
    value_high: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the activity feed or of a lead's timeline, with at most one way on, and one back."""

    id: str
    kind: EntryKind
    parts: list[Part]
    at: str
    link: Link = Link()
    undo: str = ""
    """The change it tells of, while that can be taken back."""
    by: str = ""
    """The id of the only person who can."""
    until: str = ""


# Frame


@dataclass(frozen=True)
class Workspace:
    name: str = ""
    initial: str = ""
    href: str = ""
    role: str = ""
    current: bool = False


@dataclass(frozen=True)
class Toast:
    """A message at the bottom left. `seconds` until it leaves by itself, 0: until it is closed."""

    id: str
    kind: ToastKind
    parts: list[Part]
    action: str = ""
    seconds: int = 6


@dataclass(frozen=True)
class Notice:
    """A banner above the content: `title` in bold, then `text`, and at most one way on."""

    kind: NoticeKind
    title: str
    text: str = ""
    link: Link = Link()


# A lead


@dataclass(frozen=True)
class Line:
    """One reason in a receipt: "Headcount 118 inside 50–500", "25 of 25"."""

    text: str
    got: str
    missed: bool = False
    """Nothing was got: drawn in grey."""


@dataclass(frozen=True)
class Factor:
    """A factor of a score: "75 × 0.40" gives "30.00" points; `share` of the possible value, 0 to 100."""

    name: str
    formula: str
    points: str
    share: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Receipt:
    """How a score came about: factors, their sum, the rounded score, and what would change it."""

    title: str = ""
    note: str = ""
    score: str = ""
    band: Band = "none"
    old: str = ""
    """ "ICP 3" while the score is of a profile that is no longer in force."""
    factors: list[Factor] = field(default_factory=list)
    sum: str = ""
    total: str = ""
    """What the rounded score is called: "Fit, rounded"."""
    hint: str = ""
    hint_link: Link = Link()


@dataclass(frozen=True)
class LeadHead:
    """The head of the lead sheet."""

    id: str = ""
    name: str = ""
    initials: str = ""
    domain: Link = Link()
    place: str = ""
    what: str = ""
    stage: str = ""
    tone: Tone = "neutral"
    owner: Person = Person()
    value: str = ""
    since: str = ""
    known: str = ""
    """What its stage had to know: the reason and its note, or the meeting."""
    known_as: str = ""
    """The name of that: "Reason" or "Meeting"."""
    confidence: str = ""
    agent: str = ""
    percent: int = 0
    error: str = ""
    previous: str = ""
    """Address of the lead before this one in its column."""
    following: str = ""


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    href: str
    count: str = ""
    shortcut: str = ""


@dataclass(frozen=True)
class Choice:
    """One of the values that contradict each other, with its passport; what cannot be taken as it is says `why`."""

    value: str
    chosen: bool = False
    """The lead has this one."""
    said: str = ""
    """The value in the words of its source, by which it is chosen; empty for what a person typed."""
    snippet: str = ""
    source: str = ""
    confidence: str = ""
    seen: str = ""
    why: str = ""


@dataclass(frozen=True)
class ClaimRow:
    """What is known of a field: the value the lead has, with its passport. Nothing found: `value` empty and `note` says
    how many were asked."""

    id: str
    title: str
    value: str = ""
    rivals: str = ""
    """ "1 of 2" when sources disagree."""
    choices: list[Choice] = field(default_factory=list)
    """The values that contradict each other, the surest first."""
    verdict: str = ""
    """The contradiction in a sentence, and who ended it."""
    typed: str = ""
    """What the lead says now, as a person would type it."""
    source: Link = Link()
    snippet: str = ""
    """The words of the source that it rests on."""
    person: Person = Person()
    """Who entered it, in place of a source."""
    note: str = ""
    confidence: str = ""
    meter: int = 0
    """Confidence in percent."""
    locked: bool = False
    locked_by: str = ""
    """Who set or chose it, in a sentence."""
    seen: str = ""
    stale: bool = False
    """It is looked up again before it is used to send."""
    age: str = ""
    """How sure it still is, in a sentence; `confidence` and `meter` say so too."""


@dataclass(frozen=True)
class FactRow:
    """A fact of the company and how it is edited: `typed` is what its field starts with."""

    key: str
    label: str
    noun: str
    value: str = ""
    """Empty while it is not known."""
    href: str = ""
    typed: str = ""
    keyboard: str = ""
    """The `inputmode` of its field."""
    locked: bool = False
    locked_by: str = ""
    """Why machines leave it alone, in a sentence."""


@dataclass(frozen=True)
class NoteRow:
    """A note about the lead; `author` is the id of who may delete it."""

    id: str
    who: Person
    at: str
    text: str
    author: str


@dataclass(frozen=True)
class PassportRow:
    """A value of a contact with its passport. `confidence`: how sure it still is, `age` says so in a sentence; `stale`:
    it is looked up again before a send; `cost`: its share of what the call cost."""

    field: str
    value: str
    source: str
    confidence: str = ""
    meter: int = 0
    """Confidence in percent."""
    seen: str = ""
    stale: bool = False
    age: str = ""
    cost: str = ""


@dataclass(frozen=True)
class ContactRow:
    """A person at the lead with the ways to reach them and their ALS."""

    id: str
    name: str
    title: str = ""
    email: str = ""
    verdict: str = ""
    """What its verification came to, in a word or two."""
    verdict_tone: Tone = "neutral"
    blocked: str = ""
    """Why a verified address may not be written to, as a sentence."""
    verified: str = ""
    verified_by: str = ""
    can_verify: bool = False
    verifying: bool = False
    phone: str = ""
    phone_href: str = ""
    profile: Link = Link()
    source: Link = Link()
    als: str = ""
    tier: Tier = "cold"
    tier_word: str = ""
    channels: str = ""
    receipt: Receipt = Receipt()
    passports: list[PassportRow] = field(default_factory=list)


@dataclass(frozen=True)
class Statement:
    """A sentence of the package and the evidence it rests on; without evidence `snippet` is empty."""

    text: str
    label: str = ""
    snippet: str = ""
    source: Link = Link()


@dataclass(frozen=True)
class Section:
    """A section of the package. Empty says what was looked for, failed its error."""

    key: str
    title: str
    state: SectionState = "ready"
    note: str = ""
    by: str = ""
    """Who wrote it, where a model was asked."""
    statements: list[Statement] = field(default_factory=list)
