"""What a file holds and how it will be read, before anything is stored."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from leadboard.domain.tabular import dialect, json_rows, source, structure
from leadboard.domain.tabular.columns import Columns
from leadboard.domain.tabular.fields import Field
from leadboard.domain.tabular.layout import MAX_COLUMNS, Layout, Row
from leadboard.domain.tabular.mapping import guess_mapping
from leadboard.domain.tabular.reading import is_comment, read
from leadboard.domain.tabular.records import Record, is_blank, records
from leadboard.errors import Refused


@dataclass(frozen=True)
class Preview:
    """How a file is read: its first rows, the guessed meaning of its columns, and every oddity as a sentence."""

    layout: Layout
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping[str, Field]
    warnings: tuple[str, ...] = ()

    @property
    def encoding(self) -> str:
        """The encoding as Python names it."""
        return self.layout.encoding.partition("+")[0]

    @property
    def delimiter(self) -> str:
        """What stands between cells; empty for JSON."""
        return self.layout.delimiter

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, each once."""
        return self.layout.header

    def to_json(self) -> dict[str, Any]:
        """Plain values: encoding, delimiter, header, rows, mapping, warnings."""
        return {
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "header": list(self.header),
            "rows": [list(row) for row in self.rows],
            "mapping": {column: field.value for column, field in self.mapping.items()},
            "warnings": list(self.warnings),
        }


def preview(file: BinaryIO, name: str, rows: int | None = 20) -> Preview:
    """Look at a whole file and show its first `rows` rows (all with None).

    `name` is what the person calls the file; it only stands in sentences. Raises `Refused` for what is no table.
    """
    seen = source.survey(file)
    form = json_rows.format_of(seen.sample)
    layout, skipped, said = _json(file, seen, form) if form else _table(file, seen)
    columns, ragged = Columns(layout.header), _Ragged()
    shown: list[tuple[str, ...]] = []
    row = None
    for row in read(file, layout):
        if rows is None or len(shown) < rows:
            shown.append(tuple(row.cells))
        columns.add(row.cells)
        if row.note:
            ragged.add(row, len(layout.header))
    mapping = guess_mapping(layout.header, columns.samples)
    habits, doubts = columns.habits(mapping, layout.delimiter)
    layout = replace(layout, total=columns.rows, habits=habits)
    ends = _unclosed(seen, row) if row else (f"“{name}” has a header but no rows below it.",)
    return Preview(
        layout,
        tuple(shown),
        mapping,
        (*seen.warnings, *said, *skipped.warnings(layout), *ragged.warnings(), *ends, *doubts),
    )


@dataclass
class _Skipped:
    """Records that are no data, by index, wherever they stand in the file."""

    blank: list[int] = field(default_factory=list)
    padded: list[int] = field(default_factory=list)
    """Blank ones that have delimiters, unlike the empty lines at the end of many files."""
    comments: list[int] = field(default_factory=list)

    def watch(self, found: Iterable[Record]) -> Iterator[Record]:
        """Pass all records on and note these."""
        for record in found:
            if is_blank(record.cells):
                (self.padded if len(record.cells) > 1 else self.blank).append(record.index)
            elif record.cells[0][:1] == "#" and is_comment(record.cells):
                self.comments.append(record.index)
            yield record

    def warnings(self, layout: Layout) -> tuple[str, ...]:
        """What lies between the rows of the table and is no row."""
        inside = range(layout.first, layout.stop)
        above = sum(index < layout.first for index in (*self.blank, *self.padded))
        between = sum(index in inside for index in (*self.blank, *self.padded))
        below = sum(index >= layout.stop for index in self.padded)
        comments = sum(index in inside for index in self.comments) if len(layout.header) > 1 else 0
        repeated = len(inside) - between - comments - layout.total if layout.format == "csv" else 0
        told = (
            (above, "blank line above the header", "blank lines above the header"),
            (between + below, "blank row", "blank rows"),
            (comments, "comment line between the rows", "comment lines between the rows"),
            (repeated, "repetition of the header", "repetitions of the header"),
        )
        return tuple(
            f"{count:,} {one} is left out." if count == 1 else f"{count:,} {many} are left out."
            for count, one, many in told
            if count
        )


@dataclass
class _Ragged:
    """Rows shorter or longer than the header: how many, and where the first few are."""

    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)

    def add(self, row: Row, width: int) -> None:
        """Take a row in that has a note."""
        (self.long if len(row.cells) > width else self.short).append(row.line)

    def warnings(self) -> tuple[str, ...]:
        """One sentence for each of the two."""
        told = (
            (self.short, "shorter than the header; missing cells are read as empty"),
            (self.long, "longer than the header; the surplus cells are not imported"),
        )
        return tuple(
            f"{len(lines):,} {'row is' if len(lines) == 1 else 'rows are'} {what} ({_lines(lines)})."
            for lines, what in told
            if lines
        )


def _unclosed(seen: source.Survey, last: Row) -> tuple[str, ...]:
    """What to say when a quotation mark swallowed the end of the file."""
    if seen.quotes % 2 == 0 or not any("\n" in cell or "\r" in cell for cell in last.cells):
        return ()
    return (f"A quotation mark opened on line {last.line} or below is never closed; all after it is one cell.",)


def _lines(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:5]))
    return f"{'line' if len(lines) == 1 else 'lines'} {shown}" + (" and others" if len(lines) > 5 else "")


def _json(file: BinaryIO, seen: source.Survey, form: Any) -> tuple[Layout, _Skipped, tuple[str, ...]]:
    layout = Layout(format=form, encoding=seen.encoding, compressed=seen.compressed, delimiter="")
    header = json_rows.header(file, layout)
    if not header:
        raise Refused("This JSON holds no objects: there is nothing to import.", field="file")
    return replace(layout, header=header), _Skipped(), ()


def _table(file: BinaryIO, seen: source.Survey) -> tuple[Layout, _Skipped, tuple[str, ...]]:
    ways = dialect.detect(seen.sample)
    layout = Layout(
        encoding=seen.encoding,
        compressed=seen.compressed,
        delimiter=ways.delimiter,
        quote=ways.quote,
        escape=ways.escape,
        spaced=ways.spaced,
    )
    skipped = _Skipped()
    tables = structure.segments(skipped.watch(records(file, layout)))
    if not tables:
        raise Refused("This file is empty: there is nothing to import.", field="file")
    chosen, others = structure.choose(tables)
    before = [record for table in tables if table.start < chosen.start and not table.is_table for record in table.head]
    framed = structure.frame(chosen, before)
    if len(framed.header) > MAX_COLUMNS:
        raise Refused(f"This file has more than {MAX_COLUMNS} columns. Remove those you do not need.", field="file")
    stop, closing = structure.footer(chosen, framed.header, framed.first)
    layout = replace(layout, header=framed.header, written=framed.written, first=framed.first, stop=stop)
    return layout, skipped, (*others, *framed.warnings, *closing)
