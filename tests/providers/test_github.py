"""GitHub, against the answers it promises."""

import time
from datetime import date

import pytest

from leadboard.domain.found import AskedCompany, Fact, FoundCompany, FoundSignal
from leadboard.errors import Refused, TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.github import GitHub
from tests.support.services import CONTACT, KEY, wired

HELIX = AskedCompany("Helix Forge", "helixforge.example")
PAGE = "https://github.com/helixforge"
ORGANISATION = {
    "login": "helixforge",
    "id": 99,
    "name": "Helix Forge",
    "blog": "https://www.helixforge.example",
    "location": "Boston",
    "email": None,
    "description": "Tools for protein design",
    "is_verified": True,
    "public_repos": 14,
    "html_url": PAGE,
    "type": "Organization",
}
MISS = (404, {"message": "Not Found", "documentation_url": "https://docs.github.com/rest"})


def repository(language, pushed_at, **more):
    return {"name": "fold", "language": language, "pushed_at": pushed_at, "fork": False, "archived": False, **more}


REPOSITORIES = [
    repository("Python", "2026-08-30T10:00:00Z"),
    repository("Rust", "2026-07-02T10:00:00Z"),
    repository("Python", "2026-01-02T10:00:00Z"),
    repository(None, None),
    repository("Go", "2026-09-01T10:00:00Z", fork=True),
    repository("Perl", "2012-09-01T10:00:00Z", archived=True),
]


async def test_a_company_is_described_by_its_organisation_and_its_own_work():
    github, asked = wired(GitHub, ORGANISATION, REPOSITORIES)
    answer = await github.company(HELIX)
    facts = (
        Fact("description", "Tools for protein design", 0.95, PAGE),
        Fact("technology", "Python", 0.855, PAGE),
        Fact("technology", "Rust", 0.855, PAGE),
    )
    assert answer.items == (FoundCompany("Helix Forge", "helixforge.example", facts, "helixforge"),)
    assert asked.asked == [
        "GET https://api.github.com/orgs/helixforge",
        "GET https://api.github.com/orgs/helixforge/repos",
    ]
    assert asked.query() == {"type": "public", "sort": "pushed", "per_page": "100"}
    headers = asked.requests[0].headers
    assert (headers["authorization"], headers["x-github-api-version"]) == (f"Bearer {KEY}", "2022-11-28")
    assert CONTACT in headers["user-agent"]


async def test_what_it_publishes_is_a_signal():
    github, _ = wired(GitHub, ORGANISATION, REPOSITORIES)
    title = "14 public repositories, the last changed on 30 August 2026"
    assert (await github.signals(HELIX)).items == (FoundSignal("code", "python", title, date(2026, 8, 30), PAGE, 0.95),)
    bare, _ = wired(GitHub, {**ORGANISATION, "public_repos": None}, [repository(None, None)])
    assert (await bare.signals(HELIX)).items[0].title == "1 public repository"
    empty, _ = wired(GitHub, ORGANISATION, [])
    assert (await empty.signals(HELIX)).items == ()


async def test_github_answers_without_a_key_but_not_without_a_contact():
    github, asked = wired(GitHub, MISS, key="")
    await github.company(HELIX)
    assert "authorization" not in asked.requests[0].headers
    with pytest.raises(Refused, match="LEADBOARD_CONTACT"):
        wired(GitHub, MISS, contact="")


@pytest.mark.parametrize(
    ("changes", "asked", "sure"),
    [
        ({}, HELIX, 0.95),
        ({"blog": "helixforge.example/blog"}, HELIX, 0.95),
        ({"blog": "", "email": "hello@helixforge.example"}, HELIX, 0.95),
        ({"blog": None}, HELIX, 0.6),
        ({"blog": "https://medium.com/helixforge"}, HELIX, 0.6),
        ({"blog": None}, AskedCompany("Helix Forge Inc"), 0.6),
    ],
)
async def test_the_website_tells_whose_organisation_it_is_else_the_name(changes, asked, sure):
    github, _ = wired(GitHub, {**ORGANISATION, **changes}, REPOSITORIES)
    assert (await github.signals(asked)).items[0].confidence == sure


@pytest.mark.parametrize("changes", [{"blog": "https://otherhelix.example"}, {"blog": None, "name": "Helix Dental"}])
async def test_an_organisation_of_another_company_is_passed_over(changes):
    github, asked = wired(GitHub, {**ORGANISATION, **changes}, MISS)
    assert (await github.company(HELIX)).items == ()
    assert asked.asked[-1] == "GET https://api.github.com/orgs/helix-forge"


async def test_a_company_without_an_organisation_is_a_miss():
    github, asked = wired(GitHub, MISS)
    assert (await github.signals(HELIX)).items == (await github.company(HELIX)).items == ()
    assert len(asked.requests) == 4


def limited(status=403, seconds=30, said="API rate limit exceeded"):
    reset = str(int(time.time() + seconds))
    return (status, {"message": said}, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset})


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (limited(403, 1800), TryLater),
        (limited(429, 1800), TryLater),
        ((403, {"message": "You have exceeded a secondary rate limit"}, {"Retry-After": "90"}), TryLater),
        ((401, {"message": "Bad credentials"}), KeyRefused),
        ((403, {"message": "Resource not accessible by personal access token"}), KeyRefused),
        ((422, {"message": "Validation Failed"}), Misasked),
        ((502, "<html>"), Outage),
        ("<html>", Garbled),
        ([], Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    github, _ = wired(GitHub, answer)
    with pytest.raises(raised):
        await github.company(HELIX)


async def test_a_403_that_asks_for_patience_is_asked_again(waits):
    github, _ = wired(GitHub, limited(403, 30), ORGANISATION, REPOSITORIES)
    assert (await github.company(HELIX)).items
    assert waits[0] > 25
    secondary, _ = wired(GitHub, (403, {"message": "secondary rate limit"}), ORGANISATION, REPOSITORIES)
    assert (await secondary.company(HELIX)).items
    assert waits[1] == 60


async def test_repositories_that_are_none_are_said_to_be_garbled():
    github, _ = wired(GitHub, ORGANISATION, {"message": "odd"})
    with pytest.raises(Garbled):
        await github.signals(HELIX)


async def test_questions_left_are_told_for_nothing():
    core = {"limit": 5000, "used": 12, "remaining": 4988, "reset": 1}
    github, asked = wired(GitHub, {"resources": {"core": core}, "rate": core})
    health = await github.check()
    assert (health.ok, health.left, health.sentence) == (True, 4988, "4,988 of 5,000 questions are left this hour.")
    assert asked.asked == ["GET https://api.github.com/rate_limit"]
    assert (await wired(GitHub, {"odd": 1})[0].check()).left is None
