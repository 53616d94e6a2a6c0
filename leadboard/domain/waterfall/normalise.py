"""One way of writing for what services spell each in their own: addresses, titles, industries, names of companies."""

import re
from enum import StrEnum
from functools import lru_cache

from leadboard.domain.identity import is_legal_form
from leadboard.domain.tabular import Field, parse
from leadboard.domain.titles import authority
from leadboard.domain.vocabulary.industries import INDUSTRIES
from leadboard.domain.words import words

_SHORT = {
    "chief executive officer": "CEO",
    "chief technology officer": "CTO",
    "chief technical officer": "CTO",
    "chief financial officer": "CFO",
    "chief operating officer": "COO",
    "chief operations officer": "COO",
    "chief marketing officer": "CMO",
    "chief information officer": "CIO",
    "chief information security officer": "CISO",
    "chief revenue officer": "CRO",
    "chief product officer": "CPO",
    "executive vice president": "EVP",
    "senior vice president": "SVP",
    "sr vice president": "SVP",
    "vice president": "VP",
    "v p": "VP",
    "sr": "Senior",
    "jr": "Junior",
    "snr": "Senior",
    "mgr": "Manager",
    "dir": "Director",
}
"""Phrases of titles -> how they are written."""

_LONGEST_FIRST = sorted(_SHORT, key=len, reverse=True)
_PHRASE = re.compile(
    rf"\b(?:{'|'.join(phrase.replace(' ', r'[^a-z0-9]+') for phrase in _LONGEST_FIRST)})\b\.?", re.IGNORECASE
)
_CAPITALS = frozenset({"CEO", "CTO", "CFO", "COO", "CMO", "CIO", "CISO", "CRO", "CPO", "EVP", "SVP", "VP"}) | {
    *("AI", "BI", "CRM", "EMEA", "APAC", "ERP", "GTM", "HR", "IT", "ML", "PMO", "PR", "QA", "R&D", "SEO", "UI", "UK"),
    *("US", "USA", "UX"),
}
_SMALL = frozenset({"a", "and", "at", "de", "for", "in", "of", "on", "the", "to", "und", "with"})
_SPOKEN = frozenset({("co",), ("company",)})
_INITIALS = 5
"""Letters of a name that may be its initials."""
_WORD = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*")

_LABELS = {words(industry.label): industry.label for industry in INDUSTRIES} | {
    words(trade): trade for industry in INDUSTRIES for trade in industry.trades if trade
}


class Seniority(StrEnum):
    """How high somebody stands (icp sheet)."""

    C_LEVEL = "c_level"
    VP = "vp"
    DIRECTOR = "director"
    MANAGER = "manager"
    OTHER = "other"


_LEAST = ((20, Seniority.C_LEVEL), (18, Seniority.VP), (15, Seniority.DIRECTOR), (7, Seniority.MANAGER))


def tidy(text: str) -> str:
    """A text in one line: only what prints, one space between words."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def email(text: str) -> str:
    """An address trimmed and in lower case, dots and plusses kept; "" for what is no address."""
    found = parse(Field.EMAIL, tidy(text)) if text.strip() else None
    return found if isinstance(found, str) else ""


@lru_cache(maxsize=8192)
def title(text: str) -> str:
    """A job title in its usual writing: "SR. VICE PRESIDENT, SALES" is "SVP, Sales". Made twice it stays as it is."""
    said = tidy(_PHRASE.sub(lambda found: _SHORT[" ".join(words(found[0]))], tidy(text)))
    rest = " ".join(word for word in _WORD.findall(said) if word not in _CAPITALS)
    return _cased(said) if rest.isupper() or rest.islower() else said


def seniority(text: str) -> Seniority | None:
    """How high somebody with this title stands; None without a title."""
    points = authority(text).points
    if not points:
        return None
    return next((level for least, level in _LEAST if points >= least), Seniority.OTHER)


def industry(text: str) -> str:
    """An industry as we write it where it is one of ours, else as it was said, readable: "computer_software" is
    "Computer software"."""
    said = tidy(text.replace("_", " "))
    if named := _LABELS.get(words(said)):
        return named
    if said.islower() or (said.isupper() and " " in said):
        said = said[:1].upper() + said[1:].lower()
    return said


@lru_cache(maxsize=8192)
def spoken(text: str) -> str:
    """A company's name as people write it where a register shouts it: "ALDERFIELD ROASTERY LIMITED" is "Alderfield
    Roastery Limited". Short words may be initials, and stay."""
    said = tidy(text)
    if not said.isupper() or len(said) <= _INITIALS:
        return said
    return _WORD.sub(lambda found: _called(found[0], first=found.start() == 0), said)


def _called(word: str, *, first: bool) -> str:
    if word.lower() in _SMALL and not first:
        return word.lower()
    return word if len(word) <= 3 and word.lower() not in _SMALL else word.title()


def company_name(text: str) -> str:
    """A company's name as one would say it: without the legal form at its end, unless there is nothing else. "Company"
    is said."""
    parts = tidy(text).split()
    while len(parts) > 1 and is_legal_form(parts[-1]) and words(parts[-1]) not in _SPOKEN:
        parts.pop()
    return " ".join(parts).rstrip(" ,")


def _cased(text: str) -> str:
    """A title in capitals or small letters, as titles are written."""

    def one(found: re.Match[str]) -> str:
        word = found[0]
        if word.upper() in _CAPITALS:
            return word.upper()
        small = word.lower() in _SMALL and found.start() > 0
        return word.lower() if small else word[:1].upper() + word[1:].lower()

    return _WORD.sub(one, text)
