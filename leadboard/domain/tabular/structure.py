"""Where the table stands in the file: titles above, header, units, footer lines, and further tables."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from leadboard.domain.tabular.headings import is_heading
from leadboard.domain.tabular.layout import MAX_ROWS
from leadboard.domain.tabular.looks import MISSING, YEAR, kind, usual_kind
from leadboard.domain.tabular.records import Record, is_blank
from leadboard.domain.words import word_set
from leadboard.errors import Refused

_HEAD = 200
_TAIL = 60
_VALUES = ("number", "date", "email", "url")
_UNITS = word_set(
    "degc degf °c °f % ‰ mm cm m km in ft mi kg g mg t lb lbs oz l ml s sec secs seconds min mins minutes h hr "
    "hrs hours days day weeks months years yrs usd eur gbp chf jpy aud cad sek € $ £ ¥ k€ keur t€ teur tsd mio m€ "
    "m$ $m €m £m million millions thousand thousands bn # n no no. count pcs units stk stück anzahl kwh mwh gwh "
    "kw mw w v a hz pa hpa bar m/s km/h mph ha m2 m² m3 m³ km2 km² sqm ppm pct percent string text str varchar "
    "int integer float decimal number numeric double date datetime timestamp bool boolean yyyy-mm-dd dd/mm/yyyy "
    "mm/dd/yyyy dd.mm.yyyy employees people persons"
)
_UNIT = re.compile(r"[\[(].{1,20}[\])]|in \S{1,12}(?: \S{1,12})?|#[a-z][\w+]*", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:grand |sub-?)?totals?(?: \(.*\)|:)?|sum|summe|gesamt(?:summe)?|insgesamt|totaux|total général|somme|suma|"
    r"totale|totaal|итого|всего|toplam|合計|合计|总计|總計|합계|الإجمالي|المجموع|סה\"כ",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[*†‡¹²³©]|\(?\d\)|(?:note|notes|n\.?b\.?|source|sources|quelle|quellen|fuente|fonte|remark|remarks|hinweis|"
    r"anmerkung|generated|exported|created|report|confidential|copyright|footnote|last updated|"
    r"updated|printed|end of|stand)\b",
    re.IGNORECASE,
)


@dataclass
class Segment:
    """One table of the file while it is looked for: its first and its last records, and how many it has."""

    start: int
    head: list[Record] = field(default_factory=list)
    tail: deque[Record] = field(default_factory=lambda: deque(maxlen=_TAIL))
    size: int = 0

    def add(self, record: Record) -> None:
        """Take the next record in."""
        self.size += 1
        self.tail.append(record)
        if len(self.head) < _HEAD:
            self.head.append(record)

    @property
    def line(self) -> int:
        """Where it starts."""
        return self.head[0].line

    @property
    def is_table(self) -> bool:
        """Whether it is more than a few lines of text beside a table."""
        return self.size >= 3 and max(record.fill for record in self.head) >= 2


@dataclass(frozen=True)
class Frame:
    """Where one segment's data begins, under which names."""

    header: tuple[str, ...]
    written: tuple[str, ...]
    first: int
    warnings: tuple[str, ...]


def segments(found: Iterable[Record]) -> list[Segment]:
    """The tables of a file in order: a new one starts where, below a blank line, another header stands."""
    tables: list[Segment] = []
    waiting: list[Record] = []
    blank = False
    for record in found:
        if is_blank(record.cells):
            _settle(tables, waiting)
            blank = True
            continue
        if waiting or (blank and tables):
            waiting.append(record._replace(after_blank=blank))
            if len(waiting) == 4:
                _settle(tables, waiting)
        else:
            if not tables:
                tables.append(Segment(record.index))
            tables[-1].add(record)
        blank = False
        if tables and tables[-1].size > MAX_ROWS + _TAIL:
            raise Refused(f"This file has more than {MAX_ROWS:,} rows. Split it and import the parts.", field="file")
    _settle(tables, waiting)
    return tables


def choose(tables: Sequence[Segment]) -> tuple[Segment, tuple[str, ...]]:
    """The largest table, and what to say about the others."""
    chosen = max(tables, key=lambda table: (table.is_table, table.size))
    others = [table for table in tables if table is not chosen and table.is_table]
    if not others:
        return chosen, ()
    where = ", ".join(str(table.line) for table in tables if table.is_table)
    return chosen, (
        f"This file holds several tables ({len(others) + 1}, starting on lines {where}); only the largest one, "
        f"on line {chosen.line}, is read. Save the others as files of their own to import them.",
    )


def frame(table: Segment, before: Sequence[Record]) -> Frame:
    """Find the header of a table. `before`: records of the file above the segment that belong to no table."""
    head = [record for record in table.head if not _is_comment(record)] or table.head
    width = _usual_width(head)
    at = _first_full(head, width)
    kinds = _kinds(head[at + 1 :])
    notes: list[str] = []
    if _is_data(head[at].cells, kinds):
        names, written, first = [], (), head[at].index
        notes.append("The first row looks like data, so the columns are numbered; no header line was found.")
    else:
        end = _header_end(head, at, kinds)
        at = _header_start(head, at)
        names, combined = _names(head[at : end + 1])
        if combined:
            notes.append(f"The header has {end - at + 1} lines; they are joined to one name per column.")
        at = at if combined else end
        written, first = tuple(head[end].cells), head[end].index + 1
        under = head[end + 1 : end + 3]
        if len(under) == 2 and _is_units(under[0], under[1], kinds):
            first = under[0].index + 1
            notes.append(f"Line {under[0].line} holds units or tags ({_quoted([under[0]])}), not data; it is left out.")
    above = [*before, *(record for record in table.head if record.index < head[at].index)]
    header, renamed = _unique(names, _columns(head, names, first))
    return Frame(header, written, first, (*_above(above), *notes, *renamed))


def footer(table: Segment, header: Sequence[str], first: int) -> tuple[int, tuple[str, ...]]:
    """Index of the first record that is no data any more, and what to say about those left out."""
    tail = [record for record in table.tail if record.index >= first]
    run = len(tail)
    while run > 1 and (_is_total(tail[run - 1]) or _is_single(tail[run - 1], header)):
        run -= 1
    start = next((at for at in range(run, len(tail)) if _is_closing(tail[at])), len(tail))
    if start == len(tail):
        return table.tail[-1].index + 1, ()
    out = tail[start:]
    lines = f"line {out[0].line} is" if len(out) == 1 else f"{len(out)} lines from line {out[0].line} on are"
    what = "a total or a note" if len(out) == 1 else "totals or notes"
    return out[0].index, (f"At the end, {lines} {what} ({_quoted(out)}), not data, and left out.",)


def _settle(tables: list[Segment], waiting: list[Record]) -> None:
    """Give the records below a blank line to the table above it, or to a new one."""
    if waiting and tables and _starts_table(waiting, tables[-1]):
        tables.append(Segment(waiting[0].index))
    for record in waiting:
        tables[-1].add(record)
    waiting.clear()


def _starts_table(block: Sequence[Record], above: Segment) -> bool:
    """Whether a block below a blank line has a header of its own."""
    titled = len(block) > 2 and block[0].fill == 1 and block[1].fill > 1
    header, body = (block[1], block[2:]) if titled else (block[0], block[1:])
    cells = [cell.strip() for cell in header.cells]
    filled = [cell for cell in cells if cell]
    if not body or len(filled) < 2 or len(set(filled)) < len(filled) or any(kind(cell) in _VALUES for cell in filled):
        return False
    if any(_same(cells, record.cells) for record in above.head[:12]):
        return False
    width = _usual_width(above.head)
    if len(cells) != width and all(len(record.cells) == len(cells) for record in body):
        return True
    kinds = _kinds(above.head[1:])
    numeric = [at for at, usual in kinds.items() if usual in _VALUES and at < len(cells) and cells[at]]
    contradicts = bool(numeric) and all(kind(cells[at]) == "text" for at in numeric)
    named = sum(map(is_heading, filled)) / len(filled)
    return named >= 0.6 or (contradicts and (named >= 0.3 or len(numeric) > 1))


def _same(cells: Sequence[str], others: Sequence[str]) -> bool:
    return [cell for cell in cells if cell] == [cell.strip() for cell in others if cell.strip()]


def _usual_width(found: Sequence[Record]) -> int:
    widths = Counter(len(record.cells) for record in found)
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0]


def _first_full(head: Sequence[Record], width: int) -> int:
    """The first record that fills about as many columns as the table's rows do."""
    body = [record for record in head if len(record.cells) == width]
    least = 1 if width == 1 else max(2, round(median(record.fill for record in body) / 2))
    full = [at for at, record in enumerate(head) if record.fill >= least]
    return next((at for at in full if not _is_sentence(head[at])), full[0] if full else 0)


def _is_sentence(record: Record) -> bool:
    """A line of prose that the delimiter cut in a bracket."""
    return any(cell.count("(") != cell.count(")") for cell in record.cells)


def _kinds(body: Sequence[Record]) -> dict[int, str]:
    """The usual kind of each column, from the later rows of the sample: the first ones may still be header."""
    later = body[min(len(body) // 2, 6) :][:80]
    width = max((len(record.cells) for record in later), default=0)
    return {at: usual_kind(record.cells[at] for record in later if at < len(record.cells)) for at in range(width)}


def _is_data(cells: Sequence[str], kinds: dict[int, str]) -> bool:
    """Whether what should be the header is already a row of data."""
    filled = {at: cell.strip() for at, cell in enumerate(cells) if cell.strip()}
    if not kinds:
        return all(kind(cell) in _VALUES for cell in filled.values())
    typed = [at for at, usual in kinds.items() if usual in _VALUES and at in filled]
    alike = [at for at in typed if kind(filled[at]) == kinds[at]]
    if not alike or len(alike) < len(typed):
        return False
    labels = [filled[at] for at in alike]
    counted = len(labels) > 1 and all(label.isdecimal() for label in labels) and _counts(labels)
    years = all(YEAR.fullmatch(label) for label in labels) and len(set(labels)) == len(labels)
    return not (len(filled) > len(alike) and (counted or years))


def _counts(labels: Sequence[str]) -> bool:
    """1, 2, 3 and so on."""
    return all(int(two) == int(one) + 1 for one, two in pairwise(labels))


def _header_end(head: Sequence[Record], at: int, kinds: dict[int, str]) -> int:
    """The last line of the header: it goes on where the next line names columns this one leaves blank."""
    numeric = [column for column, usual in kinds.items() if usual in _VALUES]
    while numeric and at + 2 < len(head):
        here, below = head[at].cells, head[at + 1].cells
        merged = head[at].fill < len(here) == head[at + 1].fill
        named = [column for column in numeric if column < len(below) and below[column].strip()]
        more = any(column >= len(here) or not here[column].strip() for column, cell in enumerate(below) if cell.strip())
        repeats = len({cell for cell in here if cell.strip()}) < head[at].fill
        if (
            not (more or repeats)
            or len(named) < (1 if merged else 2)
            or any(kind(below[column]) != "text" for column in named)
        ):
            break
        if _is_units(head[at + 1], head[at + 2], kinds):
            break
        at += 1
    return at


def _header_start(head: Sequence[Record], at: int) -> int:
    """The first line of the header: lines right above belong to it where they name columns this one leaves blank."""
    blank = [column for column, cell in enumerate(head[at].cells) if not cell.strip()]
    start, above = at, at
    while above and head[above - 1].index == head[above].index - 1 and head[above - 1].fill > 1:
        above -= 1
        cells = head[above].cells
        if any(kind(cell) in _VALUES for cell in cells):
            break
        if any(column < len(cells) and cells[column].strip() for column in blank):
            start = above
    return start


def _names(lines: Sequence[Record]) -> tuple[list[str], bool]:
    """The names of the columns, and whether they were joined from several lines."""
    last = [" ".join(cell.split()) for cell in lines[-1].cells]
    full = all(at < len(last) and last[at] for line in lines for at, cell in enumerate(line.cells) if cell.strip())
    if len(lines) == 1 or (full and len(set(last)) == len(last)):
        return last, False
    parts = [*(_spread(line.cells) for line in lines[:-1]), last]
    width = max(map(len, parts))
    return [" ".join(part[at] for part in parts if at < len(part) and part[at]) for at in range(width)], True


def _spread(cells: Sequence[str]) -> list[str]:
    """The cells of an upper header line: one name stands over all blank cells to its right."""
    spread: list[str] = []
    for cell in cells:
        spread.append(" ".join(cell.split()) or (spread[-1] if spread else ""))
    return spread


def _is_units(row: Record, below: Record, kinds: dict[int, str]) -> bool:
    """Whether a row holds units (or tags) of the columns: "kg", "[EUR]", "in %", "#date"."""
    cells = {at: cell.strip() for at, cell in enumerate(row.cells) if cell.strip().lower() not in MISSING}
    units = [at for at, cell in cells.items() if cell.lower() in _UNITS or _UNIT.fullmatch(cell)]
    if not units or len(units) < 0.7 * len(cells) or _same(row.cells, below.cells):
        return False
    if all(cells[at].startswith("#") for at in units):
        return len(units) > 1
    return any(kinds.get(at) in ("number", "date") for at in units)


def _columns(head: Sequence[Record], names: Sequence[str], first: int) -> int:
    """How many columns there are: more than names where most rows go on to the right."""
    ends = [max(at for at, cell in enumerate(r.cells, 1) if cell.strip()) for r in head if r.index >= first and r.fill]
    longer = [end for end in ends if end > len(names)]
    return max(len(names), median_low(longer)) if len(longer) * 2 > len(ends) else len(names)


def median_low(ends: Sequence[int]) -> int:
    """The middle one, the smaller of two."""
    return sorted(ends)[(len(ends) - 1) // 2]


def _unique(names: Sequence[str], width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names for all columns, each once, and what had to be done for it."""
    unique: list[str] = []
    nameless, twice = [], []
    for at in range(width):
        name = (names[at] if at < len(names) else "").strip("\ufeff ")
        if not name:
            name = f"Column {at + 1}"
            nameless.append(name)
        elif name in unique:
            twice.append(name)
        wanted, count = name, 1
        while name in unique or (count > 1 and name in names):
            count += 1
            name = f"{wanted} ({count})"
        unique.append(name)
    said = []
    if nameless and any(names):
        said.append(f"{_counted(len(nameless), 'column has', 'columns have')} no name and now: {_list(nameless)}.")
    if twice:
        said.append(f"Several columns have the same name ({_list(sorted(set(twice)))}); the later ones are numbered.")
    return tuple(unique), tuple(said)


def _above(found: Sequence[Record]) -> tuple[str, ...]:
    """What to say about the lines above the header."""
    if not found:
        return ()
    are = "is" if len(found) == 1 else "are"
    return (f"{_counted(len(found), 'line', 'lines')} above the header ({_quoted(found)}) {are} left out.",)


def _is_comment(record: Record) -> bool:
    return record.fill == 1 and record.cells[0].lstrip().startswith("#")


def _is_total(record: Record) -> bool:
    others = [cell for cell in record.cells if cell.strip()][1:]
    return bool(others) and bool(_TOTAL.fullmatch(record.lead)) and all(kind(cell) in ("number", "") for cell in others)


def _is_single(record: Record, header: Sequence[str]) -> bool:
    """A line of text where rows of data fill several columns."""
    return record.fill == 1 and (len(header) > 2 or (len(header) == 2 and bool(_NOTE.match(record.lead))))


def _is_closing(record: Record) -> bool:
    """Whether the lines below the data begin here."""
    if _is_total(record):
        return True
    return record.fill == 1 and (record.after_blank or bool(_NOTE.match(record.lead)) or len(record.lead) > 60)


def _quoted(found: Sequence[Record]) -> str:
    """The beginning of a few lines."""
    texts = [" ".join(" ".join(cell.split()) for cell in record.cells if cell.strip()) for record in found]
    short = [text if len(text) <= 60 else f"{text[:57].rstrip()}..." for text in texts if text]
    return ", ".join(f"“{text}”" for text in short[:3]) + (" and more" if len(short) > 3 else "")


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
