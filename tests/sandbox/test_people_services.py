"""The services of people and addresses, asked by the real adapters: what they say is what the world holds."""

from collections.abc import Callable
from typing import Any

import pytest
import stamina

from leadboard.domain.found import Answer, AskedCompany, AskedPerson, EmailStatus, FoundPerson, Search
from leadboard.errors import TryLater
from leadboard.providers.ai_ark import AIArk
from leadboard.providers.apollo import Apollo
from leadboard.providers.base import Garbled, KeyRefused, Outage, Provider
from leadboard.providers.findymail import Findymail
from leadboard.providers.hunter import Hunter
from leadboard.providers.leadmagic import LeadMagic
from leadboard.providers.millionverifier import MillionVerifier
from leadboard.providers.prospeo import Prospeo
from leadboard.providers.zerobounce import ZeroBounce
from leadboard.sandbox import knowledge
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.world import Company, Mailbox, Person, World
from tests.sandbox.conftest import wire

SERVICES: tuple[type[Provider], ...] = (
    AIArk,
    Apollo,
    Findymail,
    Hunter,
    LeadMagic,
    MillionVerifier,
    Prospeo,
    ZeroBounce,
)
OF_COMPANIES = (AIArk, Apollo, Prospeo)
OF_COMPANY = (AIArk, Apollo, Hunter, LeadMagic, Prospeo)
OF_PEOPLE = (AIArk, Apollo, Findymail, Hunter, LeadMagic, Prospeo)
BY_NAME = (Apollo, Findymail, Hunter, LeadMagic, Prospeo)
VERIFIERS = (Findymail, Hunter, LeadMagic, MillionVerifier, ZeroBounce)

each_of = pytest.mark.parametrize


def label(service: Any) -> str:
    """The name of a service, for the names of tests."""
    return service.service.name if isinstance(service, type) else str(service)


@pytest.fixture(autouse=True)
def no_waiting():
    """Attempts follow each other at once."""
    with stamina.set_testing(True, attempts=1):
        yield


def asked(person: Person, world: World, *, linkedin: bool = False) -> AskedPerson:
    """The question about somebody, by name and domain or by profile."""
    if linkedin:
        return AskedPerson(linkedin=person.linkedin, company=AskedCompany(domain=person.domain))
    return AskedPerson(person.first_name, person.last_name, company=AskedCompany(domain=person.domain))


def somebody(world: World, fits: Callable[[Person], bool]) -> Person:
    """The first person who fits."""
    return next(person for person in world.by_email.values() if fits(person))


async def every(ask: Callable[[str], Any]) -> list[Any]:
    """All that a question brings, page after page."""
    found, cursor = [], ""
    while True:
        answer: Answer[Any] = await ask(cursor)
        found += answer.items
        if not (cursor := answer.next):
            return found


@each_of("service", SERVICES, ids=label)
async def test_a_key_is_tried(service: type[Provider], sandbox: Sandbox):
    assert (await service(wire(sandbox), "demo").check()).ok
    with pytest.raises(KeyRefused):
        await service(wire(sandbox), "wrong-key").check()
    assert not sum(sandbox.paid.values())


@each_of("service", SERVICES, ids=label)
async def test_trouble_is_told_in_the_services_own_words(service: type[Provider], misbehaving: Callable[..., Sandbox]):
    for how, error in ({"errors": 1.0}, Outage), ({"rate_limits": 1.0}, TryLater), ({"malformed": 1.0}, Garbled):
        with pytest.raises(error):
            await service(wire(misbehaving(**how)), "demo").check()
    with pytest.raises(Outage):
        await service(wire(misbehaving(down=frozenset({service.service.name}))), "demo").check()


@each_of("service", OF_COMPANIES, ids=label)
async def test_a_search_brings_every_company_that_the_service_knows(
    service: type[Provider], world: World, sandbox: Sandbox
):
    provider: Any = service(wire(sandbox), "demo")
    found = await every(lambda cursor: provider.companies(Search(industries=("cafe",), places=("GB",)), cursor))
    known = knowledge.companies(world, service.service.name, world.search(["cafe"], ["GB"]))
    assert [each.domain for each in found] == [company.domain for company in known]
    assert len(found) > 25
    sized = await every(lambda cursor: provider.companies(Search(("cafe",), headcount_min=8, headcount_max=12), cursor))
    assert {each.domain for each in sized} == {
        each.domain for each in knowledge.companies(world, service.service.name, world.search(["cafe"], (), 8, 12))
    }
    nothing = await provider.companies(Search(industries=("submarines",)))
    assert not nothing.items
    assert not nothing.next


@each_of("service", OF_COMPANY, ids=label)
async def test_a_company_is_told_as_the_world_has_it(service: type[Provider], world: World, sandbox: Sandbox):
    provider: Any = service(wire(sandbox), "demo")
    known = [each for each in world.companies if knowledge.knows(world, service.service.name, each)]
    unknown = next(each for each in world.companies if each not in known)
    for company in known[:12]:
        answer = await provider.company(AskedCompany(company.name, company.domain))
        (found,) = answer.items
        facts = {fact.field: fact.value for fact in found.facts}
        assert (found.name, found.domain, answer.micros > 0) == (company.name, company.domain, True)
        assert facts["city"] == company.city
        assert facts["industry"].lower() == (company.trade or company.industry).lower()
    for nobody in (AskedCompany(unknown.name, unknown.domain), AskedCompany("Nowhere", "nowhere.example")):
        assert (await provider.company(nobody)).micros == 0
    assert len(_paid(sandbox)) == 12


@each_of("service", OF_PEOPLE, ids=label)
async def test_people_of_a_company_are_people_of_the_world(service: type[Provider], world: World, sandbox: Sandbox):
    provider: Any = service(wire(sandbox), "demo")
    company = _big(world, service)
    titles = tuple(person.title for person in world.people[company.domain])
    found: list[FoundPerson] = await every(
        lambda cursor: provider.people(AskedCompany(company.name, company.domain, titles=titles), cursor)
    )
    assert found
    names = {person.first_name for person in world.people[company.domain]}
    assert {each.first_name for each in found} <= names
    nobody = await provider.people(AskedCompany("Nowhere", "nowhere.example", titles=("Owner",)))
    assert not nobody.items
    assert nobody.micros == 0


@each_of("service", BY_NAME, ids=label)
async def test_an_address_is_found_for_whom_the_service_has_one(
    service: type[Provider], world: World, sandbox: Sandbox
):
    provider: Any = service(wire(sandbox), "demo")
    name = service.service.name

    def has(person: Person) -> bool:
        seen = knowledge.glimpse(world, name, person)
        return seen is not None and seen.checked and seen.email == person.email

    person = somebody(world, has)
    answer = await provider.person(asked(person, world))
    (found,) = answer.items
    assert (found.first_name, found.last_name, found.email) == (person.first_name, person.last_name, person.email)
    assert answer.micros > 0
    stranger = somebody(world, lambda person: knowledge.glimpse(world, name, person) is None)
    assert not any(each.email for each in (await provider.person(asked(stranger, world))).items)
    assert len(_paid(sandbox)) == 1


@each_of("service", (AIArk, Apollo, Findymail, Hunter, Prospeo), ids=label)
async def test_an_address_is_found_by_a_profile(service: type[Provider], world: World, sandbox: Sandbox):
    provider: Any = service(wire(sandbox), "demo")

    def has(person: Person) -> bool:
        seen = knowledge.glimpse(world, service.service.name, person)
        return bool(person.profile and seen and seen.checked and seen.email == person.email)

    person = somebody(world, has)
    (found,) = (await provider.person(asked(person, world, linkedin=True))).items
    assert found.email == person.email
    nobody = AskedPerson(linkedin="https://www.linkedin.com/in/nobody-atall")
    assert not (await provider.person(nobody)).items


@each_of("service", (AIArk, Apollo, Prospeo), ids=label)
async def test_who_was_found_at_a_company_is_matched_by_their_id(
    service: type[Provider], world: World, sandbox: Sandbox
):
    provider: Any = service(wire(sandbox), "demo")
    company = _big(world, service)
    titles = tuple(person.title for person in world.people[company.domain])
    for glimpsed in (await provider.people(AskedCompany(domain=company.domain, titles=titles))).items:
        answer = await provider.person(AskedPerson(ref=glimpsed.ref, company=AskedCompany(domain=company.domain)))
        assert {each.first_name for each in answer.items} <= {glimpsed.first_name}


EXPECTED = {
    Mailbox.WORKS: {EmailStatus.VALID},
    Mailbox.GONE: {EmailStatus.INVALID, EmailStatus.UNKNOWN},
    Mailbox.CATCH_ALL: {EmailStatus.CATCH_ALL, EmailStatus.UNKNOWN},
    Mailbox.CATCH_ALL_WORKS: {EmailStatus.CATCH_ALL, EmailStatus.VALID_CATCH_ALL, EmailStatus.VALID},
    Mailbox.SILENT: {EmailStatus.UNKNOWN},
}


@each_of("service", VERIFIERS, ids=label)
async def test_an_address_is_verified_as_its_mailbox_is(service: type[Provider], world: World, sandbox: Sandbox):
    provider: Any = service(wire(sandbox), "demo")
    for mailbox, statuses in EXPECTED.items():
        for person in [each for each in world.by_email.values() if each.mailbox is mailbox][:5]:
            (verdict,) = (await provider.verify(person.email)).items
            assert verdict.status in statuses


async def test_the_services_do_not_know_the_same(world: World):
    """A search over several of them has something to do: hits and misses, several addresses, several titles."""
    people = list(world.by_email.values())
    seen = {
        name: {person.email: knowledge.glimpse(world, name, person) for person in people}
        for name in ("apollo", "hunter", "prospeo", "findymail", "leadmagic")
    }
    with_email = {name: {key for key, each in known.items() if each and each.email} for name, known in seen.items()}
    for name, keys in with_email.items():
        assert 0.2 < len(keys) / len(people) < 0.6, name
        assert any(keys - other for rest, other in with_email.items() if rest != name)
    together = set.union(*with_email.values())
    assert 0.75 < len(together) / len(people) < 0.97
    disagreeing = [
        email
        for email in together
        if len({known[email].email for known in seen.values() if known[email] and known[email].email}) > 1
    ]
    titles = [email for email in together if len({known[email].title for known in seen.values() if known[email]}) > 1]
    unsure = [each for known in seen.values() for each in known.values() if each and each.email and each.sure < 0.6]
    assert len(disagreeing) > 50
    assert len(titles) > 200
    assert len(unsure) > 50


async def test_what_prospeo_matched_before_is_free(world: World, sandbox: Sandbox):
    person = somebody(world, lambda each: bool((seen := knowledge.glimpse(world, "prospeo", each)) and seen.checked))
    prospeo = Prospeo(wire(sandbox), "demo")
    prices = [(await prospeo.person(asked(person, world))).micros for _ in range(2)]
    assert prices[0] > 0
    assert prices[1] == 0
    assert _paid(sandbox) == [1]


async def test_apollo_tells_open_roles(world: World, sandbox: Sandbox):
    apollo = Apollo(wire(sandbox), "demo")
    hiring = next(
        each for each in world.companies if world.jobs(each.domain) and knowledge.knows(world, "apollo", each)
    )
    (found,) = (await apollo.company(AskedCompany(domain=hiring.domain))).items
    answer = await apollo.signals(AskedCompany(ref=found.ref))
    assert [signal.value for signal in answer.items] == [job.title for job in world.jobs(hiring.domain)]


async def test_hunter_sometimes_still_looks_when_it_is_first_asked(world: World, sandbox: Sandbox):
    hunter = Hunter(wire(sandbox), "demo")
    slow = somebody(world, lambda each: world.chance("hunter", "slow", each.email).random() < 0.04)
    (verdict,) = (await hunter.verify(slow.email)).items
    assert verdict.reason in ("valid", "invalid", "accept_all", "unknown")
    assert sandbox.calls["hunter"] == 2


async def test_a_price_is_asked_only_for_what_the_adapter_books(world: World, sandbox: Sandbox):
    """What the world counts as paid is what the adapters say it cost, for every kind of question."""
    company = _big(world, Apollo)
    about = AskedCompany(company.name, company.domain, titles=("Head of Sales",))
    for service in OF_PEOPLE:
        provider: Any = service(wire(sandbox), "demo")
        before = sum(sandbox.paid.values())
        spent = (await provider.people(about)).micros
        assert (sum(sandbox.paid.values()) > before) == (spent > 0), service


def _big(world: World, service: type[Provider]) -> Company:
    """A company with several people of whom the service knows some and their addresses."""
    return next(
        company
        for company in world.companies
        if sum(each.checked for each in knowledge.team(world, service.service.name, company)) > 2
    )


def _paid(sandbox: Sandbox) -> list[int]:
    return list(sandbox.paid.values())
