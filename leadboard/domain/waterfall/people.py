"""Who at a company is looked for: services that list its people are asked until there are enough."""

from collections.abc import Mapping

from leadboard.domain.services import Service
from leadboard.domain.waterfall.next_step import Asked, Next, Why, next_of_role
from leadboard.domain.waterfall.record import CompanyRecord
from leadboard.domain.waterfall.roles import Order, Role

ENOUGH = 3
"""People of a company that are enriched, those who decide first."""


def next_for_people(
    record: CompanyRecord, people: int, order: Order, services: Mapping[str, Service], asked: Asked
) -> Next:
    """The next call for people at a company where `people` are known; parameters as in `next_step`."""
    return next_of_role(record, Role.PEOPLE, order, services, asked, Why.KNOWN if people >= ENOUGH else None)
