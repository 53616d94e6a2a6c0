"""What is known of clients without asking anybody: what the website that names them says."""

from collections.abc import Sequence

from leadboard.engine.skills.shapes import EnrichedCompany, PortfolioCompany

SOURCE = "website"


async def from_site(clients: Sequence[PortfolioCompany]) -> tuple[EnrichedCompany, ...]:
    """Industry and country of each client as far as the website tells them."""
    return tuple(
        EnrichedCompany(
            company_name=one.company_name,
            domain=one.company_domain,
            industry=one.industry_hint,
            country=one.place_hint,
            source=SOURCE,
        )
        for one in clients
    )
