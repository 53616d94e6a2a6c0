"""A workspace's leads as a draft of the profile is held against them: some at a time, only what scoring reads."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.orm import load_only
from sqlmodel import col, func, select

from leadboard.domain.company import Person
from leadboard.domain.icp_match import Candidate
from leadboard.store.db import Tx
from leadboard.store.scores import company_of
from leadboard.store.tables import Contact, Lead

FIRST = UUID(int=0)

_NAMES = (
    *("name", "domain", "value", "fit_score", "industry", "headcount_min", "headcount_max", "country", "state", "city"),
    *("what", "description", "tags", "technologies", "is_hiring", "funding_stage", "funding_date"),
)
_READ = load_only(*(getattr(Lead, name) for name in _NAMES))

_FOLLOWING = (
    select(Lead)
    .options(_READ)
    .where(col(Lead.id) > bindparam("after"), col(Lead.deleted_at).is_(None))
    .order_by(col(Lead.id))
    .limit(bindparam("at_most"))  # type: ignore[arg-type]
)
_PEOPLE = select(Contact.lead_id, Contact.title, col(Contact.role_started)).where(
    col(Contact.lead_id).in_(bindparam("leads", expanding=True)), col(Contact.deleted_at).is_(None)
)


async def following(tx: Tx, after: UUID, limit: int) -> list[Candidate]:
    """The next leads behind this id, in the order of ids; `FIRST` begins."""
    leads = (await tx.exec(_FOLLOWING, params={"after": after, "at_most": limit})).all()
    people = await _people(tx, [lead.id for lead in leads])
    return [
        Candidate(lead.id, lead.name, lead.domain, company_of(lead), tuple(people[lead.id]), lead.value, lead.fit_score)
        for lead in leads
    ]


async def _people(tx: Tx, lead_ids: Sequence[UUID]) -> dict[UUID, list[Person]]:
    """What the fit score reads of the contacts, by lead."""
    by_lead: dict[UUID, list[Person]] = defaultdict(list)
    for lead_id, title, role_started in await tx.exec(_PEOPLE, params={"leads": lead_ids}):
        by_lead[lead_id].append(Person(title=title, role_started=role_started))
    return by_lead


async def scored_with(tx: Tx, version: int) -> tuple[int, int]:
    """How many leads there are, and how many of them have a score of this version or a later one."""
    statement = select(func.count(), func.count().filter(col(Lead.fit_icp_version) >= version))
    leads, scored = (await tx.exec(statement.where(col(Lead.deleted_at).is_(None)))).one()
    return leads, scored
