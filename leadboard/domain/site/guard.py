"""A linear look at markup before any parser sees it: what would stall a parser is refused here.

HTML parsers grow quadratically on deep nesting and on tags with very many attributes; this scan reads every byte at
most a fixed number of times, so it cannot be stalled itself.
"""

import re

from leadboard.domain.words import word_set
from leadboard.errors import Refused

MAX_BYTES = 2_000_000
MAX_DEPTH = 500
MAX_ATTRIBUTES = 500

_NAME = "[a-zA-Z][a-zA-Z0-9:_-]*+"
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG = re.compile(
    rf"<(?:(?P<comment>!--)|/(?P<closing>{_NAME})"
    rf"|(?P<name>{_NAME})(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?P<too_many>{_ATTRIBUTE})?+(?P<closed>[\s/]*/>)?)"
)
_CLOSED_BY_PARSERS = word_set(
    "area base br col embed hr img input link meta param source track wbr "  # never have content
    "html head body p li dt dd option optgroup tr td th thead tbody tfoot colgroup rt rp a"  # end by themselves
)
_RAW_TEXT = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp", "iframe")
}
_CONTROL = bytes((*range(9), *range(14, 32)))
_BINARY = (b"\x1f\x8b", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


def check_bytes(html: bytes) -> None:
    """Refuse input that is too long or no text at all."""
    if len(html) > MAX_BYTES:
        raise _refused(f"it is longer than {MAX_BYTES // 1_000_000} MB")
    head = html[:2048]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    control = len(head) - len(head.translate(None, _CONTROL))
    if head.startswith(_BINARY) or (not wide and control * 20 > len(head)):
        raise _refused("it is not text")


def check_markup(html: str) -> None:
    """Refuse markup with more than 500 tags open at once or more than 500 attributes on one tag."""
    open_tags: list[str] = []
    at = 0
    while match := _TAG.search(html, at):
        at = match.end()
        comment, closing, name, too_many, closed = match.groups()
        if comment:
            at = _after(html, "-->", at)
            continue
        if closing:
            _close(open_tags, closing.lower())
            continue
        if too_many:
            raise _refused(f"a tag has more than {MAX_ATTRIBUTES} attributes")
        name = name.lower()
        if name in _RAW_TEXT and not closed:
            end = _RAW_TEXT[name].search(html, at)
            at = end.start() if end else len(html)
        elif name not in _CLOSED_BY_PARSERS and not closed:
            open_tags.append(name)
            if len(open_tags) > MAX_DEPTH:
                raise _refused(f"more than {MAX_DEPTH} tags are open inside each other")


def _after(html: str, mark: str, at: int) -> int:
    found = html.find(mark, at)
    return len(html) if found < 0 else found + len(mark)


def _close(open_tags: list[str], name: str) -> None:
    """Close the innermost `name` with all that is open inside it; a stray closing tag closes nothing."""
    for index in range(len(open_tags) - 1, -1, -1):
        if open_tags[index] == name:
            del open_tags[index:]
            return


def _refused(why: str) -> Refused:
    return Refused(f"This page cannot be read: {why}.", code="unreadable_page")
