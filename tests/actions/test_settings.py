"""One's own name, and what a workspace is called, counts in and follows: on both databases."""

import pytest
from sqlmodel import col, select

from leadboard.actions import moves, people, settings
from leadboard.domain.workspace import Details
from leadboard.errors import NotFound, Refused, Several
from leadboard.store import db
from leadboard.store.tables import Audit, Lead, Workspace
from tests.engine.conftest import ready

__all__ = ["ready"]

NEW = Details("South Wind", "USD", "Europe/Berlin")


async def lead_of(team, **values) -> str:
    lead = Lead(workspace_id=team.id, key="a", name="Acme", **values)
    async with db.begin(team.id) as tx:
        tx.add(lead)
    return str(lead.id)


async def owner_of(team, lead_id: str) -> str:
    async with db.read(team.id) as tx:
        return (await tx.find(Lead, lead_id)).owner_name


async def test_a_new_name_is_seen_by_others_and_on_the_leads_one_owns(any_database, team, other_team):
    mine, hers = await lead_of(team), await lead_of(other_team)
    await moves.assign(team.owner, team.slug, [mine], str(team.member.user_id))
    await moves.assign(other_team.owner, other_team.slug, [hers], str(other_team.member.user_id))
    assert await settings.rename(team.member, "  Mary \n Ann ") == "Mary Ann"
    assert "Mary Ann" in [member.name for member in await people.members(team.owner, team.slug)]
    assert await owner_of(team, mine) == "Mary Ann"
    assert await owner_of(other_team, hers) == other_team.member.name


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 81])
async def test_a_name_nobody_could_be_called_by_is_refused_at_its_field(database, team, name):
    with pytest.raises(Refused) as refused:
        await settings.rename(team.member, name)
    assert refused.value.field == "name"
    assert team.member.name in [member.name for member in await people.members(team.owner, team.slug)]


async def test_details_change_and_the_change_is_kept(any_database, team):
    await settings.change_details(team.admin, team.slug, Details(" South  Wind", "usd", "europe/berlin"))
    assert await settings.details(team.viewer, team.slug) == NEW
    await settings.change_details(team.admin, team.slug, NEW)
    async with db.read(team.id) as tx:
        kept = (await tx.exec(select(Audit).where(Audit.action == "workspace_changed"))).all()
    assert [row.changes["now"] for row in kept] == [vars(NEW)]


async def test_all_that_is_wrong_with_details_is_said_at_once_and_nothing_changes(database, team):
    before = await settings.details(team.owner, team.slug)
    with pytest.raises(Several) as refused:
        await settings.change_details(team.owner, team.slug, Details("!!", "EURO", "Berlin"))
    assert [each.field for each in refused.value.each] == ["workspace", "currency", "time_zone"]
    assert await settings.details(team.owner, team.slug) == before


async def test_details_are_for_members_to_read_and_for_admins_to_change(database, team, other_team):
    with pytest.raises(Refused, match="settings"):
        await settings.change_details(team.member, team.slug, NEW)
    with pytest.raises(NotFound):
        await settings.details(other_team.owner, team.slug)
    with pytest.raises(NotFound):
        await settings.change_details(other_team.owner, team.slug, NEW)


async def test_leaving_the_demo_world_takes_its_companies_along_and_keeps_ones_own(ready, team):
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = True
        rows = [{"key": domain, "name": domain, "domain": domain} for domain in ("mine.com", "theirs.example")]
        await tx.insert_many(Lead, rows)
    with pytest.raises(Refused):
        await settings.leave_demo(team.member, "north")
    assert await settings.leave_demo(team.admin, "north") == 1
    async with db.read(team.id) as tx:
        assert not (await tx.get_one(Workspace, team.id)).demo
        left = (await tx.exec(select(Lead.domain).where(col(Lead.deleted_at).is_(None)))).all()
    assert left == ["mine.com"]
    with pytest.raises(Refused, match="has left the demo world already"):
        await settings.leave_demo(team.admin, "north")
