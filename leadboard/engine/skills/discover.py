"""Runs the skills one after the other, each with what those before it found, to a profile that a person confirms.

Pure sequencing (skills sheet, section 5): who fetches pages and who looks up clients is the caller's. A skill that
fails leaves its part missing and the others go on; only a website that cannot be read ends the work.
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog

from leadboard.engine.skills import SKILLS
from leadboard.engine.skills.base import Context, Shape, SkillResult
from leadboard.engine.skills.classify_industries import Industries
from leadboard.engine.skills.derive_icp import Reason
from leadboard.engine.skills.estimate_company_size import CompanySize
from leadboard.engine.skills.extract_portfolio import Portfolio
from leadboard.engine.skills.extract_services import Services
from leadboard.engine.skills.extract_value_prop import ValueProposition
from leadboard.engine.skills.from_site import from_site
from leadboard.engine.skills.parse_website import ParsedWebsite, Website
from leadboard.engine.skills.registry import Registry
from leadboard.engine.skills.shapes import EnrichedCompany, IcpProfile, PageContent, PortfolioCompany, Texts
from leadboard.engine.skills.suggest_als_weights import SuggestedWeights
from leadboard.errors import Refused

MOST_ENRICHED = 20
"""Clients that are looked up."""

LEAST_TEXT = 200
"""Characters of visible text below which a website is unreadable: a page that needs a browser, or nothing at all."""

Enrich = Callable[[Sequence[PortfolioCompany]], Awaitable[Sequence[EnrichedCompany]]]
Report = Callable[["Step"], Awaitable[None]]

log = structlog.get_logger(__name__)

_BROKE = "This part failed because of a fault of ours, which is in the log. The others went on without it."


class Step(Shape):
    """How a skill ended."""

    name: str
    ok: bool
    error: str = ""
    confidence: float = 0.0


class Discovery(Shape):
    """What a website comes to. A part that is None is `missing`; nothing of it is applied until a person confirms.

    `confidences` and `evidence` are those of the fields of `icp`; `unread` says which pages could not be read and why.
    """

    website_url: str
    company_name: str
    domain: str
    pages: Texts
    unread: Texts
    icp: IcpProfile | None
    confidence: float
    confidences: dict[str, float]
    evidence: tuple[Reason, ...]
    data_quality: str
    recommendations: Texts
    weights: SuggestedWeights | None
    services: Services | None
    value_proposition: ValueProposition | None
    portfolio: Portfolio | None
    enriched_portfolio: tuple[EnrichedCompany, ...]
    industries: Industries | None
    company_size: CompanySize | None
    missing: Texts
    steps: tuple[Step, ...]
    tokens: int
    cost: int


async def discover(
    website: Website,
    *,
    enrich: Enrich,
    context: Context,
    skills: Registry = SKILLS,
    finished: Mapping[str, SkillResult[Any]] | None = None,
    report: Report | None = None,
) -> Discovery:
    """Everything the website comes to. Raises Refused (`unreadable_site`) when there is too little to read.

    `finished` are the results of skills that ran before an interruption: they are not run again. `report` is told of
    each skill that ends.
    """
    run = _Run(context, skills, dict(finished or {}), report)
    parsed: ParsedWebsite | None = await run.step("parse_website", website)
    if not parsed:
        raise _unreadable(run.results["parse_website"].error)
    if sum(len(page.facts.text) for page in parsed.pages) < LEAST_TEXT:
        raise _unreadable(f"{parsed.domain} shows fewer than {LEAST_TEXT} characters of text.")
    about: dict[str, Any] = {"pages": parsed.pages, "company_name": parsed.company_name}
    services, claim, portfolio, size = await asyncio.gather(
        run.step("extract_services", about),
        run.step("extract_value_prop", about),
        run.step("extract_portfolio", about),
        run.step("estimate_company_size", _people_pages(parsed.pages)),
    )
    clients = portfolio.companies if portfolio else ()
    enriched = await _enriched(enrich, clients[:MOST_ENRICHED])
    offers = services.services if services else ()
    hints = claim.target_audience_hints if claim else ()
    industries = await run.step(
        "classify_industries", {"services": offers, "portfolio": clients, "target_audience_hints": hints}
    )
    derived = await run.step(
        "derive_icp",
        {
            "enriched_portfolio": enriched,
            "classified_industries": industries,
            "services": services,
            "value_proposition": claim,
            "portfolio": clients,
        },
    )
    weights = await run.step(
        "suggest_als_weights",
        {
            "icp": derived.icp if derived else IcpProfile(),
            "services": services,
            "industry_focus": industries.industry_focus if industries else None,
        },
    )
    parts: dict[str, Any] = {
        "icp": derived.icp if derived else None,
        "weights": weights,
        "services": services,
        "value_proposition": claim,
        "portfolio": portfolio,
        "industries": industries,
        "company_size": size,
    }
    return Discovery(
        website_url=website.url,
        company_name=parsed.company_name,
        domain=parsed.domain,
        pages=tuple(page.url for page in parsed.pages),
        unread=parsed.unread,
        confidence=derived.icp.pattern_confidence if derived else 0.0,
        evidence=derived.evidence if derived else (),
        confidences=derived.confidences if derived else {},
        data_quality=derived.data_quality if derived else "low",
        recommendations=derived.recommendations if derived else (),
        enriched_portfolio=tuple(enriched),
        missing=tuple(name for name, part in parts.items() if part is None),
        steps=run.steps(),
        tokens=sum(result.tokens for result in run.results.values()),
        cost=sum(result.cost for result in run.results.values()),
        **parts,
    )


class _Run:
    """The results of the skills so far, by their names."""

    def __init__(
        self, context: Context, skills: Registry, results: dict[str, SkillResult[Any]], report: Report | None
    ) -> None:
        self._context = context
        self._skills = skills
        self._report = report
        self.results = results

    async def step(self, name: str, given: Shape | Mapping[str, Any]) -> Any:
        """What the skill comes to, None when it failed."""
        if name not in self.results:
            self.results[name] = await self._attempt(name, given)
            if self._report:
                await self._report(_step(name, self.results[name]))
        return self.results[name].data

    async def _attempt(self, name: str, given: Shape | Mapping[str, Any]) -> SkillResult[Any]:
        try:
            return await self._skills.get(name).run(given, self._context)
        except Exception:  # one skill that breaks must not end the others
            log.error("skill_broke", skill=name, trace=traceback.format_exc())
            return SkillResult(False, error=_BROKE)

    def steps(self) -> tuple[Step, ...]:
        """How each skill ended, in the order of the registry."""
        return tuple(_step(skill.name, self.results[skill.name]) for skill in self._skills)


def _step(name: str, result: SkillResult[Any]) -> Step:
    return Step(name=name, ok=result.ok, error=result.error, confidence=result.confidence)


def _people_pages(pages: Sequence[PageContent]) -> dict[str, Any]:
    def first(kind: str) -> PageContent | None:
        return next((page for page in pages if page.page_type == kind), None)

    return {"about_page": first("about"), "team_page": first("team"), "all_pages": pages}


async def _enriched(enrich: Enrich, clients: Sequence[PortfolioCompany]) -> Sequence[EnrichedCompany]:
    """The clients as far as they are known; a look-up that breaks leaves what the website says of them."""
    try:
        return await enrich(clients)
    except Exception:  # what the website says is there in any case
        log.error("portfolio_enrichment_broke", clients=len(clients), trace=traceback.format_exc())
        return await from_site(clients)


def _unreadable(why: str) -> Refused:
    return Refused(
        f"This website cannot be read: {why} Give the address of another page, or fill the profile in by hand.",
        field="website_url",
        code="unreadable_site",
    )
