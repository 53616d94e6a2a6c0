"""Skill 4: which companies a website names as its clients."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from leadboard.domain.industry_words import trades_in
from leadboard.domain.site import Customer, SiteFacts, read_page, read_site
from leadboard.domain.site.dom import host_of, registrable
from leadboard.domain.site.text import bare_name, compact, unique
from leadboard.domain.vocabulary.claims import CLIENTS_CLAIMED
from leadboard.engine.skills.base import Answer, Context, Shape, Skill
from leadboard.engine.skills.client_words import ClientWords
from leadboard.engine.skills.extract_services import PagesOfCompany
from leadboard.engine.skills.picking import Picked, Wanted, texts_of
from leadboard.engine.skills.shapes import Evidence, PortfolioCompany, Texts, evidence, picked_evidence

_NONE = 0.1
_MOST_BRANDS = 10
_LONGEST_NAME = 60
_TELLS_OF_CLIENTS = ("portfolio", "case_studies", "home", "about")
_SAYS_ITSELF = ("home", "about", "services", "portfolio", "case_studies", "contact", "team", "careers")


class PagesAndHtml(PagesOfCompany):
    """The pages of a website, or of one page its HTML."""

    raw_html: str = ""


class Portfolio(Shape):
    """The clients, those with the best evidence first. `total_clients_claimed` is the largest number the site states;
    `notable_brands` are the clients its home page shows; `source_distribution` counts clients by source."""

    companies: tuple[PortfolioCompany, ...] = ()
    total_clients_claimed: int | None = None
    notable_brands: Texts = ()
    industries_represented: Texts = ()
    source_distribution: dict[str, int] = {}
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


class ExtractPortfolio(Skill[PagesAndHtml, Portfolio]):
    """As sure as the evidence of the clients is on average."""

    name = "extract_portfolio"
    description = "Lists the companies a website names as clients, with what it says of each."
    given = PagesAndHtml
    gives = Portfolio
    wanted = (Wanted("companies", "The name of a company that the website names as a client, the name alone", 20),)

    def passages(self, given: PagesAndHtml) -> Iterable[tuple[str, str]]:
        """What pages that tell of clients say, and what their pictures show."""
        for page in given.pages:
            if page.page_type in _TELLS_OF_CLIENTS:
                yield from texts_of((page.facts,))
                yield from ((image, page.url) for image in page.facts.images)

    def amended(self, given: PagesAndHtml, told: Portfolio, picked: Mapping[str, Sequence[Picked]]) -> Portfolio:
        """The clients with those a model found by name, as a list of clients would name them."""
        known = {compact(bare_name(one.company_name)) for one in told.companies} | _own_names(given, _site(given))
        named = unique(picked.get("companies", ()), lambda one: compact(bare_name(one.text)))
        new = [one for one in named if compact(bare_name(one.text)) not in known and len(one.text) <= _LONGEST_NAME]
        companies = (*told.companies, *map(_named, new))
        return told.model_copy(
            update={
                "companies": companies,
                "source_distribution": dict(Counter(one.source for one in companies)),
                "evidence": (*told.evidence, *map(picked_evidence, new)),
            }
        )

    def answer(self, given: PagesAndHtml, context: Context) -> Answer[Portfolio]:
        site = _site(given)
        clients = [one for one in site.customers if compact(bare_name(one.name)) not in _own_names(given, site)]
        offered = frozenset(trade for service in site.services for trade in trades_in(service.name))
        companies = tuple(_company(one, site, offered) for one in clients)
        represented = Counter(one.industry_hint for one in companies if one.industry_hint)
        sure = sum(one.found.confidence for one in clients) / len(clients) if clients else _NONE
        portfolio = Portfolio(
            companies=companies,
            total_clients_claimed=max(_claimed(site), default=None),
            notable_brands=_on_home(site, companies),
            industries_represented=tuple(sorted(represented, key=lambda name: (-represented[name], name))),
            source_distribution=dict(Counter(one.source for one in companies)),
            confidence=round(sure, 4),
            evidence=tuple(evidence(one.found) for one in clients),
        )
        return Answer(portfolio, sure)


def _named(one: Picked) -> PortfolioCompany:
    return PortfolioCompany(company_name=one.text, source="client_list", snippet=one.passage, url=one.url)


def _site(given: PagesAndHtml) -> SiteFacts:
    pages = [page.facts for page in given.pages]
    if given.raw_html:
        pages.append(read_page(given.raw_html, given.pages[0].url if given.pages else ""))
    return read_site(pages)


def _own_names(given: PagesAndHtml, site: SiteFacts) -> set[str]:
    """What the company behind the site goes by: it is no client of its own."""
    domains = {registrable(host_of(page.url)).partition(".")[0] for page in site.pages}
    return {compact(bare_name(name)) for name in (given.company_name, site.company_name, *domains)} - {""}


def _company(customer: Customer, site: SiteFacts, offered: frozenset[str]) -> PortfolioCompany:
    words = ClientWords(customer, site)
    return PortfolioCompany.model_validate(
        {
            "company_name": customer.name,
            "company_domain": customer.domain,
            "source": customer.source,
            "industry_hint": words.industry(offered),
            "place_hint": words.place(),
            "testimonial_person": words.quote.person if words.quote else customer.person,
            "testimonial_title": words.quote.title if words.quote else customer.title,
            "testimonial_text": words.quote.text if words.quote else "",
            "case_study_summary": words.summary(),
            "results_mentioned": words.results(),
            "snippet": customer.found.snippet,
            "url": customer.found.url,
        }
    )


def _claimed(site: SiteFacts) -> Iterator[int]:
    """The numbers of clients that the site states for itself."""
    for page in site.pages:
        if page.page_type in _SAYS_ITSELF:
            for line in page.text.split("\n"):
                yield from (int(found["count"].replace(",", "")) for found in CLIENTS_CLAIMED.finditer(line[:2000]))


def _on_home(site: SiteFacts, companies: tuple[PortfolioCompany, ...]) -> Texts:
    home = {compact(bare_name(c.name)) for page in site.pages if page.page_type == "home" for c in page.customers}
    shown = (one.company_name for one in companies if compact(bare_name(one.company_name)) in home)
    return tuple(shown)[:_MOST_BRANDS]
