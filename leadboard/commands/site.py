"""What is read on saved pages of a website."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from leadboard.domain.site import read_page, site_json
from leadboard.errors import Refused

PAGES = {".html", ".htm", ".xhtml"}


def read_saved(path: Path, url: str, region: str | None) -> Iterator[dict[str, Any]]:
    """One object a page, in the order of their names; an unreadable page says why and the others go on.

    `url` is where the site was saved from: a single file is that page, files of a folder lie below it.
    """
    if path.is_file():
        yield _read(path, path.name, url, region)
        return
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in PAGES)
    if not files:
        raise Refused(f"No saved page lies in {path}: files end in .html, .htm or .xhtml.")
    for file in files:
        name = str(file.relative_to(path))
        yield _read(file, name, urljoin(url if url.endswith("/") else f"{url}/", name), region)


def _read(file: Path, name: str, url: str, region: str | None) -> dict[str, Any]:
    try:
        return site_json(name, read_page(file.read_bytes(), url, region))
    except Refused as refused:
        return {"file": name, "error": refused.sentence}
