"""JSON as a table: an array of objects (or one object a line) becomes rows of text cells."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from leadboard.domain.tabular import source
from leadboard.domain.tabular.layout import MAX_CELL, MAX_COLUMNS, MAX_JSON_BYTES, MAX_ROWS, Layout, Row
from leadboard.errors import Refused

_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
"""Numbers stay as they are written: 1.10 is not 1.1, and an id of 30 digits keeps them all."""
_BLANK = " \t\r\n"


def format_of(sample: str) -> str:
    """ "json", "ndjson", or "" for what is neither by its beginning."""
    start = sample.lstrip("\ufeff" + _BLANK)
    if start.startswith("["):
        return "json" if start[1:].lstrip(_BLANK)[:1] in ("{", "]", "") else ""
    if not start.startswith("{") or start[1:].lstrip(_BLANK)[:1] not in ('"', "}"):
        return ""
    try:
        _, end = _DECODER.raw_decode(start)
    except (json.JSONDecodeError, RecursionError):
        return "json"
    return "ndjson" if start[end:].lstrip(_BLANK).startswith("{") else "json"


def header(file: BinaryIO, layout: Layout) -> tuple[str, ...]:
    """All keys in the order they first occur, those of nested objects joined with a dot."""
    names: dict[str, None] = {}
    for _, cells in _objects(file, layout):
        names.update(dict.fromkeys(cells))
        if len(names) > MAX_COLUMNS:
            raise Refused(
                f"The objects have more than {MAX_COLUMNS} different keys. Keep those you need and try again.",
                field="file",
            )
    return tuple(names)


def rows(file: BinaryIO, layout: Layout) -> Iterator[Row]:
    """The objects as rows under the layout's header."""
    for number, (line, cells) in enumerate(_objects(file, layout), 1):
        if number > MAX_ROWS:
            raise Refused(f"This file has more than {MAX_ROWS:,} rows. Split it and import the parts.", field="file")
        yield Row(number, line, [cells.get(name, "") for name in layout.header])


def _objects(file: BinaryIO, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    """The line each object starts on, and its cells. The text is held, the objects are not."""
    stream = source.text(file, layout)
    text = stream.read(MAX_JSON_BYTES + 1).removeprefix("\ufeff")
    if len(text) > MAX_JSON_BYTES:
        raise Refused(
            f"JSON files of up to {MAX_JSON_BYTES // 1_000_000} MB can be read. Export it as CSV.", field="file"
        )
    at = _skip(text, 0, "[" if layout.format == "json" else "")
    if layout.format == "json" and text[_first(text)] == "{":
        at = _list_within(text)
    line, counted = 1, 0
    while at < len(text) and text[at] != "]":
        line += text.count("\n", counted, at)
        counted = at
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as broken:
            raise Refused(f"This JSON breaks off on line {broken.lineno}: {broken.msg}.", field="file") from broken
        except RecursionError as broken:
            raise Refused("This JSON is nested too deeply to be a table.", field="file") from broken
        if not isinstance(value, dict):
            raise Refused(f"Line {line} holds no object. Only a list of objects can be read as a table.", field="file")
        yield line, dict(_cells(value, ""))
        at = _skip(text, at, ",")
    if layout.format == "json" and at >= len(text):
        raise Refused("This JSON breaks off before the list ends: the file is not complete.", field="file")


def _list_within(text: str) -> int:
    """Where the objects begin when the list is wrapped in an object: {"data": [...]}; a lone object is one row."""
    try:
        whole, _ = _DECODER.raw_decode(text, _first(text))
    except json.JSONDecodeError as broken:
        raise Refused(f"This JSON breaks off on line {broken.lineno}: {broken.msg}.", field="file") from broken
    except RecursionError as broken:
        raise Refused("This JSON is nested too deeply to be a table.", field="file") from broken
    lists = [key for key, value in whole.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(lists) != 1:
        raise Refused("Only a list of objects can be read as a table; this JSON is something else.", field="file")
    start = text.index("[", text.index(json.dumps(lists[0], ensure_ascii=False)) + len(lists[0]))
    return _skip(text, start + 1, "")


def _first(text: str) -> int:
    return len(text) - len(text.lstrip(_BLANK))


def _skip(text: str, at: int, sign: str) -> int:
    """The position behind blanks and one optional sign."""
    for wanted in (True, False):
        while at < len(text) and text[at] in _BLANK:
            at += 1
        if wanted and sign and text[at : at + 1] == sign:
            at += 1
    return at


def _cells(value: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, dict):
            yield from _cells(inner, f"{name}.")
        else:
            cell = _cell(inner)
            if len(cell) > MAX_CELL:
                raise Refused(f"A value of “{name}” is longer than {MAX_CELL:,} characters. Shorten it.", field="file")
            yield name, cell


def _cell(value: Any) -> str:
    """One value as text; a list of plain values is joined with "; "."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case list() if not any(isinstance(each, dict | list) for each in value):
            return "; ".join(map(_cell, value))
    return json.dumps(value, ensure_ascii=False)
