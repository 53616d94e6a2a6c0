"""Bytes to text: what kind of file it is, its limits, and the stream both readings use."""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from leadboard.domain.tabular import encodings
from leadboard.domain.tabular.layout import MAX_BYTES, MAX_UNPACKED_BYTES, Layout
from leadboard.errors import Refused

SAMPLE = 65_536
_CHUNK = 1 << 20
_MIXED = "utf-8+cp1252"
"""UTF-8 with a few bytes of Windows-1252 among it, read as what they are."""
_MAGIC = (
    (b"PK\x03\x04", "a zip or Excel file (.xlsx)"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Office file (.xls)"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
)
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH_CONTROL = re.compile(rb"[\x80-\x9f]")


@dataclass(frozen=True)
class Survey:
    """What one pass over all bytes tells. `sample` is the beginning as text, up to the end of a line."""

    encoding: str
    compressed: bool
    sample: str
    quotes: int
    """How many quotation marks the file holds."""
    warnings: tuple[str, ...]


def survey(file: BinaryIO) -> Survey:
    """Look at all bytes once; refuses what is no text, is empty or too large."""
    file.seek(0)
    magic = file.read(16)
    compressed = magic.startswith(b"\x1f\x8b")
    for mark, what in _MAGIC:
        if magic.startswith(mark):
            raise Refused(f"This is {what}, not a text table. Save or export it as CSV and upload that.", field="file")
    file.seek(0)
    head = _raw(file, compressed, "?").read(SAMPLE)
    if not head.strip():
        raise Refused("This file is empty: there is nothing to import.", field="file")
    if _PAGE.match(head):
        raise Refused("This is a web page or XML, not a table. Export the list as CSV and upload that.", field="file")
    encoding = encodings.marked(head) or encodings.wide(head)
    quotes = 0
    warnings: tuple[str, ...] = ()
    if encoding.startswith(("utf-16", "utf-32")):
        for _ in _chunks(file, compressed, encoding):
            pass
    else:
        if not encoding and len(_CONTROL.findall(head)) * 20 > len(head):
            raise Refused("This file is not text. Export the list as CSV and upload that.", field="file")
        quotes, encoding, warnings = _byte_wise(file, compressed, encoding)
    layout = Layout(encoding=encoding, compressed=compressed)
    sample = _line_end(_text(file, layout).read(SAMPLE), whole=len(head) < SAMPLE)
    if not sample.strip("\ufeff \t\r\n\0"):
        raise Refused("This file is empty: there is nothing to import.", field="file")
    return Survey(encoding, compressed, sample, quotes, warnings)


def text(file: BinaryIO, layout: Layout) -> io.TextIOWrapper:
    """The file's text from its beginning, line ends untouched, without a byte order mark; `file` stays open."""
    return _text(file, layout)


def _text(file: BinaryIO, layout: Layout) -> io.TextIOWrapper:
    raw = _raw(file, layout.compressed, layout.encoding)
    encoding, errors = layout.encoding, "replace"
    if encoding == _MIXED:
        encoding, errors = "utf-8", "cp1252-bytes"
    stream = io.TextIOWrapper(io.BufferedReader(raw, _CHUNK), encoding, errors, newline="")
    if encoding.startswith(("utf-16-", "utf-32-")) and stream.read(1) != "\ufeff":
        return _text_again(file, layout)
    return stream


def _text_again(file: BinaryIO, layout: Layout) -> io.TextIOWrapper:
    raw = _raw(file, layout.compressed, layout.encoding)
    return io.TextIOWrapper(io.BufferedReader(raw, _CHUNK), layout.encoding, "replace", newline="")


def _cp1252_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252-bytes", _cp1252_bytes)


class _Guarded(io.RawIOBase):
    """The file's bytes, unpacked; refuses NUL where the encoding has none, and more bytes than we read."""

    def __init__(self, file: BinaryIO, compressed: bool, encoding: str) -> None:
        self._file = gzip.GzipFile(fileobj=file, mode="rb") if compressed else file
        self._limit = MAX_UNPACKED_BYTES if compressed else MAX_BYTES
        self._wide = encoding == "?" or encoding.startswith(("utf-16", "utf-32"))
        self._read = 0
        self._lines = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._file.read(len(buffer))
        except (OSError, EOFError, zlib.error) as broken:
            raise Refused(
                "This gzip file is damaged and cannot be unpacked. Export it once more.", field="file"
            ) from broken
        self._read += len(chunk)
        if self._read > self._limit:
            raise Refused(
                f"This file holds more than {self._limit // 1_000_000} MB. Split it and import the parts.", field="file"
            )
        if not self._wide and (at := chunk.find(0)) >= 0:
            line = self._lines + chunk.count(b"\n", 0, at) + 1
            raise Refused(
                f"Line {line} holds a NUL byte, which no text has: the file is damaged or no text file. "
                "Export it once more as CSV in UTF-8.",
                field="file",
            )
        self._lines += chunk.count(b"\n")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _raw(file: BinaryIO, compressed: bool, encoding: str) -> _Guarded:
    file.seek(0)
    return _Guarded(file, compressed, encoding)


def _chunks(file: BinaryIO, compressed: bool, encoding: str) -> Iterator[bytes]:
    raw = _raw(file, compressed, encoding)
    while chunk := raw.read(_CHUNK):
        yield chunk


def _byte_wise(file: BinaryIO, compressed: bool, marked: str) -> tuple[int, str, tuple[str, ...]]:
    """Count quotation marks and find the encoding from all bytes: (quotes, encoding, warnings)."""
    quotes, valid, has_controls = 0, True, False
    decoder = codecs.getincrementaldecoder("utf-8")()
    accented = bytearray()
    for chunk in _chunks(file, compressed, marked):
        quotes += chunk.count(b'"')
        if chunk.isascii() and valid:
            continue
        has_controls = has_controls or bool(_HIGH_CONTROL.search(chunk))
        if valid:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                valid = False
        if len(accented) < SAMPLE:
            lines = (line for line in chunk.splitlines(keepends=True) if not line.isascii())
            for line in lines:
                accented += line
                if len(accented) >= SAMPLE:
                    break
    if valid and not decoder.getstate()[0]:
        return quotes, marked or "utf-8", ()
    if marked or encodings.mostly_utf8(bytes(accented)):
        return (
            quotes,
            _MIXED,
            ("A few characters are not UTF-8 like the rest of the file; they are read as Windows-1252.",),
        )
    return quotes, encodings.guess(bytes(accented), has_controls), ()


def _line_end(sample: str, whole: bool) -> str:
    """The sample up to its last line end, so that no row in it is half a row."""
    if whole:
        return sample
    return sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
