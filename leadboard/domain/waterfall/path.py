"""The way a record will go through the waterfall if nobody finds anything: the most that can be asked about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadboard.domain.services import Service
from leadboard.domain.waterfall.next_step import (
    NOTHING_ASKED,
    Asked,
    Passed,
    Step,
    Why,
    turns_for_company,
    turns_for_people,
    turns_for_person,
)
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord
from leadboard.domain.waterfall.roles import Order


@dataclass(frozen=True, slots=True)
class Path:
    """`segment`: the kind of lead; `steps`: the calls, in order, until one finds what is looked for; `spared`: the
    services that need no call, for their answer lies within the window; `person`: or a company."""

    segment: str
    steps: tuple[Step, ...]
    spared: tuple[Passed, ...] = ()
    person: bool = True


def path_of_person(
    record: PersonRecord,
    segment: str,
    order: Order,
    services: Mapping[str, Service],
    asked: Asked = NOTHING_ASKED,
    *,
    force: bool = False,
) -> Path:
    """The path of a person through the standard tier. Parameters as of `next_for_person`."""
    return _path(segment, turns_for_person(record, order, services, asked, force=force), person=True)


def path_of_company(
    record: CompanyRecord,
    segment: str,
    order: Order,
    services: Mapping[str, Service],
    asked: Asked = NOTHING_ASKED,
    *,
    force: bool = False,
) -> Path:
    """The path of a company. Parameters as of `next_for_company`."""
    return _path(segment, turns_for_company(record, order, services, asked, force=force), person=False)


def path_of_people(
    record: CompanyRecord,
    people: int,
    segment: str,
    order: Order,
    services: Mapping[str, Service],
    asked: Asked = NOTHING_ASKED,
) -> Path:
    """The path to the people of a company where so many are known. Parameters as of `next_for_people`."""
    return _path(segment, turns_for_people(record, people, order, services, asked), person=False)


def _path(segment: str, turns: Iterable[Step | Passed], *, person: bool) -> Path:
    """All turns at once: nothing found changes none of those that follow, but that nobody is asked twice."""
    steps: dict[str, Step] = {}
    spared: list[Passed] = []
    for turn in turns:
        if isinstance(turn, Step):
            steps.setdefault(turn.service, turn)
        elif turn.why is Why.WINDOW:
            spared.append(turn)
    return Path(segment, tuple(steps.values()), tuple(spared), person)
