"""Leads and what is known about them."""

from datetime import date, datetime
from functools import reduce
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, Relationship, SQLModel

from leadboard.domain.package import AgentResult, Sections, merge
from leadboard.domain.stages import AGENTS, SalesStage, Stage, Status
from leadboard.domain.stages import Column as BoardColumn
from leadboard.store.tables.base import Tenant, UtcTime, belongs_to, of_workspace, utcnow

_LIVE = text("deleted_at IS NULL")
_FILTERED = text("deleted_at IS NULL AND length(name_key) >= 0")
"""True of every lead that is not deleted, but SQLite takes an index on it only for who says so: the widest index is for
filters alone (`store.filters`)."""


class Lead(Tenant, table=True):
    """A company found for a workspace: the card on the board.

    Money is in minor units of the workspace's currency; `fit_score` is -1 until scored; `column` follows `stage` and
    `sales_stage` (`domain.stages.column_of`).
    """

    __table_args__ = (
        of_workspace(),
        Index("ux_lead_key", "workspace_id", "key", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index(
            "ix_lead_board",
            "workspace_id",
            "column",
            text("queued_first DESC"),
            text("fit_score DESC"),
            "name",
            "id",
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "ix_lead_sales",
            "workspace_id",
            "column",
            text("value DESC NULLS LAST"),
            "name",
            "id",
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "ix_lead_since",
            *("workspace_id", "column", "stage_at", "id"),
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "ix_lead_filter",
            "workspace_id",
            "column",
            text("queued_first DESC"),
            text("fit_score DESC"),
            *("name", "id", "value", "status", "industry", "country", "headcount_min", "headcount_max"),
            *("owner_name", "name_key", "domain", "tags", "deleted_at", "stage_at"),
            sqlite_where=_FILTERED,
            info={"only": "sqlite"},
        ),
        Index("ix_lead_name", "workspace_id", "name_key"),
        Index("ix_lead_email", "workspace_id", "email"),
    )

    key: str
    """Identity: the registrable domain, else the normalised name (icp sheet, section 2)."""
    name_key: str = ""
    name: str
    domain: str = ""
    website: str = ""
    what: str = ""
    description: str = ""
    industry: str = ""
    headcount_min: int | None = None
    headcount_max: int | None = None
    revenue: int | None = Field(default=None, sa_type=BigInteger)
    city: str = ""
    state: str = ""
    country: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    linkedin: str = ""
    founded_year: int | None = None
    technologies: list[str] = Field(default_factory=list, sa_type=JSON)
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    is_hiring: bool | None = None
    funding_stage: str = ""
    funding_date: date | None = None

    value: int | None = Field(default=None, sa_type=BigInteger)
    deal_stage: str = ""
    close_date: date | None = None
    owner_id: UUID | None = None
    owner_name: str = ""
    external_id: str = ""

    source: str = ""
    review_status: str = "pending"
    status: str = Status.NEW
    stage: str = Stage.HARVESTED
    column: str = BoardColumn.HARVESTED
    sales_stage: str = SalesStage.NONE
    stage_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    queued_first: bool = False
    run_id: UUID | None = None
    agent: str = ""
    percent: int = 0
    error: str = ""
    version: int = 1
    """Grows with every change a card shows."""
    moved_by: str = ""
    moved_at: datetime | None = Field(default=None, sa_type=UtcTime)
    moved_version: int = 0
    """The version that the last move by a person made: who saw an older one has not seen that move."""
    move_id: UUID | None = None
    """The change that put the lead in its sales stage; an undo gives it back its former one."""
    lost_reason: str = ""
    lost_note: str = ""
    meeting_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """What its sales stage had to know (`domain.stage_needs`), for as long as it stands there."""

    fit_score: int = -1
    fit_icp_version: int = 0
    fit_receipt: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    fit_at: datetime | None = Field(default=None, sa_type=UtcTime)
    locked: list[str] = Field(default_factory=list, sa_type=JSON)
    """Fields a person set: no machine and no import changes them."""
    refs: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Service -> the id it gave the company: what it is asked again by."""

    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    updated_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ColumnTotal(SQLModel, table=True):
    """How many leads a column holds and what they are worth: kept up to date, so that a move never counts leads.

    Beside the columns it counts `pending_enrichment`: the leads that wait for their turn.
    """

    __tablename__ = "column_total"  # type: ignore[assignment]
    __table_args__ = (of_workspace(),)

    workspace_id: UUID = Field(primary_key=True)
    column: str = Field(primary_key=True)
    leads: int = 0
    value: int = Field(default=0, sa_type=BigInteger)


class Contact(Tenant, table=True):
    """A person at a lead's company, with the ALS receipt."""

    __table_args__ = (
        of_workspace(),
        belongs_to("lead", "lead_id", ondelete="CASCADE"),
        Index("ix_contact_lead", "workspace_id", "lead_id"),
        Index("ix_contact_email", "workspace_id", "email"),
        Index(
            "ux_contact_key",
            "workspace_id",
            "lead_id",
            "key",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    lead_id: UUID
    key: str
    """Identity within the lead: the e-mail address, else the normalised name."""
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    """Empty until a service tells them apart."""
    title: str = ""
    seniority: str = ""
    email: str = ""
    email_status: str = ""
    """What its verification came to (`domain.found.EmailStatus`); "" before one, and again when the address changes."""
    verified_at: datetime | None = Field(default=None, sa_type=UtcTime)
    verified_by: str = ""
    phone: str = ""
    phone_verified: bool = False
    linkedin: str = ""
    personal_email: str = ""
    role_started: date | None = None
    source: str = ""
    als_score: int | None = None
    als_tier: str = ""
    als_receipt: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    als_at: datetime | None = Field(default=None, sa_type=UtcTime)
    passports: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Field -> `{"source", "method", "confidence", "cost_micros", "seen_at"}` of its value, where a service gave it."""
    locked: list[str] = Field(default_factory=list, sa_type=JSON)
    """Fields a person set: no machine changes them."""
    refs: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    enrichment_status: str = ""
    """How its last enrichment ended (`domain.waterfall.gate`): accepted, partial, missing; "" before one."""
    accepted_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When it first passed the gate, and was paid for with a credit."""
    retry_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Claim(Tenant, table=True):
    """One value with its passport. A run asks each source once, so (lead, field, value, source) stands once."""

    __table_args__ = (
        of_workspace(),
        belongs_to("lead", "lead_id", ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "lead_id", "field", "value", "source"),
    )

    lead_id: UUID
    field: str
    value: str
    source: str
    """Where it was read: a page's URL, an import's name, a person's name."""
    method: str
    snippet: str = ""
    confidence: float
    cost_micros: int = 0
    seen_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    run_id: UUID | None = None
    locked_by_human: bool = False


class Run(Tenant, table=True):
    """One enrichment of one lead: requested, running, then enriched, failed or cancelled. Its id is its workflow's."""

    __table_args__ = (
        of_workspace(),
        belongs_to("lead", "lead_id", ondelete="CASCADE"),
        Index("ix_run_lead", "workspace_id", "lead_id"),
        Index(
            "ux_run_active",
            "workspace_id",
            "lead_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    lead_id: UUID
    status: str = "requested"
    requested_by: str = ""
    error: str = ""
    requested_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)

    parts: list["Part"] = Relationship(sa_relationship_kwargs={"lazy": "raise", "viewonly": True})

    @property
    def results(self) -> list[AgentResult]:
        """What its agents came to, in their order; only of a run that was read with its parts."""
        parts = {part.agent: part for part in self.parts}
        ended = [parts[agent.id] for agent in AGENTS if agent.id in parts]
        return [AgentResult(part.agent, part.ok, part.seconds, part.output, part.error) for part in ended]

    @property
    def sections(self) -> Sections:
        """The sections of the package as far as the run is."""
        return reduce(merge, self.results, {})


class Part(SQLModel, table=True):
    """What one agent of a run came to."""

    __table_args__ = (of_workspace(), belongs_to("run", "run_id", ondelete="CASCADE"))

    workspace_id: UUID = Field(primary_key=True)
    run_id: UUID = Field(primary_key=True)
    agent: str = Field(primary_key=True)
    ok: bool
    seconds: float
    output: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    error: str = ""


class Site(Tenant, table=True):
    """What one run read on the company's website: facts per page and what was skipped, with why."""

    __table_args__ = (of_workspace(), belongs_to("run", "run_id", ondelete="CASCADE"))

    run_id: UUID
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    skipped: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    read_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)


class Package(SQLModel, table=True):
    """The prospect package of a lead (board-stages sheet, section 5), from its last run."""

    __table_args__ = (of_workspace(), belongs_to("lead", "lead_id", ondelete="CASCADE"))

    workspace_id: UUID = Field(primary_key=True)
    lead_id: UUID = Field(primary_key=True)
    run_id: UUID
    sections: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    confidence: float = 0
    roi: float = 0
    at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)


class Icp(Tenant, table=True):
    """A version of the workspace's ideal customer profile; the highest one is in force."""

    __table_args__ = (of_workspace(), UniqueConstraint("workspace_id", "version"))

    version: int
    data: dict[str, Any] = Field(sa_type=JSON)
    created_by: str = ""
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
