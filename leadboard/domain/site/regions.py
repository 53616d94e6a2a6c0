"""Which countries' way of writing phone numbers and addresses a page may use, the likeliest first."""

import re
from functools import lru_cache

import pycountry

from leadboard.domain.site.dom import Page, host_of, suffix
from leadboard.domain.site.text import remembered, unique
from leadboard.domain.words import word_set

_GENERIC = word_set("ai ac ad as cc co dj fm gg im io la ly me ms nu sh st tk to tv ws vc")
"""Country domains that are sold worldwide: they say nothing about the country."""

_BY_LANGUAGE = {
    "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "pt": "PT", "pl": "PL", "sv": "SE", "da": "DK",
    "nb": "NO", "no": "NO", "fi": "FI", "cs": "CZ", "hu": "HU", "ro": "RO", "el": "GR", "tr": "TR", "ru": "RU",
    "ja": "JP", "ko": "KR", "zh": "CN", "he": "IL", "en": "US",
}  # fmt: skip
_NAMES = {
    "USA": "US", "U.S.A.": "US", "United States": "US", "UK": "GB", "U.K.": "GB", "United Kingdom": "GB",
    "England": "GB", "Scotland": "GB", "Deutschland": "DE", "Österreich": "AT", "Schweiz": "CH", "Suisse": "CH",
    "España": "ES", "Italia": "IT", "Nederland": "NL", "The Netherlands": "NL", "Belgique": "BE", "België": "BE",
    "Brasil": "BR", "México": "MX", "Perú": "PE", "Sverige": "SE", "Norge": "NO", "Danmark": "DK", "Suomi": "FI",
    "Polska": "PL", "Česká republika": "CZ", "Türkiye": "TR", "South Korea": "KR", "Taiwan": "TW", "Russia": "RU",
    "Czech Republic": "CZ", "Vietnam": "VN", "Hong Kong": "HK",
}  # fmt: skip
_POSTCODES = {  # each says its first letter before it looks back: a pattern that starts with \b tries every character
    "US": re.compile(r"[A-Z](?<!\w.)[A-Z]\.?,?\s+\d{5}(?:-\d{4})?\b"),
    "CA": re.compile(r"[ABCEGHJ-NPRSTVXY](?<!\w.)\d[A-Z] ?\d[A-Z]\d\b"),
    "GB": re.compile(r"[A-Z](?<!\w.)[A-Z]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b"),
    "AU": re.compile(r"(?:NSW|VIC|QLD|TAS|ACT)(?<!\w...) \d{4}\b"),
}
_MOST = 4


def regions(page: Page, hint: str | None) -> tuple[str, ...]:
    """ISO countries in the order to try: the caller's, the domain's, those named in addresses, the language's."""
    text = "\n".join(line.text for line in page.lines)
    named = [code for line in page.lines for code in map(country_code, country_names(line.text))]
    by_count = sorted(unique(named, str), key=lambda code: -named.count(code))
    posted = [code for code, pattern in _POSTCODES.items() if pattern.search(text)]
    ways = [(hint or "").upper(), domain_region(page.url), _region_of_language(page.language)]
    language = _BY_LANGUAGE.get(page.language[:2].lower(), "")
    codes = unique((code for code in (*ways, *posted, *by_count[:2], language) if code), str)
    return codes[:_MOST] or ("US",)


@remembered
def country_names(text: str) -> tuple[str, ...]:
    """The countries that a text names, as it writes them and in its order."""
    return tuple(match[0] for match in _countries().finditer(text))


def domain_region(url: str) -> str:
    """The country of a country domain (`.de` is `DE`), empty for one that is sold worldwide."""
    last = suffix(host_of(url)).rpartition(".")[2]
    if last == "uk":
        return "GB"
    return last.upper() if len(last) == 2 and last not in _GENERIC and last != "eu" else ""


def country_code(name: str) -> str:
    """The ISO code of a country's usual name or code, or empty."""
    name = name.strip(" .,()")
    return _codes().get(name.casefold(), "")


@lru_cache(maxsize=1)
def country_pattern() -> str:
    """A pattern of all usual country names, the longest first."""
    names = {country.name for country in pycountry.countries if "," not in country.name} | set(_NAMES)
    names -= {"Georgia", "Jersey", "Jordan", "Chad", "Guernsey"}  # also states, people and things
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@lru_cache(maxsize=1)
def _countries() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?=[^\Wa-z])(?:{country_pattern()})(?!\w)")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes = {country.name.casefold(): country.alpha_2 for country in pycountry.countries}
    codes |= {country.alpha_2.casefold(): country.alpha_2 for country in pycountry.countries}
    return codes | {name.casefold(): code for name, code in _NAMES.items()}


def _region_of_language(language: str) -> str:
    match = re.fullmatch(r"[A-Za-z]{2,3}[-_]([A-Za-z]{2})", language)
    return match[1].upper() if match else ""
