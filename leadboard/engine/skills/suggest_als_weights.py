"""Skill 8: the weights of the ALS that suit a profile."""

from pydantic import Field

from leadboard.domain.focus import Focus
from leadboard.domain.places import country_code
from leadboard.domain.weights import MAXIMA
from leadboard.domain.weights_suggest import Situation, shifts, sub_weights, suggested
from leadboard.engine.skills.base import Answer, Context, Shape, Skill
from leadboard.engine.skills.extract_services import Services
from leadboard.engine.skills.shapes import IcpProfile, Texts

_LARGEST, _SMALLEST = "501+", "1-10"


class ProfileAndSales(Shape):
    """A profile and how is sold to it: `avg_deal_size` in whole units of the currency, `sales_cycle` in days.

    `industry_focus` is that of the clients; without it, that of the services counts.
    """

    icp: IcpProfile
    services: Services | None = None
    avg_deal_size: float | None = Field(default=None, ge=0)
    sales_cycle: int | None = Field(default=None, ge=0)
    industry_focus: Focus | None = None


class WeightReason(Shape):
    """Why a component has its weight."""

    component: str
    weight: int
    why: str


class SuggestedWeights(Shape):
    """Five whole numbers that sum to 100; `sub_weights` share those of company_fit."""

    weights: dict[str, int]
    sub_weights: dict[str, int]
    reasoning: tuple[WeightReason, ...]
    priority_signals: Texts = ()
    confidence: float = 0.0


class SuggestAlsWeights(Skill[ProfileAndSales, SuggestedWeights]):
    """No surer than the profile is."""

    name = "suggest_als_weights"
    description = "Proposes how much each part of the lead score counts for a profile."
    given = ProfileAndSales
    gives = SuggestedWeights

    def answer(self, given: ProfileAndSales, context: Context) -> Answer[SuggestedWeights]:
        situation = _situation(given)
        weights = suggested(situation)
        sure = given.icp.pattern_confidence
        found = SuggestedWeights(
            weights=weights,
            sub_weights=sub_weights(weights["company_fit"]),
            reasoning=tuple(WeightReason(component=c, weight=w, why=_why(c, situation)) for c, w in weights.items()),
            priority_signals=given.icp.icp_signals,
            confidence=sure,
        )
        return Answer(found, sure)


def _situation(given: ProfileAndSales) -> Situation:
    icp = given.icp
    return Situation(
        deal_size=given.avg_deal_size or 0,
        cycle=given.sales_cycle or 0,
        enterprise=_LARGEST in icp.icp_sizes,
        focused=_focus(given) is not Focus.GENERALIST or _is_local(icp),
        young="saas" in icp.icp_industries or icp.icp_sizes == (_SMALLEST,),
    )


def _focus(given: ProfileAndSales) -> Focus:
    if given.industry_focus is not None:
        return given.industry_focus
    return given.services.service_focus if given.services else Focus.GENERALIST


def _is_local(icp: IcpProfile) -> bool:
    """One place that is no country."""
    return len(icp.icp_locations) == 1 and not country_code(icp.icp_locations[0])


def _why(component: str, situation: Situation) -> str:
    """The reasons for more and for less; the usual weight without any."""
    told = [
        f"{'More' if one.to == component else 'Less'}: {one.why}"
        for one in shifts(situation)
        if component in (one.to, one.source)
    ]
    return " ".join(told) or f"The usual weight, {MAXIMA[component]}: nothing speaks for another one."
