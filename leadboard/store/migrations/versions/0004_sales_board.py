"""The Sales board: leads that people took up stand in its columns, moves say whose they are, and can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

from leadboard.store.tables.base import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWN = "workspace_id = nullif(current_setting('app.workspace', true), '')::uuid"
LIVE = sa.text("deleted_at IS NULL")

SALES_COLUMN = """CASE sales_stage WHEN 'reviewing' THEN 'review' ELSE sales_stage END"""
MACHINE_COLUMN = """CASE stage
    WHEN 'persona' THEN 'analysis' WHEN 'lead_qualification' THEN 'qualification'
    WHEN 'analyzing_refining' THEN 'refinement' WHEN 'message' THEN 'messaging' WHEN 'failed' THEN 'attention'
    ELSE stage END"""

_STAND = """UPDATE lead SET "column" = {column} WHERE sales_stage <> 'none'"""

_STAND = """UPDATE lead SET "column" = {column} WHERE sales_stage <> 'none'"""

_COUNT = """INSERT INTO column_total (workspace_id, "column", leads, value)
    SELECT workspace_id, {counted}, count(*), {worth} FROM lead
    WHERE deleted_at IS NULL {narrow} GROUP BY workspace_id, {counted}"""


def upgrade() -> None:
    # SQLite puts what is empty last by itself, and knows no other word for it in an index.
    by_value = "value DESC NULLS LAST" if op.get_bind().dialect.name == "postgresql" else "value DESC"
    op.add_column("lead", sa.Column("moved_by", sa.String(), nullable=False, server_default=""))
    op.add_column("lead", sa.Column("moved_at", UtcTime(), nullable=True))
    op.add_column("lead", sa.Column("moved_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("lead", sa.Column("move_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_lead_sales",
        "lead",
        ["workspace_id", "column", sa.text(by_value), "name", "id"],
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "undo",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("leads", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_undo_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_undo")),
    )
    op.create_index("ix_undo_user", "undo", ["workspace_id", "user_id", "at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE undo ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE undo FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON undo USING ({OWN}) WITH CHECK ({OWN})")
    _stand_in(SALES_COLUMN)


def downgrade() -> None:
    _stand_in(MACHINE_COLUMN)
    op.drop_table("undo")
    op.drop_index("ix_lead_sales", "lead")
    for name in ("move_id", "moved_version", "moved_at", "moved_by"):
        op.drop_column("lead", name)


def _stand_in(column: str) -> None:
    """Put the leads that people took up in this column, and count every column anew."""
    with _rows_of_every_workspace("lead", "column_total"):
        op.execute(_STAND.format(column=column))
        op.execute("DELETE FROM column_total")
        op.execute(_COUNT.format(counted='"column"', worth="coalesce(sum(value), 0)", narrow=""))
        op.execute(_COUNT.format(counted="status", worth="0", narrow="AND status = 'pending_enrichment'"))


@contextmanager
def _rows_of_every_workspace(*tables: str) -> Iterator[None]:
    """The second tenant wall of migration 0002 keeps even the owner out, who may put it down for a moment."""
    walls = tables if op.get_bind().dialect.name == "postgresql" else ()
    for table in walls:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    yield
    for table in walls:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
