"""Companies of leads as the waterfall reads them."""

from leadboard.domain.waterfall.record import CompanyRecord
from leadboard.store.tables import Lead


def record_of(lead: Lead) -> CompanyRecord:
    """What is known of a lead's company, in the words of services."""
    return CompanyRecord(
        name=lead.name,
        domain=lead.domain,
        industry=lead.industry,
        headcount=_headcount(lead),
        description=lead.description,
        address=lead.address,
        city=lead.city,
        state=lead.state,
        country=lead.country,
        phone=lead.phone,
        email=lead.email,
        linkedin=lead.linkedin,
        founded=str(lead.founded_year or ""),
        funding=lead.funding_stage,
        funding_date=lead.funding_date.isoformat() if lead.funding_date else "",
        locked=frozenset(lead.locked),
        refs=lead.refs,
    )


def _headcount(lead: Lead) -> str:
    if lead.headcount_min is None:
        return ""
    if lead.headcount_max is None:
        return f"{lead.headcount_min}+"
    same = lead.headcount_min == lead.headcount_max
    return str(lead.headcount_min) if same else f"{lead.headcount_min}-{lead.headcount_max}"
