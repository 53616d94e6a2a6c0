"""Every provider has a demo world: whatever it offers, a question about that world brings something."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from leadboard.domain.found import Answer, AskedCompany, AskedPerson, Search
from leadboard.domain.services import Known, Task
from leadboard.errors import TryLater
from leadboard.providers.base import Provider
from leadboard.providers.registry import PROVIDERS
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.services.apis import APIS
from leadboard.sandbox.world import World
from tests.sandbox.conftest import wire

STEPS = 12
"""Questions that one search may take: making it, waiting for its end, reading it."""

SEARCHES = {
    "clinicaltrials": Search(specialities=("gene therapy", "oncology"), places=("US",)),
    "sec_edgar": Search(industries=("software",), places=("US",)),
    "wikidata": Search(industries=("Software",), places=("GB",)),
}
CAFES = Search(industries=("Coffee shop",), places=("Manchester",))
"""What all others are asked for."""


@pytest.mark.parametrize(
    ("provider", "task"), [(provider, offer.task) for provider in PROVIDERS for offer in provider.service.offers]
)
async def test_a_question_about_the_demo_world_brings_something(
    provider: type[Provider], task: Task, world: World, sandbox: Sandbox, waits: list[float]
):
    asked = provider(wire(sandbox), "demo")
    async for items in answers(asked, task, world):
        if items:
            return
    pytest.fail(f"{provider.service.label} knows nothing of the demo world ({task}).")


def test_every_provider_nominatim_and_the_model_are_hosts_of_the_demo_world():
    others = ["nominatim", "anthropic"]
    assert sorted(api.name for api in APIS) == sorted([*(each.service.name for each in PROVIDERS), *others])


async def answers(asked: Any, task: Task, world: World) -> AsyncIterator[tuple[Any, ...]]:
    """What a service says to a search, or of one company or person after the other."""
    if task is Task.COMPANIES:
        search = SEARCHES.get(asked.service.name, CAFES)
        yield await first(lambda cursor: asked.companies(search, cursor))
        return
    # A domain that takes no mail is all that a look at the DNS can tell.
    for company in sorted(world.companies, key=lambda each: each.mail_host != "none"):
        team = world.people[company.domain]
        at = AskedCompany(company.name, company.domain, company.country, company.linkedin, (team[0].title,))
        if needs_ref(asked, task):
            at = replace(at, ref=next((each.ref for each in (await asked.company(at)).items), ""))
        person = AskedPerson(team[0].first_name, team[0].last_name, team[0].linkedin, team[0].email, at)
        match task:
            case Task.COMPANY:
                yield (await asked.company(at)).items
            case Task.PEOPLE:
                yield await first(lambda cursor, at=at: asked.people(at, cursor))
            case Task.SIGNALS:
                yield (await asked.signals(at)).items
            case Task.PERSON:
                yield (await asked.person(person)).items
            case Task.VERIFY:
                yield (await asked.verify(team[0].email)).items


def needs_ref(asked: Provider, task: Task) -> bool:
    """Whether a service has to be asked for its own id of the company before."""
    offer = asked.service.offer(task)
    return bool(offer and offer.needs) and all(Known.REF in known for known in offer.needs)


async def first(ask: Callable[[str], Awaitable[Answer[Any]]]) -> tuple[Any, ...]:
    """The first page with something on it, however many questions come before it."""
    cursor = ""
    for _ in range(STEPS):
        try:
            answer = await ask(cursor)
        except TryLater:
            continue
        if answer.items or not (cursor := answer.next):
            return answer.items
    return ()
