"""What a batch over leads will probably find and cost, from how the calls of the last 90 days went."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import cycle, islice
from uuid import UUID

from sqlmodel import col, select

from leadboard.domain.batches import TOGETHER
from leadboard.domain.services import Service, Task
from leadboard.domain.waterfall.forecast import Forecast, forecast
from leadboard.domain.waterfall.next_step import ENOUGH, Asked, Step
from leadboard.domain.waterfall.passport import origin
from leadboard.domain.waterfall.path import Path, path_of_company, path_of_people, path_of_person
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord
from leadboard.domain.waterfall.roles import Order, Role, for_kinds, only
from leadboard.domain.waterfall.segments import segment_of, widening
from leadboard.store import asks, companies, contacts, orders, scores
from leadboard.store.db import Tx
from leadboard.store.tables import Contact, Lead

MOST = 200
"""Leads that are looked at: the forecast of more is that of these, so many times over."""


async def of_leads(
    tx: Tx, lead_ids: Sequence[UUID], services: Mapping[str, Service], demo: Collection[str]
) -> Forecast:
    """The forecast of a batch over these leads. `services`: those that can be asked, by name; `demo`: the names of
    those that the demo world answers for."""
    looked = lead_ids[:MOST]
    leads = (await tx.exec(select(Lead).where(col(Lead.id).in_(looked), col(Lead.deleted_at).is_(None)))).all()
    people = await _people(tx, looked)
    ids = [*looked, *(contact.id for there in people.values() for contact in there)]
    asked: Window = {
        (about, task): {
            each.service: each.hit for each in answered if each.task is task and each.demo is (each.service in demo)
        }
        for about, answered in (await asks.asked_of_each(tx, ids)).items()
        for task in Task
    }
    chosen = await orders.by_kind(tx)
    each = [_paths(lead, people[lead.id], asked, chosen, services) for lead in leads]
    paths = [path for many in islice(cycle(each), len(lead_ids)) for path in many] if each else []
    paces = {name: service.pace for name, service in services.items()}
    history = await asks.history(tx)
    return forecast(paths, history, together=TOGETHER, paces=paces, premium_step=_premium(chosen, services))


async def _people(tx: Tx, lead_ids: Sequence[UUID]) -> Mapping[UUID, list[Contact]]:
    """The contacts of leads, best first, so many as a batch enriches."""
    statement = select(Contact).where(col(Contact.lead_id).in_(lead_ids), col(Contact.deleted_at).is_(None))
    people: dict[UUID, list[Contact]] = defaultdict(list)
    for contact in (await tx.exec(statement.order_by(col(Contact.als_score).desc(), col(Contact.name)))).all():
        if len(people[contact.lead_id]) < ENOUGH:
            people[contact.lead_id].append(contact)
    return people


Window = Mapping[tuple[UUID, Task], dict[str, bool]]


def _paths(
    lead: Lead, people: Sequence[Contact], asked: Window, chosen: Mapping[str, Order], services: Mapping[str, Service]
) -> list[Path]:
    """The ways of a lead, of those known there, and of as many as will probably be found beside them."""
    segment = segment_of(scores.company_of(lead))
    order = only(for_kinds(chosen, widening(segment)), services)
    company = companies.record_of(lead)

    def window(about: UUID, task: Task) -> Asked:
        return Asked(asked.get((about, task), {}))

    known = [
        path_of_person(contacts.record_of(each, lead), segment, order, services, window(each.id, Task.PERSON))
        for each in people
    ]
    found = path_of_people(company, len(people), segment, order, services, window(lead.id, Task.PEOPLE))
    somebody = path_of_person(_somebody(company), segment, order, services)
    others = [somebody] * (ENOUGH - len(people)) if found.steps else []
    return [
        path_of_company(company, segment, order, services, window(lead.id, Task.COMPANY)),
        found,
        *known,
        *others,
    ]


def _somebody(company: CompanyRecord) -> PersonRecord:
    """Somebody whom a service will name, with a profile."""
    return PersonRecord(
        first_name="?", last_name="?", linkedin="?", company=company.name, domain=company.domain, origin=origin("list")
    )


def _premium(chosen: Mapping[str, Order], services: Mapping[str, Service]) -> Step | None:
    order = only(for_kinds(chosen, ("",)), services)
    for name in order[Role.PREMIUM]:
        if offer := services[name].offer(Task.PERSON):
            return Step(Role.PREMIUM, name, Task.PERSON, offer.micros, offer.always)
    return None
