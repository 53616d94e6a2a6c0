"""What is read on saved pages of a website."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from phonenumbers import SUPPORTED_REGIONS

from leadboard.domain.site import PageFacts, read_page, site_json
from leadboard.domain.site.regions import country_code
from leadboard.errors import Refused

PAGES = {".html", ".htm", ".xhtml"}


def read_saved(path: Path, url: str, region: str = "") -> Iterator[dict[str, Any]]:
    """One object a page, in the order of their names; an unreadable page says why and the others go on."""
    for name, page in read_pages(path, url, region):
        yield {"file": name, "error": page.sentence} if isinstance(page, Refused) else site_json(name, page)


def read_pages(path: Path, url: str, region: str = "") -> Iterator[tuple[str, PageFacts | Refused]]:
    """Each page by the name of its file, in the order of the names: its facts, or why it cannot be read.

    `url` is where the site was saved from: a single file is that page, files of a folder lie below it. `region` is the
    country that phone numbers without a + belong to: its ISO code or name, or "" to tell it from the pages.
    """
    _check_address(url)
    country = _country(region) if region else None
    if path.is_file():
        yield path.name, _read(path, url, country)
        return
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in PAGES)
    if not files:
        raise Refused(f"No saved page lies in {path}: files end in .html, .htm or .xhtml.")
    for file in files:
        name = str(file.relative_to(path))
        yield name, _read(file, urljoin(url if url.endswith("/") else f"{url}/", name), country)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        known = None
    if not known:
        raise Refused(f"“{url}” is no address of a page. Give the one they were saved from: https://example.com/")


def _country(region: str) -> str:
    code = country_code(region) or region.upper()
    if code not in SUPPORTED_REGIONS:
        raise Refused(f"“{region}” is no country with phone numbers of its own. Give an ISO code, for example US.")
    return code


def _read(file: Path, url: str, country: str | None) -> PageFacts | Refused:
    try:
        return read_page(file.read_bytes(), url, country)
    except Refused as refused:
        return refused
