"""Batches of enrichment by outside services, and searches for new companies."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leadboard.domain.batches import BatchStatus, RecordStatus
from leadboard.domain.discovery import DiscoveryStatus
from leadboard.store.tables.base import Tenant, UtcTime, belongs_to, of_workspace, utcnow

_OPEN = text("ended_at IS NULL")


class Batch(Tenant, table=True):
    """Records (leads, and the contacts found at them) that go through the waterfall together.

    `signature` is that of its entity set: who asks for the same set while it is under way joins it. Money is in
    millionths of a US dollar; `cap_micros` None is no cap of its own.
    """

    __table_args__ = (
        of_workspace(),
        Index("ux_batch_open", "workspace_id", "signature", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_batch_created", "workspace_id", "created_at"),
    )

    entity: str
    """What was asked for: `lead` or `contact`."""
    signature: str
    status: str = BatchStatus.PENDING
    why: str = ""
    """Why it is paused or failed, as a sentence."""
    force: bool = False
    total: int = 0
    processed: int = 0
    accepted: int = 0
    premium: int = 0
    """Premium calls made, of at most the cap of the batch."""
    errors: list[str] = Field(default_factory=list, sa_type=JSON)
    alerts: list[str] = Field(default_factory=list, sa_type=JSON)
    cap_micros: int | None = Field(default=None, sa_type=BigInteger)
    spent_micros: int = Field(default=0, sa_type=BigInteger)
    forecast: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    receipt: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    discovery_id: UUID | None = None
    user_id: UUID | None = None
    by: str = ""
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcTime)
    resume_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)


class BatchRecord(SQLModel, table=True):
    """One record of a batch, in the order in which it is worked on."""

    __tablename__ = "batch_record"  # type: ignore[assignment]
    __table_args__ = (
        of_workspace(),
        belongs_to("batch", "batch_id", ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "batch_id", "entity", "entity_id"),
        Index("ix_batch_record_status", "workspace_id", "batch_id", "status", "n"),
    )

    workspace_id: UUID = Field(primary_key=True)
    batch_id: UUID = Field(primary_key=True)
    n: int = Field(primary_key=True)
    entity: str
    entity_id: UUID
    status: str = RecordStatus.WAITING
    outcome: str = ""
    """How its first pass ended: accepted, partial or missing."""
    als: int | None = None
    """Its provisional ALS; None for one that an earlier batch has settled: it is not worth a premium call again."""
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)
    """Why it was not accepted."""
    missed: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    """Services that could not be asked about it: `{"service", "why", "sentence"}`."""
    error: str = ""


class Discovery(Tenant, table=True):
    """One search for new companies that match the profile in force."""

    __table_args__ = (of_workspace(), Index("ix_discovery_created", "workspace_id", "created_at"))

    target: int
    icp_version: int
    status: str = DiscoveryStatus.REQUESTED
    sources: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """Per source `{"service", "status", "found", "why"}`: why it was chosen, and how it ended."""
    created: int = 0
    refreshed: int = 0
    skipped_existing: int = 0
    excluded: int = 0
    rejected: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    """Companies that were left out: `{"name", "service", "why"}`."""
    warnings: list[str] = Field(default_factory=list, sa_type=JSON)
    cap_micros: int | None = Field(default=None, sa_type=BigInteger)
    spent_micros: int = Field(default=0, sa_type=BigInteger)
    enrich: bool = True
    batch_id: UUID | None = None
    error: str = ""
    user_id: UUID | None = None
    by: str = ""
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
