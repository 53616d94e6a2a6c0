"""Which column means which field: from its name first, and always from its values."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from leadboard.domain.places import country_code
from leadboard.domain.tabular.fields import Field
from leadboard.domain.tabular.headings import Heading, read_heading, simplify
from leadboard.domain.tabular.looks import EMAIL, MISSING, URL, YEAR, is_number, kind
from leadboard.domain.words import word_set

_COMPANY = {
    "name": Field.COMPANY_NAME, "website": Field.WEBSITE, "tagline": Field.TAGLINE, "description": Field.DESCRIPTION,
    "industry": Field.INDUSTRY, "headcount": Field.HEADCOUNT, "revenue": Field.REVENUE, "location": Field.LOCATION,
    "address": Field.ADDRESS, "city": Field.CITY, "state": Field.STATE, "country": Field.COUNTRY, "phone": Field.PHONE,
    "email": Field.EMAIL, "linkedin": Field.LINKEDIN, "founded_year": Field.FOUNDED_YEAR, "tags": Field.TAGS,
    "technologies": Field.TECHNOLOGIES, "hiring": Field.HIRING, "funding_stage": Field.FUNDING_STAGE,
    "funding_date": Field.FUNDING_DATE, "status": Field.COMPANY_STATUS,
}  # fmt: skip
_CONTACT = {
    "name": Field.CONTACT_NAME, "full_name": Field.CONTACT_NAME, "first_name": Field.CONTACT_FIRST_NAME,
    "last_name": Field.CONTACT_LAST_NAME, "title": Field.CONTACT_TITLE, "email": Field.CONTACT_EMAIL,
    "phone": Field.CONTACT_PHONE, "linkedin": Field.CONTACT_LINKEDIN,
}  # fmt: skip
_DEAL = {
    "value": Field.DEAL_VALUE, "currency": Field.CURRENCY, "stage": Field.DEAL_STAGE, "close_date": Field.CLOSE_DATE,
    "owner": Field.OWNER, "id": Field.EXTERNAL_ID,
}  # fmt: skip
_OF_PEOPLE = frozenset({"first_name", "last_name", "full_name", "title"})
_ROUNDS = re.compile(
    r"(?:pre-?)?seed|angel|series [a-k]\b.*|early(?: stage)?|growth(?: stage)?|late(?: stage)?|ipo|bootstrapped|"
    r"private equity|venture|debt|grant|public",
    re.IGNORECASE,
)
_PHONE = re.compile(r"[+(]?[\d\s().\-/+]{6,}(?:(?:x|ext\.?)\s?\d+)?")
_YES_NO = word_set("true false yes no y n 1 0 ja nein oui non si sí x wahr falsch vrai faux")
_RANGE = re.compile(
    r"\d[\d.,\s]*(?:[kK]|\+|\s?[-–—]\s?\d[\d.,kK]*\+?|\s?(?:to|bis|à)\s?\d+)?(?:\s\D{1,20})?|[<>]\s?\d+"
)
_PLAIN_SITE = re.compile(r"(?:https?://)?[^/\s]+/?")

_TESTS: dict[Field, Callable[[str], bool]] = {
    Field.EMAIL: lambda text: bool(EMAIL.search(text)),
    Field.WEBSITE: lambda text: bool(URL.match(text)),
    Field.LINKEDIN: lambda text: "linkedin" in text or bool(re.fullmatch(r"[\w/-]+", text)),
    Field.PHONE: lambda text: bool(_PHONE.match(text)),
    Field.HEADCOUNT: lambda text: bool(_RANGE.match(text)),
    Field.REVENUE: lambda text: bool(re.search(r"\d", text)),
    Field.DEAL_VALUE: lambda text: is_number(text) or bool(re.match(r"\D{0,4}\d", text)),
    Field.FOUNDED_YEAR: lambda text: bool(re.search(r"(?:1[5-9]|20)\d\d", text)),
    Field.FUNDING_DATE: lambda text: kind(text) == "date" or bool(re.search(r"\d{2}", text)),
    Field.CLOSE_DATE: lambda text: kind(text) == "date" or bool(re.search(r"\d{2}", text)),
    Field.HIRING: lambda text: text.lower() in _YES_NO or text.isdecimal(),
    Field.FUNDING_STAGE: lambda text: not is_number(text) and not YEAR.fullmatch(text),
    Field.COMPANY_NAME: lambda text: not EMAIL.fullmatch(text) and not is_number(text),
    Field.CONTACT_TITLE: lambda text: not is_number(text),
    Field.OWNER: lambda text: not is_number(text) or len(text) < 12,
    Field.CURRENCY: lambda text: len(text) <= 12 and not is_number(text),
    Field.CITY: lambda text: not is_number(text),
    Field.INDUSTRY: lambda text: not EMAIL.fullmatch(text),
}
_TESTS |= {
    Field.CONTACT_EMAIL: _TESTS[Field.EMAIL],
    Field.CONTACT_PHONE: _TESTS[Field.PHONE],
    Field.CONTACT_LINKEDIN: _TESTS[Field.LINKEDIN],
    Field.COUNTRY: _TESTS[Field.CITY],
    Field.CONTACT_NAME: _TESTS[Field.COMPANY_NAME],
    Field.CONTACT_FIRST_NAME: _TESTS[Field.COMPANY_NAME],
    Field.CONTACT_LAST_NAME: _TESTS[Field.COMPANY_NAME],
}
_LEAST_TRUE = 0.2
_SURELY = 0.8


@dataclass(frozen=True)
class _Column:
    at: int
    name: str
    heading: Heading | None
    values: tuple[str, ...]

    def share(self, test: Callable[[str], bool]) -> float:
        """How much of what stands in the column passes; 1 for an empty column."""
        return sum(map(test, self.values)) / len(self.values) if self.values else 1.0


def guess_mapping(header: Sequence[str], samples: Sequence[Sequence[str]]) -> dict[str, Field]:
    """Column -> field, each at most once. `samples` holds a few values of each column, in the header's order.

    A name decides which field a column is tried for; values it cannot hold rule it out ("Email" full of dates), tell
    two fields apart (a location that is always a country) and name a column whose heading says nothing.
    """
    columns = [_column(at, name, values) for at, (name, values) in enumerate(zip(header, samples, strict=True))]
    people = _is_about_people(columns)
    wishes = sorted(
        (_rank(column, field, people), column.at, column, field)
        for column in columns
        for field in _fields(column, people, columns)
    )
    taken: dict[Field, _Column] = {}
    used: set[int] = set()
    for _, at, column, field in wishes:
        if field not in taken and at not in used and _holds(column, field):
            taken[field] = column
            used.add(at)
    for column in columns:
        if column.at not in used and (field := _by_values(column, people)) and field not in taken:
            taken[field] = column
            used.add(column.at)
    return {column.name: field for field, column in sorted(taken.items(), key=lambda item: item[1].at)}


def _column(at: int, name: str, values: Iterable[str]) -> _Column:
    said = tuple(text for value in values if (text := value.strip()).lower() not in MISSING)
    return _Column(at, name, read_heading(name), said)


def _is_about_people(columns: Sequence[_Column]) -> bool:
    """Whether rows are persons: "email" is then theirs, and "name" too when there is a column for the company."""
    some = any(column.values for column in columns)
    headings = [column.heading for column in columns if column.heading and (column.values or not some)]
    return any(_is_personal(heading) for heading in headings)


def _is_personal(heading: Heading) -> bool:
    """Whether only persons have it; a bare "title" may be a book's."""
    return heading.owner == "contact" or (heading.attribute in _OF_PEOPLE and not _is_bare_title(heading))


def _is_bare_title(heading: Heading) -> bool:
    return heading.attribute == "title" and heading.rank != 1


def _fields(column: _Column, people: bool, columns: Sequence[_Column]) -> list[Field]:
    """The fields the column's name allows, the likeliest first."""
    heading = column.heading
    if heading is None:
        return []
    attribute, owner = heading.attribute, heading.owner
    if attribute == "stage":
        rounds = bool(column.values) and column.share(lambda text: bool(_ROUNDS.fullmatch(text))) >= _SURELY
        return [Field.FUNDING_STAGE] if rounds and owner != "deal" else [Field.DEAL_STAGE]
    if attribute == "name" and not owner:
        company_elsewhere = any(_names_company(other) for other in columns if other is not column)
        others = {other.heading.attribute for other in columns if other.heading}
        if len(half := others & {"first_name", "last_name"}) == 1:
            return [Field.CONTACT_LAST_NAME if "first_name" in half else Field.CONTACT_FIRST_NAME]
        return (
            [Field.CONTACT_NAME] if company_elsewhere and people else [] if company_elsewhere else [Field.COMPANY_NAME]
        )
    if attribute == "location" and column.values and column.share(lambda text: bool(country_code(text))) >= 0.95:
        return [Field.COUNTRY, Field.LOCATION]
    if attribute == "country" or attribute in ("city", "state", "address"):
        return [_COMPANY[attribute]]
    if attribute == "title" and (owner == "deal" or (_is_bare_title(heading) and not people)):
        return []
    if attribute in _CONTACT and attribute not in _COMPANY:
        return [_CONTACT[attribute]]
    if attribute in _CONTACT and (owner == "contact" or (people and owner != "company")):
        return [_CONTACT[attribute], *([_COMPANY[attribute]] if attribute == "phone" and owner != "contact" else [])]
    if attribute in _COMPANY and owner != "deal":
        return [_COMPANY[attribute]]
    return [_DEAL[attribute]] if attribute in _DEAL else []


def _names_company(column: _Column) -> bool:
    return column.heading is not None and column.heading.attribute == "name" and column.heading.owner == "company"


def _rank(column: _Column, field: Field, people: bool) -> tuple[int, int]:
    """Lower is surer: the exact names first, and the record's own columns before others'."""
    heading = column.heading
    assert heading is not None
    owner = {"company": "company", "contact": "contact", "deal": "deal"}.get(heading.owner, "")
    own = 0 if owner == field.record else 1 if not owner else 2
    if field is Field.EXTERNAL_ID:
        own = {"deal": 0, "": 1, "company": 2, "contact": 3}[owner]
    if field is Field.OWNER:
        own = 0
    if field.record == "company" and not people:
        own = min(own, 1) if own else 1
    return heading.rank + (3 * own if own > 1 else own), own


def _holds(column: _Column, field: Field) -> bool:
    """Whether the column's values are not against the field."""
    test = _TESTS.get(field)
    return test is None or column.share(test) >= _LEAST_TRUE


def _by_values(column: _Column, people: bool) -> Field | None:
    """What the values alone say, of columns whose names say nothing fitting."""
    if len(column.values) < 3:
        return None
    if column.share(lambda text: bool(EMAIL.fullmatch(text))) >= _SURELY:
        return Field.CONTACT_EMAIL if people else Field.EMAIL
    if column.share(lambda text: "linkedin.com/in/" in text) >= _SURELY:
        return Field.CONTACT_LINKEDIN
    if column.share(lambda text: "linkedin.com/" in text) >= _SURELY:
        return Field.LINKEDIN
    is_site = column.share(lambda text: bool(URL.fullmatch(text) and _PLAIN_SITE.fullmatch(text))) >= _SURELY
    if is_site and "url" not in simplify(column.name).split()[1:]:
        return Field.WEBSITE
    return None
