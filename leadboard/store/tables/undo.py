"""What people changed of leads, kept for as long as it can be undone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field

from leadboard.store.tables.base import Tenant, UtcTime, of_workspace, utcnow


class Undo(Tenant, table=True):
    """One change that a person made to one or many leads, with what was there before."""

    __table_args__ = (of_workspace(), Index("ix_undo_user", "workspace_id", "user_id", "at"))

    user_id: UUID
    kind: str
    """The kind of the event that told of the change."""
    what: str = ""
    """The change in words, as it goes on behind a name: "moved Acme to Review"."""
    leads: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """Per lead `{"lead": id, "was": {column: value}, "now": {column: value}}`, in the order of the change."""
    undone: int = 0
    """How many of the leads an undo has gone through; it is complete when that is all of them."""
    restored: int = 0
    kept: list[str] = Field(default_factory=list, sa_type=JSON)
    """Why leads were left as they are, a sentence each."""
    at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
