"""The facts of a company that a person may set by hand: how each is typed, read, and shown to be typed again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from re import search
from typing import Any

from leadboard.domain.drafts import LARGEST_AMOUNT
from leadboard.domain.identity import registrable_domain, why_not_a_company
from leadboard.domain.places import country_name
from leadboard.domain.tabular import Field, Habit, Headcount, Money, Problem, parse
from leadboard.errors import NotFound, Refused


@dataclass(frozen=True)
class Fact:
    """One fact: the columns of a lead that hold it, and the field of an import that is read the same way."""

    key: str
    label: str
    field: Field
    columns: tuple[str, ...]
    hint: str = ""
    """What to type instead of something that cannot be read."""
    keyboard: str = "text"
    """Which keys a phone shows: the `inputmode` of its input."""
    longest: int = 200
    listed: bool = True
    """Whether the sheet lists it among the facts; another one is only chosen from what sources say."""

    @property
    def noun(self) -> str:
        """Its label within a sentence."""
        return self.label if self.label == "LinkedIn" else self.label[0].lower() + self.label[1:]


FACTS = {
    fact.key: fact
    for fact in (
        Fact("name", "Name", Field.COMPANY_NAME, ("name",)),
        Fact("website", "Website", Field.WEBSITE, ("website",), "Type an address like acme.com.", "url"),
        Fact("what", "What it does", Field.TAGLINE, ("what",), longest=300),
        Fact("description", "Description", Field.DESCRIPTION, ("description",), longest=5_000, listed=False),
        Fact("industry", "Industry", Field.INDUSTRY, ("industry",)),
        Fact(
            *("headcount", "Employees", Field.HEADCOUNT, ("headcount_min", "headcount_max")),
            hint="Type a number or a range, like 11–50.",
        ),
        Fact("founded", "Founded", Field.FOUNDED_YEAR, ("founded_year",), "Type a year, like 1998.", "numeric"),
        Fact("address", "Address", Field.ADDRESS, ("address",), longest=400, listed=False),
        Fact("city", "City", Field.CITY, ("city",)),
        Fact("state", "State or region", Field.STATE, ("state",), listed=False),
        Fact("country", "Country", Field.COUNTRY, ("country",), "Type its name or code, like Norway or NO."),
        Fact("phone", "Phone", Field.PHONE, ("phone",), "Type it with its country code, like +47 22 12 34 56.", "tel"),
        Fact("email", "E-mail", Field.EMAIL, ("email",), "Type an address like info@acme.com.", "email"),
        Fact(
            *("linkedin", "LinkedIn", Field.LINKEDIN, ("linkedin",)),
            hint="Type the address of their page.",
            keyboard="url",
        ),
        Fact("value", "Value", Field.DEAL_VALUE, ("value",), "Type a number, like 48,000 or 48k."),
    )
}
"""Key -> fact, in the order they are shown."""


def fact_of(key: str) -> Fact:
    """The fact of a key; `NotFound` for any other word."""
    if key not in FACTS:
        raise NotFound("fact")
    return FACTS[key]


_CLAIMED = {fact.field.value: fact for fact in FACTS.values()} | {"founded": FACTS["founded"]}


def claimed(field: str) -> Fact | None:
    """The fact that a claim or an imported value of this field is about; None for what no person sets."""
    return _CLAIMED.get(field)


def typed(fact: Fact, lead: Mapping[str, Any]) -> str:
    """The fact as a person would type it, empty when it is not known; `read` makes the same of it again."""
    value = lead[fact.columns[0]]
    match fact.field:
        case Field.HEADCOUNT:
            return _people(value, lead["headcount_max"])
        case Field.COUNTRY:
            return country_name(value) if value else ""
        case Field.DEAL_VALUE:
            return "" if value is None else f"{Decimal(value) / 100:,.2f}".removesuffix(".00")
    return "" if value is None else str(value)


def _people(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    low = low or 0
    return f"{low}+" if high is None else f"{low}" if low == high else f"{low}–{high}"


def read(fact: Fact, text: str, *, currency: str, region: str) -> dict[str, Any]:
    """What was typed, as values of the fact's columns; nothing typed empties them.

    `currency` is the workspace's, `region` (ISO alpha-2) the country of phone numbers without a +. `Refused` at the
    fact's key says what is wrong and what to type.
    """
    text = "".join(char if char.isprintable() else " " for char in text).strip()
    if len(text) > fact.longest:
        raise _refused(fact, f"This has {len(text):,} characters; at most {fact.longest} are kept.")
    value = parse(fact.field, text, Habit(decimal=_decimal(text), region=region))
    match value:
        case Problem(sentence):
            raise _refused(fact, sentence)
        case Headcount(low, high):
            return {"headcount_min": low, "headcount_max": high}
        case Money():
            return {"value": _minor(fact, value, currency)}
    _check(fact, value)
    nothing = None if fact.field in (Field.HEADCOUNT, Field.FOUNDED_YEAR, Field.DEAL_VALUE) else ""
    return dict.fromkeys(fact.columns, nothing if value is None else value)


def meant(fact: Fact, text: str, *, currency: str, region: str) -> str:
    """What a source says of a fact, as a person would type it: two that mean the same read alike. Empty when it cannot
    be read."""
    try:
        return typed(fact, read(fact, text, currency=currency, region=region))
    except Refused:
        return ""


def _decimal(text: str) -> Any:
    """Nobody writes thousandths of money or people: a point before three digits parts thousands."""
    return "," if search(r"\d\.\d{3}(?!\d)", text) else "."


def _check(fact: Fact, value: Any) -> None:
    """Refuse a name or website that is plainly no company's."""
    if fact.field is Field.COMPANY_NAME:
        if value is None:
            raise _refused(fact, "A lead needs a name.")
        if why := why_not_a_company(value, ""):
            raise _refused(fact, why)
    if fact.field is Field.WEBSITE and value is not None:
        if not registrable_domain(value):
            raise _refused(fact, f"“{value}” is not a website.")
        if why := why_not_a_company("a company", value):
            raise Refused(why, field=fact.key)


def _minor(fact: Fact, money: Money, currency: str) -> int:
    if (money.currency or currency) != currency:
        sentence = f"This is in {money.currency}, and this workspace counts in {currency}. Type it in {currency}."
        raise Refused(sentence, field=fact.key)
    if abs(money.amount) >= LARGEST_AMOUNT:
        raise _refused(fact, f"{money.amount:,} is too large to be an amount of money.")
    return round(money.amount * 100)


def _refused(fact: Fact, sentence: str) -> Refused:
    return Refused(" ".join(part for part in (sentence, fact.hint) if part), field=fact.key)
