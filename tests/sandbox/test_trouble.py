"""The public, local and register services of the demo world in trouble: told in their own words, so that the real
adapters know them apart."""

from collections.abc import Callable
from typing import Any

import pytest

from leadboard.domain.found import AskedCompany, Search
from leadboard.domain.services import Task
from leadboard.errors import TryLater
from leadboard.providers.abn_lookup import AbnLookup
from leadboard.providers.apify import Apify
from leadboard.providers.base import Garbled, KeyRefused, Outage, Provider
from leadboard.providers.clay import Clay
from leadboard.providers.clinicaltrials import ClinicalTrials
from leadboard.providers.companies_house import CompaniesHouse
from leadboard.providers.dns import Dns
from leadboard.providers.github import GitHub
from leadboard.providers.google_news_rss import GoogleNews
from leadboard.providers.hn_algolia import HackerNews
from leadboard.providers.job_boards import JobBoards
from leadboard.providers.nominatim import Nominatim
from leadboard.providers.overpass import Overpass
from leadboard.providers.places import Places
from leadboard.providers.places_legacy import PlacesLegacy
from leadboard.providers.rdap import Rdap
from leadboard.providers.sec_edgar import SecEdgar
from leadboard.providers.wikidata import Wikidata
from leadboard.sandbox.app import Sandbox
from tests.sandbox.conftest import wire

WITH_KEY = (AbnLookup, Apify, Clay, CompaniesHouse, GitHub, Places, PlacesLegacy)
WITHOUT = (ClinicalTrials, Dns, GoogleNews, HackerNews, JobBoards, Nominatim, Overpass, Rdap, SecEdgar, Wikidata)

Misbehaving = Callable[..., Sandbox]
each_of = pytest.mark.parametrize


@each_of("kind", (*WITH_KEY, *WITHOUT))
async def test_a_service_that_is_well_says_so(kind: type[Provider], sandbox: Sandbox):
    health = await kind(wire(sandbox), "demo").check()
    assert health.ok
    assert health.sentence.endswith(".")
    assert not sandbox.paid.total()


@each_of("kind", WITH_KEY)
async def test_a_wrong_key_is_refused(kind: type[Provider], sandbox: Sandbox):
    with pytest.raises(KeyRefused):
        await kind(wire(sandbox), "wrong-key").check()


@each_of(("how", "error"), [({"errors": 1.0}, Outage), ({"rate_limits": 1.0}, TryLater)], ids=["errors", "rate limits"])
@each_of("kind", (*WITH_KEY, *WITHOUT))
async def test_trouble_is_told_in_the_words_of_the_service(
    kind: type[Provider], how: dict[str, float], error: type[Exception], misbehaving: Misbehaving, waits: list[float]
):
    with pytest.raises(error):
        await kind(wire(misbehaving(**how)), "demo").check()


@each_of("kind", (*WITH_KEY, *WITHOUT))
async def test_an_answer_that_is_none_is_not_believed(
    kind: type[Provider], misbehaving: Misbehaving, waits: list[float]
):
    with pytest.raises((Garbled, Outage)):
        await anything(kind(wire(misbehaving(malformed=1.0)), "demo"))


async def anything(provider: Any) -> object:
    """The answer to the first question that a service takes."""
    offers = provider.service.offers
    match offers[0].task if offers else "":
        case Task.COMPANIES:
            return await provider.companies(Search(("Coffee shop",), specialities=("coffee",), places=("London",)))
        case Task.COMPANY:
            return await provider.company(AskedCompany("Helix", "helix.example"))
        case Task.SIGNALS:
            return await provider.signals(AskedCompany("Helix", "helix.example"))
    return await provider.place("London")


@each_of("kind", (*WITH_KEY, *WITHOUT))
async def test_a_service_that_is_down_cannot_be_reached(
    kind: type[Provider], misbehaving: Misbehaving, waits: list[float]
):
    with pytest.raises(Outage):
        await kind(wire(misbehaving(down=frozenset({kind.service.name}))), "demo").check()
