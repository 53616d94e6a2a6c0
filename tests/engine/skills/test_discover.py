"""The skills in their order, from a saved website to a profile."""

import asyncio
from collections.abc import Sequence

import pytest

from leadboard.engine.skills import SKILLS
from leadboard.engine.skills.base import Answer, Context, SkillResult
from leadboard.engine.skills.discover import MOST_ENRICHED, Discovery, Step, discover
from leadboard.engine.skills.from_site import from_site
from leadboard.engine.skills.parse_website import Website
from leadboard.engine.skills.registry import Registry
from leadboard.engine.skills.shapes import EnrichedCompany, PortfolioCompany
from leadboard.errors import Refused
from leadboard.providers.fetcher import Fetcher
from tests.engine.skills.sites import PORTFOLIO, SPECIALIST, TEAM, TODAY, page, website

SITE = {**PORTFOLIO, **TEAM}
NAMES = [skill.name for skill in SKILLS]


def registry(broken: str) -> Registry:
    """The skills, one of which breaks."""

    def breaks(given: object, context: Context) -> Answer:
        raise RuntimeError("no reason at all")

    skill = type(SKILLS.get(broken))()
    skill.answer = breaks
    return Registry(skill if each.name == broken else each for each in SKILLS)


async def found(site=SITE, **more) -> Discovery:
    return await discover(website(site), **{"enrich": from_site, "context": TODAY, **more})


async def test_7_the_whole_way_works_without_a_model():
    """Acceptance test 7."""
    done = await found()

    assert (done.company_name, done.domain) == ("Tidewater", "tidewater.com.au")
    assert [(step.name, step.ok) for step in done.steps] == [(name, True) for name in NAMES]
    assert done.missing == ()
    assert done.icp.icp_industries[0] == "healthcare"
    assert done.company_size.team_size == 14
    assert sum(done.weights.weights.values()) == 100
    assert (done.tokens, done.cost) == (0, 0)
    assert all(one.companies or one.words for one in done.evidence)
    assert set(done.confidences) == {one.field for one in done.evidence}
    assert Discovery.model_validate_json(done.model_dump_json()) == done


@pytest.mark.parametrize(
    ("broken", "missing"),
    [
        ("extract_services", "services"),
        ("extract_value_prop", "value_proposition"),
        ("extract_portfolio", "portfolio"),
        ("estimate_company_size", "company_size"),
        ("classify_industries", "industries"),
        ("derive_icp", "icp"),
        ("suggest_als_weights", "weights"),
    ],
)
async def test_6_a_skill_that_breaks_leaves_its_part_missing(broken, missing):
    """Acceptance test 6."""
    done = await found(skills=registry(broken))

    assert done.missing == (missing,)
    assert [step.name for step in done.steps if not step.ok] == [broken]
    assert next(step.error for step in done.steps if not step.ok).startswith("This part failed because of a fault of")


@pytest.mark.parametrize(
    "given",
    [
        website({"/": "<html><body><div id=app></div><script>render()</script></body></html>"}),
        website({"/": page("Tidewater", "<p>Soon.</p>")}),
        Website(url="https://acme.example/"),
        Website(url="https://acme.example/", html="a" * 3_000_000),
    ],
    ids=["needs a browser", "says too little", "nothing", "too much"],
)
async def test_a_website_with_too_little_to_read_is_refused(given):
    with pytest.raises(Refused, match=r"This website cannot be read: .* fill the profile in by hand") as refused:
        await discover(given, enrich=from_site, context=TODAY)
    assert refused.value.code == "unreadable_site"


async def test_a_first_skill_that_breaks_ends_the_work():
    with pytest.raises(Refused, match="a fault of ours"):
        await found(skills=registry("parse_website"))


async def test_what_is_known_from_outside_makes_the_profile():
    asked: list[str] = []

    async def known(clients: Sequence[PortfolioCompany]) -> Sequence[EnrichedCompany]:
        asked.extend(one.company_name for one in clients)
        return [
            EnrichedCompany(company_name=one.company_name, industry="legal", employee_count=700, country="Fiji")
            for one in clients
        ]

    done = await found(enrich=known)

    assert len(asked) == 12
    assert (done.icp.icp_industries, done.icp.icp_sizes, done.icp.icp_locations) == (("legal",), ("501+",), ("Fiji",))
    assert done.weights.weights["authority"] > 25 or done.weights.weights["timing"] < 15


async def test_at_most_twenty_clients_are_looked_up():
    many = "".join(f"<li>Company number{at:02} Works</li>" for at in range(30))
    text = f"<p>{'We look after what we have built, and change what did not work. ' * 4}</p>"
    asked: list[str] = []

    async def known(clients: Sequence[PortfolioCompany]) -> Sequence[EnrichedCompany]:
        asked.extend(one.company_name for one in clients)
        return await from_site(clients)

    await found({"/": page("Tidewater", f"{text}<h2>Our clients</h2><ul>{many}</ul>")}, enrich=known)

    assert len(asked) == MOST_ENRICHED


async def test_a_look_up_that_breaks_leaves_what_the_site_says():
    async def broken(clients: Sequence[PortfolioCompany]) -> Sequence[EnrichedCompany]:
        raise RuntimeError("no reason at all")

    done = await found(SPECIALIST, enrich=broken)

    assert done.icp.icp_industries[0] == "healthcare"


async def test_each_skill_is_reported_as_it_ends():
    told: list[Step] = []

    async def report(step: Step) -> None:
        told.append(step)

    await found(report=report)

    assert sorted(step.name for step in told) == sorted(NAMES)
    assert told[0].name == "parse_website"
    assert [step.name for step in told[-3:]] == ["classify_industries", "derive_icp", "suggest_als_weights"]


async def test_a_run_goes_on_after_the_skills_that_had_ended():
    kept: dict[str, SkillResult] = {}

    async def interrupted(clients: Sequence[PortfolioCompany]) -> Sequence[EnrichedCompany]:
        raise asyncio.CancelledError

    for skill in SKILLS:
        if skill.name == "parse_website":
            kept[skill.name] = await skill.run(website(SITE), TODAY)
    with pytest.raises(asyncio.CancelledError):
        await found(finished=kept, enrich=interrupted)

    done = await found(finished=kept, skills=registry("parse_website"))

    assert done.missing == ()


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"])
async def test_8_private_addresses_and_files_are_refused(url):
    """Acceptance test 8."""
    async with Fetcher() as fetcher:
        with pytest.raises(Refused):
            await fetcher.get(url)


@pytest.mark.timeout(10)
async def test_11_fifteen_pages_take_less_than_ten_seconds():
    """Acceptance test 11: the limit is the test's own."""
    text = "".join(f"<h2>Part {at}</h2><p>{'We look after what we have built. ' * 40}</p>" for at in range(60))
    posts = {f"/blog/post-{at}": page(f"Post {at}", text) for at in range(8)}
    assert len({**SITE, **posts}) == 15

    assert (await found({**SITE, **posts})).missing == ()
