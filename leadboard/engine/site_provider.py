"""A company's own website, asked as if it were a service: what it says of itself, for nobody's money."""

from leadboard.domain.found import Answer, AskedCompany, Fact, FoundCompany
from leadboard.domain.places import country_code
from leadboard.domain.site import read_site
from leadboard.engine.agents.base import LeadFacts
from leadboard.engine.claims import claims_of
from leadboard.engine.site_reader import Reader
from leadboard.engine.thinking import PAGES
from leadboard.errors import ProviderError


class SiteProvider:
    """Reads websites. It answers `company` alone."""

    def __init__(self, reader: Reader, demo: bool) -> None:
        self._reader = reader
        self._demo = demo

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """What the website behind the domain says of its company. Raises `ProviderError` when it cannot be read."""
        site, _ = await self._reader.read(asked.domain, country_code(asked.country) or None, self._demo)
        if site["error"]:
            raise ProviderError(site["error"])
        facts = read_site(PAGES.validate_python(site["pages"]))
        claims = claims_of(facts, LeadFacts(name=asked.name, domain=asked.domain))
        found = tuple(Fact(claim.field, claim.value, claim.confidence, claim.source) for claim in claims)
        return Answer((FoundCompany(asked.name, asked.domain, found),) if found else ())
