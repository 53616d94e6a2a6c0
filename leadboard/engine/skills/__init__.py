"""The eight skills that make an ideal customer profile out of a website, each with its deterministic answer."""

from leadboard.engine.skills.classify_industries import ClassifyIndustries
from leadboard.engine.skills.derive_icp import DeriveIcp
from leadboard.engine.skills.estimate_company_size import EstimateCompanySize
from leadboard.engine.skills.extract_portfolio import ExtractPortfolio
from leadboard.engine.skills.extract_services import ExtractServices
from leadboard.engine.skills.extract_value_prop import ExtractValueProp
from leadboard.engine.skills.parse_website import ParseWebsite
from leadboard.engine.skills.registry import Registry
from leadboard.engine.skills.suggest_als_weights import SuggestAlsWeights

SKILLS = Registry(
    (
        ParseWebsite(),
        ExtractServices(),
        ExtractValueProp(),
        ExtractPortfolio(),
        EstimateCompanySize(),
        ClassifyIndustries(),
        DeriveIcp(),
        SuggestAlsWeights(),
    )
)
"""In the order in which they run."""
