"""What a cell looks like, from its characters alone: cheap tests for thousands of cells."""

import re
from collections.abc import Iterable

from leadboard.domain.words import word_set

NUMBER = re.compile(
    r"[-+(]?\s*(?:[€$£¥₹]|[A-Z]{3}\s)?\s*[-+]?(?:\d{1,3}(?:[.,'’\s]\d{3})+|\d+)?(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
    r"\s*(?:[€$£¥₹%]|[kKmMbB](?:n|io)?\.?|\s[A-Z]{3})?\s*\)?"
)
_DIGIT = re.compile(r"\d")
_MONTH = r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]*\.?"
DATE = re.compile(
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}\.?[-\s]{_MONTH}[-\s,]+\d{{2,4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}})"
    r"(?:[T\s]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|[-+]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[^\s@,;]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
URL = re.compile(
    r"(?:https?://\S+|(?:www\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?:[/?#]\S*)?)", re.IGNORECASE
)
YEAR = re.compile(r"(?:19|20)\d\d")
MISSING = frozenset({"", "k.a.", "s.o."}) | word_set(
    "- -- --- – — . ? n/a na n.a. #n/a nan null none nil (null) (none) (blank) \\n"
)
"""How an empty cell is written, in lower case."""


def is_number(text: str) -> bool:
    """A number as people write it, with signs of money, thousands or percent."""
    return bool(_DIGIT.search(text)) and bool(NUMBER.fullmatch(text.strip()))


def kind(text: str) -> str:
    """ "number", "date", "email", "url", "" (nothing) or "text"."""
    text = text.strip()
    if text.lower() in MISSING:
        return ""
    if text[0] in "0123456789+-(.,€$£¥₹" or text[-1] in "0123456789":
        if is_number(text):
            return "number"
        if DATE.fullmatch(text):
            return "date"
    if EMAIL.fullmatch(text):
        return "email"
    return "url" if URL.fullmatch(text) else "text"


def usual_kind(cells: Iterable[str]) -> str:
    """The kind of more than half of the cells that say something; "text" when there is none."""
    kinds = [found for found in map(kind, cells) if found]
    return next((each for each in set(kinds) if kinds.count(each) * 2 > len(kinds)), "text")
