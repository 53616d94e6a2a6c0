"""What every answer says about itself, so that a browser refuses what we never meant (security sheet, 3.14)."""

import base64
from collections.abc import Iterable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

Headers = list[tuple[bytes, bytes]]

_FIXED: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
]
NOT_MODIFIED = 304
_NOTHING = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_HSTS = (b"strict-transport-security", b"max-age=31536000")


class SecurityHeaders:
    """The headers to add, made once: pages name the inline scripts that the build put into them, and no others run."""

    def __init__(self, secure: bool, pages: Path | None) -> None:
        self._fixed = [*_FIXED, _HSTS] if secure else _FIXED
        self._page_policy = page_policy(script_hashes(pages) if pages else ()).encode()

    def added(self, status: int, headers: Iterable[tuple[bytes, bytes]], private: bool) -> Headers:
        """The answer's headers with ours; `private` answers are kept by nobody."""
        ours = {name for name, _ in self._fixed} | {b"content-security-policy"}
        kept = [(name, value) for name, value in headers if name.lower() not in ours]
        kind = next((value for name, value in kept if name.lower() == b"content-type"), b"")
        policy = self._page_policy if kind.startswith(b"text/html") else _NOTHING
        if private:
            kept = [(name, value) for name, value in kept if name.lower() != b"cache-control"]
            kept.append((b"cache-control", b"no-store"))
        if status == NOT_MODIFIED:
            # It has no body of its own: a policy in it would replace that of the page the browser kept.
            return [*kept, *self._fixed]
        return [*kept, *self._fixed, (b"content-security-policy", policy)]


def page_policy(hashes: Iterable[str]) -> str:
    """The content policy of our pages: own files, named inline scripts, nothing from elsewhere, no eval."""
    scripts = " ".join(["'self'", *(f"'{each}'" for each in hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "object-src 'none'; manifest-src 'self'; worker-src 'self' blob:"
    )


def script_hashes(pages: Path) -> list[str]:
    """`sha256-...` of each inline script in the built pages; they change with every build."""
    found: set[str] = set()
    for page in pages.rglob("*.html"):
        parser = _InlineScripts()
        parser.feed(page.read_text(encoding="utf-8"))
        parser.close()
        found.update(parser.scripts)
    return sorted(f"sha256-{base64.b64encode(sha256(each.encode()).digest()).decode()}" for each in found)


class _InlineScripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)
        if self._inside:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False
