"""What people wrote about leads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from leadboard.store.tables.base import Tenant, UtcTime, belongs_to, of_workspace, utcnow


class Note(Tenant, table=True):
    """A note about a lead, in plain text. `by` is what its author was called then."""

    __table_args__ = (
        of_workspace(),
        belongs_to("lead", "lead_id", ondelete="CASCADE"),
        Index("ix_note_lead", "workspace_id", "lead_id", "created_at"),
    )

    lead_id: UUID
    user_id: UUID
    by: str
    text: str
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcTime)
