"""Small files for the tests: text in, what the product makes of it out."""

import io

from leadboard.domain.tabular import Preview, preview, read


def look(text: str | bytes, name: str = "list.csv", rows: int | None = None) -> Preview:
    """The preview of a file with this content, all rows by default."""
    content = text.encode() if isinstance(text, str) else text
    return preview(io.BytesIO(content), name, rows)


def cells(text: str | bytes) -> list[list[str]]:
    """The rows as a background job reads them from the stored layout."""
    content = text.encode() if isinstance(text, str) else text
    layout = type(look(content).layout).from_json(look(content).layout.to_json())
    return [list(row.cells) for row in read(io.BytesIO(content), layout)]


def said(preview: Preview) -> str:
    """All warnings in one text."""
    return " ".join(preview.warnings)
