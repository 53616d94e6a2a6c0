"""The name of the company behind a page, from everything that claims to say it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise

from rapidfuzz import fuzz

from leadboard.domain.site.dom import Page, host_of, registrable
from leadboard.domain.site.facts import Found, Organization
from leadboard.domain.site.text import bare_name, compact, remembered, snippet, unique
from leadboard.domain.words import word_set

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s*(?:©|\(c\)|copyright|by))*\s*(?:\d{4}(?:\s?[-–/,]\s?(?:\d{2,4}"
    r"|present))*)?,?\s*(?:by\s|©\s)?"
    r"(?P<name>[^|©•·<>]{2,80}?)(?:\s*,?\s*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?\s*)?(?:[."
    r"|•·–-]?\s*(?:all\s(?:other\s)?rights|alle rechte|tous droits|todos los derechos|"
    r"site (?:by|map|design)|web(?:site| ?design)|powered|designed|privacy|terms|nmls|licensed|is an?\s"
    r"|registered|developed|legal|disclaimer"
    r"|no part|reproduction|unauthori[sz]ed|e-?mail|phone|tel\b|\S+@)|\.(?:\s|$)|[|©•·]|$))",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s+[|·•»«:—–-]+\s+|\s*(?:::|\||»)\s*|:\s+|\s-{1,2}\s|,\s+(?=[A-Z])")
_FORMS = (
    r"(?:Inc\.?|LLC|L\.L\.C\.|LLP|Ltd\.?|Limited|Corp\.?|Corporation|GmbH|AG|KG|UG|S\.A\.|SAS|SARL|B\.V\.|PLC|plc"
    r"|Pty\.? Ltd\.?|Co\. Ltd\.?|P\.C\.|P\.A\.)(?![\w])"
)
_ANY_FORM = re.compile(f" {_FORMS}")
_LEGAL = re.compile(rf"(?<![\w])((?:[A-ZÀ-ÖØ-Þ0-9][\w&'’.-]*,? (?:(?:&|and|of|the|und|de|la|for) )*){{1,6}}{_FORMS})")
_LOGO_WORDS = re.compile(
    r"\b(?:logo(?:type)?|home\s?page|home|header|image|banner|welcome to|back to|return to|link to|go to|go)\b",
    re.IGNORECASE,
)
_GENERIC = word_set(
    "us home homepage allrightsreserved contacts contactinfo contactinformation copyright welcome contact "
    "contactus about aboutus index untitled untitleddocument news blog services products untitledpage team "
    "ourteam company careers login search page default main menu navigation faq portfolio website site start "
    "startseite kontakt impressum accueil inicio locations location staff testimonials gallery overview logo "
    "image banner header"
)
_FILE_NAME = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)\b|_|^[a-z0-9]+(?:-[a-z0-9]+)+$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:welcome to|about|contact(?:ing)?)\s(?=\w{4,})", re.IGNORECASE)
_SOCIAL_SITES = word_set(
    "facebook twitter linkedin instagram youtube pinterest google wordpress wix squarespace shopify"
)
_MAX_LENGTH = 80
_JOINTS = " &'’.-"
_LONGEST_JOINT = 3
_IN_WORD_BEFORE = re.compile(r"[\w@./-]")
_IN_WORD_AFTER = re.compile(r"[\w@]|\.\w")


def company_names(page: Page, organizations: Iterable[Organization]) -> tuple[Found, ...]:
    """Names, best first. Ways that agree, and a name that is the domain's, raise the confidence of each other."""
    label = compact(registrable(host_of(page.url)).partition(".")[0])
    groups: dict[str, list[Found]] = {}
    for found in _candidates(page, tuple(organizations), label):
        if key := compact(bare_name(found.value)):
            groups.setdefault(key, []).append(found)
    ranked = [_ranked(key, group, label) for key, group in groups.items()]
    return tuple(sorted(ranked, key=lambda found: -found.confidence))


def _ranked(key: str, group: list[Found], label: str) -> Found:
    best = max(group, key=lambda found: (found.confidence, len(found.value) < 60))
    missing = 1.0
    for method in {found.method for found in group}:
        missing *= 1 - max(found.confidence for found in group if found.method == method)
    alike = likeness(best.value, label)
    confidence = (1 - missing) * (0.6 + 0.4 * alike)
    return replace(best, confidence=round(min(confidence, 0.99), 3))


@remembered
def likeness(name: str, label: str) -> float:
    """How far a name is the name in the domain, 0..1: equal, abbreviated, contained, initials."""
    key = compact(bare_name(name))
    if not key or not label:
        return 0.0
    initials = "".join(word[0] for word in re.findall(r"\w+", name)).casefold()
    if key == label or compact(name) == label:
        return 1.0
    if len(initials) > 2 and label.startswith(initials):
        return 0.9
    if label.startswith(key) or key.startswith(label):
        return 0.6 + 0.4 * min(len(key), len(label)) / max(len(key), len(label))
    words = [word for word in re.findall(r"\w+", name.casefold()) if len(word) > 2]
    contained = sum(len(word) for word in words if word in label) / max(len(label), len(key))
    return max(contained, fuzz.ratio(key, label) / 100 if fuzz.ratio(key, label) > 70 else 0.0)


def _candidates(page: Page, organizations: tuple[Organization, ...], label: str) -> Iterator[Found]:
    def named(value: str, said: str, method: str, confidence: float) -> Iterator[Found]:
        value = value.strip(" ,;:|-–—•·\"'“”®™").removesuffix(".com Home")
        if _may_be_name(value):
            yield Found("company_name", value, snippet(said), method, confidence, page.url)

    home = registrable(host_of(page.url))
    for index, one in enumerate(organizations):
        own = registrable(host_of(one.url)) == home
        yield from named(one.name, one.found.snippet, one.found.method, 0.95 if own else 0.8 if not index else 0.5)
    if site_name := page.meta.get("og:site_name"):
        yield from named(site_name, f"og:site_name {site_name}", "meta", 0.85)
    for name in ("application-name", "apple-mobile-web-app-title", "author", "copyright", "dc.publisher", "publisher"):
        if value := page.meta.get(name):
            yield from named(value, f"{name} {value}", "meta_other", 0.45)
    yield from (found for name, said in _copyright(page) for found in named(name, said, "copyright", 0.75))
    yield from (found for part, score in _title(page, label) for found in named(part, page.title, "title", score))
    yield from (found for alt, score in _logos(page) for found in named(alt, f"logo: {alt}", "logo", score))
    for line in page.lines:
        if len(line.text) < 400:
            for name in _legal_names(line.text):
                yield from named(name, line.text, "text", 0.35)
    yield from (found for text, line in _spelled(page, label) for found in named(text, line, "text", 0.6))
    yield from (found for text in _headings(page, label) for found in named(text, text, "heading", 0.4))
    if label and not label.isdigit():
        yield from named(
            registrable(host_of(page.url)).partition(".")[0].replace("-", " ").title(), page.url, "domain", 0.15
        )


@remembered
def _legal_names(text: str) -> tuple[str, ...]:
    """The names of a line that end with a legal form."""
    return tuple(match[1] for match in _LEGAL.finditer(text)) if _ANY_FORM.search(text) else ()


def _may_be_name(value: str) -> bool:
    key = compact(value)
    return (
        len(key) > 1
        and len(value) <= _MAX_LENGTH
        and len(value.split()) <= 9
        and key not in _GENERIC
        and key not in _SOCIAL_SITES
        and not key.isdigit()
        and "@" not in value
        and not value.lower().startswith(("http", "www."))
    )


def _copyright(page: Page) -> Iterator[tuple[str, str]]:
    for line in page.lines[-40:] if len(page.lines) > 80 else page.lines:
        if name := _copyright_holder(line.text):
            yield name, line.text


@remembered
def _copyright_holder(text: str) -> str:
    """Who a line says has the rights, or empty."""
    if not ("©" in text or "opyright" in text or "(c)" in text.lower() or "COPYRIGHT" in text):
        return ""
    match = _COPYRIGHT.search(text[:600])
    name = match["name"].strip() if match else ""
    return re.sub(r"^(?:by|the)\s|\s\d{4}.*$|(?:SM|TM)$", "", name, flags=re.IGNORECASE)


def _title(page: Page, label: str) -> Iterator[tuple[str, float]]:
    """The parts of the title; one that is like the domain is probably the name, else the last or only one may be."""
    for title in unique((page.title, page.meta.get("og:title", "")), str):
        parts = [part.strip() for part in _SEPARATORS.split(title) if part and _may_be_name(part.strip())]
        for index, part in enumerate(parts):
            alike = likeness(part, label)
            weight = 0.4 if len(parts) == 1 else 0.3 if index == len(parts) - 1 else 0.15
            yield _LEAD.sub("", part), max(weight, 0.7 * alike)


def _logos(page: Page) -> Iterator[tuple[str, float]]:
    for index, image in enumerate(page.images[:40]):
        if image.alt and "logo" in f"{image.alt} {image.src} {image.mark}".lower() and not _FILE_NAME.search(image.alt):
            alt = re.sub(r"\s+", " ", _LOGO_WORDS.sub(" ", image.alt)).strip(" -|,:")
            yield re.split(r"\s[-|–:]\s", alt)[0], 0.6 if image.zone == "header" or index < 3 else 0.3


def _spelled(page: Page, label: str) -> Iterator[tuple[str, str]]:
    """The domain's letters written as words: `acmebuilders` stands for "Acme Builders" of the text."""
    if len(label) < 4:
        return
    whole = "\n".join((page.title, *(line.text for line in page.lines)))[:40_000]
    for start, end in islice(_written_out(whole, label), 8):
        if any(char.isupper() for char in whole[start:end]):
            yield whole[start:end], snippet(whole, start, end).replace("\n", " / ")


def _written_out(text: str, label: str) -> Iterator[tuple[int, int]]:
    """Where the letters of `label` stand as whole words of any case, with at most three joining characters between two
    of them. A pattern made of the label would take longer to compile than the page to search."""
    plain = text
    for joint in _JOINTS:
        plain = plain.replace(joint, "")
    begin = 0
    for line, letters in zip(text.split("\n"), plain.lower().split("\n"), strict=True):
        if label in letters:
            yield from ((begin + start, begin + end) for start, end in _written_in(line, label))
        begin += len(line) + 1


def _written_in(text: str, label: str) -> Iterator[tuple[int, int]]:
    kept = [at for at, char in enumerate(text) if char not in _JOINTS]
    letters = "".join(text[at].lower()[0] for at in kept)
    found = letters.find(label)
    while found >= 0:
        places = kept[found : found + len(label)]
        start, end = places[0], places[-1] + 1
        whole = not _IN_WORD_BEFORE.search(text, max(0, start - 1), start) and not _IN_WORD_AFTER.match(text, end)
        if whole and all(after - before <= _LONGEST_JOINT + 1 for before, after in pairwise(places)):
            yield start, end
            found = letters.find(label, found + len(label))
        else:
            found = letters.find(label, found + 1)


def _headings(page: Page, label: str) -> Iterator[str]:
    for line in page.lines:
        if line.tag in ("h1", "h2", "h3") or line.strong:
            for part in _SEPARATORS.split(line.text[:200]):
                if part and len(part) < 60 and likeness(part, label) > 0.6:
                    yield part
