"""Boards sorted by how long leads have been in their column, filtered or not."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LIVE = sa.text("deleted_at IS NULL")
FILTERED = sa.text("deleted_at IS NULL AND length(name_key) >= 0")
ASKED = (
    *("workspace_id", "column", sa.text("queued_first DESC"), sa.text("fit_score DESC"), "name", "id"),
    *("value", "status", "industry", "country", "headcount_min", "headcount_max"),
    *("owner_name", "name_key", "domain", "tags", "deleted_at"),
)
"""What the index of filters held before."""


def upgrade() -> None:
    columns = ["workspace_id", "column", "stage_at", "id"]
    op.create_index("ix_lead_since", "lead", columns, sqlite_where=LIVE, postgresql_where=LIVE)
    _filter_by(*ASKED, "stage_at")


def downgrade() -> None:
    _filter_by(*ASKED)
    op.drop_index("ix_lead_since", "lead")


def _filter_by(*columns: str | sa.TextClause) -> None:
    """Build the index of filters anew, where there is one."""
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_lead_filter", "lead")
        op.create_index("ix_lead_filter", "lead", list(columns), sqlite_where=FILTERED)
