"""Studies of the workspace's own website."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field

from leadboard.domain.study import StudyStatus
from leadboard.store.tables.base import Tenant, UtcTime, of_workspace, utcnow


class Study(Tenant, table=True):
    """One study. `pages` is the website as it was read, `steps` how each step ended, `found` all that came of it."""

    __table_args__ = (of_workspace(), Index("ix_study_newest", "workspace_id", "created_at"))

    website: str
    status: str = StudyStatus.REQUESTED
    step: str = ""
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """Each `{"name", "ok", "error", "confidence"}`, in the order in which they ended."""
    pages: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    found: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    error: str = ""
    user_id: UUID
    by: str
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
