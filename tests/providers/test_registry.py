"""Every provider keeps what the base promises of it."""

from collections.abc import Iterator

import pytest

from leadboard.domain.found import AskedCompany, AskedPerson
from leadboard.domain.services import KeyKind, Known, Task
from leadboard.errors import Refused
from leadboard.providers.base import Provider
from leadboard.providers.hunter import Hunter
from leadboard.providers.registry import PROVIDERS, SERVICES, provider_of, services
from leadboard.settings import Settings
from leadboard.told import tell_services
from tests.support.services import wired

EACH = pytest.mark.parametrize("provider", PROVIDERS, ids=[each.service.name for each in PROVIDERS])
COMPANY = {Known.DOMAIN, Known.COMPANY_NAME, Known.LINKEDIN, Known.REF}
ABOUT = {
    Task.COMPANY: COMPANY,
    Task.PEOPLE: COMPANY | {Known.TITLE},
    Task.PERSON: set(Known) - {Known.TITLE},
    Task.VERIFY: {Known.EMAIL},
    Task.SIGNALS: COMPANY,
}
"""What can be known when a task is asked."""


@EACH
def test_it_has_a_method_for_what_it_offers_and_for_nothing_else(provider):
    offered = {offer.task for offer in provider.service.offers}
    assert offered
    assert offered == {task for task in Task if hasattr(provider, task.value)}
    assert provider.check is not Provider.check


@EACH
def test_its_offers_can_be_taken(provider):
    for offer in provider.service.offers:
        if offer.task is Task.COMPANIES:
            assert offer.needs == ()
        else:
            assert offer.needs
            assert all(known and known <= ABOUT[offer.task] for known in offer.needs)


@EACH
def test_what_costs_needs_a_key(provider):
    paid = any(offer.micros for offer in provider.service.offers)
    assert not paid or provider.service.key is not KeyKind.NONE


@EACH
def test_it_is_reached_over_https_only(provider):
    assert provider.base_url.startswith("https://")
    assert provider.service.site.startswith("https://")


def test_names_are_told_apart():
    assert len({service.name for service in SERVICES}) == len({service.label for service in SERVICES}) == len(SERVICES)
    assert [provider_of(service.name).service for service in SERVICES] == list(SERVICES)


@pytest.fixture
def as_they_were() -> Iterator[None]:
    """Services are told for the whole process: give back what a test told them."""
    before = [(provider, provider.service, provider.base_url) for provider in PROVIDERS]
    yield
    for provider, service, base_url in before:
        provider.service, provider.base_url = service, base_url


async def test_an_installation_knows_prices_paces_and_addresses_better(as_they_were):
    settings = Settings(
        LEADBOARD_SERVICES={  # type: ignore[call-arg]
            "hunter": {
                "prices": {"person": "0.01"},
                "calls_per_second": 0.5,
                "address": "https://hunter.proxy.example/v2",
            }
        },
        _env_file=None,
    )
    tell_services(settings)
    told = next(service for service in services() if service.name == "hunter")
    offer = told.offer(Task.PERSON)
    assert offer is not None
    assert (offer.micros, told.pace.calls, told.pace.seconds) == (10_000, 1, 2.0)
    hunter, asked = wired(Hunter, {"data": {"email": None}})
    await hunter.person(AskedPerson("Marta", "Linek", company=AskedCompany("", "northmoor.example")))
    assert asked.requests[0].url.host == "hunter.proxy.example"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"huntr": {}}, "There is no service “huntr”"),
        ({"hunter": {"prices": {"signals": 1}}}, "Hunter is not asked for signals"),
    ],
)
def test_what_cannot_be_told_is_said(as_they_were, said, sentence):
    with pytest.raises(Refused, match=sentence):
        tell_services(Settings(LEADBOARD_SERVICES=said, _env_file=None))  # type: ignore[call-arg]
