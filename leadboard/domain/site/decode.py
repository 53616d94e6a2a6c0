"""Bytes of a page to text: what the page declares, else what its bytes look like."""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252"})
_SAMPLE = 16_384


def decode(html: bytes, charset: str | None = None) -> str:
    """The text of a page; never fails.

    Order: byte order mark, `charset` (of the HTTP header), the page's own declaration, UTF-8, then a guess from the
    bytes. A declaration the bytes contradict is passed over when they are UTF-8, else read with replacement characters.
    """
    text = _text(html, charset).replace("\0", "")
    return text.encode("utf-8", "replace").decode()  # some codecs let halves of characters through


def _text(html: bytes, charset: str | None) -> str:
    for mark, name in _BOMS:
        if html.startswith(mark):
            return html[len(mark) :].decode(name, "replace")
    declared = _DECLARED.search(html, 0, 4096)
    names = [_codec(name) for name in (charset, declared and declared[1].decode("ascii", "ignore")) if name]
    known = [name for name in names if name]
    for name in (*known, "utf-8"):
        # Browsers read Latin-1 as Windows-1252, which accepts nearly everything: UTF-8 proves itself first.
        order = ("utf-8", "cp1252") if name in _LATIN else (name,)
        for attempt in order:
            try:
                return html.decode(attempt)
            except UnicodeDecodeError:
                continue
    fallback = known[0] if known else _guess(html)
    return html.decode("cp1252" if fallback in _LATIN else fallback, "replace")


def _codec(name: str) -> str | None:
    """Python's name of a text encoding, None when there is none; UTF-16 in a declaration cannot be true."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) and not info.name.startswith("utf-16") else None


def _guess(html: bytes) -> str:
    best = from_bytes(html[:_SAMPLE]).best()
    return best.encoding if best else "cp1252"
