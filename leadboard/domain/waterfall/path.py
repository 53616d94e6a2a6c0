"""The way a record will go through the waterfall if nobody finds anything: the most that can be asked about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from leadboard.domain.services import Service
from leadboard.domain.waterfall.next_step import (
    NOTHING_ASKED,
    Asked,
    Next,
    Passed,
    Step,
    Why,
    next_for_company,
    next_for_person,
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
    steps, last = _walked(asked, lambda now: next_for_person(record, order, services, now, force=force))
    return Path(segment, steps, _spared(last))


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
    steps, last = _walked(asked, lambda now: next_for_company(record, order, services, now, force=force))
    return Path(segment, steps, _spared(last), person=False)


def _walked(asked: Asked, following: Callable[[Asked], Next]) -> tuple[tuple[Step, ...], Next]:
    steps: list[Step] = []
    while step := (last := following(asked)).step:
        steps.append(step)
        asked = replace(asked, now={**asked.now, step.service: False})
    return tuple(steps), last


def _spared(last: Next) -> tuple[Passed, ...]:
    return tuple(each for each in last.passed if each.why is Why.WINDOW)
