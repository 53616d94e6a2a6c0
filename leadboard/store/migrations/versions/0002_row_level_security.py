"""The second tenant wall: PostgreSQL itself shows a connection the rows of its workspace only."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORKSPACE = "nullif(current_setting('app.workspace', true), '')::uuid"
PERSON = "nullif(current_setting('app.user', true), '')::uuid"

OWN = f"workspace_id = {WORKSPACE}"
POLICIES = {
    "claim": OWN,
    "column_total": OWN,
    "contact": OWN,
    "event": OWN,
    "feed": OWN,
    "icp": OWN,
    "import_job": OWN,
    "import_row": OWN,
    "invite": OWN,
    "lead": OWN,
    "package": OWN,
    "run": OWN,
    "site": OWN,
    "membership": f"{OWN} OR user_id = {PERSON}",
    "audit": f"{OWN} OR workspace_id IS NULL",
}


def upgrade() -> None:
    """Add one policy a table; SQLite has no such wall and skips this."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, rows in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({rows}) WITH CHECK ({rows})")


def downgrade() -> None:
    """Take the wall down again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in POLICIES:
        op.execute(f"DROP POLICY tenant ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
