"""One file out of a multipart body, written to disk as it arrives, under a name of ours."""

import os
from collections.abc import AsyncIterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import uuid4

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from leadboard.domain.importing import upload_refusal
from leadboard.domain.tabular.layout import MAX_BYTES
from leadboard.store.imports import Upload

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks


async def receive(content_type: str, body: AsyncIterable[bytes], folder: Path) -> Upload:
    """Store the body's one file (part `file`). Raises `Refused`, and leaves nothing behind, for anything else."""
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise upload_refusal("no_file")
    form = _Form(folder)
    parser = MultipartParser(options[b"boundary"], form.callbacks())
    try:
        async for piece in body:
            parser.write(piece)
        return form.upload()
    except FormParserError:
        form.discard()
        raise upload_refusal("no_file") from None
    except BaseException:
        form.discard()
        raise


class _Form:
    """Follows the parser: keeps the file's part, passes over the others."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / uuid4().hex
        self._file: BinaryIO | None = None
        self._name: str | None = None
        self._size = 0
        self._header = b""
        self._value = b""
        self._is_file = False
        self._complete = False

    def callbacks(self) -> "MultipartCallbacks":
        """By the names the parser calls them under."""
        return {
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_part_begin": self._on_part_begin,
            "on_part_data": self._on_part_data,
            "on_end": self._on_end,
        }

    def upload(self) -> Upload:
        """The file that arrived whole."""
        if self._file is None or self._name is None or not self._complete:
            raise upload_refusal("no_file")
        self._file.close()
        return Upload(self._path, self._name, self._size)

    def discard(self) -> None:
        """Remove what was stored so far."""
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)

    def _on_part_begin(self) -> None:
        self._is_file = False

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        header, value = self._header.lower(), self._value
        self._header = self._value = b""
        if header != b"content-disposition":
            return
        _, options = parse_options_header(value)
        if options.get(b"name") != b"file" or not options.get(b"filename"):
            return
        if self._file is not None:
            raise upload_refusal("several")
        self._name = options[b"filename"].decode("utf-8", "replace")
        self._file = os.fdopen(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
        self._is_file = True

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file and self._file is not None:
            self._size += end - start
            if self._size > MAX_BYTES:
                raise upload_refusal("too_large")
            self._file.write(data[start:end])

    def _on_end(self) -> None:
        self._complete = True
