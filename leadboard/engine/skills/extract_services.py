"""Skill 2: what the company offers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from leadboard.domain.focus import Focus, focus
from leadboard.domain.site import PageFacts, Service
from leadboard.domain.site.services import category
from leadboard.domain.site.text import compact, snippet, unique
from leadboard.domain.words import mentions
from leadboard.engine.skills.base import Answer, Context, Shape, Skill
from leadboard.engine.skills.parse_website import site_of
from leadboard.engine.skills.picking import Picked, Wanted, texts_of
from leadboard.engine.skills.shapes import Evidence, PageContent, ServiceOffer, Texts, evidence

_MOST_PRIMARY = 3
_LONGEST_NAME = 60
_DESCRIPTION = (40, 400)
_HEADED, _LISTED, _NONE = 0.85, 0.6, 0.1
_WEIGHT_OF_PRIMARY = 3


class PagesOfCompany(Shape):
    """The pages of a company's website, and its name where it is known."""

    pages: tuple[PageContent, ...] = ()
    company_name: str = ""


class Services(Shape):
    """What is on offer. `service_focus` is specialist, niche or generalist by the categories of the services."""

    services: tuple[ServiceOffer, ...] = ()
    primary_categories: Texts = ()
    service_focus: Focus = Focus.GENERALIST
    confidence: float = 0.0
    source_pages: Texts = ()
    evidence: tuple[Evidence, ...] = ()


class ExtractServices(Skill[PagesOfCompany, Services]):
    """0.85 where headings of home or services pages name services, 0.6 where only links and lists do."""

    name = "extract_services"
    description = "Lists the services a website offers, by category, the main ones marked."
    given = PagesOfCompany
    gives = Services
    wanted = (Wanted("services", "The name of a service on offer, the name alone", 15),)

    def passages(self, given: PagesOfCompany) -> Iterable[tuple[str, str]]:
        """What the pages that tell of services say."""
        telling = (page.facts for page in given.pages if page.page_type in ("services", "home", "about", "other"))
        return texts_of(telling)

    def amended(self, given: PagesOfCompany, told: Services, picked: Mapping[str, Sequence[Picked]]) -> Services:
        """The services with those whose names a model found."""
        known = {compact(one.name) for one in told.services} | {compact(given.company_name)}
        named = unique(picked.get("services", ()), lambda one: compact(one.text))
        new = [one for one in named if len(one.text) <= _LONGEST_NAME and compact(one.text) not in known]
        offers = (*told.services, *map(_named, new))
        return told.model_copy(
            update={
                "services": offers,
                "primary_categories": _primary(offers),
                "service_focus": focus(Counter(one.category for one in offers)),
                "source_pages": unique((*told.source_pages, *(one.url for one in new)), str),
                "evidence": (
                    *told.evidence,
                    *(Evidence(value=one.text, snippet=one.passage, url=one.url) for one in new),
                ),
            }
        )

    def answer(self, given: PagesOfCompany, context: Context) -> Answer[Services]:
        site = site_of(given.pages)
        own = compact(given.company_name)
        found = [one for one in site.services if compact(one.name) != own]
        offers = tuple(_offer(one, site.pages) for one in found)
        sure = (_HEADED if any(one.is_primary for one in offers) else _LISTED) if offers else _NONE
        services = Services(
            services=offers,
            primary_categories=_primary(offers),
            service_focus=focus(Counter(one.category for one in offers)),
            confidence=sure,
            source_pages=unique((one.found.url for one in found), str),
            evidence=tuple(evidence(one.found) for one in found),
        )
        return Answer(services, sure)


def _offer(service: Service, pages: Sequence[PageFacts]) -> ServiceOffer:
    heads = any(
        page.page_type in ("home", "services") and any(compact(service.name) == compact(h.text) for h in page.headings)
        for page in pages
    )
    return ServiceOffer(
        name=service.name,
        category=service.category,
        description=_description(service, pages),
        is_primary=service.primary or heads,
        mentioned_on_pages=tuple(page.url for page in pages if mentions(page.text, service.name))
        or (service.found.url,),
    )


def _named(one: Picked) -> ServiceOffer:
    return ServiceOffer(name=one.text, category=category(one.text), mentioned_on_pages=(one.url,))


def _description(service: Service, pages: Sequence[PageFacts]) -> str:
    """The line of a page that follows the name of the service, where it is a text of its own."""
    least, most = _DESCRIPTION
    for page in pages:
        lines = page.text.split("\n")
        for name, line in pairwise(lines):
            if compact(name) == compact(service.name) and least <= len(line):
                return snippet(line[:most])
    return ""


def _primary(offers: Sequence[ServiceOffer]) -> Texts:
    """The categories with most services, those headed on home or services pages counting three times."""
    weights: Counter[str] = Counter()
    for offer in offers:
        if offer.category != "other":
            weights[offer.category] += _WEIGHT_OF_PRIMARY if offer.is_primary else 1
    ranked = sorted(weights, key=lambda name: (-weights[name], name))
    return tuple(ranked[:_MOST_PRIMARY])
