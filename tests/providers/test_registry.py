"""Every provider keeps what the base promises of it."""

import pytest

from leadboard.domain.services import KeyKind, Known, Task
from leadboard.providers.base import Provider
from leadboard.providers.registry import PROVIDERS, SERVICES, provider_of

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
