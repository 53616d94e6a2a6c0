"""What each agent of a run came to becomes a row: the run was rewritten, sections and all, whenever one ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OWN = "workspace_id = nullif(current_setting('app.workspace', true), '')::uuid"

SECTION_OF = {
    "lead_intake": "analyzed_lead",
    "lead_analysis": "analyzed_lead",
    "persona_creation": "persona_profile",
    "web_research": "external_intelligence",
    "contact_extraction": "contact_information",
    "pain_point_deepening": "pain_point_analysis",
    "lead_qualification": "lead_qualification",
    "competitor_identification": "competitor_intelligence",
    "buying_trigger_identification": "purchase_triggers",
    "value_proposition_customization": "value_propositions",
    "strategic_question_generation": "strategic_questions",
    "strategy_generation": "strategies",
    "strategy_evaluation": "strategies",
    "action_plan_synthesis": "strategies",
    "detailed_approach_plan": "approach_plan",
    "objection_handling": "objection_framework",
    "personalized_message": "messages",
    "internal_briefing": "internal_briefing",
}

RUN = sa.table(
    "run",
    sa.column("workspace_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    sa.column("agents", sa.JSON()),
    sa.column("sections", sa.JSON()),
)


def upgrade() -> None:
    part = op.create_table(
        "part",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("output", sa.JSON(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "run_id"],
            ["run.workspace_id", "run.id"],
            name=op.f("fk_part_workspace_id_run_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_part_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "run_id", "agent", name=op.f("pk_part")),
    )
    with _runs_of_every_workspace() as runs:
        for run in runs:
            op.bulk_insert(part, list(_parts(run)))
    op.drop_column("run", "sections")
    op.drop_column("run", "agents")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE part ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE part FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON part USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    """Runs under way begin anew."""
    op.drop_table("part")
    for name in ("agents", "sections"):
        op.add_column("run", sa.Column(name, sa.JSON(), nullable=False, server_default="{}"))


@contextmanager
def _runs_of_every_workspace() -> Iterator[Iterator[Any]]:
    """The second tenant wall of migration 0002 keeps even the owner out, who may put it down for a moment."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE run NO FORCE ROW LEVEL SECURITY")
    yield iter(bind.execute(sa.select(RUN)).all())
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE run FORCE ROW LEVEL SECURITY")


def _parts(run: Any) -> Iterator[dict[str, Any]]:
    """Agents that share a section wrote into one object: all of it goes to the last of them that succeeded."""
    last = {SECTION_OF[agent]: agent for agent, ended in run.agents.items() if ended["ok"]}
    for agent, ended in run.agents.items():
        section = run.sections.get(SECTION_OF[agent], {}) if last.get(SECTION_OF[agent]) == agent else {}
        output = {name: value for name, value in section.items() if name not in ("error", "errors")}
        yield {"workspace_id": run.workspace_id, "run_id": run.id, "agent": agent, "output": output, **ended}
