"""The append-only event log, its numbers, and the executors that do background work."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from leadboard.store.tables.base import UtcTime, of_workspace, utcnow


class Event(SQLModel, table=True):
    """Something that happened in a workspace. `n` counts from 1 without gaps, in commit order."""

    __table_args__ = (
        of_workspace(),
        Index(
            "ix_event_lead",
            "workspace_id",
            "lead_id",
            "n",
            sqlite_where=text("lead_id IS NOT NULL"),
            postgresql_where=text("lead_id IS NOT NULL"),
        ),
        Index(
            "ix_event_activity",
            "workspace_id",
            "n",
            sqlite_where=text("shown"),
            postgresql_where=text("shown"),
        ),
    )

    workspace_id: UUID = Field(primary_key=True)
    n: int = Field(primary_key=True)
    id: UUID = Field(default_factory=uuid4)
    kind: str
    lead_id: UUID | None = None
    actor: str = ""
    shown: bool = False
    """Whether the activity panel tells it; progress of single agents is for the lead's timeline only."""
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)


class Feed(SQLModel, table=True):
    """The last event number given out in a workspace; its row is locked last in a transaction."""

    __table_args__ = (of_workspace(),)

    workspace_id: UUID = Field(primary_key=True)
    n: int = 0


class Executor(SQLModel, table=True):
    """A process that runs workflows, and when it last said so."""

    id: str = Field(primary_key=True)
    seen_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
