"""Notes about leads."""

import sqlalchemy as sa
from alembic import op

from leadboard.store.tables.base import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OWN = "workspace_id = nullif(current_setting('app.workspace', true), '')::uuid"


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("deleted_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["lead.workspace_id", "lead.id"],
            name=op.f("fk_note_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_note_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_lead", "note", ["workspace_id", "lead_id", "created_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE note ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE note FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON note USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("note")
