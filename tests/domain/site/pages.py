"""Pages of companies that do not exist."""

from leadboard.domain.site import PageFacts, read_page

URL = "https://www.acme-builders.com/"


def read(body: str, url: str = URL, region: str | None = "US", head: str = "") -> PageFacts:
    """The facts of a page with this body."""
    return read_page(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), url, region)
