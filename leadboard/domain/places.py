"""Countries and regions by the names people write: "AU", "Australia", "DACH", "Europe"."""

from functools import lru_cache

import pycountry
from babel import Locale

from leadboard.domain.words import word_set, words

_ALIASES = {
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "u s": "US", "u s a": "US", "america": "US", "united states of america": "US",
    "holland": "NL", "the netherlands": "NL", "uae": "AE", "korea": "KR", "czech republic": "CZ", "turkey": "TR",
    "ivory coast": "CI", "democratic republic of the congo": "CD", "deutschland": "DE",
    "schweiz": "CH", "österreich": "AT", "españa": "ES", "brasil": "BR",
}  # fmt: skip

_EU = word_set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
_EUROPE = _EU | word_set("AD AL AX BA BY CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS RU SJ SM UA VA XK")
_NORTH_AMERICA = word_set("US CA MX")
_SOUTH_AMERICA = word_set("AR BO BR CL CO EC FK GF GY PE PY SR UY VE")
_CENTRAL_AMERICA = word_set("BZ CR CU DO GT HN HT JM NI PA PR SV")
_ASIA = word_set(
    "AF AM AZ BD BN BT CN GE HK ID IN JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM TW UZ VN"
)
_MIDDLE_EAST = word_set("AE BH CY EG IL IQ IR JO KW LB OM PS QA SA SY TR YE")
_AFRICA = word_set(
    "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG "
    "RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW"
)
_OCEANIA = word_set("AU NZ FJ FM GU KI MH MP NC NR NU PF PG PW SB TK TO TV VU WF WS")

_REGIONS: dict[str, frozenset[str]] = {
    "eu": _EU,
    "european union": _EU,
    "europe": _EUROPE,
    "dach": word_set("DE AT CH"),
    "benelux": word_set("BE NL LU"),
    "nordics": word_set("DK FI IS NO SE"),
    "scandinavia": word_set("DK NO SE"),
    "baltics": word_set("EE LT LV"),
    "north america": _NORTH_AMERICA,
    "south america": _SOUTH_AMERICA,
    "latin america": _SOUTH_AMERICA | _CENTRAL_AMERICA | {"MX"},
    "latam": _SOUTH_AMERICA | _CENTRAL_AMERICA | {"MX"},
    "asia": _ASIA | _MIDDLE_EAST - {"EG"},
    "asia pacific": _ASIA | _OCEANIA,
    "apac": _ASIA | _OCEANIA,
    "middle east": _MIDDLE_EAST,
    "africa": _AFRICA,
    "emea": _EUROPE | _MIDDLE_EAST | _AFRICA,
    "oceania": _OCEANIA,
    "anz": word_set("AU NZ"),
}


def _read_codes() -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for country in pycountry.countries:
        for name in ("alpha_2", "alpha_3", "name", "official_name", "common_name"):
            names[words(getattr(country, name, ""))] = country.alpha_2
    for code, name in Locale("en").territories.items():
        if pycountry.countries.get(alpha_2=code):
            names[words(name)] = code
    names.update({words(name): code for name, code in _ALIASES.items()})
    names.pop((), None)
    return names


_CODES = _read_codes()  # on import: 130 ms that the event loop would feel


@lru_cache(maxsize=4096)
def country_code(text: str) -> str:
    """The ISO 3166 alpha-2 code of a country's name or code in English, or an empty string."""
    return _CODES.get(words(text), "")


@lru_cache(maxsize=4096)
def country_codes(text: str) -> frozenset[str]:
    """The countries that a place stands for, alpha-2: a country itself, or those of a region; none for a town."""
    code = country_code(text)
    return frozenset({code}) if code else _REGIONS.get(" ".join(words(text)), frozenset())


@lru_cache(maxsize=4096)
def is_in(place: str, wanted: str) -> bool:
    """Whether `place` (a country, or a state or town by name) is `wanted` (the same, or a region that holds it)."""
    code = country_code(place)
    if code and (code == country_code(wanted) or code in _REGIONS.get(" ".join(words(wanted)), ())):
        return True
    return bool(words(place)) and words(place) == words(wanted)


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """A country's name in English by its ISO 3166 alpha-2 code; what is no code stays as it is."""
    return Locale("en").territories.get(code, code)
