"""What a service found becomes part of a record: empty fields are filled, what is there stays.

Only `force` writes over values, and never over those that a person is behind.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from leadboard.domain.found import EmailStatus, FoundCompany, FoundPerson
from leadboard.domain.places import country_code
from leadboard.domain.services import Task
from leadboard.domain.waterfall import normalise
from leadboard.domain.waterfall.passport import Passport
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord, Record
from leadboard.domain.words import words

R = TypeVar("R", bound=Record)
_May = Callable[[str], bool]
"""Whether a field may be set."""

_PLACE = ("country", "state", "city", "address")
"""From the widest to the narrowest: they come from one source, or a street would stand in another country."""


@dataclass(frozen=True, slots=True)
class Merged(Generic[R]):
    """The record after an answer, and the fields that the answer has set."""

    record: R
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """The call an answer came from: `cost_micros` (millionths of a US dollar) is shared out among what it has set."""

    service: str
    at: datetime
    cost_micros: int = 0


class _Value(NamedTuple):
    text: str
    confidence: float


def merge_person(
    record: PersonRecord,
    found: FoundPerson,
    call: Call,
    *,
    force: bool = False,
    fresh: Collection[str] = (),
) -> Merged[PersonRecord]:
    """The record with what a service knows of the person. An address the service itself calls invalid is none.

    `force` writes over what services said before this pass; `fresh`: those that found something in it: theirs stays.
    """
    may = partial(record.may_write, force=force, fresh=frozenset(fresh) - {call.service})
    usable = found.email if found.email_status is not EmailStatus.INVALID else ""
    sure = found.confidence
    values = {
        "first_name": _Value(normalise.tidy(found.first_name), sure),
        "last_name": _Value(normalise.tidy(found.last_name), sure),
        "title": _Value(normalise.title(found.title), sure),
        "email": _Value(normalise.email(usable), found.email_confidence),
        "phone": _Value(normalise.tidy(found.phone), sure),
        "linkedin": _Value(normalise.tidy(found.linkedin), sure),
        "company": _Value(normalise.company_name(found.company), sure),
        "domain": _Value(normalise.tidy(found.domain).lower(), sure),
    }
    return _merged(_with_ref(record, call, found.ref), values, call, Task.PERSON, may)


def merge_company(
    record: CompanyRecord,
    found: FoundCompany,
    call: Call,
    *,
    force: bool = False,
    fresh: Collection[str] = (),
) -> Merged[CompanyRecord]:
    """The record with what a service knows of the company, the surest fact of each field.

    The parts of an address are taken together, and only where none of them speaks against what is known.
    Parameters as above.
    """
    may = partial(record.may_write, force=force, fresh=frozenset(fresh) - {call.service})
    values = dict(_facts(found))
    if not _same_place(record, values, may):
        values = {name: value for name, value in values.items() if name not in _PLACE}
    return _merged(_with_ref(record, call, found.ref), values, call, Task.COMPANY, may)


def _facts(found: FoundCompany) -> Iterator[tuple[str, _Value]]:
    sure = max((fact.confidence for fact in found.facts), default=0.0)
    yield "name", _Value(normalise.company_name(found.name), sure)
    yield "domain", _Value(normalise.tidy(found.domain).lower(), sure)
    for fact in sorted(found.facts, key=lambda fact: fact.confidence):  # the surest is written last
        if fact.field in CompanyRecord.fields and (text := _NORMALISE.get(fact.field, normalise.tidy)(fact.value)):
            yield fact.field, _Value(text, fact.confidence)


_NORMALISE = {"industry": normalise.industry, "email": normalise.email, "description": str.strip}


def _same_place(record: CompanyRecord, values: Mapping[str, _Value], may: _May) -> bool:
    """Whether no part of the place that stays says something else than what was found."""
    return all(
        _place(name, record.value(name)) == _place(name, values[name].text)
        for name in _PLACE[:-1]
        if name in values and record.value(name) and not may(name)
    )


def _place(name: str, text: str) -> str:
    return (country_code(text) if name == "country" else "") or " ".join(words(text))


def _with_ref(record: R, call: Call, ref: str) -> R:
    """The record with the id this service gave it, to ask it again by."""
    return replace(record, refs={**record.refs, call.service: ref}) if ref else record


def _merged(record: R, values: Mapping[str, _Value], call: Call, task: Task, may: _May) -> Merged[R]:
    new = {name: each for name, each in values.items() if each.text and may(name)}
    if not new:
        return Merged(record)
    each, rest = divmod(call.cost_micros, len(new))
    passports = {
        name: Passport(call.service, value.confidence, str(task), each + (at < rest), call.at)
        for at, (name, value) in enumerate(new.items())
    }
    texts = {name: value.text for name, value in new.items()}
    return Merged(replace(record, **texts, passports={**record.passports, **passports}), tuple(new))
