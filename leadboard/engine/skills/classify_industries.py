"""Skill 5: which industries the company serves."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from leadboard.domain.focus import Focus, Standing, focus
from leadboard.domain.industry_words import industries_in, industry_of, trades_in
from leadboard.domain.site.text import compact
from leadboard.domain.vocabulary.claims import AUDIENCE
from leadboard.domain.vocabulary.industries import GENERAL, INDUSTRIES
from leadboard.engine.skills.base import Answer, Context, Shape, Skill
from leadboard.engine.skills.picking import Picked, Wanted
from leadboard.engine.skills.shapes import PortfolioCompany, ServiceOffer, Texts

_MOST_PRIMARY = 3
_MOST_EVIDENCE = 5
_CRAFTS = frozenset({"technology", "saas", "ecommerce", "media_entertainment", "professional_services"})
"""Industries whose words name what agencies do: in the name of a service they do not say whom it is for."""


class ClientsAndServices(Shape):
    """What is offered to whom, as far as the website says it."""

    services: tuple[ServiceOffer, ...] = ()
    portfolio: tuple[PortfolioCompany, ...] = ()
    target_audience_hints: Texts = ()


class Industry(Shape):
    """An industry of the sheet. `evidence` names clients and quotes hints and services."""

    industry: str
    confidence: float
    evidence: Texts
    is_primary: bool
    client_count: int


class Industries(Shape):
    """The industries served, the surest first. `industry_focus` is by the clients whose industry is known."""

    industries: tuple[Industry, ...] = ()
    primary_industries: Texts = ()
    industry_focus: Focus = Focus.GENERALIST
    confidence: float = 0.0


class ClassifyIndustries(Skill[ClientsAndServices, Industries]):
    """As sure as its surest industry is; 0 without any."""

    name = "classify_industries"
    description = "Tells which industries a company serves, by its clients, its own words and its services."
    given = ClientsAndServices
    gives = Industries
    wanted = tuple(
        Wanted(f"industries.{one.key}", f"The name of a client that is in the industry {one.label}, the name alone", 10)
        for one in INDUSTRIES
        if one.key not in GENERAL
    )

    def passages(self, given: ClientsAndServices) -> Iterable[tuple[str, str]]:
        """What the website says of clients whose industry the rules did not see."""
        for one in given.portfolio:
            if not one.industry_hint:
                told = (one.case_study_summary, one.testimonial_text, one.snippet)
                yield (
                    ": ".join(filter(None, (one.company_name, *told[:2]))) if any(told[:2]) else one.company_name,
                    one.url,
                )

    def amended(
        self, given: ClientsAndServices, told: Industries, picked: Mapping[str, Sequence[Picked]]
    ) -> Industries:
        """The industries with the clients that a model knew to place; counted and judged by the same rules."""
        placed = {compact(one.text): field.partition(".")[2] for field, each in picked.items() for one in each}
        clients = tuple(
            one
            if one.industry_hint
            else one.model_copy(update={"industry_hint": placed.get(compact(one.company_name), "")})
            for one in given.portfolio
        )
        return classified(given.model_copy(update={"portfolio": clients}))

    def answer(self, given: ClientsAndServices, context: Context) -> Answer[Industries]:
        found = classified(given)
        return Answer(found, found.confidence)


def classified(given: ClientsAndServices) -> Industries:
    """The industries that clients, audience and services speak of."""
    clients = Counter(one.industry_hint for one in given.portfolio if one.industry_hint)
    targeted = _by_industry(_targets(given))
    served = _by_industry((one.name, _beneficiaries(one.name)) for one in given.services)
    found = [
        _industry(name, Standing(clients[name], name in targeted, name in served), given, targeted, served)
        for name in dict.fromkeys((*clients, *targeted, *served))
    ]
    found.sort(key=lambda one: (-one.client_count, -one.confidence, one.industry))
    primary = [one.industry for one in found if one.is_primary]
    return Industries(
        industries=tuple(found),
        primary_industries=tuple(primary[:_MOST_PRIMARY]),
        industry_focus=focus(clients),
        confidence=max((one.confidence for one in found), default=0.0),
    )


def _targets(given: ClientsAndServices) -> Iterable[tuple[str, Texts]]:
    """Each sentence about the audience with the industries it names behind its "we help" or "for"; what the company
    offers itself is not its audience."""
    offered = {trade for service in given.services for trade in trades_in(service.name)}
    for hint in given.target_audience_hints:
        start = AUDIENCE.search(hint)
        named = trades_in(hint[start.end() :] if start else hint)
        industries = dict.fromkeys(industry_of(trade) for trade in named if trade not in offered)
        yield hint, tuple(name for name in industries if name not in GENERAL)


def _beneficiaries(service: str) -> Texts:
    return tuple(name for name in industries_in(service) if name not in _CRAFTS | GENERAL)


def _by_industry(texts: Iterable[tuple[str, Texts]]) -> dict[str, list[str]]:
    """Industry -> the texts that name it."""
    found: dict[str, list[str]] = {}
    for text, industries in texts:
        for name in industries:
            found.setdefault(name, []).append(text)
    return found


def _industry(
    name: str,
    standing: Standing,
    given: ClientsAndServices,
    targeted: dict[str, list[str]],
    served: dict[str, list[str]],
) -> Industry:
    clients = [one.company_name for one in given.portfolio if one.industry_hint == name]
    told = (*clients, *targeted.get(name, ()), *served.get(name, ()))
    return Industry(
        industry=name,
        confidence=standing.confidence,
        evidence=told[:_MOST_EVIDENCE],
        is_primary=standing.is_primary,
        client_count=standing.clients,
    )
