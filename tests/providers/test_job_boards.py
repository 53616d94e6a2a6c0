"""The three services of job boards, against the answers they promise."""

from datetime import date

import pytest

from leadboard.domain.found import AskedCompany, FoundSignal
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, Misasked, Outage
from leadboard.providers.job_boards import MOST, JobBoards
from tests.support.services import wired

HELIX = AskedCompany("Helix Forge", "helix.example")
MISS = (404, {"status": 404, "error": "Job not found"})
ENGINEER = {
    "id": 44444,
    "title": "Site Reliability Engineer",
    "updated_at": "2026-08-30T09:00:00-04:00",
    "location": {"name": "Leeds, UK"},
    "absolute_url": "https://boards.greenhouse.io/helix/jobs/44444",
    "metadata": None,
    "content": "&lt;p&gt;We use Kubernetes. See &lt;a href=&quot;https://helix.example&quot;&gt;us&lt;/a&gt;&lt;/p&gt;",
    "departments": [{"id": 1, "name": "Engineering", "parent_id": None, "child_ids": []}],
}
EXECUTIVE = {
    "id": "aaaa-bbbb",
    "text": "Account Executive",
    "createdAt": 1_756_200_000_000,
    "categories": {"location": "London", "commitment": "Full-time", "team": "Sales", "department": "Revenue"},
    "descriptionPlain": "Sell things.",
    "hostedUrl": "https://jobs.lever.co/helix/aaaa-bbbb",
}
GROWTH = {
    "id": "c1",
    "title": "Head of Growth",
    "department": "Marketing",
    "location": "Remote - EU",
    "isRemote": None,
    "publishedAt": "2026-08-11T08:00:00.000+00:00",
    "isListed": True,
    "jobUrl": "https://jobs.ashbyhq.com/helix/c1",
    "descriptionPlain": "Grow.",
}


def greenhouse(*jobs):
    return {"jobs": list(jobs), "meta": {"total": len(jobs)}}


def ashby(*jobs):
    return {"apiVersion": "1", "jobs": list(jobs)}


def plain(**changes):
    """A role at Greenhouse whose text does not say whose it is."""
    return {**ENGINEER, "content": "", **changes}


async def test_open_roles_are_found_under_the_name_of_the_domain():
    boards, asked = wired(JobBoards, greenhouse(ENGINEER))
    answer = await boards.signals(HELIX)
    assert asked.asked == ["GET https://boards-api.greenhouse.io/v1/boards/helix/jobs"]
    assert asked.query() == {"content": "true"}
    title = "Site Reliability Engineer, Engineering, Leeds, UK"
    url = "https://boards.greenhouse.io/helix/jobs/44444"
    assert answer.items == (FoundSignal("hiring", "Site Reliability Engineer", title, date(2026, 8, 30), url, 0.95),)
    assert (answer.micros, answer.next) == (0, "")


async def test_a_company_is_looked_for_on_every_board():
    boards, asked = wired(JobBoards, MISS, (404, {"ok": False, "error": "Document not found"}), [EXECUTIVE])
    (found,) = (await boards.signals(HELIX)).items
    assert asked.asked[1:] == [
        "GET https://api.lever.co/v0/postings/helix",
        "GET https://api.eu.lever.co/v0/postings/helix",
    ]
    assert (found.title, found.at) == ("Account Executive, Revenue, London", date(2025, 8, 26))
    boards, asked = wired(JobBoards, MISS, MISS, MISS, ashby(GROWTH, {**GROWTH, "isListed": False}))
    (found,) = (await boards.signals(HELIX)).items
    assert asked.asked[-1] == "GET https://api.ashbyhq.com/posting-api/job-board/helix"
    assert (found.title, found.at) == ("Head of Growth, Marketing, Remote - EU", date(2026, 8, 11))


async def test_a_company_without_a_board_has_no_roles_after_each_name_was_tried():
    boards, asked = wired(JobBoards, MISS)
    assert (await boards.signals(HELIX)).items == ()
    tried = [address.split("/")[-2 if address.endswith("/jobs") else -1] for address in asked.asked]
    assert tried == ["helix"] * 4 + ["helixforge"] * 4 + ["helix-forge"] * 4
    nameless, asked = wired(JobBoards, greenhouse(ENGINEER))
    assert (await nameless.signals(AskedCompany())).items == ()
    assert asked.requests == []


@pytest.mark.parametrize(
    ("role", "asked", "sure"),
    [
        (ENGINEER, HELIX, 0.95),
        (plain(absolute_url="https://helix.example/jobs?gh_jid=44444"), HELIX, 0.95),
        (plain(company_name="Helix Forge, Inc."), HELIX, 0.8),
        (plain(), HELIX, 0.6),
        (plain(), AskedCompany("Helix"), 0.4),
        (plain(content="We are not otherhelix.example"), HELIX, 0.6),
    ],
)
async def test_a_board_is_the_companys_the_surer_the_more_it_says_so(role, asked, sure):
    boards, _ = wired(JobBoards, greenhouse(role))
    assert (await boards.signals(asked)).items[0].confidence == sure


async def test_a_board_of_another_company_of_the_same_name_is_passed_over():
    boards, _ = wired(JobBoards, greenhouse(plain(company_name="Helix Dental")), MISS, MISS, ashby(GROWTH))
    assert [each.value for each in (await boards.signals(HELIX)).items] == ["Head of Growth"]


async def test_a_board_without_roles_says_nothing_and_the_next_is_asked():
    boards, asked = wired(JobBoards, greenhouse(), [], {"ok": False}, ashby(), MISS)
    assert (await boards.signals(HELIX)).items == ()
    assert len(asked.requests) == 12


async def test_the_newest_roles_are_kept():
    jobs = [plain(title=f"Role {day}", updated_at=f"2026-08-{day % 28 + 1:02}T00:00:00Z") for day in range(MOST + 20)]
    boards, _ = wired(JobBoards, greenhouse(plain(title="Undated", updated_at=None), *jobs))
    items = (await boards.signals(HELIX)).items
    assert len(items) == MOST
    assert [each.at for each in items] == sorted((each.at for each in items), reverse=True)
    assert "Undated" not in {each.value for each in items}


async def test_what_is_odd_about_a_role_is_left_out():
    odd = {
        "title": "Baker",
        "departments": None,
        "location": "Leeds",
        "absolute_url": "javascript:alert(1)",
        "content": 7,
    }
    boards, _ = wired(JobBoards, greenhouse(odd, "odd", None, {"title": ""}, {}))
    assert (await boards.signals(HELIX)).items == (FoundSignal("hiring", "Baker", "Baker", confidence=0.6),)


async def test_one_service_that_fails_does_not_stop_the_others(waits):
    boards, _ = wired(JobBoards, (500, ""), (500, ""), MISS, MISS, ashby(GROWTH))
    assert len((await boards.signals(HELIX)).items) == 1


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((429, ""), TryLater),
        ((503, "<h1>down</h1>"), Outage),
        ((422, ""), Misasked),
        ((302, ""), Misasked),
        ("<html>", Garbled),
        ({"jobs": {}}, Garbled),
        ("null", Garbled),
    ],
)
async def test_where_no_board_is_found_a_failure_says_what_may_be_done_next(waits, answer, raised):
    boards, _ = wired(JobBoards, answer)
    with pytest.raises(raised):
        await boards.signals(HELIX)


async def test_all_three_are_tried():
    boards, asked = wired(JobBoards, MISS)
    assert (await boards.check()).ok
    assert len(asked.requests) == 4
