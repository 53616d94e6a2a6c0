"""Every service of the demo world, by the host it answers at."""

from collections.abc import Mapping
from functools import cache

from leadboard.sandbox.anthropic import anthropic
from leadboard.sandbox.services import (
    abn_lookup,
    ai_ark,
    apify,
    apollo,
    clay,
    clinicaltrials,
    companies_house,
    dns,
    findymail,
    github,
    google_news_rss,
    hn_algolia,
    hunter,
    job_boards,
    leadmagic,
    millionverifier,
    nominatim,
    overpass,
    places,
    places_legacy,
    prospeo,
    rdap,
    sec_edgar,
    wikidata,
    zerobounce,
)
from leadboard.sandbox.services.base import Api

APIS: tuple[Api, ...] = (
    abn_lookup.API,
    ai_ark.API,
    anthropic(),
    apify.API,
    apollo.API,
    clay.API,
    clinicaltrials.API,
    companies_house.API,
    dns.API,
    findymail.API,
    github.API,
    google_news_rss.API,
    hn_algolia.API,
    hunter.API,
    job_boards.API,
    leadmagic.API,
    millionverifier.API,
    nominatim.API,
    overpass.API,
    places.API,
    places_legacy.API,
    prospeo.API,
    rdap.API,
    sec_edgar.API,
    wikidata.API,
    zerobounce.API,
)


@cache
def by_host() -> Mapping[str, Api]:
    """Host -> service."""
    return {host: api for api in APIS for host in api.hosts}
