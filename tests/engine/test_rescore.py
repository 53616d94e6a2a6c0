"""A new profile scores every lead, once, and a newer one takes over."""

from dataclasses import replace

import pytest
from sqlmodel import select

from leadboard.domain.icp import Icp
from leadboard.engine.rescore import AT_ONCE, score_all
from leadboard.store import db, icps
from leadboard.store.tables import Contact, Event, Lead

BIOTECH = Icp(industry=("biotech",), geographies=("Germany",))


@pytest.fixture
async def leads(team) -> int:
    """More leads than one transaction takes, every third of them in biotech."""
    many = 2 * AT_ONCE + 7
    async with db.begin(team.id) as tx:
        rows = [
            {
                "key": f"c{n}.example",
                "name": f"C{n}",
                "industry": "biotech" if n % 3 == 0 else "retail",
                "country": "DE",
            }
            for n in range(many)
        ]
        await tx.insert_many(Lead, rows)
    return many


async def saved(team, profile: Icp) -> int:
    async with db.begin(team.id) as tx:
        row, _ = await icps.save(tx, profile, "Ada")
    return row.version


async def all_leads(team) -> list[Lead]:
    async with db.read(team.id) as tx:
        return list((await tx.exec(select(Lead))).all())


async def test_every_lead_is_scored_with_its_receipt(any_database, team, leads):
    version = await saved(team, BIOTECH)
    assert await score_all(str(team.id), version) == leads
    scored = await all_leads(team)
    assert all(lead.fit_icp_version == version and lead.fit_receipt for lead in scored)
    best = {lead.fit_score for lead in scored if lead.industry == "biotech"}
    rest = {lead.fit_score for lead in scored if lead.industry == "retail"}
    assert min(best) > max(rest)


async def test_doing_it_again_scores_nothing_twice(database, team, leads):
    version = await saved(team, BIOTECH)
    await score_all(str(team.id), version)
    assert await score_all(str(team.id), version) == 0


async def test_a_newer_version_ends_the_older_work(database, team, leads):
    old = await saved(team, BIOTECH)
    await saved(team, Icp(industry=("retail",)))
    assert await score_all(str(team.id), old) == 0
    assert all(lead.fit_icp_version == 0 for lead in await all_leads(team))


async def test_contacts_count_for_fit_and_get_their_als(database, team, leads):
    lead = (await all_leads(team))[0]
    async with db.begin(team.id) as tx:
        tx.add(Contact(workspace_id=team.id, lead_id=lead.id, key="ceo", name="Ada", title="CEO", email="a@c.io"))
    await score_all(str(team.id), await saved(team, BIOTECH))
    async with db.read(team.id) as tx:
        contact = (await tx.exec(select(Contact))).one()
        receipt = (await tx.find(Lead, lead.id)).fit_receipt or {}
        told = (await tx.exec(select(Event).where(Event.kind == "leads_scored"))).one()
    assert (contact.als_score or 0) > 30
    assert contact.als_tier
    assert receipt["factors"][2]["score"] == 40
    assert told.data["leads"] == leads


async def test_weights_that_a_person_confirmed_count_from_the_next_score_on(any_database, team):
    """Skills sheet, acceptance 9."""
    weights = (("data_quality", 20), ("authority", 28), ("company_fit", 25), ("timing", 12), ("risk", 15))
    lead = Lead(workspace_id=team.id, key="c", name="C")
    async with db.begin(team.id) as tx:
        tx.add(lead)
        await tx.flush()
        tx.add(Contact(workspace_id=team.id, lead_id=lead.id, key="ada", name="Ada", title="CEO"))
    found = []
    for profile in (BIOTECH, replace(BIOTECH, weights=weights)):
        version = await saved(team, profile)
        await score_all(str(team.id), version)
        async with db.read(team.id) as tx:
            receipt = (await tx.exec(select(Contact))).one().als_receipt
        assert receipt
        found.append((version, receipt["weights_source"], receipt["weights_used"]["authority"]))
    assert found == [(1, "default", 0.25), (2, "suggested", 0.28)]
