"""One parse of a page: its visible text in lines, its links and its images, each with where it stands.

Everything else here reads these, so that a page is parsed and walked once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

import tldextract
from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from leadboard.domain.site.facts import Heading, Link
from leadboard.domain.words import word_set

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The level of each tag of a heading."""

TEXT_LIMIT = 200_000
"""Characters of visible text that are read: no pattern ever runs over more."""

_INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_SKIPPED = word_set("head script style noscript template svg math object iframe canvas audio video select")
_ZONE_TAGS = {"nav": "nav", "header": "header", "footer": "footer", "aside": "aside", "menu": "nav"}
_ZONE_ROLES = {"navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside"}
_ZONE_NAMES = re.compile(
    r"(?P<footer>\bfoot(?:er)?|colophon)|(?P<nav>\b(?:nav|navbar|navigation|(?:main|top|side)?menu)\b|breadcrumb)"
    r"|(?P<aside>\bside-?bar)|(?P<header>\b(?:site-?header|masthead|top-?bar|page-?header)\b)"
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?:https?://(?P<host>[a-z0-9.-]+))?/(?:(?!\.)[\w.~%-]+/)*(?:(?!\.)[\w.~%-]+)?(?:\?[\w.~%&=+-]+)?", re.ASCII
)
"""Most links, and nothing to resolve in them: absolute or from the root, without dot segments or a fragment."""

_LONGEST = 2000
_PARSER = html.HTMLParser(encoding="utf-8", remove_pis=True)
_TLD = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
_INVISIBLE = re.compile("[\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line: `tag` of its block, `zone` as in `Link`, the share of it that is link text, hidden by style."""

    text: str
    tag: str
    zone: str
    linked: float
    strong: bool
    hidden: bool
    mark: str
    """Class and id names of the block and its two parents, lower case: what the author calls it."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image with its description, its address and what the author calls it and the blocks around it; `link` is
    where it leads, as written."""

    alt: str
    src: str
    mark: str
    zone: str
    heading: str
    link: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the readers of this package work on."""

    url: str
    tree: html.HtmlElement
    source: str
    lines: tuple[Line, ...]
    images: tuple[Image, ...]
    links: tuple[Link, ...]
    raw_links: tuple[tuple[str, str], ...]
    """`href` as written and text, for addresses that are not pages (`mailto:`, `tel:`)."""
    title: str
    meta: dict[str, str]
    language: str

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(Heading(HEADINGS[line.tag], line.text) for line in self.lines if line.tag in HEADINGS)


def open_page(source: str, url: str) -> Page:
    """Parse `source` (checked by `guard`) and walk it once."""
    tree = _parse(source)
    base = _base(tree, url)
    lines, images, anchors = _Walk(tree).run()
    return Page(
        url=url,
        tree=tree,
        source=source,
        lines=tuple(lines),
        images=tuple(images),
        links=tuple(_links(anchors, base, url)),
        raw_links=tuple((href.strip(), text) for href, text, _, _ in anchors),
        title=clean(tree.findtext(".//title") or ""),
        meta=_meta(tree),
        language=_language(tree),
    )


def clean(text: str) -> str:
    """One line without invisible characters and repeated white space."""
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The domain somebody registered: `www.shop.example.co.uk` is `example.co.uk`; an address without one is itself."""
    return _TLD(host).top_domain_under_public_suffix or host


@lru_cache(maxsize=4096)
def suffix(host: str) -> str:
    """The public suffix: `co.uk`, `com`, or empty."""
    return _TLD(host).suffix


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """The host of an address in lower case, empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _parse(source: str) -> html.HtmlElement:
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=_PARSER, ensure_head_body=True)
    except etree.ParserError:
        tree = html.document_fromstring("<html><head></head><body></body></html>")
    return tree


def _base(tree: html.HtmlElement, url: str) -> str:
    base = tree.find(".//base[@href]")
    return _join(url, base.get("href", "")) or url if base is not None else url


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """The page's meta values by lower-case name or property; the first of each counts."""
    values: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = clean(node.get("content") or "")
        if name and content:
            values.setdefault(name.strip().lower(), content)
    return values


def _language(tree: html.HtmlElement) -> str:
    """`lang` of the page as written (`en-US`), or empty."""
    root = tree if tree.tag == "html" else tree.getroottree().getroot()
    value = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    return value.strip() if re.fullmatch(r"\s*[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*\s*", value) else ""


def _links(anchors: list[tuple[str, str, str, str]], base: str, url: str) -> Iterator[Link]:
    home = registrable(host_of(url))
    root = _join(base, "/").rstrip("/")
    root_host = host_of(root)

    def resolved(href: str) -> tuple[str, str]:
        plain = _PLAIN.fullmatch(href) if root and len(href) <= _LONGEST else None
        if plain:
            return (href, plain["host"]) if plain["host"] else (root + href, root_host)
        target = _join(base, href)
        return target, host_of(target)

    targets: dict[str, tuple[str, bool]] = {}
    seen: set[tuple[str, str]] = set()
    for href, text, rel, zone in anchors:
        if href not in targets:
            target, host = resolved(href)
            targets[href] = (target, registrable(host) == home)
        target, same_site = targets[href]
        if target and (target, text) not in seen:
            seen.add((target, text))
            yield Link(target, text, same_site, "nofollow" in rel.lower(), zone)


def _join(base: str, href: str) -> str:
    """The absolute http address of a link without fragment and user info, or empty."""
    if len(href) > _LONGEST or href[:11].lower().startswith(("mailto:", "tel:", "javascript:", "#")):
        return ""
    try:
        parts = urlsplit(urljoin(base, href.strip()))
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, host + port, parts.path or "/", parts.query, ""))


class _Walk:
    """Turns the tree into lines, images and anchors in document order."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self.tree = tree
        self.lines: list[Line] = []
        self.images: list[Image] = []
        self.anchors: list[tuple[str, str, str, str]] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.strong = 0
        self.left = TEXT_LIMIT
        self.heading = ""
        self.in_link = 0
        self.in_strong = 0
        self.blocks: list[tuple[str, str, bool, str]] = [("body", "main", False, "")]

    def run(self) -> tuple[list[Line], list[Image], list[tuple[str, str, str, str]]]:
        walker = etree.iterwalk(self.tree, events=("start", "end", "comment"))
        for event, node in walker:
            if event == "start":
                if node.tag in _SKIPPED:
                    walker.skip_subtree()
                else:
                    self._start(node)
            elif event == "end":
                self._end(node)
            if event != "start" and node.tail:
                self._text(node.tail)
        self._flush()
        return self.lines, self.images, self.anchors

    def _start(self, node: html.HtmlElement) -> None:
        tag = node.tag
        if tag == "br":
            self._flush()
        elif tag == "img":
            self._image(node)
        elif tag == "a":
            self.in_link += 1
            if href := node.get("href"):
                text = clean("".join(node.itertext()))[:300] or clean(node.get("title") or node.get("aria-label") or "")
                self.anchors.append((href, text, node.get("rel") or "", self.blocks[-1][1]))
        elif tag in ("b", "strong"):
            self.in_strong += 1
        if tag not in _INLINE:
            self._flush()
            self._enter(node, tag)
        if node.text:
            self._text(node.text)

    def _end(self, node: html.HtmlElement) -> None:
        tag = node.tag
        if tag in _SKIPPED:
            return
        if tag == "a":
            self.in_link -= 1
        elif tag in ("b", "strong"):
            self.in_strong -= 1
        if tag not in _INLINE:
            self._flush()
            self.blocks.pop()

    def _enter(self, node: html.HtmlElement, tag: str) -> None:
        _, zone, hidden, mark = self.blocks[-1]
        given = dict(node.items())
        names = f"{given.get('class', '')} {given.get('id', '')}".strip().lower()
        hidden = hidden or "hidden" in given or ("style" in given and bool(_HIDDEN.search(given["style"])))
        own = _ZONE_TAGS.get(tag) or _ZONE_ROLES.get(given.get("role", ""))
        if not own and names and tag not in ("body", "html"):
            own = _zone_called(names)
        parents = mark.split("|")[-2:]
        self.blocks.append((tag, own or zone, hidden, "|".join((*parents, names))))

    def _image(self, node: html.HtmlElement) -> None:
        alt = clean(node.get("alt") or node.get("title") or "")
        src = node.get("src") or node.get("data-src") or ""
        _, zone, _, mark = self.blocks[-1]
        own = f"{node.get('class') or ''} {node.get('id') or ''}".lower()
        link = self.anchors[-1][0] if self.in_link and self.anchors else ""
        self.images.append(Image(alt[:200], src[:500], f"{mark}|{own}", zone, self.heading, link[:_LONGEST]))

    def _text(self, text: str) -> None:
        if self.left <= 0:
            return
        text = text[: self.left]
        self.left -= len(text)
        if not self.pieces and text.isspace():
            return
        if self.pieces and _glued(self.pieces[-1], text):
            self.pieces.append(" ")
        self.pieces.append(text)
        length = len(text.strip())
        self.linked += length if self.in_link > 0 else 0
        self.strong += length if self.in_strong > 0 else 0

    def _flush(self) -> None:
        if not self.pieces:
            return
        text = clean("".join(self.pieces))
        if text:
            tag, zone, hidden, mark = self.blocks[-1]
            share = min(self.linked / len(text), 1.0)
            self.lines.append(Line(text, tag, zone, share, self.strong * 2 > len(text), hidden, mark))
            if tag in HEADINGS:
                self.heading = text
        self.pieces.clear()
        self.linked = self.strong = 0


@lru_cache(maxsize=4096)
def _zone_called(names: str) -> str | None:
    """The zone that class and id names, in lower case, speak of."""
    match = _ZONE_NAMES.search(names)
    return match and match.lastgroup


def _glued(before: str, after: str) -> bool:
    """Two inline elements whose words would run together ("SmithManager"): styles set them apart on the screen."""
    return bool(before and after) and before[-1].islower() and after[0].isupper()
