"""Filtered boards: an index of all that a filter asks for, so that leads it does not hold are never read.

SQLite alone needs it: there a row is a long way from its index. PostgreSQL could not keep texts of any length in one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FILTERED = sa.text("deleted_at IS NULL AND length(name_key) >= 0")


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.create_index(
        "ix_lead_filter",
        "lead",
        [
            *("workspace_id", "column", sa.text("queued_first DESC"), sa.text("fit_score DESC"), "name", "id"),
            *("value", "status", "industry", "country", "headcount_min", "headcount_max"),
            *("owner_name", "name_key", "domain", "tags", "deleted_at"),
        ],
        sqlite_where=FILTERED,
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_lead_filter", "lead")
