"""What a column shows while the rows pass: a few of its values, and how it writes dates and numbers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from leadboard.domain.tabular.fields import Field
from leadboard.domain.tabular.layout import DateOrder, Habit

_ENOUGH = 100
_EVERY_ROW = 5_000
_STEP = 50
_DECIDED = 200
_DAY_MONTH = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")
_COMMA = re.compile(r"\D*(?:\d{1,3}(?:[.\s]\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,(?:\d{1,2}|\d{4,}))\D*")
_POINT = re.compile(r"\D*(?:\d{1,3}(?:[,'\s]\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d+\.(?:\d{1,2}|\d{4,}))\D*")
_EITHER = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*")
_MONEY = frozenset({Field.REVENUE, Field.DEAL_VALUE, Field.HEADCOUNT})
_DATES = frozenset({Field.CLOSE_DATE, Field.FUNDING_DATE})


class Columns:
    """Collects per column; `add` every row of data in order."""

    def __init__(self, header: Sequence[str]) -> None:
        self.header = tuple(header)
        self.samples: list[list[str]] = [[] for _ in header]
        """Up to 100 values of each column that say something."""
        self.rows = 0
        self._votes: dict[int, Counter[str]] = {}
        self._watched: list[int] = list(range(len(header)))

    def add(self, cells: Sequence[str]) -> None:
        """Take the cells of a row in."""
        self.rows += 1
        if self.rows <= _EVERY_ROW or self.rows % _STEP == 0:
            for sample, cell in zip(self.samples, cells, strict=False):
                if cell and len(sample) < _ENOUGH and not cell.isspace():
                    sample.append(cell)
        for at in self._watched:
            if vote := _vote(cells[at]):
                self._votes.setdefault(at, Counter())[vote] += 1
        if self.rows == _DECIDED:
            self._watched = sorted(self._votes)

    def habits(self, mapping: Mapping[str, Field], delimiter: str) -> tuple[dict[str, Habit], tuple[str, ...]]:
        """The habit of every column that could be read in two ways, and what to say where a mapped one is unclear."""
        sure = Counter(_dates(votes) for votes in self._votes.values() if _dates(votes))
        usual: DateOrder = "dmy" if sure["dmy"] > sure["mdy"] or (not sure and delimiter == ";") else "mdy"
        found: dict[str, Habit] = {}
        said: list[str] = []
        for at, votes in sorted(self._votes.items()):
            column = self.header[at]
            dotted = votes["dotted"] > votes["slashed"]
            dates: DateOrder = _dates(votes) or ("dmy" if dotted else usual)
            decimal = "," if votes[","] > votes["."] or (votes["."] == votes[","] and delimiter == ";") else "."
            found[column] = Habit(dates, decimal)
            if mapping.get(column) in _DATES:
                said += _date_doubts(column, votes, dates)
            if mapping.get(column) in _MONEY and votes["either"] and not votes[","] and not votes["."]:
                said.append(f"Numbers in “{column}” such as 1{'.' if decimal == ',' else ','}234 are read as 1234.")
        return found, tuple(said)


def _vote(cell: str) -> str:
    """What a cell says about its column; empty when nothing."""
    if not cell or not (cell[-1].isdigit() or cell[0].isdigit() or len(cell) < 20):
        return ""
    if date := _DAY_MONTH.match(cell):
        first, sign, second = int(date[1]), date[2], int(date[3])
        if first > 12 >= second:
            return "dmy"
        if second > 12 >= first:
            return "mdy"
        return "dotted" if sign == "." else "slashed"
    if "," not in cell and "." not in cell:
        return ""
    if _COMMA.fullmatch(cell):
        return ","
    if _POINT.fullmatch(cell):
        return "."
    return "either" if _EITHER.fullmatch(cell) else ""


def _dates(votes: Mapping[str, int]) -> DateOrder | None:
    """The order most dates of a column can only have; None when all can be read both ways."""
    if not votes.get("dmy") and not votes.get("mdy"):
        return None
    return "dmy" if votes.get("dmy", 0) >= votes.get("mdy", 0) else "mdy"


def _date_doubts(column: str, votes: Mapping[str, int], dates: str) -> list[str]:
    words = "day first" if dates == "dmy" else "month first"
    if votes.get("dmy") and votes.get("mdy"):
        other = votes["mdy"] if dates == "dmy" else votes["dmy"]
        return [f"Dates in “{column}” are mixed: they are read {words}, which {other:,} of them contradict."]
    if not _dates(votes) and votes.get("slashed"):
        return [f"Dates in “{column}” can be read day first or month first; they are read {words}."]
    return []
