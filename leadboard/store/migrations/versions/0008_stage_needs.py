"""Leads say why they are ruled out, and when their meeting is."""

import sqlalchemy as sa
from alembic import op

from leadboard.store.tables.base import UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lead", sa.Column("lost_reason", sa.String(), nullable=False, server_default=""))
    op.add_column("lead", sa.Column("lost_note", sa.String(), nullable=False, server_default=""))
    op.add_column("lead", sa.Column("meeting_at", UtcTime(), nullable=True))


def downgrade() -> None:
    for name in ("meeting_at", "lost_note", "lost_reason"):
        op.drop_column("lead", name)
