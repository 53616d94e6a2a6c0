"""E-mail addresses of a page: links, plain text, and the usual ways to hide them from robots."""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from email_validator import EmailNotValidError, validate_email

from leadboard.domain.demo import of_demo_world
from leadboard.domain.site.dom import Page, clean, host_of, suffix
from leadboard.domain.site.facts import Found, Organization
from leadboard.domain.site.text import snippet, unique

_LOCAL = r"[A-Za-z0-9_][A-Za-z0-9._%+'-]{0,63}+"
_LABEL = r"[A-Za-z0-9À-ÿ](?:[A-Za-z0-9À-ÿ-]{0,62})"
_PLAIN = re.compile(rf"(?<![\w.%+-]){_LOCAL}(?:@|(?<=\w{{3}})\s@\s)(?:{_LABEL}\.){{1,6}}[A-Za-z]{{2,24}}")
_AT = r"\s?(?:@|\s?[\[({<]\s*(?:at|@|ät|arroba|æt)\s*[\])}>]\s?|\s+(?:AT|at|\(a\)|\[a\])\s+)\s?"
_DOT = r"\s?(?:\.|[\[({<]\s*(?:dot|punkt|punto|point|\.)\s*[\])}>]|\s(?:DOT|dot)\s)\s?"
_HIDDEN = re.compile(
    rf"(?<![\w.%+-])(?P<local>[A-Za-z0-9_](?:[A-Za-z0-9_+-]|(?:{_DOT})(?=[A-Za-z0-9_])){{0,63}}?)(?P<at>{_AT})"
    rf"(?P<domain>[A-Za-z0-9][A-Za-z0-9-]{{0,62}}(?:{_DOT}[A-Za-z0-9-]{{2,63}}){{1,4}})",
    re.IGNORECASE,
)
_DOTS = re.compile(_DOT, re.IGNORECASE)
_MARKS = re.compile(r"[\[({<]\s*(?:at|@|dot|ät|punkt|punto|arroba|point|a|æt)\s*[\])}>]", re.IGNORECASE)
_SPOKEN = re.compile(r"\bat\b.{1,80}?\bdot\b", re.IGNORECASE)
_CLOUDFLARE = re.compile(r"""(?:data-cfemail=["']|/cdn-cgi/l/email-protection#)([0-9a-f]{6,400})""", re.IGNORECASE)
_SCHEME = "mailto:"
_SCRIPTED = re.compile(  # looks for the colon: a letter of any case is ten times as slow to find
    rf":(?<={_SCHEME})(?:%20|\s)*({_LOCAL}@(?:{_LABEL}\.){{1,6}}[A-Za-z]{{2,24}})", re.IGNORECASE
)
_PLACEHOLDER = re.compile(
    r"^(?:(?:your|my|the)?[._-]?(?:name|e-?mail|user(?:name)?|address|you|someone|somebody|me)@.*"
    r"|.*@(?:(?:your|my)?-?(?:e?mail|domain|company|site|website|business)|example|test"
    r"|sentry(?:-next)?)\.[a-z.]+|.*@.*sentry\..*"
    r"|[0-9a-f]{24,}@.*)$"
)


def emails(page: Page, organizations: Iterable[Organization]) -> tuple[Found, ...]:
    """The addresses that may exist (syntax, known public suffix, no placeholder), in lower case."""
    ways = (*_linked(page), *_structured(organizations), *_cloudflare(page), *_written(page), *_scripted(page))
    believed = ways if of_demo_world(host_of(page.url)) else [each for each in ways if not of_demo_world(each.value)]
    best = sorted(believed, key=lambda found: -found.confidence)
    return unique(best, lambda found: found.value)


@lru_cache(maxsize=4096)
def valid_email(text: str) -> str:
    """The address in lower case, or empty when no such address can exist or it is a placeholder."""
    text = re.sub(r"\s+", "", html.unescape(text)).strip(".,;:'\"()<>[]")
    # "info@acme.comPhone" is two words of two elements: the suffix ends where a capital letter starts.
    text = re.sub(r"(?<=[a-z]{2})[A-Z][a-z]+$", "", text) if not suffix(text.rpartition("@")[2].lower()) else text
    try:
        address = validate_email(text, check_deliverability=False, allow_domain_literal=False).normalized.lower()
    except EmailNotValidError:
        return ""
    domain = address.rpartition("@")[2]
    known = suffix(domain) or of_demo_world(domain)
    if not known or known == domain or _PLACEHOLDER.match(address):
        return ""
    return address


def _linked(page: Page) -> Iterator[Found]:
    for href, text in page.raw_links:
        if href[:7].lower() == "mailto:":
            for part in re.split(r"[,;]", unquote(href[7:]).partition("?")[0]):
                if address := valid_email(part):
                    said = text if address in text.lower() else f"{text} <{part.strip()}>".strip()
                    yield Found("email", address, snippet(said), "mailto", 0.95, page.url)


def _structured(organizations: Iterable[Organization]) -> Iterator[Found]:
    for one in organizations:
        for text in (*one.email, *(point.email for point in one.contact_points)):
            if address := valid_email(text):
                said = snippet(f"{one.name}: {text}")
                yield Found("email", address, said, one.found.method, 0.95, one.found.url)


def _cloudflare(page: Page) -> Iterator[Found]:
    if "cfemail" not in page.source and "email-protection#" not in page.source:
        return
    for match in _CLOUDFLARE.finditer(page.source):
        code = bytes.fromhex(match[1][: len(match[1]) // 2 * 2])
        text = bytes(byte ^ code[0] for byte in code[1:]).decode("utf-8", "replace")
        if address := valid_email(text.partition("?")[0]):
            yield Found("email", address, f"data-cfemail: {text}"[:240], "cloudflare", 0.9, page.url)


def _written(page: Page) -> Iterator[Found]:
    for line in page.lines:
        text = line.text
        if "@" in text:
            for match in _PLAIN.finditer(text):
                if address := valid_email(match[0]):
                    said = snippet(text, match.start(), match.end())
                    yield Found("email", address, said, "text", 0.9, page.url)
        if _MARKS.search(text) or ("dot" in text.lower() and _SPOKEN.search(text)):
            yield from _obfuscated(page.url, text)


def _obfuscated(url: str, text: str) -> Iterator[Found]:
    for match in _HIDDEN.finditer(text):
        bracketed = re.search(r"[\[({<@]", match["at"])
        if not bracketed and not re.search(r"\sdot\s|[\[({<]", match["domain"], re.IGNORECASE):
            continue  # "meet us at acme.com" is no address; "name at acme dot com" is
        local = _DOTS.sub(".", match["local"])
        if address := valid_email(f"{local}@{_DOTS.sub('.', match['domain'])}"):
            yield Found("email", address, snippet(text, match.start(), match.end()), "obfuscated", 0.75, url)


def _scripted(page: Page) -> Iterator[Found]:
    """Addresses of links that a script writes or that entities hide from the tree."""
    for match in _SCRIPTED.finditer(page.source):
        if address := valid_email(match[1]):
            said = page.source[match.start() - len(_SCHEME) + 1 : match.end()]
            yield Found("email", address, snippet(clean(said)), "script", 0.7, page.url)
