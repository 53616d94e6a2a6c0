"""What the company offers, from headings, lists and links that its own pages put under "services"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from leadboard.domain.site.dom import HEADINGS, Line, Page
from leadboard.domain.site.facts import Found, Service
from leadboard.domain.site.names import is_name
from leadboard.domain.site.text import compact, snippet, unique

CATEGORIES: tuple[tuple[str, str], ...] = (
    ("seo", r"\bseo\b|search engine optimi[sz]ation|suchmaschinen"),
    ("ppc", r"\bppc\b|pay[- ]per[- ]click|google ads|adwords|paid (?:search|media)"),
    ("email_marketing", r"e-?mail marketing|newsletter"),
    ("social_media", r"social media|community management|influencer"),
    ("analytics", r"analytics|data (?:science|analysis)|business intelligence|reporting|tracking"),
    ("pr", r"public relations|\bpr\b|press(?:e| work| relations)|pressearbeit"),
    ("video", r"video|film|animation|motion|photograph"),
    ("branding", r"brand|corporate identity|logo design|naming"),
    ("web_development",
        r"web(?:site)? ?(?:development|design|hosting|entwicklung|app)|software|app(?:lication)? development"
        r"|e-?commerce|hosting|wordpress|mobile apps?|"
     r"programming|\bit\b|cloud|integration"),
    ("design", r"design|graphic|illustration|\bux\b|\bui\b|gestaltung"),
    ("content", r"content|copywriting|editorial|blogging|translation|writing|texte"),
    ("digital_marketing", r"marketing|advertising|lead generation|campaign|werbung|media buying|promotion"),
    ("consulting", r"consult|advis|strategy|coaching|training|beratung|planning|workshop|audit"),
)  # fmt: skip
_CATEGORIES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in CATEGORIES)
_OFFER = re.compile(
    r"^(?:our |all |what |view (?:all )?|the )?(?:.{0,20} )?(?:services?|solutions|products|capabilities"
    r"|what we (?:do|offer)|we (?:do|offer)|expertise|specialties|"
    r"practice areas|treatments|offerings|leistungen|dienstleistungen|angebote?|produkte|lösungen"
    r"|servicios|servizi|prestations)\W*$",
    re.IGNORECASE,
)
_PATH = re.compile(
    r"/(?:our-)?(?:services?|solutions?|products?|leistungen|angebot|what-we-do|practice-areas"
    r"|capabilities|treatments|servicios|expertise)/[^/?#]+/?$",
    re.IGNORECASE,
)
_NOT_A_SERVICE = re.compile(
    r"^(?:home|about|contact|blog|news|login|sign|cart|more|read|learn|see|view|click|search|menu|back"
    r"|next|previous|all|faq|overview|services?|products?|solutions?|"
    r"our |why |how |what |who |get |request|call|download|privacy|terms|testimonials?|portfolio|gallery"
    r"|team|careers?|share|follow|subscribe|reviews?|site ?map|"
    r"copyright|©|pricing|customers?|clients?|resources|company|support|shop|skip|welcome|related|recent"
    r"|featured|latest|quick|useful)\b|[@?!$€£]|\d{3}",
    re.IGNORECASE,
)
_MOST = 40


@lru_cache(maxsize=4096)
def category(name: str) -> str:
    """The skills sheet's category of a service, `other` when none fits."""
    return next((kind for kind, pattern in _CATEGORIES if pattern.search(name)), "other")


def services(page: Page, kind: str) -> tuple[Service, ...]:
    """Services with the page's own names, those named in headings of home and services pages first."""
    found = sorted(_candidates(page, kind), key=lambda service: -service.found.confidence)
    return unique(found, lambda service: compact(service.name))[:_MOST]


def _candidates(page: Page, kind: str) -> Iterator[Service]:
    yield from _below_headings(page, kind)
    if kind == "services":
        for line in page.lines:
            if line.tag in ("h2", "h3", "h4") and line.zone == "main":
                yield from _service(page, line.text, line.text, True, "heading", 0.7)
    for link in page.links:
        if link.same_site and _PATH.search(link.url):
            yield from _service(page, link.text, f"{link.text} <{link.url}>", False, "link", 0.65)


def _below_headings(page: Page, kind: str) -> Iterator[Service]:
    """The list items, sub-headings or linked lines under a heading that says services."""
    under: Line | None = None
    for line in page.lines:
        heading = line.tag in HEADINGS
        if heading and _OFFER.match(line.text):
            under = line
        elif under and heading and line.tag <= under.tag:
            under = None
        elif under and (heading or line.tag == "li" or line.linked > 0.8) and line.zone != "nav":
            primary = kind in ("home", "services") and heading
            yield from _service(
                page, line.text, f"{under.text}: {line.text}", primary, "heading", 0.75 if heading else 0.7
            )


def _service(page: Page, name: str, said: str, primary: bool, method: str, confidence: float) -> Iterator[Service]:
    name = name.strip(" .:;-–•·›»>|")
    words = name.split()
    if (
        3 <= len(name) <= 60
        and len(words) <= 7
        and not _NOT_A_SERVICE.search(name)
        and not name.endswith(".")
        and not is_name(name)
    ):
        found = Found("service", name, snippet(said), method, confidence, page.url)
        yield Service(name, category(name), primary, found)
