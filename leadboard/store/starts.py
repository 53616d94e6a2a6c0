"""What a run starts from: the lead as it stands, what and who is known of it, and the profile in force."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select

from leadboard.domain.demo import of_demo_world
from leadboard.domain.icp import Icp
from leadboard.store import icps
from leadboard.store.db import Tx
from leadboard.store.tables import Claim, Contact, Lead, Run, Workspace
from leadboard.store.tenancy import Prepared

COMPANY = (
    *("name", "domain", "website", "what", "description", "industry", "headcount_min", "headcount_max", "city"),
    *("state", "country", "phone", "email", "linkedin", "founded_year", "technologies", "tags", "is_hiring"),
    *("funding_stage", "funding_date", "value"),
)
"""The columns of a lead that say something about the company."""

_MOST_PEOPLE = 100

_LEAD = Prepared(
    select(Lead.id, Run.started_at, *(getattr(Lead, name) for name in COMPANY)).where(  # type: ignore[call-overload]
        col(Lead.id) == Run.lead_id,
        col(Run.id) == bindparam("run"),
        col(Run.ended_at).is_(None),
        col(Lead.deleted_at).is_(None),
    )
)
_CLAIMS = Prepared(
    select(  # type: ignore[call-overload]
        Claim.field, Claim.value, Claim.source, Claim.method, Claim.snippet, Claim.confidence
    )
    .where(col(Claim.lead_id) == bindparam("lead"))
    .order_by(col(Claim.field), col(Claim.confidence).desc(), col(Claim.value))
)
_PEOPLE = Prepared(
    select(  # type: ignore[call-overload]
        Contact.name, Contact.title, Contact.email, Contact.phone, Contact.linkedin
    )
    .where(
        col(Contact.lead_id) == bindparam("lead"),
        col(Contact.source) == bindparam("source"),
        col(Contact.deleted_at).is_(None),
    )
    .order_by(col(Contact.als_score).desc(), col(Contact.name))
    .limit(_MOST_PEOPLE)
)
_WORKSPACE = Prepared(select(Workspace.name, Workspace.demo))


class Start(NamedTuple):
    """`company`: the columns of `COMPANY`; `day`: when the run began, in UTC; `claims`: field, value, source, method,
    snippet and confidence of each; `people`: name, title, email, phone and linkedin of those from one source, best ALS
    first; `demo`: the lead is one of the demo world's."""

    lead_id: UUID
    company: Mapping[str, Any]
    day: date
    claims: Sequence[Any]
    people: Sequence[Any]
    icp: Icp | None
    workspace: str
    demo: bool


async def start_of(tx: Tx, run_id: UUID, source: str) -> Start | None:
    """What a run that goes on starts from, with the people of this source; None when it is over."""
    for lead_id, started_at, *company in await tx.rows(_LEAD, run=run_id):
        claims = await tx.rows(_CLAIMS, lead=lead_id)
        people = await tx.rows(_PEOPLE, lead=lead_id, source=source)
        _, icp = await icps.in_force(tx)
        [(name, demo)] = await tx.rows(_WORKSPACE)
        values, day = dict(zip(COMPANY, company, strict=True)), (started_at or tx.now).date()
        demo = demo and of_demo_world(values["domain"] or "")
        return Start(lead_id, values, day, claims, people, icp, name, demo)
    return None
