"""Domains, mail, roles, code and news of the demo world, asked by the real adapters; and Clay."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from leadboard.domain.found import AskedCompany, EmailStatus, FoundSignal, Search
from leadboard.providers.base import Misasked
from leadboard.providers.clay import Clay
from leadboard.providers.dns import Dns
from leadboard.providers.github import GitHub
from leadboard.providers.google_news_rss import GoogleNews
from leadboard.providers.hn_algolia import HackerNews
from leadboard.providers.job_boards import JobBoards
from leadboard.providers.rdap import Rdap
from leadboard.sandbox import knowledge
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.services.rdap import registered
from leadboard.sandbox.transport import in_process
from leadboard.sandbox.world import Company, World, on
from tests.sandbox.conftest import wire
from tests.sandbox.test_maps import every, values

NOBODY = AskedCompany("Nowhere Known", "nowhere-known.example")


def asked(company: Company) -> AskedCompany:
    return AskedCompany(company.name, company.domain, company.country)


def today():
    return datetime.now(UTC).date()


async def signals(provider: Any, about: AskedCompany) -> tuple[FoundSignal, ...]:
    return (await provider.signals(about)).items


async def test_a_domain_is_as_old_as_its_registry_says(world: World, sandbox: Sandbox):
    rdap = Rdap(wire(sandbox))
    for company in world.companies[:20]:
        (age,) = await signals(rdap, asked(company))
        assert age.at == registered(world, company)
        assert company.founded <= age.at.year <= company.founded + 30
    assert not await signals(rdap, NOBODY)


@pytest.mark.parametrize(
    ("host", "value"),
    [
        ("google", "google_workspace"),
        ("microsoft", "microsoft_365"),
        ("zoho", "zoho"),
        ("own", None),
        ("none", "none"),
    ],
)
async def test_mail_goes_where_the_company_keeps_it(host: str, value: str | None, world: World, sandbox: Sandbox):
    dns = Dns(wire(sandbox))
    for company in [each for each in world.companies if each.mail_host == host][:4]:
        said = {each.kind: each.value for each in await signals(dns, asked(company))}
        assert said == {
            "mail": value or company.domain,
            "spf": "published" if company.spf else "missing",
            "dmarc": company.dmarc or "missing",
        }
        verdicts = (await dns.verify(company.email)).items
        assert [each.status for each in verdicts] == ([EmailStatus.INVALID] if host == "none" else [])


async def test_a_domain_that_there_is_not_takes_no_mail(sandbox: Sandbox):
    (verdict,) = (await Dns(wire(sandbox)).verify("anna@nowhere-known.example")).items
    assert verdict.status is EmailStatus.INVALID


async def test_resolvers_differ_in_what_they_want_and_how_they_quote(world: World, sandbox: Sandbox):
    company = next(each for each in world.companies if each.spf)
    query = {"name": company.domain, "type": "TXT"}
    async with httpx.AsyncClient(transport=in_process(sandbox)) as client:
        assert (await client.get("https://cloudflare-dns.com/dns-query", params=query)).status_code == 415
        google = (await client.get("https://dns.google/resolve", params=query)).json()
        accept = {"Accept": "application/dns-json"}
        cloudflare = (await client.get("https://cloudflare-dns.com/dns-query", params=query, headers=accept)).json()
    assert [f'"{each["data"]}"' for each in google["Answer"]] == [each["data"] for each in cloudflare["Answer"]]


@pytest.mark.parametrize("board", ["greenhouse", "lever", "ashby"])
async def test_open_roles_stand_on_the_board_of_the_company(board: str, world: World, sandbox: Sandbox):
    boards = JobBoards(wire(sandbox))
    hiring = [each for each in world.companies if each.board == board and world.jobs(each.domain)]
    for company in hiring[:4]:
        found = await signals(boards, asked(company))
        roles = [(job.title, on(job.days_ago, today())) for job in world.jobs(company.domain)]
        assert [(each.value, each.at) for each in found] == roles
        assert {each.confidence for each in found} == {0.95}
    assert hiring


async def test_a_company_without_a_board_has_no_open_roles(world: World, sandbox: Sandbox):
    boards = JobBoards(wire(sandbox))
    for about in asked(next(each for each in world.companies if not each.board)), NOBODY:
        assert not await signals(boards, about)


async def test_an_organisation_is_told_with_its_languages_and_last_change(world: World, sandbox: Sandbox):
    github = GitHub(wire(sandbox))
    for company in [each for each in world.companies if each.github][:8]:
        (found,) = (await github.company(asked(company))).items
        own = [each for each in world.repositories(company.domain) if each.name != "docs"]
        languages = {fact.value for fact in found.facts if fact.field == "technology"}
        assert languages == {each.language for each in own}
        assert values(found)["description"] == company.description
        (code,) = await signals(github, asked(company))
        assert code.at == max(on(each.days_ago, today()) for each in own)
    assert not (await github.company(NOBODY)).items
    assert (await github.check()).left == 59
    assert (await GitHub(wire(sandbox), "a-token").check()).left == 4999


async def test_hacker_news_tells_launches_roles_and_talk(world: World, sandbox: Sandbox):
    news = HackerNews(wire(sandbox))
    kinds = set()
    for company in [each for each in world.companies if each.github]:
        found = await signals(news, asked(company))
        mentions = world.mentions(company.domain)
        assert [each.at for each in found] == [on(each.days_ago, today()) for each in mentions]
        assert {each.source.rpartition("=")[2] for each in found} == {str(each.id) for each in mentions}
        kinds |= {each.kind for each in found}
    assert kinds == {"launch", "hiring", "mention"}
    assert not await signals(news, NOBODY)


async def test_hacker_news_cannot_be_asked_for_points(sandbox: Sandbox):
    url = "https://hn.algolia.com/api/v1/search_by_date"
    async with httpx.AsyncClient(transport=in_process(sandbox)) as client:
        reply = await client.get(url, params={"numericFilters": "points>10"})
        jobs = (await client.get(url, params={"tags": "(story,job)"})).json()
    assert (reply.status_code, reply.json()["code"]) == (400, 400)
    assert jobs["hits"]
    assert all("comment" not in hit["_tags"] for hit in jobs["hits"])


async def test_the_press_is_read_for_what_it_means(world: World, sandbox: Sandbox):
    press = GoogleNews(wire(sandbox))
    kinds: dict[str, set[str]] = {}
    for company in [each for each in world.companies if world.news(each.domain)][:60]:
        found = await signals(press, asked(company))
        recent = [each for each in world.news(company.domain) if each.days_ago <= 90]
        assert [(each.value, each.at) for each in found] == [
            (each.title, on(each.days_ago, today())) for each in recent
        ]
        assert all(each.source.startswith("https://news.google.com/rss/articles/") for each in found)
        for said, known in zip(found, recent, strict=True):
            kinds.setdefault(known.kind, set()).add(said.kind)
    assert kinds == {kind: {kind} for kind in kinds}
    assert len(kinds) == 7
    assert not await signals(press, NOBODY)


async def test_clay_finds_companies_page_after_page_and_never_one_twice(world: World, sandbox: Sandbox):
    clay = Clay(wire(sandbox), "demo")
    search = Search(industries=("Healthcare",), places=("US", "GB"), headcount_min=11, headcount_max=200)
    one, other = [await every(lambda at: clay.companies(search, at)) for _ in range(2)]
    expected = {
        each.domain
        for each in knowledge.companies(world, "clay", world.companies)
        if each.industry == "Healthcare" and each.country in ("US", "GB") and 11 <= each.headcount <= 200
    }
    assert {each.domain for each in one} == expected
    assert len(one) == len(expected)
    assert one == other


async def test_clay_pages_are_fifty_long_and_paid_one_by_one(world: World, sandbox: Sandbox):
    clay = Clay(wire(sandbox), "demo")
    found = await every(lambda at: clay.companies(Search(keywords=("coffee",)), at))
    known = knowledge.companies(world, "clay", world.search(["coffee"]))
    assert [each.domain for each in found] == [each.domain for each in known]
    assert len(known) > 50
    assert sum(sandbox.paid.values()) == -(-len(known) // 50)


async def test_clay_knows_people_of_a_company_by_title_without_addresses(world: World, sandbox: Sandbox):
    clay = Clay(wire(sandbox), "demo")
    company = next(each for each in world.companies if len(knowledge.team(world, "clay", each)) > 3)
    seen = knowledge.team(world, "clay", company)
    found = await every(lambda at: clay.people(asked(company), at))
    assert [(each.first_name, each.title) for each in found] == [(each.person.first_name, each.title) for each in seen]
    assert not any(each.email for each in found)
    titled = AskedCompany(company.name, company.domain, titles=(seen[0].title,))
    assert seen[0].person.last_name in {each.last_name for each in await every(lambda at: clay.people(titled, at))}
    assert not await every(lambda at: clay.people(NOBODY, at))


async def test_clay_refuses_filters_that_its_catalogue_does_not_have(sandbox: Sandbox):
    clay = Clay(wire(sandbox), "demo")
    with pytest.raises(Misasked):
        await clay.companies(Search(), "make " + '{"colour": ["red"]}')
