"""What a row of an import says about a lead and one of its people, in the columns of our tables. Pure, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from leadboard.domain.deal_stages import sales_stage_of
from leadboard.domain.identity import normalise_name, registrable_domain, somebody_elses, why_not_a_company
from leadboard.domain.tabular import Field, Headcount, Money, Place

LARGEST_AMOUNT = Decimal(10) ** 15
"""In whole units: beyond it an amount is a slip, and would not fit the database."""

_LEAD = {
    Field.COMPANY_NAME: "name",
    Field.WEBSITE: "website",
    Field.TAGLINE: "what",
    Field.DESCRIPTION: "description",
    Field.INDUSTRY: "industry",
    Field.CITY: "city",
    Field.STATE: "state",
    Field.COUNTRY: "country",
    Field.ADDRESS: "address",
    Field.PHONE: "phone",
    Field.EMAIL: "email",
    Field.LINKEDIN: "linkedin",
    Field.FOUNDED_YEAR: "founded_year",
    Field.TECHNOLOGIES: "technologies",
    Field.TAGS: "tags",
    Field.HIRING: "is_hiring",
    Field.FUNDING_STAGE: "funding_stage",
    Field.FUNDING_DATE: "funding_date",
    Field.DEAL_STAGE: "deal_stage",
    Field.CLOSE_DATE: "close_date",
    Field.OWNER: "owner_name",
    Field.EXTERNAL_ID: "external_id",
}
_CONTACT = {
    Field.CONTACT_NAME: "name",
    Field.CONTACT_TITLE: "title",
    Field.CONTACT_EMAIL: "email",
    Field.CONTACT_PHONE: "phone",
    Field.CONTACT_LINKEDIN: "linkedin",
}

NOBODY = "This row names no company and no person. Fill in the company's name, its website or an e-mail address."
NO_COMPANY = (
    "This person has no company: there is none in the row, and the address is at no company's own domain. "
    "Add the company's name or website."
)
NO_IDENTITY = "A person needs a name or an e-mail address, so what else the row says about one is left out."


@dataclass(frozen=True, slots=True)
class Draft:
    """One row. `lead` and `contact` hold columns of the tables; a row with a `refusal` cannot be imported.

    A row that has only a domain says no name, so none is in `lead`; `title` is what to call it.
    """

    number: int
    cells: tuple[str, ...]
    said: Mapping[str, Any]
    """Field -> what the row says, as JSON for people: the passport of these values."""
    title: str
    key: str = ""
    """The identity of the company."""
    lead: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def domain(self) -> str:
        """The company's own domain, or an empty text."""
        return self.lead.get("domain", "")

    @property
    def emails(self) -> tuple[str, ...]:
        """The addresses in the row, the company's first."""
        found = (self.lead.get("email", ""), self.contact.get("email", ""))
        return tuple(dict.fromkeys(email for email in found if email))


def draft(number: int, cells: Sequence[str], values: Mapping[Field, Any], notes: Sequence[str], currency: str) -> Draft:
    """The row as a draft. `currency` is the workspace's; amounts in another one are left out, and said."""
    said = list(notes)
    contact = _contact(values, said)
    lead = {column: values[name] for name, column in _LEAD.items() if name in values}
    _place(lead, values.get(Field.LOCATION))
    _headcount(lead, values.get(Field.HEADCOUNT))
    for name, column in ((Field.REVENUE, "revenue"), (Field.DEAL_VALUE, "value")):
        amount = _minor(name, values, currency, said)
        if amount is not None:
            lead[column] = amount
    if "deal_stage" in lead:
        lead["sales_stage"] = sales_stage_of(lead["deal_stage"]).value
    for column in ("technologies", "tags"):
        if column in lead:
            lead[column] = list(lead[column])
    title, refusal = _identify(lead, contact)
    passport = {name.value: _plain(value) for name, value in values.items()}
    key = lead.get("domain") or lead.get("name_key", "")
    return Draft(number, tuple(cells), passport, title, key, lead, contact, tuple(said), refusal)


def _plain(value: Any) -> Any:
    match value:
        case Headcount(low, high):
            return f"{low}+" if high is None else f"{low}" if low == high else f"{low}–{high}"
        case Money(amount, currency):
            return f"{amount:,} {currency}".strip()
        case Place():
            return value.text
        case date():
            return value.isoformat()
        case bool():
            return "yes" if value else "no"
        case tuple():
            return list(value)
        case _:
            return value


def _identify(lead: dict[str, Any], contact: Mapping[str, Any]) -> tuple[str, str]:
    """Put the keys of the company into `lead`; returns what to call the row, and why it is none of a company."""
    name, website = lead.get("name", ""), lead.get("website", "")
    person = contact.get("name") or contact.get("email", "")
    if not name and not website:
        found = next((own for email in (lead.get("email"), contact.get("email")) if (own := _own_domain(email))), "")
        if not found:
            return person or lead.get("email", ""), NO_COMPANY if contact or lead.get("email") else NOBODY
        website = lead["website"] = f"https://{found}"
    domain = registrable_domain(website) if website else ""
    called = name or domain
    if why := why_not_a_company(called, website):
        return called, why
    if name:
        lead["name_key"] = normalise_name(name)
    if domain:
        lead["domain"] = domain
    known = domain or lead.get("name_key", "")
    return called, "" if known else "The name has no letters or digits to tell the company by."


def _own_domain(email: str | None) -> str:
    return registrable_domain(email) if email and not somebody_elses(email) else ""


def _contact(values: Mapping[Field, Any], said: list[str]) -> dict[str, Any]:
    contact = {column: values[name] for name, column in _CONTACT.items() if name in values}
    if "name" not in contact:
        parts = (values.get(Field.CONTACT_FIRST_NAME, ""), values.get(Field.CONTACT_LAST_NAME, ""))
        if full := " ".join(part for part in parts if part):
            contact["name"] = full
    if not contact:
        return {}
    key = contact_key(contact.get("email", ""), contact.get("name", ""))
    if not key:
        said.append(NO_IDENTITY)
        return {}
    return contact | {"key": key}


def contact_key(email: str, name: str) -> str:
    """By what a person is known within a company: the address, else the name."""
    return email.strip().lower() or " ".join(name.casefold().split())


def _place(lead: dict[str, Any], place: Place | None) -> None:
    if place is None:
        return
    found = {"city": place.city, "state": place.state, "country": place.country}
    if not any(found.values()):
        found = {"address": place.text}
    for column, text in found.items():
        if text:
            lead.setdefault(column, text)


def _headcount(lead: dict[str, Any], headcount: Headcount | None) -> None:
    if headcount is not None:
        lead["headcount_min"], lead["headcount_max"] = headcount.min, headcount.max


def _minor(name: Field, values: Mapping[Field, Any], currency: str, said: list[str]) -> int | None:
    """An amount in minor units of the workspace's currency; nobody here knows an exchange rate."""
    money: Money | None = values.get(name)
    if money is None:
        return None
    theirs = money.currency or values.get(Field.CURRENCY, "") or currency
    if theirs != currency:
        said.append(
            f"{name.label}: {money.amount:,} {theirs} is left out, because this workspace counts in {currency}. "
            f"Convert it and import the row again."
        )
        return None
    if abs(money.amount) >= LARGEST_AMOUNT:
        said.append(f"{name.label}: {money.amount:,} is too large to be an amount of money, so it is left out.")
        return None
    return round(money.amount * 100)
