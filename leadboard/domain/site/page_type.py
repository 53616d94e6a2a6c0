"""What kind of page this is, by its address, its title and its headings (skills sheet, section 2)."""

import re
from urllib.parse import unquote, urlsplit

from leadboard.domain.site.dom import Page

PAGE_TYPES = ("home", "about", "services", "portfolio", "case_studies", "contact", "blog", "team", "careers", "other")

_WORDS: tuple[tuple[str, str], ...] = (
    ("careers",
        r"careers?|jobs?|job-?openings?|vacanc(?:y|ies)|karriere|stellen(?:angebote)?|join-?(?:us|our-?team"
        r"|the-?team)|work-?(?:with|for)-?us|"
     r"hiring|emplois?|recrutement|empleo|trabaja-con-nosotros|lavora-con-noi|werken-bij"),
    ("team",
        r"(?:our-?|the-?|meet-?(?:the|our)-?|management-?|executive-?|leadership-?)?team|staff|people"
        r"|leadership|management|"
     r"board(?:-of-directors)?|advisory-board|our-people|equipo|mitarbeiter|ueber-uns-team|equipe"),
    ("case_studies",
        r"case-?stud(?:y|ies)|success-?stor(?:y|ies)|customer-?stor(?:y|ies)|referenzen|case|casos-de-exito"
        r"|kundenstimmen|testimonials?|"
     r"reviews|what-(?:our-)?(?:customers|clients)-say"),
    ("portfolio",
        r"portfolio|our-?work|work|projects?|gallery|clients?|customers?|our-clients|our-customers"
        r"|references|projekte|kunden|realisations"),
    ("contact",
        r"contact(?:-?us|s|o)?|kontakt|get-?in-?touch|locations?|our-locations|find-us|directions|impressum"
        r"|imprint|contacto|contactez-nous|contatti|offices?"),
    ("blog",
        r"blog|news(?:room)?|press(?:-releases?|-room)?|articles?|insights|aktuelles|presse|actualites"
        r"|noticias|posts?|magazine|stories|journal|events?"),
    ("services",
        r"(?:our-?)?services?|solutions?|products?|what-we-do|offerings?|capabilities|leistungen|angebot"
        r"|dienstleistungen|produkte|loesungen|"
     r"servicios|servizi|prestations|pricing|features|expertise|practice-areas|specialties|treatments"),
    ("about",
        r"about(?:-?us|-?me)?|company(?:-profile|-overview)?|who-we-are|our-?(?:story|company|history"
        r"|mission)|history|profile|mission|ueber-uns|"
     r"uber-uns|unternehmen|a-propos|qui-sommes-nous|sobre-nosotros|nosotros|chi-siamo|over-ons|om-oss"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(rf"^(?:{words})$", re.IGNORECASE)) for kind, words in _WORDS)
_TITLES = tuple((kind, re.compile(rf"^\W*(?:the )?(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS)
_HOME = re.compile(
    r"^/?(?:index|home|default|main|start|welcome)?(?:\.\w{2,5})?/?$|^/[a-z]{2}(?:-[a-z]{2})?/?$", re.IGNORECASE
)
_DATED = re.compile(r"/(?:19|20)\d\d/\d{1,2}/")


def page_type(page: Page) -> str:
    """One of `PAGE_TYPES`."""
    parts = urlsplit(page.url)
    if kind := _of_path(parts.path):
        return kind
    if _HOME.match(parts.path) and not parts.query:
        return _of_title(page) if parts.path in ("", "/") and _says_other(page) else "home"
    return "blog" if page.meta.get("og:type") == "article" else _of_title(page) or "other"


def _of_path(path: str) -> str:
    """The kind the last telling part of a path names; an article below a blog is blog, too."""
    if _DATED.search(path):
        return "blog"
    names = [re.sub(r"\.\w{2,5}$", "", unquote(name)).replace("_", "-") for name in path.split("/") if name]
    for name in reversed(names):
        for kind, pattern in _PATTERNS:
            if pattern.match(name):
                return kind
    return ""


def _says_other(page: Page) -> bool:
    """A page saved without its path still says in its title that it is another one than the first."""
    return _of_title(page) in ("contact", "about", "team", "careers")


def _of_title(page: Page) -> str:
    first = re.split(r"\s[|–—-]\s|:\s", page.title)[0].replace(" ", "-")
    heading = next((line.text for line in page.lines if line.tag == "h1"), "").replace(" ", "-")
    for text in (first, heading):
        for kind, pattern in _TITLES:
            if len(text) < 40 and pattern.match(text):
                return kind
    return ""
