"""Stages, board columns and the 18 agents of the enrichment pipeline (board-stages sheet, sections 1 and 2)."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far the machine is with a lead. Forward only, but for a retry."""

    HARVESTED = "harvested"
    INTAKE = "intake"
    ANALYSIS = "analysis"
    PERSONA = "persona"
    LEAD_QUALIFICATION = "lead_qualification"
    ANALYZING_REFINING = "analyzing_refining"
    STRATEGY = "strategy"
    MESSAGE = "message"
    ENRICHED = "enriched"
    FAILED = "failed"


class SalesStage(StrEnum):
    """Where people are with a lead. `NONE`: not taken up by a person yet."""

    NONE = "none"
    REVIEWING = "reviewing"
    FIRST_CONTACT = "first_contact"
    NEGOTIATING = "negotiating"
    MEETING_BOOKED = "meeting_booked"
    DISQUALIFIED = "disqualified"


class Status(StrEnum):
    """What is being done with a lead; changes in one transaction with its stage."""

    NEW = "new"
    HARVESTED = "harvested"
    PENDING_ENRICHMENT = "pending_enrichment"
    ENRICHING = "enriching"
    ENRICHED = "enriched"
    ENRICHMENT_FAILED = "enrichment_failed"


class Column(StrEnum):
    """A column of the Enrichment board, in reading order."""

    HARVESTED = "harvested"
    INTAKE = "intake"
    ANALYSIS = "analysis"
    QUALIFICATION = "qualification"
    REFINEMENT = "refinement"
    STRATEGY = "strategy"
    MESSAGING = "messaging"
    ENRICHED = "enriched"
    ATTENTION = "attention"


class SalesColumn(StrEnum):
    """A column that only the Sales board has, in reading order; its inbox is `Column.ENRICHED`."""

    REVIEW = "review"
    FIRST_CONTACT = "first_contact"
    NEGOTIATING = "negotiating"
    MEETING_BOOKED = "meeting_booked"
    DISQUALIFIED = "disqualified"


ENRICHMENT_COLUMNS: tuple[Column, ...] = tuple(Column)
SALES_COLUMNS: tuple[Column | SalesColumn, ...] = (Column.ENRICHED, *SalesColumn)

COLUMN_TITLES: dict[str, str] = {
    Column.HARVESTED: "Harvested",
    Column.INTAKE: "Intake",
    Column.ANALYSIS: "Analysis",
    Column.QUALIFICATION: "Qualification",
    Column.REFINEMENT: "Refinement",
    Column.STRATEGY: "Strategy",
    Column.MESSAGING: "Messaging",
    Column.ENRICHED: "Enriched",
    Column.ATTENTION: "Needs attention",
    SalesColumn.REVIEW: "Review",
    SalesColumn.FIRST_CONTACT: "First contact",
    SalesColumn.NEGOTIATING: "Negotiating",
    SalesColumn.MEETING_BOOKED: "Meeting booked",
    SalesColumn.DISQUALIFIED: "Disqualified",
}

COLUMN_OF = {
    Stage.HARVESTED: Column.HARVESTED,
    Stage.INTAKE: Column.INTAKE,
    Stage.ANALYSIS: Column.ANALYSIS,
    Stage.PERSONA: Column.ANALYSIS,
    Stage.LEAD_QUALIFICATION: Column.QUALIFICATION,
    Stage.ANALYZING_REFINING: Column.REFINEMENT,
    Stage.STRATEGY: Column.STRATEGY,
    Stage.MESSAGE: Column.MESSAGING,
    Stage.ENRICHED: Column.ENRICHED,
    Stage.FAILED: Column.ATTENTION,
}

SALES_COLUMN_OF = {
    SalesStage.REVIEWING: SalesColumn.REVIEW,
    SalesStage.FIRST_CONTACT: SalesColumn.FIRST_CONTACT,
    SalesStage.NEGOTIATING: SalesColumn.NEGOTIATING,
    SalesStage.MEETING_BOOKED: SalesColumn.MEETING_BOOKED,
    SalesStage.DISQUALIFIED: SalesColumn.DISQUALIFIED,
}

DROPPED_ON: dict[str, SalesStage] = {
    Column.ENRICHED: SalesStage.NONE,
    **{column: stage for stage, column in SALES_COLUMN_OF.items()},
}
"""Column of the Sales board -> the sales stage of a lead that a person puts there."""


def column_of(stage: str, sales_stage: str) -> Column | SalesColumn:
    """The one column a lead stands in: people decide it once they have taken the lead up, before that the machine."""
    return SALES_COLUMN_OF.get(SalesStage(sales_stage)) or COLUMN_OF[Stage(stage)]


RANK = {stage: rank for rank, stage in enumerate(s for s in Stage if s is not Stage.FAILED)}

STAGE_ALIASES = {"completed": Stage.ENRICHED, "prospecting": Stage.HARVESTED}


@dataclass(frozen=True)
class Agent:
    """One of the 18 workers: the stage its start puts a lead in, its share of the progress, its words on a card."""

    id: str
    stage: Stage
    weight: int
    label: str
    section: str


AGENTS: tuple[Agent, ...] = (
    Agent("lead_intake", Stage.INTAKE, 3, "Checking the website", "analyzed_lead"),
    Agent("lead_analysis", Stage.ANALYSIS, 8, "Company analysis", "analyzed_lead"),
    Agent("persona_creation", Stage.PERSONA, 6, "Persona", "persona_profile"),
    Agent("web_research", Stage.ANALYSIS, 8, "Web research", "external_intelligence"),
    Agent("contact_extraction", Stage.ANALYSIS, 5, "Contact extraction", "contact_information"),
    Agent("pain_point_deepening", Stage.ANALYSIS, 7, "Pain points", "pain_point_analysis"),
    Agent("lead_qualification", Stage.LEAD_QUALIFICATION, 6, "Qualification", "lead_qualification"),
    Agent("competitor_identification", Stage.ANALYZING_REFINING, 5, "Competitors", "competitor_intelligence"),
    Agent("buying_trigger_identification", Stage.ANALYZING_REFINING, 5, "Buying triggers", "purchase_triggers"),
    Agent("value_proposition_customization", Stage.STRATEGY, 6, "Value propositions", "value_propositions"),
    Agent("strategic_question_generation", Stage.STRATEGY, 4, "Questions to ask", "strategic_questions"),
    Agent("strategy_generation", Stage.STRATEGY, 6, "Strategy", "strategies"),
    Agent("strategy_evaluation", Stage.STRATEGY, 5, "Strategy evaluation", "strategies"),
    Agent("action_plan_synthesis", Stage.STRATEGY, 6, "Action plan", "strategies"),
    Agent("detailed_approach_plan", Stage.STRATEGY, 6, "Plan of approach", "approach_plan"),
    Agent("objection_handling", Stage.STRATEGY, 4, "Objections", "objection_framework"),
    Agent("personalized_message", Stage.MESSAGE, 6, "Messages", "messages"),
    Agent("internal_briefing", Stage.MESSAGE, 4, "Briefing", "internal_briefing"),
)
AGENT_BY_ID = {agent.id: agent for agent in AGENTS}

REQUIRED_AGENTS = ("lead_intake", "lead_analysis", "lead_qualification")
"""A lead is enriched when these succeeded; any other failure stays in its own section."""


def agent_id(name: str, aliases: dict[str, str] | None = None) -> str | None:
    """The agent a name stands for, or None when nobody knows it.

    Accepts `LeadQualificationAgent`, `lead_qualification_agent` and `lead_qualification`; `aliases` maps foreign names.
    """
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.strip()).lower()
    snake = re.sub(r"[^a-z0-9]+", "_", snake).strip("_").removesuffix("_agent")
    snake = (aliases or {}).get(snake, snake)
    return snake if snake in AGENT_BY_ID else None


def forward(now: Stage, to: Stage) -> Stage:
    """The stage after an agent of stage `to` has started: never further back than `now`."""
    if now is Stage.FAILED or to is Stage.FAILED:
        return now
    return to if RANK[to] > RANK[now] else now


def progress(done: set[str]) -> int:
    """Percent complete, 0 to 100, once these agents have ended."""
    return sum(agent.weight for agent in AGENTS if agent.id in done)
