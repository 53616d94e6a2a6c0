"""Calls to outside services and the money they cost. Money is in millionths of a US dollar unless a name says other."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, text
from sqlmodel import Field, SQLModel

from leadboard.domain.asks import AskStatus
from leadboard.domain.plans import PlanName, SubscriptionStatus
from leadboard.store.tables.base import Tenant, UtcTime, of_workspace, utcnow

NO_BATCH = UUID(int=0)

_UNDER_WAY = text(f"status = '{AskStatus.ASKED}'")


_SUMMED = ("service", "task", "tier", "user_id", "status", "hit", "micros", "entity", "entity_id")
"""What sums over the log need: they are read from the index alone, as its rows are long."""


class Ask(Tenant, table=True):
    """One call to a service: written with its price reserved before it is made, so that it is paid for once.

    `question` is its cache key (`domain.asks`); nobody else puts the same one while it is under way. `hit`: something
    was found; `answer`: what, as JSON; `raw`: what the service sent, shortened; `tier`: of the waterfall.
    """

    __table_args__ = (
        of_workspace(),
        Index(
            "ux_ask_under_way",
            "workspace_id",
            "question",
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
        Index("ix_ask_question", "workspace_id", "question", "asked_at"),
        Index("ix_ask_entity", "workspace_id", "entity_id", "asked_at"),
        Index("ix_ask_sums", "workspace_id", "demo", "asked_at", *_SUMMED),
        Index("ix_ask_batch", "workspace_id", "batch_id"),
    )

    service: str
    task: str
    question: str
    entity: str
    """What it is about: `contact`, `lead` or `search`."""
    entity_id: UUID | None = None
    lead_id: UUID | None = None
    batch_id: UUID | None = None
    discovery_id: UUID | None = None
    user_id: UUID | None = None
    """Who set it off."""
    segment: str = ""
    """The kind of lead it is counted under (`domain.waterfall.segments`)."""
    tier: int = 1
    demo: bool = False
    status: str = AskStatus.ASKED
    hit: bool = False
    useful: bool = False
    """What was looked for was among what was found: the address, of a person."""
    fields_written: list[str] = Field(default_factory=list, sa_type=JSON)
    reserved_micros: int = Field(default=0, sa_type=BigInteger)
    micros: int = Field(default=0, sa_type=BigInteger)
    duration_ms: int = 0
    answer: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    raw: str = ""
    code: str = ""
    error: str = ""
    asked_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Saving(SQLModel, table=True):
    """Calls of a day that were not made, by why (`domain.asks.Spared`), and what they would have cost. `batch_id`: the
    batch that did not need them, or `NO_BATCH`."""

    __table_args__ = (of_workspace(),)

    workspace_id: UUID = Field(primary_key=True)
    day: date = Field(primary_key=True)
    service: str = Field(primary_key=True)
    why: str = Field(primary_key=True)
    batch_id: UUID = Field(default=NO_BATCH, primary_key=True)
    calls: int = 0
    micros: int = Field(default=0, sa_type=BigInteger)


class Budget(SQLModel, table=True):
    """What a UTC day's spending has come to. `scope`: "installation" or a workspace's id; `kind`: `domain.budgets`.

    It belongs to no tenant: only reserving and settling look at it, never a page of another workspace.
    """

    scope: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    spent: int = Field(default=0, sa_type=BigInteger)
    reserved: int = Field(default=0, sa_type=BigInteger)
    cap: int = Field(default=0, sa_type=BigInteger)
    """The cap that was last reserved under."""


class Subscription(SQLModel, table=True):
    """A workspace's plan and its credits: `credits` is always the sum of its ledger."""

    __table_args__ = (of_workspace(),)

    workspace_id: UUID = Field(primary_key=True)
    plan: str = PlanName.IGNITION
    next_plan: str = ""
    """The smaller plan that begins at the next renewal."""
    status: str = SubscriptionStatus.TRIALING
    credits: int = 0
    credits_reset_at: datetime = Field(sa_type=UtcTime)


class Credit(Tenant, table=True):
    """A line of the ledger of credits: only ever added. The same `ref` for a `reason` stands once."""

    __table_args__ = (
        of_workspace(),
        Index("ux_credit_ref", "workspace_id", "reason", "ref", unique=True),
        Index("ix_credit_at", "workspace_id", "at"),
    )

    delta: int
    balance_after: int
    reason: str
    ref: str
    note: str = ""
    by: str = ""
    at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)


class ServiceOrder(SQLModel, table=True):
    """In which order services are asked for a role, for a kind of lead ("" for every kind without one of its own)."""

    __tablename__ = "service_order"  # type: ignore[assignment]
    __table_args__ = (of_workspace(),)

    workspace_id: UUID = Field(primary_key=True)
    role: str = Field(primary_key=True)
    segment: str = Field(default="", primary_key=True)
    services: list[str] = Field(default_factory=list, sa_type=JSON)
    by: str = ""
    at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)


class ModelCall(Tenant, table=True):
    """One call of a language model. `purpose`: the agent or skill; `evidence`: ids of the snippets it was given."""

    __tablename__ = "model_call"  # type: ignore[assignment]
    __table_args__ = (
        of_workspace(),
        Index("ix_model_call_at", "workspace_id", "at"),
        Index("ix_model_call_lead", "workspace_id", "lead_id"),
    )

    purpose: str
    model: str
    lead_id: UUID | None = None
    run_id: UUID | None = None
    user_id: UUID | None = None
    demo: bool = False
    ok: bool
    code: str = ""
    error: str = ""
    input_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0
    micros: int = Field(default=0, sa_type=BigInteger)
    duration_ms: int = 0
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    dropped: int = 0
    """Sentences that their evidence did not bear out."""
    at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
