"""A search for companies: every source is asked a page at a time, and each company is one card, whoever found it."""

from datetime import timedelta
from unittest.mock import AsyncMock

import pytest

from leadboard.domain.discovery import DiscoveryStatus
from leadboard.domain.icp import Icp
from leadboard.domain.services import Task
from leadboard.engine.asking import price_of
from leadboard.engine.discover import BROKEN, NOBODY
from leadboard.store import db, discoveries, work
from leadboard.store.tables import Batch, Discovery, Lead
from tests.engine.discovering import (
    APOLLO,
    ICP,
    TRIALS,
    WIKIDATA,
    Services,
    apollo,
    claims,
    discovering,
    leads,
    organization,
    prepared,
    requested,
    run,
    searched,
    trials,
    wikidata,
)


async def test_companies_of_all_sources_become_cards_with_their_sources_and_scores(any_database, team):
    await prepared(team.id, ICP, "apollo")
    services = Services(
        {
            APOLLO: apollo([organization("Fjord Bio", "fjordbio.example", estimated_num_employees=40)]),
            TRIALS: trials("Nordlys Therapeutics AS"),
            WIKIDATA: wikidata(("Berg Diagnostics", "https://berg.example")),
        }
    )
    discovery = await searched(team.id, services)
    assert (discovery.status, discovery.created, discovery.refreshed) == (DiscoveryStatus.COMPLETE, 3, 0)
    found = await leads(team.id)
    assert {lead.name: (lead.column, lead.status, lead.source) for lead in found} == {
        "Fjord Bio": ("harvested", "harvested", "apollo"),
        "Nordlys Therapeutics AS": ("harvested", "harvested", "clinicaltrials"),
        "Berg Diagnostics": ("harvested", "harvested", "wikidata"),
    }
    assert found[0].name == "Fjord Bio"
    assert [lead.fit_icp_version for lead in found] == [1, 1, 1]
    assert (found[0].headcount_min, found[0].country, found[0].key) == (40, "NO", "fjordbio.example")


async def test_5_two_sources_that_return_one_company_make_one_row(any_database, team):
    await prepared(team.id, ICP, "apollo")
    services = Services(
        {
            APOLLO: apollo([organization("Acme Inc", "acme.com", estimated_num_employees=40)]),
            WIKIDATA: wikidata(("ACME, Inc.", "https://www.acme.com/")),
            TRIALS: trials("Acme, Inc."),
        }
    )
    discovery = await searched(team.id, services)
    [lead] = await leads(team.id)
    assert (discovery.created, discovery.refreshed, discovery.skipped_existing) == (1, 0, 0)
    assert (lead.key, lead.headcount_min) == ("acme.com", 40)
    assert {claim.method for claim in await claims(team.id, lead)} == {"apollo", "wikidata", "clinicaltrials"}


@pytest.mark.parametrize("listed", ["acme.com", "www.Acme.com", "https://acme.com/about", "ACME, Inc."])
async def test_4_an_exclusion_removes_the_company_before_it_is_scored(database, team, listed):
    await prepared(team.id, Icp(industry=("Biotech",), exclusions=(listed,)), "apollo")
    services = Services(
        {APOLLO: apollo([organization("Acme Inc", "www.Acme.com"), organization("Other", "other.com")])}
    )
    discovery = await searched(team.id, services)
    assert (discovery.created, discovery.excluded) == (1, 1)
    assert [lead.name for lead in await leads(team.id)] == ["Other"]
    assert discovery.rejected[0]["why"] == f"Your profile excludes “{listed}”."


def labs(*numbers: int, **more) -> list:
    """Biotechs in Norway by number; the more people, the better they match."""
    return [organization(f"Lab {n:02}", f"lab-{n:02}.example", **more) for n in numbers]


async def test_no_more_than_the_target_is_stored_and_the_best_of_all_pages_are(database, team):
    good = labs(1, 2, 3, 4, estimated_num_employees=40)
    poor = [("Poor A", "https://a.example"), ("Poor B", "https://b.example"), ("Poor C", "https://c.example")]
    await prepared(team.id, ICP, "apollo")
    services = Services({APOLLO: apollo(good), WIKIDATA: wikidata(*poor), TRIALS: trials()})
    discovery = await searched(team.id, services, target=5)
    assert (discovery.created, len(await leads(team.id))) == (5, 5)
    assert {f"Lab {n:02}" for n in (1, 2, 3, 4)} <= {lead.name for lead in await leads(team.id)}


async def test_pages_are_asked_until_enough_is_found_or_no_source_has_more(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    services = Services({APOLLO: apollo(labs(1, 2), labs(3, 4), labs(5, 6)), WIKIDATA: wikidata()})
    discovery = await searched(team.id, services, target=3)
    assert (discovery.created, len(services.of(APOLLO)), len(services.of(WIKIDATA))) == (3, 2, 1)
    discovery = await searched(team.id, services, target=50)
    assert (discovery.created, discovery.refreshed, len(services.of(APOLLO))) == (3, 3, 3)
    assert [source["status"] for source in discovery.sources] == ["failed", "done", "done"]


async def test_the_cap_ends_paid_pages_and_free_sources_go_on(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    services = Services(
        {APOLLO: apollo(labs(1), labs(2), labs(3)), WIKIDATA: wikidata(("Berg", "https://berg.example"))}
    )
    price = price_of("apollo", Task.COMPANIES)
    discovery = await searched(team.id, services, cap=2 * price)
    assert (discovery.spent_micros, len(services.of(APOLLO))) == (2 * price, 2)
    assert {lead.name for lead in await leads(team.id)} == {"Lab 01", "Lab 02", "Berg"}
    assert any("The cap of this search" in warning for warning in discovery.warnings)


async def test_a_source_that_fails_is_a_warning_and_the_others_bring_what_they_have(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    services = Services({APOLLO: lambda *_: (401, {}), WIKIDATA: wikidata(("Berg", "https://berg.example"))})
    discovery = await searched(team.id, services)
    assert (discovery.status, discovery.created) == (DiscoveryStatus.COMPLETE, 1)
    assert "Apollo: Apollo did not accept the key. Check it under Providers." in discovery.warnings


async def test_all_sources_failing_is_an_empty_result_with_warnings(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)))
    discovery = await searched(team.id, Services({}))
    assert (discovery.status, discovery.created, discovery.error) == (DiscoveryStatus.COMPLETE, 0, "")
    assert discovery.warnings


async def test_a_source_that_wants_patience_is_asked_again(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    answers = apollo(labs(1))
    services = Services({APOLLO: lambda request, n: (429, {}) if n < 4 else answers(request, n)})
    discovery = await searched(team.id, services)
    assert discovery.created == 1
    assert not [warning for warning in discovery.warnings if "Apollo" in warning]


async def test_the_same_search_again_refreshes_what_is_pending_and_pays_nothing(any_database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    services = Services({APOLLO: apollo(labs(1, 2)), WIKIDATA: wikidata()})
    first = await searched(team.id, services)
    assert (first.created, first.spent_micros) == (2, price_of("apollo", Task.COMPANIES))
    before = {lead.name: await claims(team.id, lead) for lead in await leads(team.id)}
    again = await searched(team.id, services)
    assert (again.created, again.refreshed, again.skipped_existing) == (0, 2, 0)
    assert (again.spent_micros, len(services.of(APOLLO))) == (0, 1)
    after = {lead.name: await claims(team.id, lead) for lead in await leads(team.id)}
    assert {name: [(c.id, c.cost_micros) for c in each] for name, each in before.items()} == {
        name: [(c.id, c.cost_micros) for c in each] for name, each in after.items()
    }


@pytest.mark.parametrize(
    ("review", "days", "counts"),
    [
        ("pending", 0, (0, 1, 0)),
        ("saved", 0, (0, 1, 0)),
        ("approved", 400, (0, 0, 1)),
        ("rejected", 10, (0, 0, 1)),
        ("rejected", 181, (0, 1, 0)),
    ],
)
async def test_a_known_company_is_refreshed_or_skipped_as_people_decided(database, team, review, days, counts):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    async with db.begin(team.id) as tx:
        then = tx.now - timedelta(days=days)
        tx.add(Lead(workspace_id=team.id, key="lab-01.example", name="Lab", review_status=review, updated_at=then))
    services = Services({APOLLO: apollo(labs(1)), WIKIDATA: wikidata(("Lab 01", "https://www.lab-01.example"))})
    discovery = await searched(team.id, services)
    assert (discovery.created, discovery.refreshed, discovery.skipped_existing) == counts
    [lead] = await leads(team.id)
    assert lead.industry == ("Biotech" if counts[1] else "")
    assert lead.fit_score == -1 or counts[1]
    assert lead.review_status == ("pending" if days == 181 else review)


async def test_a_person_who_locked_a_field_keeps_it(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    async with db.begin(team.id) as tx:
        lead = Lead(workspace_id=team.id, key="lab-01.example", name="Lab", industry="", locked=["industry"])
        tx.add(lead)
    await searched(team.id, Services({APOLLO: apollo(labs(1)), WIKIDATA: wikidata()}))
    [lead] = await leads(team.id)
    assert (lead.industry, lead.country) == ("", "NO")


async def test_what_is_no_company_is_listed_with_the_reason(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    listed = [organization("biotech"), organization("biotech"), organization("Jobs", "lever.co"), *labs(1)]
    discovery = await searched(team.id, Services({APOLLO: apollo(listed), WIKIDATA: wikidata()}))
    assert (discovery.created, discovery.excluded) == (1, 0)
    assert {each["name"]: each["why"] for each in discovery.rejected} == {
        "biotech": "“biotech” names an industry, not a company.",
        "Jobs": "lever.co is a job board, not a company's own site.",
    }


async def test_a_search_that_was_killed_repeats_no_page_and_makes_nothing_twice(any_database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    services = Services({APOLLO: apollo(labs(1, 2), labs(3)), WIKIDATA: wikidata(("Berg", "https://berg.example"))})
    discovery = await requested(team.id)
    one = discovering(team.id, discovery, services)
    await one.begin()
    await one.page("apollo", 0)
    another = discovering(team.id, discovery, services)
    await another.begin()
    await another.page("apollo", 0)
    await run(another)
    async with db.read(team.id) as tx:
        ended = await tx.find(Discovery, discovery)
    assert (ended.created, ended.refreshed, ended.spent_micros) == (4, 0, 2 * price_of("apollo", Task.COMPANIES))
    assert (len(services.of(APOLLO)), len(await leads(team.id))) == (2, 4)


async def test_a_page_that_was_answered_before_the_process_died_is_stored_and_not_asked_again(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    services = Services({APOLLO: apollo(labs(1)), WIKIDATA: wikidata()})
    discovery = await requested(team.id)
    one = discovering(team.id, discovery, services)
    await one.begin()
    one._take = AsyncMock(side_effect=KeyboardInterrupt)  # type: ignore[method-assign]  # the process ends here
    with pytest.raises(KeyboardInterrupt):
        await one.page("apollo", 0)
    await run(discovering(team.id, discovery, services))
    [lead] = await leads(team.id)
    price = price_of("apollo", Task.COMPANIES)
    assert len(services.of(APOLLO)) == 1
    assert sum(claim.cost_micros for claim in await claims(team.id, lead)) == price


async def test_a_search_that_was_cancelled_asks_and_stores_nothing_more(database, team):
    await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
    services = Services({APOLLO: apollo(labs(1), labs(2)), WIKIDATA: wikidata()})
    discovery = await requested(team.id)
    work = discovering(team.id, discovery, services)
    await work.begin()
    await work.page("apollo", 0)
    async with db.begin(team.id) as tx:
        going = await discoveries.going(tx, discovery)
        assert going
        discoveries.cancel(tx, going)
    await work.page("apollo", 1)
    await work.page("wikidata", 0)
    assert (await work.choose())["ask"] == []
    await work.end()
    await work.give_up()
    async with db.read(team.id) as tx:
        ended = await tx.find(Discovery, discovery)
    assert (ended.status, ended.created, len(services.requests)) == (DiscoveryStatus.CANCELLED, 1, 1)
    assert {source["status"] for source in ended.sources} == {"stopped"}


async def test_the_leads_are_enriched_where_that_was_asked_for(database, team):
    client = work.connect(database.url)
    work.use(client)
    try:
        await prepared(team.id, Icp(industry=("Biotech",)), "apollo")
        services = Services({APOLLO: apollo(labs(1, 2)), WIKIDATA: wikidata()})
        discovery = await searched(team.id, services, enrich=True)
        assert {lead.status for lead in await leads(team.id)} == {"pending_enrichment"}
        async with db.read(team.id) as tx:
            batch = await tx.find(Batch, discovery.batch_id)
        assert (batch.status, batch.total, batch.discovery_id) == ("pending", 2, discovery.id)
    finally:
        work.use(None)
        client.destroy()


async def test_nobody_to_ask_is_said(database, team):
    await prepared(team.id, Icp(signals=("hiring",)))
    discovery = await searched(team.id, Services({}))
    assert (discovery.status, discovery.sources, discovery.warnings) == (DiscoveryStatus.COMPLETE, [], [NOBODY])


async def test_a_fault_of_ours_ends_the_search_with_a_sentence(database, team):
    await prepared(team.id)
    discovery = await requested(team.id)
    await discovering(team.id, discovery, Services({})).give_up()
    async with db.read(team.id) as tx:
        ended = await tx.find(Discovery, discovery)
    assert (ended.status, ended.error) == (DiscoveryStatus.FAILED, BROKEN)
