"""One cell as a value of its field, or the sentence why it is none."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from email_validator import EmailNotValidError, validate_email
from rapidfuzz import fuzz, process

from leadboard.domain.identity import host
from leadboard.domain.places import country_code
from leadboard.domain.tabular.fields import Field
from leadboard.domain.tabular.layout import Habit
from leadboard.domain.tabular.looks import MISSING
from leadboard.domain.tabular.phones import e164
from leadboard.domain.words import word_set


@dataclass(frozen=True)
class Headcount:
    """People of a company: a number (both equal) or a range; `max` None is "and more"."""

    min: int
    max: int | None


@dataclass(frozen=True)
class Money:
    """An amount in major units; `currency` is an ISO code, or empty when the cell does not say."""

    amount: Decimal
    currency: str = ""


@dataclass(frozen=True)
class Place:
    """A place; `country` is ISO alpha-2, every part may be empty, `text` is as it was written."""

    city: str
    state: str
    country: str
    text: str


@dataclass(frozen=True)
class Problem:
    """Why a cell is no value of its field."""

    sentence: str


Value = str | int | bool | date | tuple[str, ...] | Headcount | Money | Place

_SIGNS = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD",
    "£": "GBP", "pound": "GBP", "pounds": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "zł": "PLN", "kč": "CZK",
    "a$": "AUD", "c$": "CAD", "r$": "BRL", "fr.": "CHF", "kr": "SEK",
}  # fmt: skip
_SCALES = {
    "k": 3, "t": 3, "tsd": 3, "tsd.": 3, "thousand": 3,
    "m": 6, "mm": 6, "mn": 6, "mio": 6, "mio.": 6, "million": 6, "millions": 6, "millionen": 6, "millones": 6,
    "b": 9, "bn": 9, "mrd": 9, "mrd.": 9, "billion": 9, "milliarden": 9,
}  # fmt: skip
"""Word beside an amount -> power of ten."""
_IDLE = word_set("- – -- p.a. pa year yr per annually approx approx. ca ca. ~ > < about")
"""Words beside an amount that change nothing."""
_DIGITS = r"\d[\d.,'’\s\u00a0\u202f]*"
_AMOUNT = re.compile(
    rf"\s*(?P<before>[^\d().,+-]*?)\s*(?P<minus>[-−(]?)\s*(?P<unit>[^\d\s().,+-]*)\s*\+?"
    rf"(?P<digits>{_DIGITS}|[.,]\d+)(?P<exp>[eE][+-]?\d{{1,3}})?\s*(?P<after>[^\d]*)"
)
_RANGE = re.compile(
    rf"(?P<low>{_DIGITS}[kKmM]?)\s*(?:[-–—−]|to|bis|à|a)\s*(?P<high>{_DIGITS}[kKmM]?)(?P<more>\+?)\s*\D*", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?<=[\w€$£])\s*(?:[-–—]|\bto\b|\bbis\b)\s*(?=\D{0,4}\d)")
_ALONE = re.compile(
    r"(?P<more>(?:>|over|more than|über|mehr als|plus de|más de)?)\s*"
    rf"(?P<less>(?:<|under|less than|unter|up to|bis)?)\s*(?P<number>{_DIGITS}[kKmM]?)\s*(?P<plus>\+?)\s*[^\d+]*",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")
_THREE = re.compile(r"(\d{1,2})[-/.\s]+(\d{1,2})[-/.\s]+(\d{4}|\d{2})(?:[T\s,]+\d.*)?")
_WITH_MONTH = re.compile(
    r"(?:(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.|º)?[-\s]+(?:de\s+)?([^\W\d_]+)\.?"
    r"[-\s,]+(?:de\s+)?(\d{4}|\d{2})"
    r"|([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))(?:[T\s,]+\d.*)?"
)
_MONTH_YEAR = re.compile(r"(?:([^\W\d_]+)\.?[-\s]+(\d{4})|(\d{4})[-/](\d{1,2})|(\d{1,2})/(\d{4}))")
_COMPACT = re.compile(r"(19|20)(\d\d)([01]\d)([0-3]\d)")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_TRUE = word_set("true yes y 1 ja wahr oui vrai si sí sim x ✓ t")
_FALSE = word_set("false no n 0 nein falsch non faux nao não f")
_ADDRESS = re.compile(r"<([^<>\s]+@[^<>\s]+)>|(?:mailto:)?([^\s<>;,|]+@[^\s<>;,|]+)", re.IGNORECASE)
_USUAL_ADDRESS = re.compile(
    r"[a-z0-9](?:[a-z0-9._+-]{0,40}[a-z0-9])?@(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,4}"
    r"(?:com|net|org|io|co|ai|edu|gov|info|biz|dev|app|eu|de|at|ch|fr|es|it|nl|be|pl|se|no|dk|fi|uk|ie|us|ca|au|nz|in|jp|br|mx)",
    re.IGNORECASE,
)
"""Nearly all addresses, accepted without a full check, which takes fifty times as long."""
_USUAL_SITE = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.){1,4}[a-z]{2,24}(?:/[\w./-]*)?", re.ASCII)
_LIST = re.compile(r"\s*[;|\n]\s*")
_MOST_TEXT = 20_000


def parse(field: Field, text: str, habit: Habit = Habit()) -> Value | Problem | None:  # noqa: B008 - frozen
    """The cell as a value of the field, None for an empty cell, a `Problem` for one that is not what it should be.

    `habit` is its column's: how dates and decimals are written, and the country of phone numbers without a +.
    """
    text = text.strip()
    if text.lower() in MISSING:
        return None
    reader = _READERS.get(field)
    return reader(text, habit) if reader else _text(text, habit)


def _text(text: str, _: Habit) -> str | Problem:
    if len(text) > _MOST_TEXT:
        return Problem(f"The text has {len(text):,} characters; at most {_MOST_TEXT:,} are kept.")
    return text


def _line(text: str, habit: Habit) -> str | Problem:
    """A text of one line."""
    return _text(" ".join(text.split()), habit)


def _number(text: str, habit: Habit) -> Decimal | None:
    """Digits with their separators as a number; None when they make none."""
    digits = re.sub(r"['’\s\u00a0\u202f]", "", text).rstrip(".,")
    point, comma = digits.rfind("."), digits.rfind(",")
    if point >= 0 and comma >= 0:
        decimal = "." if point > comma else ","
    elif digits.count(".") > 1 or digits.count(",") > 1:
        decimal = "," if "." in digits else "."
    elif point >= 0 or comma >= 0:
        sign = "." if point >= 0 else ","
        grouped = re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(sign)}\d{{3}}", digits)
        decimal = habit.decimal if grouped else sign
    else:
        decimal = habit.decimal
    whole, _, fraction = digits.partition(decimal)
    grouped = whole.isdecimal() or not whole or re.fullmatch(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}", whole)
    if not grouped or len(digits) > 30 or not re.fullmatch(r"\d*", fraction) or not (whole or fraction):
        return None
    return Decimal(re.sub(r"[.,]", "", whole) + (f".{fraction}" if fraction else ""))


def _money(text: str, habit: Habit) -> Money | Problem:
    """An amount; of a range the lower end."""
    if text.isascii() and text.isdecimal() and len(text) < 16:
        return Money(Decimal(text))
    found = _AMOUNT.fullmatch(text)
    number = _number(found["digits"], habit) if found else None
    if not found or number is None:
        ends = _BETWEEN.split(text)
        low = _money(ends[0], habit) if len(ends) == 2 and ends[0] else None
        return low if isinstance(low, Money) else Problem(f"“{_short(text)}” is not an amount of money.")
    words = re.sub(r"[()\[\]/*+]", " ", f"{found['before']} {found['unit']} {found['after']}").lower().split()
    scale, currency = 0, ""
    for word in words:
        power, sign = _unit(word)
        if power is None:
            return Problem(f"“{_short(text)}” is not an amount of money.")
        scale, currency = scale + power, sign or currency
    amount = number * Decimal(10) ** scale
    if found["exp"]:
        amount *= Decimal(10) ** int(found["exp"][1:])
    if amount >= Decimal(10) ** 16:
        return Problem(f"“{_short(text)}” is more money than there is.")
    return Money(-amount if found["minus"] else amount, currency)


@lru_cache(maxsize=512)
def _unit(word: str) -> tuple[int | None, str]:
    """Power of ten and currency of a word beside a number: "k€", "mio", "usd"; (None, "") for anything else."""
    if word in _IDLE:
        return 0, ""
    if word in _SCALES:
        return _SCALES[word], ""
    if currency := _SIGNS.get(word) or _codes().get(word):
        return 0, currency
    for scale, power in _SCALES.items():
        for rest in (word.removeprefix(scale), word.removesuffix(scale)):
            if rest != word and (currency := _SIGNS.get(rest) or _codes().get(rest)):
                return power, currency
    return None, ""


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {code.lower(): code for code in map(str, Locale("en").currencies) if len(code) == 3}


def _headcount(text: str, habit: Habit) -> Headcount | Problem:
    if text.isascii() and text.isdecimal() and len(text) < 8:
        return Headcount(int(text), int(text))
    plain = text.replace("~", "").strip()
    if ranged := _RANGE.fullmatch(plain):
        low, high = _people(ranged["low"], habit), _people(ranged["high"], habit)
        if low is not None and high is not None and low <= high:
            return Headcount(low, None if ranged["more"] else high)
    alone = _ALONE.fullmatch(plain)
    number = _people(alone["number"], habit) if alone else None
    if not alone or number is None:
        return Problem(f"“{_short(text)}” is not a number of people.")
    if alone["plus"] or alone["more"]:
        return Headcount(number, None)
    return Headcount(0, number) if alone["less"] else Headcount(number, number)


def _people(text: str, habit: Habit) -> int | None:
    scale = {"k": 1000, "m": 1_000_000}.get(text[-1].lower(), 1)
    plain = text.rstrip("kKmM").strip()
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):  # there are no fractions of people
        plain = re.sub(r"[.,]", "", plain)
    number = _number(plain, habit)
    return int(number * scale) if number is not None and number * scale <= 10_000_000 else None


def _date(text: str, habit: Habit) -> date | Problem:
    found = _date_parts(text, habit)
    if found:
        year, month, day = found
        try:
            return date(_century(year), month, day)
        except ValueError:
            return Problem(f"“{_short(text)}” is not a day of the calendar.")
    if re.fullmatch(r"1\d{9}(?:\.0+)?|1\d{12}", text):
        seconds = int(float(text[:10]))
        return datetime.fromtimestamp(seconds, UTC).date()
    return Problem(f"“{_short(text)}” is not a date.")


def _date_parts(text: str, habit: Habit) -> tuple[int, int, int] | None:
    """Year, month and day as they stand there, not yet checked."""
    if found := _YEAR_FIRST.fullmatch(text) or _YEAR_FIRST.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _THREE.fullmatch(text):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        day_first = habit.dates == "dmy" if max(one, two) <= 12 else one > 12
        return (year, two, one) if day_first else (year, one, two)
    if found := _WITH_MONTH.fullmatch(text):
        month = _months().get((found[2] or found[4]).casefold().rstrip("."))
        return (int(found[3] or found[6]), month, int(found[1] or found[5])) if month else None
    if found := _COMPACT.fullmatch(text):
        return int(found[1] + found[2]), int(found[3]), int(found[4])
    if found := _MONTH_YEAR.fullmatch(text):
        month = _months().get((found[1] or "").casefold()) or int(found[4] or found[5] or 0)
        return (int(found[2] or found[3] or found[6]), month, 1) if month else None
    return None


def _century(year: int) -> int:
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names of months in the usual languages, long and short."""
    names: dict[str, int] = {}
    for language in ("es", "fr", "it", "pt", "nl", "de", "en"):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[form][width].items():
                    names[name.casefold().rstrip(".")] = number
    return names | {"sept": 9, "mrz": 3, "maerz": 3}


def _year(text: str, _: Habit) -> int | Problem:
    found = _YEAR.search(text)
    return int(found[0]) if found else Problem(f"“{_short(text)}” holds no year.")


def _flag(text: str, _: Habit) -> bool | Problem:
    word = text.lower()
    if word in _TRUE or (word.isdecimal() and int(word) > 0):
        return True
    return False if word in _FALSE or word == "0" else Problem(f"“{_short(text)}” is neither yes nor no.")


def _email(text: str, _: Habit) -> str | Problem:
    if _USUAL_ADDRESS.fullmatch(text) and len(text) < 200 and ".." not in text:
        return text.lower()
    found = _ADDRESS.search(text)
    try:
        address = (found[1] or found[2]).strip(".") if found else text
        return validate_email(address, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return Problem(f"“{_short(text)}” is not an e-mail address.")


def _website(text: str, _: Habit) -> str | Problem:
    if _USUAL_SITE.fullmatch(text):
        return text
    first = next((part for part in re.split(r"[\s,;|]+", text) if host(part) and "@" not in part.split("/")[0]), "")
    if not first:
        return Problem(f"“{_short(text)}” is not a website.")
    return first if re.match(r"https?://", first, re.IGNORECASE) else f"https://{first.split('://')[-1].lstrip('/')}"


def _linkedin(text: str, habit: Habit) -> str | Problem:
    if re.fullmatch(r"(?:company/|in/)?[\w%-]+/?", text):
        path = text if "/" in text.rstrip("/") else f"company/{text}"
        return f"https://www.linkedin.com/{path}"
    address = _website(text, habit)
    if isinstance(address, Problem) or "linkedin." not in host(address):
        return Problem(f"“{_short(text)}” is not a LinkedIn address.")
    return address


def _phone(text: str, habit: Habit) -> str | Problem:
    """The first number in E.164; its bare digits where nothing says the country or the area."""
    plain = " ".join(text.split())
    several = re.split(r"\s*[;|]\s*|\s*/\s*(?=\+|\d{3})|,\s+", plain)
    for part in (plain, *several):
        if number := e164(part, habit.region):
            return number
    digits = re.sub(r"\D", "", several[0])
    if 7 <= len(digits) <= 15 and len(digits) * 2 >= len(several[0]):
        return digits
    return Problem(f"“{_short(text)}” is not a phone number.")


def _country(text: str, _: Habit) -> str | Problem:
    return _country_named(text) or Problem(f"“{_short(text)}” is not a country.")


@lru_cache(maxsize=1024)
def _country_named(text: str) -> str:
    """The code of a country written in English or a neighbouring language, a slip of the pen allowed."""
    if code := country_code(text):
        return code
    names, name = _country_names(), text.casefold()
    near = process.extractOne(name, names.keys(), scorer=fuzz.ratio, score_cutoff=92) if len(name) > 5 else None
    return names.get(name) or (names[near[0]] if near else "")


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in ("nl", "pt", "it", "es", "fr", "de", "en"):
        territories = Locale(language).territories.items()
        names.update(
            {str(name).casefold(): str(code) for code, name in territories if len(code) == 2 and code.isalpha()}
        )
    return names


def _place(text: str, _: Habit) -> Place:
    """The first of several places, its parts from the right: country, state, city; "Remote" is none."""
    places = [place for place in _LIST.split(text) if place.lower() != "remote"]
    parts = [" ".join(part.split()) for part in (places or [""])[0].split(",") if part.strip()]
    country = ""
    if parts and (code := _country_of(parts)):
        country = code
        parts.pop()
    city, state = (parts[0] if parts else ""), (parts[-1] if len(parts) > 1 else "")
    return Place(city, state, country, text)


def _country_of(parts: list[str]) -> str:
    """The country the last part names; "CA" behind a town is California, not Canada."""
    last = parts[-1]
    if len(parts) > 1 and len(last) == 2 and last.upper() not in ("US", "UK", "GB", "DE", "FR", "UAE"):
        return ""
    return country_code(last) or _country_names().get(last.casefold(), "")


def _currency(text: str, _: Habit) -> str | Problem:
    word = text.lower()
    return _codes().get(word) or _SIGNS.get(word) or Problem(f"“{_short(text)}” is not a currency.")


def _list(text: str, _: Habit) -> tuple[str, ...]:
    """The parts between semicolons, bars or line breaks, else between commas; each once."""
    parts = _LIST.split(text) if _LIST.search(text) else text.split(",")
    return tuple(dict.fromkeys(part for each in parts if (part := " ".join(each.split()))))


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else f"{one_line[:37]}..."


_READERS: dict[Field, Callable[[str, Habit], Value | Problem]] = {
    Field.COMPANY_NAME: _line, Field.WEBSITE: _website, Field.TAGLINE: _line, Field.INDUSTRY: _line,
    Field.HEADCOUNT: _headcount, Field.REVENUE: _money, Field.LOCATION: _place, Field.ADDRESS: _line, Field.CITY: _line,
    Field.STATE: _line, Field.COUNTRY: _country, Field.PHONE: _phone, Field.EMAIL: _email, Field.LINKEDIN: _linkedin,
    Field.FOUNDED_YEAR: _year, Field.TECHNOLOGIES: _list, Field.TAGS: _list, Field.HIRING: _flag,
    Field.FUNDING_STAGE: _line, Field.FUNDING_DATE: _date, Field.COMPANY_STATUS: _line,
    Field.CONTACT_NAME: _line, Field.CONTACT_FIRST_NAME: _line, Field.CONTACT_LAST_NAME: _line,
    Field.CONTACT_TITLE: _line,
    Field.CONTACT_EMAIL: _email, Field.CONTACT_PHONE: _phone, Field.CONTACT_LINKEDIN: _linkedin,
    Field.DEAL_VALUE: _money, Field.CURRENCY: _currency, Field.DEAL_STAGE: _line, Field.CLOSE_DATE: _date,
    Field.OWNER: _line, Field.EXTERNAL_ID: _line,
}  # fmt: skip
