"""A search for companies: every source is asked a page at a time, and each company is one card, whoever found it."""

import pytest

from leadboard.domain.discovery import DiscoveryStatus
from leadboard.domain.icp import Icp
from tests.engine.discovering import (
    APOLLO,
    ICP,
    TRIALS,
    WIKIDATA,
    Services,
    apollo,
    claims,
    leads,
    organization,
    prepared,
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
