"""The 18 agents of the enrichment pipeline, each with its deterministic answer."""

from leadboard.engine.agents.action_plan_synthesis import ActionPlanSynthesis
from leadboard.engine.agents.base import Agent
from leadboard.engine.agents.buying_trigger_identification import BuyingTriggerIdentification
from leadboard.engine.agents.competitor_identification import CompetitorIdentification
from leadboard.engine.agents.contact_extraction import ContactExtraction
from leadboard.engine.agents.detailed_approach_plan import DetailedApproachPlan
from leadboard.engine.agents.internal_briefing import InternalBriefing
from leadboard.engine.agents.lead_analysis import LeadAnalysis
from leadboard.engine.agents.lead_intake import LeadIntake
from leadboard.engine.agents.lead_qualification import LeadQualification
from leadboard.engine.agents.objection_handling import ObjectionHandling
from leadboard.engine.agents.pain_point_deepening import PainPointDeepening
from leadboard.engine.agents.persona_creation import PersonaCreation
from leadboard.engine.agents.personalized_message import PersonalizedMessage
from leadboard.engine.agents.strategic_question_generation import StrategicQuestionGeneration
from leadboard.engine.agents.strategy_evaluation import StrategyEvaluation
from leadboard.engine.agents.strategy_generation import StrategyGeneration
from leadboard.engine.agents.value_proposition_customization import ValuePropositionCustomization
from leadboard.engine.agents.web_research import WebResearch

REGISTRY: tuple[Agent, ...] = (
    LeadIntake(),
    LeadAnalysis(),
    PersonaCreation(),
    WebResearch(),
    ContactExtraction(),
    PainPointDeepening(),
    LeadQualification(),
    CompetitorIdentification(),
    BuyingTriggerIdentification(),
    ValuePropositionCustomization(),
    StrategicQuestionGeneration(),
    StrategyGeneration(),
    StrategyEvaluation(),
    ActionPlanSynthesis(),
    DetailedApproachPlan(),
    ObjectionHandling(),
    PersonalizedMessage(),
    InternalBriefing(),
)
"""In the order of `leadboard.domain.stages.AGENTS`."""
