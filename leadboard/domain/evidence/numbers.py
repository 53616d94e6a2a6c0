"""Numbers as they are written: digits with any separators, magnitudes, words; with what is counted by them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from leadboard.domain.evidence.spelling import plain, singular
from leadboard.domain.words import word_set

_MAGNITUDES = {
    **dict.fromkeys(("k", "thousand", "tausend"), 1_000),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions", "millionen"), 1_000_000),
    **dict.fromkeys(("b", "bn", "mrd", "billion", "billions", "milliarden"), 1_000_000_000),
}
_MONEY = {
    **dict.fromkeys(("$", "dollar", "dollars"), "$"),
    **dict.fromkeys(("us$", "usd"), "USD"),
    **dict.fromkeys(("a$", "aud"), "AUD"),
    **dict.fromkeys(("c$", "cad"), "CAD"),
    **dict.fromkeys(("nz$", "nzd"), "NZD"),
    **dict.fromkeys(("€", "eur", "euro", "euros"), "EUR"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds"), "GBP"),
    **dict.fromkeys(("¥", "jpy", "yen"), "JPY"),
    **dict.fromkeys(("chf",), "CHF"),
}
_DOLLARS = frozenset(("$", "USD", "AUD", "CAD", "NZD"))
_PERCENT = frozenset(("%", "percent", "prozent"))

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_UNITS)}
_WORDS |= {word: 10 * place for place, word in enumerate(_TENS, 2)} | {"dozen": 12}
_TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

NUMBER_WORDS = frozenset((*_WORDS, *_TIMES))

VAGUE = word_set("dozens hundreds thousands millions billions twice double doubled triple tripled half majority")
"""Quantities that are no number: they have to stand in the evidence as they are."""

_SIGN = r"(?:US|A|C|NZ)?\$|[€£¥]|(?:USD|AUD|EUR|GBP|CHF|NZD|CAD)(?=\s?\d)"
_DIGITS = r"\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_AFTER = r"(?:[\s\u00a0-]?(?P<size>k|m|mn|bn|b|Mio|Mrd|thousand|million|millions|billion|tausend|Millionen)\b\.?)?"
_UNIT = r"(?:[\s\u00a0-]?(?P<unit>%|per\s?cent\b|Prozent\b|\$|€|£|[^\W\d_]+))?"
_NUMBER = re.compile(rf"(?<![\w.,])(?:(?P<sign>{_SIGN})\s?)?(?P<digits>{_DIGITS}){_AFTER}(?:st|nd|rd|th|\+)?{_UNIT}")
_SPELT = re.compile(
    rf"\b(?:{'|'.join((*_WORDS, *_TIMES))})\b(?:[\s-]+(?:and\s+)?(?:{'|'.join((*_WORDS, *_TIMES))})\b)*"
    rf"{_UNIT}",
    re.IGNORECASE,
)
_JOINS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: as what it can be read (`1.200` in two ways), `kind` (`%`, a currency or empty) and the thing
    that is counted, singular and plain, empty where none follows."""

    readings: frozenset[Decimal]
    kind: str
    thing: str

    def same(self, other: "Number") -> bool:
        """Whether both are one number of one kind; `$` may be any dollar."""
        kinds = {self.kind, other.kind}
        return bool(self.readings & other.readings) and (len(kinds) == 1 or ("$" in kinds and kinds <= _DOLLARS))


def numbers(text: str) -> list[Number]:
    """The numbers of a text, those in digits before those in words."""
    return [*_in_digits(text), *_in_words(_NUMBER.sub(" ; ", text))]


def _in_digits(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        times = _MAGNITUDES.get((match["size"] or "").casefold(), 1)
        readings = frozenset(value * times for value in _values(match["digits"]))
        yield _number(readings, match["sign"] or "", match["unit"] or "")


def _values(digits: str) -> Iterator[Decimal]:
    """`1,234.5` is one number; `1.234` is two, a thousand or a fraction."""
    parts = re.split(r"[,.'’\u00a0\u202f ]", digits)
    separators = re.findall(r"[,.'’\u00a0\u202f ]", digits)
    if not separators:
        yield Decimal(digits)
        return
    fraction = separators[-1] in ".," and separators.count(separators[-1]) == 1
    grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]) and len(set(separators)) == 1
    if grouped or not fraction:
        yield Decimal("".join(parts))
    if fraction:
        yield Decimal("".join(parts[:-1]) + "." + parts[-1])


def _in_words(text: str) -> Iterator[Number]:
    for match in _SPELT.finditer(text):
        unit = match["unit"] or ""
        words = _JOINS.split(match[0][: len(match[0]) - len(unit)].strip(" -\u00a0").casefold())
        if words != ["one"]:  # which mostly is no number: "one of the few"
            yield _number(frozenset({Decimal(_spelt(words))}), "", unit)


def _spelt(words: list[str]) -> int:
    total = now = 0
    for word in words:
        if word == "dozen":
            now = max(now, 1) * 12
        elif word == "hundred":
            now = max(now, 1) * 100
        elif word in _TIMES:
            total, now = total + max(now, 1) * _TIMES[word], 0
        else:
            now += _WORDS.get(word, 0)
    return total + now


def _number(readings: frozenset[Decimal], sign: str, unit: str) -> Number:
    after = " ".join(unit.casefold().split()).replace("per cent", "percent")
    if after in _PERCENT:
        return Number(readings, "%", "")
    if kind := _MONEY.get(sign.casefold()) or _MONEY.get(after):
        return Number(readings, kind, "")
    return Number(readings, "", singular(plain(unit)) if unit else "")
