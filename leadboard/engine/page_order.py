"""Which pages of a website are worth reading first, and which addresses mean the same page."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from leadboard.domain.words import word_set

# What a page is for, most telling about a company first: words of its address or link text, in the languages we meet.
KINDS: tuple[frozenset[str], ...] = tuple(
    word_set(words)
    for words in (
        "about aboutus who story mission company profile ueber uber über unternehmen wir apropos propos entreprise "
        "qui nosotros quienes empresa acerca chi azienda siamo sobre quem over om onas firma",
        "team people staff leadership management founders board ourteam mitarbeiter ansprechpartner equipe équipe "
        "equipo persone squadra medewerkers teamet medarbejdere",
        "contact contactus kontakt imprint impressum contacto contactez contatti contato legalnotice mentions aviso "
        "colofon locations standorte",
        "services service products product solutions solution offerings capabilities leistungen produkte produits "
        "servicios productos soluciones servizi prodotti servicos produtos serviços diensten producten tjenester",
        "customers clients references portfolio work projects case cases casestudies casestudy stories testimonials "
        "reviews kunden referenzen projekte realisations réalisations clientes proyectos clienti progetti klanten",
        "careers career jobs job hiring vacancies join karriere stellen stellenangebote recrutement emploi empleo "
        "lavora carriere vagas vacatures",
        "pricing prices plans price preise tarifs precios prezzi precos prijzen",
        "news blog press media insights articles aktuelles presse neuigkeiten actualites actualités noticias novedades "
        "notizie nieuws nyheder",
    )
)
_LAST = word_set(
    "privacy terms cookies cookie gdpr datenschutz agb disclaimer login signin signup checkout wishlist sitemap"
)
_LISTS = word_set("archive author basket cart category feed page print register search tag tags")
_OTHER = len(KINDS)
_DEEPER = _OTHER + 1  # a page below a telling one comes after every telling one
_WORST = 3 * _DEEPER
_LONGEST_NAME = 4  # words; a longer last part is the title of an article

_FILE = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|odt|rtf|csv|txt|xml|rss|atom|json|ics|vcf|zip|gz|rar|7z|exe|dmg|apk|jpe?g|png|gif|svg|"
    r"webp|avif|ico|bmp|tiff?|mp[34]|m4[av]|wav|ogg|webm|avi|mov|wmv|css|js|mjs|woff2?|ttf|eot)$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(index|default|home)\.(html?|php|aspx?|jsp)$", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|gclid|fbclid|msclkid|yclid|mc_[ce]id|_ga|_gl|hsctatracking|phpsessid|jsessionid|sid")
_SESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}([-_][a-z]{2})?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)  # the same menu stands on every page of a website
def tidy(url: str) -> str | None:
    """The address without fragment and tracking parameters; None when it is not a web address."""
    try:
        parts = urlsplit(url.partition("#")[0].strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:
        return None
    path = _SESSION.sub("", parts.path) or "/"
    return parts._replace(path=path, query=_without_tracking(parts)).geturl().rstrip()


@lru_cache(maxsize=1024)
def same_page_key(url: str) -> str:
    """Equal for addresses that nearly always show the same page: scheme, `www.`, index file, final slash, order of
    parameters and case of the host do not matter."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = _INDEX.sub("/", _SESSION.sub("", unquote(parts.path))).rstrip("/")
    query = urlencode(sorted(parse_qsl(_without_tracking(parts), keep_blank_values=True)))
    return f"{host}{path}?{query}"


def is_file(url: str) -> bool:
    """Whether the address names a file that is no page, by its ending."""
    return bool(_FILE.search(urlsplit(url).path))


def rank(url: str, text: str = "") -> int:
    """How early a page is read, 0 first: pages named for what they tell, then pages below these, then the rest."""
    parts = [part for part in unquote(urlsplit(url).path).split("/") if part]
    if parts and _LANGUAGE.fullmatch(parts[0]):
        parts = parts[1:]
    parts = [part.rsplit(".", 1)[0] for part in parts]
    if any(part.lower() in _LISTS or not _LAST.isdisjoint(_words(part)) for part in parts):
        return _WORST
    named = min(_kind(parts[-1] if parts else ""), _kind(text))
    if named < _OTHER:
        return named
    above = min(map(_kind, parts[:-1]), default=_OTHER)
    return _DEEPER + above if above < _OTHER else 2 * _DEEPER


def _kind(name: str) -> int:
    words = _words(name)
    if len(words) > _LONGEST_NAME:
        return _OTHER
    return min((kind for kind, known in enumerate(KINDS) if not known.isdisjoint(words)), default=_OTHER)


def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower())


def _without_tracking(parts: SplitResult) -> str:
    if not parts.query:
        return ""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name.lower())]
    return parts.query if len(kept) == len(pairs) else urlencode(kept)
