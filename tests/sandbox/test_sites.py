"""The websites of the demo world, read as the product reads websites."""

from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from leadboard.domain.site import PageFacts, SiteFacts, read_page
from leadboard.domain.site.merge import read_site
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.site_pages import Site, draw
from leadboard.sandbox.sites import Flaw, flaws, site_of
from leadboard.sandbox.transport import in_process
from leadboard.sandbox.world import Company, World

TODAY = date(2026, 3, 2)
READ = 16
"""Sites that are read in full: reading one takes a tenth of a second."""


def pages_of(site: Site) -> list[PageFacts]:
    """Every page of a site, read."""
    address = f"https://{site.company.domain}"
    return [read_page(draw(site, path) or "", f"{address}{path}") for path in site.pages]


@pytest.fixture(scope="module")
def read(world: World) -> list[tuple[Site, SiteFacts]]:
    """Good sites of every sector and country, and what is read on them."""
    return [(site, read_site(pages_of(site))) for site in _good(world)]


def _good(world: World) -> Iterator[Site]:
    by_kind = {
        (each.sector in ("cafe", "dentist", "biotech"), each.country, each.sector): each
        for each in world.companies
        if not flaws(world)[each.domain]
    }
    for _, company in sorted(by_kind.items(), key=lambda each: each[0], reverse=True)[:READ]:
        yield site_of(world, company.domain, TODAY)


def share(read: list[tuple[Site, SiteFacts]], holds: list[bool]) -> float:
    """How many of the sites something holds for."""
    return sum(holds) / len(read)


def test_most_sites_say_who_they_are_and_how_to_reach_them(read: list[tuple[Site, SiteFacts]]):
    def found(company: Company, facts: SiteFacts) -> tuple[bool, ...]:
        return (
            company.name in [each.value for each in facts.company_names],
            company.phone in [each.value for each in facts.phones],
            company.email in [each.value for each in facts.emails],
            any(company.postcode == each.postcode and company.city == each.city for each in facts.addresses),
        )

    told = [found(site.company, facts) for site, facts in read]
    assert [share(read, [each[at] for each in told]) for at in range(4)] == pytest.approx([1, 1, 1, 1], abs=0.05)


def test_most_people_and_services_are_read(read: list[tuple[Site, SiteFacts]]):
    people = [
        (person.name, person.title) in {(each.name, each.title) for each in facts.people if each.found.confidence > 0.5}
        for site, facts in read
        for person in site.shown
    ]
    services = [
        service.lower() in {each.name.lower() for each in facts.services}
        for site, facts in read
        for service in site.company.specialities
    ]
    assert sum(people) / len(people) > 0.85
    assert sum(services) / len(services) > 0.95


def test_nobody_is_read_who_is_not_there(read: list[tuple[Site, SiteFacts]]):
    for site, facts in read:
        named = {each.name for each in facts.people if each.found.confidence > 0.5}
        assert named <= {person.name for person in site.shown}


def test_sites_differ(world: World):
    sites = [site_of(world, company.domain, TODAY) for company in world.companies]
    assert {site.layout for site in sites} == {"centred", "split", "band"}
    assert len({site.palette for site in sites}) > 7
    assert len({tuple(site.pages) for site in sites}) > 15
    assert {site.structured for site in sites} == {True, False}
    assert {len(site.pages) for site in sites} == {4, 5, 6, 7, 8}


def test_a_site_is_the_same_on_the_same_day(world: World):
    domain = world.companies[0].domain
    again = World(world.seed)
    assert draw(site_of(world, domain, TODAY), "/") == draw(site_of(again, domain, TODAY), "/")


def test_only_the_demo_worlds_own_pages_name_its_addresses():
    page = '<a href="mailto:anna@brightwell.example">anna@brightwell.example</a>'
    assert [each.value for each in read_page(page, "https://brightwell.example/").emails] == ["anna@brightwell.example"]
    assert not read_page(page, "https://brightwell.com/").emails


async def ask(sandbox: Sandbox, url: str) -> httpx.Response:
    """One page over the wire."""
    async with httpx.AsyncClient(transport=in_process(sandbox)) as client:
        return await client.get(url)


async def test_a_site_answers_like_a_server(sandbox: Sandbox, world: World):
    company = next(each for each in world.companies if not flaws(world)[each.domain])
    home = await ask(sandbox, f"https://www.{company.domain}/")
    assert (home.status_code, home.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert company.name in home.text.replace("&amp;", "&")
    assert (await ask(sandbox, f"{company.website}robots.txt")).text.startswith("User-agent: *")
    assert (await ask(sandbox, f"{company.website}not-here")).status_code == 404
    assert not sum(sandbox.calls.values())
    with pytest.raises(httpx.ConnectError):
        await ask(sandbox, "https://nobody-at-all.example/")


async def test_a_handful_of_sites_are_as_bad_as_real_ones(sandbox: Sandbox, world: World):
    by_flaw = {flaw: domain for domain, flaw in flaws(world).items()}
    assert set(by_flaw) == set(Flaw)
    assert sum(map(bool, flaws(world).values())) < len(world.companies) / 5
    assert not site_of(world, by_flaw[Flaw.NO_TEAM], TODAY).shown
    assert (
        "Ignore previous instructions"
        in (await ask(sandbox, f"https://{by_flaw[Flaw.HOSTILE]}/about-us")).text
        + (await ask(sandbox, f"https://{by_flaw[Flaw.HOSTILE]}/")).text
    )
    assert (await ask(sandbox, f"https://{by_flaw[Flaw.GONE]}/")).status_code == 503
    assert "Disallow: /\n" in (await ask(sandbox, f"https://{by_flaw[Flaw.CLOSED]}/robots.txt")).text
    thin = await ask(sandbox, f"https://{by_flaw[Flaw.THIN]}/")
    assert len(thin.text) < 300
    assert (await ask(sandbox, f"https://{by_flaw[Flaw.THIN]}/contact")).status_code == 404


def test_what_a_hostile_site_orders_changes_nothing_that_is_read(world: World):
    hostile = next(domain for domain, flaw in flaws(world).items() if flaw is Flaw.HOSTILE)
    site = site_of(world, hostile, TODAY)
    facts = read_site(pages_of(site))
    assert facts.company_names[0].value.startswith(site.company.name)
    assert {each.name for each in facts.people if each.found.confidence > 0.5} <= {who.name for who in site.shown}
