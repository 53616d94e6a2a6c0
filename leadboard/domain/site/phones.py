"""Phone and fax numbers of a page in E.164: links, structured data and visible text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from leadboard.domain.site.dom import Line, Page
from leadboard.domain.site.facts import Found, Organization
from leadboard.domain.site.text import remembered, snippet, unique

_FAX = re.compile(
    r"(?<![a-z])(?:tele|e-?)?fax(?:number|nummer)?(?![a-z])|facsimile|télécopie|(?<![a-z.])f\s?[:.]|📠", re.IGNORECASE
)
_TEL = re.compile(
    r"(?<![a-z])(?:tel|telephone|telefon[eo]?|téléphone|teléfono|fon|ph|phone|call|mobile?|mobil|cell"
    r"|handy|hotline|toll|"
    r"office|voice|dial|direct|free|line|local|text|reach|contact|number|whatsapp|fone|m|t|p|o|c|w|d)(?![a-z])",
    re.IGNORECASE,
)
_SAYS_VOICE = re.compile(
    r"(?<![a-z])(?:tel|telephone|telefon|téléphone|fon|ph|phone|call|mobile?|cell|voice|toll)(?![a-z])", re.IGNORECASE
)
_LABEL_ONLY = re.compile(r"^[^\d]{1,40}$")
_ANY = re.compile(r"(?:\d\D{0,4}){5}\d")
"""Six digits, close enough to be one number."""

_VANITY = re.compile(
    r"(?<![\w-])(?:\+?1[-. ]{1,3})?\(?8(?:00|33|44|55|66|77|88)\)?[-. ]{1,3}(?=[\dA-Z-. "
    r"]*[A-Z]{3})[\dA-Z](?:[-.]?[\dA-Z]){6,12}(?![\w-])"
)
_PLAIN_RUN = re.compile(r"^\d{8,}$")
_NOT_A_PHONE = re.compile(
    r"(?:\b(?:isbn|issn|ean|upc|sku|asin|vat|ust|steuer|iban|bic|abn|acn|ein|nmls|dre|license|licence"
    r"|lic|reg(?:istration)?|company|"
    r"account|konto|blz|order|invoice|item|model|part|serial|case|patent|id|zip|hrb|siret|siren|kvk|cif"
    r"|nif|rut|version|lat|lon)"
    r"\b[^a-z]{0,3}(?:no|nr|number|nummer|code|#)?[^a-z\d]{0,4}$|[$€£#]\s?$)",
    re.IGNORECASE,
)
_AFTER_FAX = re.compile(r"^\s*(?:\(\s*(?:fax|f)\s*\)|[-–]?\s*fax\s*(?:$|[,;|)]))", re.IGNORECASE)
_FOREIGN = re.compile(r"\((\d{1,3}[- ]\d{1,4})\)[- ]?\d[\d -]{5,11}\d")
_ADDRESS_OF_COMPUTER = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_LINK_SCHEMES = frozenset({"tel", "callto", "sms", "fax"})
_WHATSAPP = ("wa.me", "api.whatsapp.com")


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    e164: str


def phones(
    page: Page, organizations: Iterable[Organization], regions: tuple[str, ...]
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Phone numbers and fax numbers of a page. A number that stands there as both is a phone number."""
    ways = (*_linked(page, regions), *_structured(organizations, regions), *_written(page, regions))
    best = unique(sorted(ways, key=lambda found: -found.confidence), lambda found: (found.field, found.value))
    voice = tuple(found for found in best if found.field == "phone")
    known = {found.value for found in voice}
    return voice, tuple(found for found in best if found.field == "fax" and found.value not in known)


@lru_cache(maxsize=4096)
def e164(text: str, regions: tuple[str, ...]) -> str:
    """The number in E.164 when it is valid in one of the countries (or written internationally), else empty."""
    for region in regions or ("US",):
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def _linked(page: Page, regions: tuple[str, ...]) -> Iterator[Found]:
    for href, text in page.raw_links:
        scheme, _, rest = href.partition(":")
        scheme = scheme.lower()
        if scheme in _LINK_SCHEMES:
            written = unquote(rest).lstrip("/").partition(";")[0].partition("?")[0]
            field = "fax" if scheme == "fax" or (_FAX.search(text) and not _TEL.search(text)) else "phone"
            if number := e164(written[:40], regions):
                yield Found(field, number, snippet(f"{text} <{href}>".strip()), "tel_link", 0.97, page.url)
        elif number := _whatsapp(href):
            yield Found("phone", number, snippet(f"{text} <{href}>".strip()), "tel_link", 0.9, page.url)


def _whatsapp(href: str) -> str:
    if "wa.me" not in href and "whatsapp" not in href:
        return ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.hostname not in _WHATSAPP:
        return ""
    digits = parse_qs(parts.query).get("phone", [parts.path.strip("/")])[0]
    return e164("+" + digits.lstrip("+"), ("US",)) if digits.lstrip("+").isdigit() else ""


def _structured(organizations: Iterable[Organization], regions: tuple[str, ...]) -> Iterator[Found]:
    for one in organizations:
        for text in (*one.telephone, *(point.telephone for point in one.contact_points)):
            if number := e164(text.strip("[]()")[:40], regions):
                yield Found("phone", number, snippet(f"{one.name}: {text}"), one.found.method, 0.95, one.found.url)


def _written(page: Page, regions: tuple[str, ...]) -> Iterator[Found]:
    before = ""
    for line in page.lines:
        text = line.text
        if _ANY.search(text) or ("8" in text and _VANITY.search(text)):
            yield from _of_line(page, line, before, regions)
        before = text


def _of_line(page: Page, line: Line, before: str, regions: tuple[str, ...]) -> Iterator[Found]:
    text = line.text
    label_above = before if _LABEL_ONLY.match(before) else ""
    last = 0
    for number in _numbers(text, regions):
        label = (
            text[last : number.start]
            if text[last : number.start].strip(" ,;|/()-–")
            else (label_above if not last else "")
        )
        last = number.end
        written = text[number.start : number.end]
        called = _TEL.search(label[-40:]) or _FAX.search(label[-40:])
        if _NOT_A_PHONE.search(label[-30:]) or (_PLAIN_RUN.match(written) and not called):
            continue
        fax = _is_fax(label) or bool(_AFTER_FAX.match(text[number.end : number.end + 12]))
        confidence = 0.9 if called else 0.8
        said = snippet(text, number.start, number.end) if label in text else snippet(f"{label} {text}")
        yield Found("fax" if fax else "phone", number.e164, said, "text", confidence, page.url)


def _is_fax(label: str) -> bool:
    """Whether the last label before a number says fax and nothing else ("Tel/Fax" is a phone)."""
    faxes = list(_FAX.finditer(label))
    if not faxes or _SAYS_VOICE.search(label[faxes[-1].end() :]):
        return False
    before = label[: faxes[-1].start()].rstrip()
    return not (re.search(r"(?:/|&|\+|\band|\bund|\bor)$", before, re.IGNORECASE) and _SAYS_VOICE.search(before[-20:]))


@remembered
def _numbers(text: str, regions: tuple[str, ...]) -> tuple[_Number, ...]:
    """The numbers of a line that are valid in the first country that makes them so, in the order of the line."""
    found: list[_Number] = []
    left = text
    for region in regions:
        for match in PhoneNumberMatcher(left, region, leniency=Leniency.VALID, max_tries=200):
            raw = match.raw_string
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            if raw.count("/") > 1:  # "... 4700/01/02" is one number and its neighbours, "500/600/1200" is none
                number = e164(raw.partition("/")[0], (region,))
            if number and not _ADDRESS_OF_COMPUTER.fullmatch(raw):
                found.append(_Number(match.start, match.end, number))
        for match in _VANITY.finditer(left):
            digits = phonenumbers.convert_alpha_characters_in_number(match[0])
            if number := e164(digits, ("US",)):
                found.append(_Number(match.start(), match.end(), number))
        left = _masked(text, found)
        for match in _FOREIGN.finditer(left):  # "(86-10) 5869 8989": the country code without its plus
            if number := e164("+" + match[0], ("US",)):
                found.append(_Number(match.start(), match.end(), number))
        left = _masked(text, found)
        if not _ANY.search(left):
            break
    return tuple(sorted(found, key=lambda number: number.start))


def _masked(text: str, found: list[_Number]) -> str:
    """`text` with the numbers found so far blotted out, every other character in its place."""
    chars = list(text)
    for number in found:
        chars[number.start : number.end] = "~" * (number.end - number.start)
    return "".join(chars)
