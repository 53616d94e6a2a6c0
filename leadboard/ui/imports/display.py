"""What the import's page draws, as ready-made texts."""

from dataclasses import dataclass, field

from leadboard.ui.display import Person, Tone


@dataclass(frozen=True)
class Option:
    """A choice in a select."""

    value: str
    label: str


@dataclass(frozen=True)
class MappedColumn:
    """A column of the file: what it holds, an example, and the field it becomes ("" leaves it out)."""

    index: int
    header: str
    sample: str = ""
    field: str = ""
    why: str = ""
    """Why it was guessed: "e-mail addresses"."""
    error: str = ""


@dataclass(frozen=True)
class MatchChoice:
    """By what rows and leads are compared; `turn` says when ("compared first")."""

    word: str
    label: str
    turn: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class FileFacts:
    """What was recognised in the file, said above the preview."""

    name: str = ""
    facts: str = ""
    """ "CSV, UTF-8, semicolons · 1,284 rows · 12 columns" """
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tile:
    """A count of the result; it filters the rows below."""

    key: str
    label: str
    count: str
    tone: Tone = "neutral"


@dataclass(frozen=True)
class RowOutcome:
    """What became of an input row."""

    row: str
    name: str
    outcome: str
    tone: Tone
    reason: str = ""
    href: str = ""


@dataclass(frozen=True)
class ImportRow:
    """An import in the list of earlier ones."""

    id: str
    name: str
    href: str
    state: str
    tone: Tone
    counts: str
    by: Person
    at: str
