"""Every provider there is, in the order in which people read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from leadboard.domain.services import Service, Task
from leadboard.errors import Refused
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
"""As their files have them; an installation may know better (`services`)."""

_BY_NAME = {provider.service.name: provider for provider in PROVIDERS}


def provider_of(name: str) -> type[Provider]:
    """The provider of a service's name; `KeyError` for a name that is none."""
    return _BY_NAME[name]


@dataclass(frozen=True, slots=True)
class Told:
    """What an installation knows better of a service: prices in millionths of a US dollar by task, how often a second
    it may be asked, and where it answers. What is None or missing stays as it is."""

    micros: Mapping[Task, int] = field(default_factory=dict)
    calls_per_second: float | None = None
    address: str = ""


def tell(told: Mapping[str, Told]) -> None:
    """Let services be as this installation says (composition root, before anything is asked). `Refused` for a service
    or a task that there is not."""
    for name, better in told.items():
        if name not in _BY_NAME:
            raise Refused(
                f"There is no service “{name}”. LEADBOARD_SERVICES names services as the Providers page does."
            )
        provider = _BY_NAME[name]
        provider.service = _told(provider.service, better)
        provider.base_url = better.address or provider.base_url


def services() -> tuple[Service, ...]:
    """Every service as this installation knows it."""
    return tuple(provider.service for provider in PROVIDERS)


def _told(service: Service, better: Told) -> Service:
    for task in better.micros:
        if service.offer(task) is None:
            raise Refused(f"{service.label} is not asked for {task.value}. Leave that price out of LEADBOARD_SERVICES.")
    offers = tuple(replace(offer, micros=better.micros.get(offer.task, offer.micros)) for offer in service.offers)
    pace = service.pace
    if better.calls_per_second is not None:
        pace = replace(pace, calls=1, seconds=1 / better.calls_per_second)
    return replace(service, offers=offers, pace=pace)
