"""Calls to services, what they cost, credits, batches, searches, and what contacts learn from them."""

import sqlalchemy as sa
from alembic import op

from leadboard.store.tables.base import UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OWN = "workspace_id = nullif(current_setting('app.workspace', true), '')::uuid"
TENANTS = (
    "ask",
    "saving",
    "subscription",
    "credit",
    "service_order",
    "model_call",
    "batch",
    "batch_record",
    "discovery",
)


def new_columns() -> dict[str, tuple[sa.Column, ...]]:
    """The columns that tables gain: made anew for each use, as a column belongs to one table."""
    return {
        "contact": (
            sa.Column("first_name", sa.String(), nullable=False, server_default=""),
            sa.Column("last_name", sa.String(), nullable=False, server_default=""),
            sa.Column("seniority", sa.String(), nullable=False, server_default=""),
            sa.Column("verified_at", UtcTime(), nullable=True),
            sa.Column("verified_by", sa.String(), nullable=False, server_default=""),
            sa.Column("passports", sa.JSON(), nullable=False, server_default="{}"),
            sa.Column("locked", sa.JSON(), nullable=False, server_default="[]"),
            sa.Column("refs", sa.JSON(), nullable=False, server_default="{}"),
            sa.Column("enrichment_status", sa.String(), nullable=False, server_default=""),
            sa.Column("accepted_at", UtcTime(), nullable=True),
            sa.Column("retry_at", UtcTime(), nullable=True),
        ),
        "lead": (sa.Column("refs", sa.JSON(), nullable=False, server_default="{}"),),
        "workspace": (
            sa.Column("provider_cap_micros", sa.BigInteger(), nullable=True),
            sa.Column("model_cap_micros", sa.BigInteger(), nullable=True),
            sa.Column("self_ordering", sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
    }


def upgrade() -> None:
    op.create_table(
        "ask",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=True),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("discovery_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("segment", sa.String(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("hit", sa.Boolean(), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("fields_written", sa.JSON(), nullable=False),
        sa.Column("reserved_micros", sa.BigInteger(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_ask")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_ask_workspace_id"), ondelete="CASCADE"
        ),
    )
    summed = ("service", "task", "tier", "user_id", "status", "hit", "micros", "entity", "entity_id")
    op.create_index("ix_ask_sums", "ask", ["workspace_id", "demo", "asked_at", *summed])
    op.create_index("ix_ask_batch", "ask", ["workspace_id", "batch_id"])
    op.create_index("ix_ask_entity", "ask", ["workspace_id", "entity_id", "asked_at"])
    op.create_index("ix_ask_question", "ask", ["workspace_id", "question", "asked_at"])
    op.create_index(
        "ux_ask_under_way",
        "ask",
        ["workspace_id", "question"],
        unique=True,
        sqlite_where=sa.text("status = 'asked'"),
        postgresql_where=sa.text("status = 'asked'"),
    )
    op.create_table(
        "saving",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_saving_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "day", "service", "why", "batch_id", name=op.f("pk_saving")),
    )
    op.create_table(
        "subscription",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("next_plan", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("credits_reset_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_subscription_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_subscription")),
    )
    op.create_table(
        "credit",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column("balance_after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_credit")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_credit_workspace_id"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_credit_at", "credit", ["workspace_id", "at"])
    op.create_index("ux_credit_ref", "credit", ["workspace_id", "reason", "ref"], unique=True)
    op.create_table(
        "service_order",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("segment", sa.String(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "role", "segment", name=op.f("pk_service_order")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_service_order_workspace_id"), ondelete="CASCADE"
        ),
    )
    op.create_table(
        "model_call",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("cache_read_tokens", sa.Integer(), nullable=False),
        sa.Column("cache_write_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_model_call_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_model_call")),
    )
    op.create_index("ix_model_call_at", "model_call", ["workspace_id", "at"])
    op.create_index("ix_model_call_lead", "model_call", ["workspace_id", "lead_id"])
    op.create_table(
        "batch",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("force", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("processed", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("premium", sa.Integer(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("alerts", sa.JSON(), nullable=False),
        sa.Column("cap_micros", sa.BigInteger(), nullable=True),
        sa.Column("spent_micros", sa.BigInteger(), nullable=False),
        sa.Column("forecast", sa.JSON(), nullable=True),
        sa.Column("receipt", sa.JSON(), nullable=True),
        sa.Column("discovery_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=True),
        sa.Column("resume_at", UtcTime(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_batch")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_batch_workspace_id"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_batch_created", "batch", ["workspace_id", "created_at"])
    op.create_index(
        "ux_batch_open",
        "batch",
        ["workspace_id", "signature"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "batch_record",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("als", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("missed", sa.JSON(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "batch_id", "n", name=op.f("pk_batch_record")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_batch_record_workspace_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "workspace_id",
            "batch_id",
            "entity",
            "entity_id",
            name=op.f("uq_batch_record_workspace_id_batch_id_entity_entity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "batch_id"],
            ["batch.workspace_id", "batch.id"],
            name=op.f("fk_batch_record_workspace_id_batch_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_batch_record_status", "batch_record", ["workspace_id", "batch_id", "status", "n"])
    op.create_table(
        "discovery",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("icp_version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("refreshed", sa.Integer(), nullable=False),
        sa.Column("skipped_existing", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("cap_micros", sa.BigInteger(), nullable=True),
        sa.Column("spent_micros", sa.BigInteger(), nullable=False),
        sa.Column("enrich", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_discovery_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_discovery")),
    )
    op.create_index("ix_discovery_created", "discovery", ["workspace_id", "created_at"])
    op.create_table(
        "budget",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("cap", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "kind", "day", name=op.f("pk_budget")),
    )
    for table, columns in new_columns().items():
        for column in columns:
            op.add_column(table, column)
    if op.get_bind().dialect.name == "postgresql":
        for table in TENANTS:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY tenant ON {table} USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    for table, columns in new_columns().items():
        for column in columns:
            op.drop_column(table, column.name)
    for table in ("budget", *reversed(TENANTS)):
        op.drop_table(table)
