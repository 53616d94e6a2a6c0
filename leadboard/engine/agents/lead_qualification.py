"""Agent 7: how much the lead is worth pursuing, with the reasons."""

from leadboard.domain.icp import excluded_by
from leadboard.domain.package import URGENCIES, Statement
from leadboard.domain.titles import MAX_AUTHORITY, authority
from leadboard.engine.agents.base import Known, Section, Unable
from leadboard.engine.agents.evidence import listed, resting, wanted
from leadboard.engine.agents.hiring import open_roles
from leadboard.engine.agents.writing import Slot, Writing

WEIGHTS = {"fit": 0.45, "authority": 0.25, "readiness": 0.20, "budget_likelihood": 0.10}
TIERS = ((0.65, "high"), (0.45, "medium"), (0.20, "low"))


class LeadQualification:
    """`tier` (high from 0.65, medium from 0.45, low from 0.20, else not_qualified), `score` and its four parts, 0 to 1:

    score = 0.45 fit + 0.25 authority + 0.20 readiness + 0.10 budget_likelihood
    fit: the relevance of the analysis. authority: the best title's points of 25. readiness: 0.4 for an open role, 0.2
    for news, 0.4 times the urgency. budget_likelihood: 0.4 for an imported deal value, 0.3 for known funding, 0.3 for
    an open role.
    An excluded company is not qualified and scores 0. `reasoning`: statements; `gaps`: what was looked for in vain;
    `assessment`: statements, by a model only.
    """

    id = "lead_qualification"

    writing = Writing(
        "Say what speaks for talking to this company now. The tier and the score are decided; do not mention them.",
        (Slot("assessment", "A reason to talk to them, from what they say or look for", 3, needs="reasoning"),),
    )

    def run(self, known: Known) -> Section:
        if not known.analysis:
            raise Unable("The company was not analysed, so it cannot be qualified. Retry the lead.")
        excluded = excluded_by(known.icp, known.lead.name, known.lead.domain) if known.icp else None
        parts = {
            "fit": known.analysis["relevance_score"],
            "authority": round(_best_points(known) / MAX_AUTHORITY, 4),
            "readiness": _readiness(known),
            "budget_likelihood": _budget(known),
        }
        score = 0.0 if excluded else round(sum(WEIGHTS[name] * parts[name] for name in WEIGHTS), 4)
        tier = next((tier for least, tier in TIERS if score >= least), "not_qualified")
        reasons = [wanted(f"Excluded by your profile: {excluded}", excluded)] if excluded else _reasons(known)
        return {"tier": tier, "score": score, **parts, "reasoning": reasons, "gaps": _gaps(known)}


def _best_points(known: Known) -> int:
    return max((authority(one["title"]).points for one in known.items("contact_information", "people")), default=0)


def _readiness(known: Known) -> float:
    urgency = URGENCIES.get(known.section("pain_point_analysis").get("urgency", ""), 0)
    news = bool(known.items("external_intelligence", "news"))
    return round(0.4 * bool(open_roles(known)) + 0.2 * news + 0.4 * urgency, 4)


def _budget(known: Known) -> float:
    lead = known.lead
    funded = bool(lead.funding_stage or lead.funding_date)
    return round(0.4 * bool(lead.value) + 0.3 * funded + 0.3 * bool(open_roles(known)), 4)


def _reasons(known: Known) -> list[Statement]:
    """What speaks for the lead, the profile first."""
    reasons: list[Statement] = list(known.analysis.get("opportunity_fit") or ())
    people = known.items("contact_information", "people")
    decider = next((one for one in people if authority(one["title"]).decides), None)
    if decider:
        reasons.append(resting(f"{decider['name']} can decide: {decider['title']}.", decider))
    reasons += [role.statement for role in open_roles(known)[:1]]
    points = known.items("pain_point_analysis", "points")
    reasons += [point["description"] for point in points if point["key"] != "staffing"][:1]
    if known.lead.funding_stage:
        reasons.append(listed(f"Funded: {known.lead.funding_stage}", known.lead.funding_stage))
    return reasons


def _gaps(known: Known) -> list[str]:
    """What would make the judgement surer."""
    people = known.items("contact_information", "people")
    looked_for = {
        "Industry": known.analysis.get("sector"),
        "Headcount": known.analysis.get("size_estimate"),
        "Decision-maker": [one for one in people if authority(one["title"]).decides],
        "E-mail address": known.items("contact_information", "emails"),
    }
    return [f"{what}: not found" for what, found in looked_for.items() if not found]
