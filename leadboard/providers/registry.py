"""Every provider there is, in the order in which people read them."""

from leadboard.domain.services import Service
from leadboard.providers.abn_lookup import AbnLookup
from leadboard.providers.ai_ark import AIArk
from leadboard.providers.apify import Apify
from leadboard.providers.apollo import Apollo
from leadboard.providers.base import Provider
from leadboard.providers.clay import Clay
from leadboard.providers.clinicaltrials import ClinicalTrials
from leadboard.providers.companies_house import CompaniesHouse
from leadboard.providers.dns import Dns
from leadboard.providers.findymail import Findymail
from leadboard.providers.github import GitHub
from leadboard.providers.google_news_rss import GoogleNews
from leadboard.providers.hn_algolia import HackerNews
from leadboard.providers.hunter import Hunter
from leadboard.providers.job_boards import JobBoards
from leadboard.providers.leadmagic import LeadMagic
from leadboard.providers.millionverifier import MillionVerifier
from leadboard.providers.overpass import Overpass
from leadboard.providers.places import Places
from leadboard.providers.places_legacy import PlacesLegacy
from leadboard.providers.prospeo import Prospeo
from leadboard.providers.rdap import Rdap
from leadboard.providers.sec_edgar import SecEdgar
from leadboard.providers.wikidata import Wikidata
from leadboard.providers.zerobounce import ZeroBounce

PROVIDERS: tuple[type[Provider], ...] = (
    AbnLookup,
    AIArk,
    Apify,
    Apollo,
    Clay,
    ClinicalTrials,
    CompaniesHouse,
    Dns,
    Findymail,
    GitHub,
    GoogleNews,
    Places,
    PlacesLegacy,
    HackerNews,
    Hunter,
    JobBoards,
    LeadMagic,
    MillionVerifier,
    Overpass,
    Prospeo,
    Rdap,
    SecEdgar,
    Wikidata,
    ZeroBounce,
)

SERVICES: tuple[Service, ...] = tuple(provider.service for provider in PROVIDERS)

_BY_NAME = {provider.service.name: provider for provider in PROVIDERS}


def provider_of(name: str) -> type[Provider]:
    """The provider of a service's name; `KeyError` for a name that is none."""
    return _BY_NAME[name]
