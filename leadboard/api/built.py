"""The scripts, stylesheets and fonts of the built pages, answered from memory.

A page asks for some twenty of them at once: looked up on disk for each request, they keep the first cards waiting.
"""

import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from leadboard.api.asgi import App, Receive, Scope, Send, header

KINDS = frozenset({".js", ".css", ".woff2", ".svg"})
_FOREVER = frozenset({".js", ".woff2"})
"""The bundler names these by their content. Stylesheets it names too, but what `build` leaves in one may change."""

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Body:
    """One file in one encoding, and the headers of its answer."""

    content: bytes
    headers: Headers
    etag: bytes


class BuiltFiles:
    """Answers for the files below `pages` that are no pages; all else goes on to `app`."""

    def __init__(self, app: App, pages: Path) -> None:
        self._app = app
        self._plain: dict[str, _Body] = {}
        self._packed: dict[str, _Body] = {}
        for file in pages.rglob("*"):
            if file.suffix in KINDS and file.is_file():
                address = f"/{file.relative_to(pages).as_posix()}"
                self._plain[address] = _body(file, file)
                packed = file.with_name(f"{file.name}.gz")
                if packed.exists():
                    self._packed[address] = _body(file, packed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET or HEAD for one of the files."""
        body = self._body(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        if body is None:
            await self._app(scope, receive, send)
            return
        known = header(scope, b"if-none-match") == body.etag.decode()
        length = [] if known else [(b"content-length", str(len(body.content)).encode())]
        await send({"type": "http.response.start", "status": 304 if known else 200, "headers": body.headers + length})
        await send({"type": "http.response.body", "body": b"" if known or scope["method"] == "HEAD" else body.content})

    def _body(self, scope: Scope) -> _Body | None:
        path: str = scope["path"]
        packed = self._packed.get(path) if _takes_gzip(header(scope, b"accept-encoding") or "") else None
        return packed or self._plain.get(path)


def _body(file: Path, sent: Path) -> _Body:
    content = sent.read_bytes()
    etag = f'"{sha256(content).hexdigest()[:32]}"'.encode()
    named_by_content = file.parent.name == "assets" and file.suffix in _FOREVER
    kept = b"public, max-age=31536000, immutable" if named_by_content else b"no-cache"
    kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0] or "font/woff2"
    headers = [
        (b"content-type", (f"{kind}; charset=utf-8" if kind.startswith("text/") else kind).encode()),
        (b"cache-control", kept),
        (b"etag", etag),
        (b"vary", b"Accept-Encoding"),
    ]
    return _Body(content, headers if sent is file else [*headers, (b"content-encoding", b"gzip")], etag)


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header names gzip without refusing it."""
    for each in accepted.lower().split(","):
        name, _, weight = each.strip().partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
