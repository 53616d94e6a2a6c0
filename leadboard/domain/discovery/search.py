"""What a profile makes services look for."""

from leadboard.domain.found import Search
from leadboard.domain.icp import Icp


def search_of(icp: Icp) -> Search:
    """The search for companies of a profile: any of its industries, any of its places, and all else it asks for."""
    return Search(
        industries=icp.industry,
        specialities=tuple(dict.fromkeys(icp.specialities)),
        places=icp.geographies,
        headcount_min=icp.size_min,
        headcount_max=icp.size_max,
        signals=icp.signals,
    )
