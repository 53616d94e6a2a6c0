"""Imports: the job, and what became of each of its rows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from leadboard.store.tables.base import Tenant, UtcTime, belongs_to, of_workspace, utcnow


class ImportJob(Tenant, table=True):
    """One uploaded file on its way into leads. `created + updated + skipped + failed == read` when it has ended."""

    __tablename__ = "import_job"  # type: ignore[assignment]
    __table_args__ = (of_workspace(), Index("ix_import_job_created", "workspace_id", "created_at"))

    file_name: str
    """As the person called it: text only, never a path."""
    path: str
    """Where the upload lies, under a name of ours."""
    size: int = 0
    layout: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    warnings: list[str] = Field(default_factory=list, sa_type=JSON)
    sample: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    """The first rows as they were read, cut short, for the preview."""
    mapping: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    match_by: list[str] = Field(default_factory=list, sa_type=JSON)
    on_match: str = "fill_empty"
    status: str = "uploaded"
    """A word of `domain.importing.JobStatus`."""
    total: int = 0
    read: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    failed: int = 0
    undone: int = 0
    """Rows a revert has gone through, from the last one backwards; of them:"""
    removed: int = 0
    restored: int = 0
    kept: int = 0
    error: str = ""
    by: str = ""
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ImportRow(SQLModel, table=True):
    """What became of one row: its outcome and reason, what it said, and what stood there before (for the revert)."""

    __tablename__ = "import_row"  # type: ignore[assignment]
    __table_args__ = (
        of_workspace(),
        belongs_to("import_job", "job_id", ondelete="CASCADE"),
        Index("ix_import_row_outcome", "workspace_id", "job_id", "outcome", "n"),
        Index("ix_import_row_lead", "workspace_id", "lead_id"),
        Index(
            "ix_import_row_kept",
            "workspace_id",
            "job_id",
            "n",
            sqlite_where=text("kept <> ''"),
            postgresql_where=text("kept <> ''"),
        ),
    )

    workspace_id: UUID = Field(primary_key=True)
    job_id: UUID = Field(primary_key=True)
    n: int = Field(primary_key=True)
    """The row's number in the file, as an editor counts lines of data: 1 is the first row below the header."""
    outcome: str
    reason: str = ""
    name: str = ""
    """Whom the row is about, as far as it says."""
    lead_id: UUID | None = None
    contact_id: UUID | None = None
    values: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Field of an import -> what the row said, the passport of these values; of a failed row `{"cells": [text]}`."""
    changes: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """For the revert: `{"lead": {column: [was, now]}, "contact": {column: [was, now]}, "new": ""}`. `new` is "lead" or
    "contact" where the row added one; what a new lead was given is not repeated here."""
    kept: str = ""
    """Why a revert left what this row wrote, or some of it."""
