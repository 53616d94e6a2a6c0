"""Studies of the workspace's own website."""

import sqlalchemy as sa
from alembic import op

from leadboard.store.tables.base import UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OWN = "workspace_id = nullif(current_setting('app.workspace', true), '')::uuid"


def upgrade() -> None:
    op.create_table(
        "study",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=True),
        sa.Column("found", sa.JSON(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_study_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_study")),
    )
    op.create_index("ix_study_newest", "study", ["workspace_id", "created_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE study ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE study FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON study USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("study")
