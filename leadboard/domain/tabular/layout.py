"""How a file is to be read: decided once, kept with the import, obeyed by every later reading."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, NamedTuple, Self

MAX_COLUMNS = 500
MAX_ROWS = 1_000_000
MAX_CELL = 131_072
"""Characters: where Python's own reader stops, too."""
MAX_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_JSON_BYTES = 20_000_000

DateOrder = Literal["dmy", "mdy"]


@dataclass(frozen=True)
class Habit:
    """How one column writes what can be read in two ways. `region` (ISO alpha-2) is for phone numbers without a +."""

    dates: DateOrder = "mdy"
    decimal: Literal[".", ","] = "."
    region: str = ""


class Row(NamedTuple):
    """One row of data. `number` counts rows below the header from 1; `line` is where it starts in the file.

    `cells` has at least one cell per column (missing ones are empty) and keeps surplus ones at its end; `note` says so.
    """

    number: int
    line: int
    cells: Sequence[str]
    note: str = ""


@dataclass(frozen=True)
class Layout:
    """Everything `read` needs. Records are counted from 0, blank lines included; data is `first <= record < stop`."""

    format: Literal["csv", "json", "ndjson"] = "csv"
    encoding: str = "utf-8"
    compressed: bool = False
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    spaced: bool = False
    """Whether blanks after a delimiter are no part of the cell."""
    header: tuple[str, ...] = ()
    """Names of the columns, each once."""
    written: tuple[str, ...] = ()
    """The header as it stands in the file, to know it again where it is repeated; empty when the file has none."""
    first: int = 0
    stop: int = 0
    total: int = 0
    """Rows of data."""
    habits: Mapping[str, Habit] = field(default_factory=dict)
    """By column, where it has a habit of its own."""

    def to_json(self) -> dict[str, Any]:
        """Plain values only."""
        return asdict(self) | {"header": list(self.header), "written": list(self.written)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The layout `to_json` was made from; keys it does not know are passed over."""
        known = {each.name: data[each.name] for each in fields(cls) if each.name in data}
        known["header"], known["written"] = tuple(known.get("header", ())), tuple(known.get("written", ()))
        known["habits"] = {column: Habit(**habit) for column, habit in known.get("habits", {}).items()}
        return cls(**known)
