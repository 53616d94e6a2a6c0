"""How values read: money, numbers, people and places in the words of the interface (ui sheet, section 13)."""

from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256

from babel.numbers import get_currency_symbol

from leadboard.ui.display import Band, Person

HUES = 6


def count(n: int) -> str:
    """1,284."""
    return f"{n:,}"


def counted(n: int, noun: str, plural: str = "") -> str:
    """ "1 lead", "1,284 leads"."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def money_compact(minor: int | None, currency: str) -> str:
    """Minor units as "€48k", "€1.9m", "€940"; nothing when there is no value."""
    if minor is None:
        return ""
    symbol = _symbol(currency)
    sign = "−" if round(minor / 100) < 0 else ""
    amount = abs(minor) / 100
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if amount >= size * 0.9995 or (size == 1e3 and amount >= 999.5):
            scaled = amount / size
            digits = 1 if scaled < 9.95 and letter != "k" else 0
            return f"{sign}{symbol}{scaled:,.{digits}f}".removesuffix(".0") + letter
    return f"{sign}{symbol}{amount:,.0f}"


def money(minor: int | None, currency: str) -> str:
    """Minor units in full: "€48,000"; cents only where there are any."""
    if minor is None:
        return ""
    sign = "−" if minor < 0 else ""
    digits = 2 if minor % 100 else 0
    return f"{sign}{_symbol(currency)}{abs(minor) / 100:,.{digits}f}"


def usd(micros: int) -> str:
    """Millionths of a US dollar: "$4.12"; below ten dollars as exact as prices are, "$0.0245"."""
    if 0 < micros < 100:
        return "<$0.0001"
    whole, _, rest = f"{micros / 1_000_000:,.4f}".partition(".")
    return f"${whole}.{rest.rstrip('0'):0<2}" if micros < 10_000_000 else f"${micros / 1_000_000:,.2f}"


def percent(share: float | None) -> str:
    """A share of 0 to 1 as "42%"; a dash of nothing."""
    return "—" if share is None else f"{share:.0%}"


def day(day: date) -> str:
    """ "22 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def sign(currency: str) -> str:
    """The sign before amounts of a currency, "€"."""
    return _symbol(currency)


@lru_cache
def _symbol(currency: str) -> str:
    return get_currency_symbol(currency, "en_US")


@lru_cache(maxsize=1024)
def person(name: str) -> Person:
    """Somebody's round mark: initials, and a hue that stays theirs."""
    words = [word for word in name.replace("@", " ").split() if word[:1].isalnum()]
    if not words:
        return Person()
    initials = (words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])).upper()[:2]
    return Person(initials, int(sha256(name.encode()).hexdigest(), 16) % HUES, name)


def cut(text: str, longest: int) -> str:
    """At most `longest` characters; what was longer ends in an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def place(city: str, country: str) -> str:
    """ "Bergen, NO"; whichever is known."""
    return ", ".join(part for part in (city, country) if part)


def band(score: int) -> Band:
    """Strong from 70, fair from 40, weak below; none when not scored."""
    if score < 0:
        return "none"
    return "strong" if score >= 70 else "fair" if score >= 40 else "weak"


def old_score(score: int, version: int, in_force: int) -> str:
    """The version of the profile that a score was made with, "ICP 3", while it is not the one in force."""
    return f"ICP {version}" if score >= 0 and version < in_force else ""


def iso(moment: datetime | None) -> str:
    """A moment for the browser to rewrite: ISO 8601 with its offset, whole seconds."""
    return moment.isoformat(timespec="seconds") if moment else ""
