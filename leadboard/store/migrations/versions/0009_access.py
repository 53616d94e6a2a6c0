"""Keys of outside services."""

import sqlalchemy as sa
from alembic import op

from leadboard.store.tables.base import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OWN = "workspace_id = nullif(current_setting('app.workspace', true), '')::uuid"


def upgrade() -> None:
    op.create_table(
        "access",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("sealed_key", sa.String(), nullable=False),
        sa.Column("key_by", sa.String(), nullable=False),
        sa.Column("key_at", UtcTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcTime(), nullable=True),
        sa.Column("checked_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_access_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_access")),
        sa.UniqueConstraint("workspace_id", "service", name=op.f("uq_access_workspace_id_service")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE access ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE access FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON access USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("access")
