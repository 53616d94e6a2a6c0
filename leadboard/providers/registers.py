"""What the registers of one country share: a company is known there by its name, and names are shared by many."""

from leadboard.domain.found import AskedCompany
from leadboard.domain.identity import normalise_name

SURE = 0.85
UNSURE = 0.4
"""Too little for a fact to fill anything by itself, enough to be seen."""

_FORMS = (" plc", " llp", " lp")
_ENDINGS = {"GB": "uk"}


def sureness(asked: AskedCompany, country: str) -> float:
    """How sure it is, 0 to 1, that a company of this name in the country's register is the one asked about: 0 when it
    is known to be elsewhere."""
    if asked.country:
        return SURE if asked.country == country else 0.0
    ending = _ENDINGS.get(country, country.lower())
    return SURE if asked.domain.endswith(f".{ending}") else UNSURE


def same_name(one: str, other: str) -> bool:
    """Whether two names are one but for case, punctuation, "&" and legal form."""
    return core_name(one) == core_name(other) != ""


def core_name(name: str) -> str:
    """A company's name as the register may write it: lower case, without punctuation and legal form."""
    plain = normalise_name(name.replace("&", " and "))
    return next((plain.removesuffix(form) for form in _FORMS if plain.endswith(form)), plain)
