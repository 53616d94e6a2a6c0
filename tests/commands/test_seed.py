"""A demo workspace that was filled looks as if a team had worked in it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

import pytest
from sqlmodel import SQLModel, select

from leadboard.commands import seed as command
from leadboard.domain.icp import Icp
from leadboard.errors import Refused
from leadboard.providers.registers import core_name
from leadboard.sandbox import history
from leadboard.sandbox.world import World
from leadboard.settings import Settings
from leadboard.store import db, people
from leadboard.store.tables import Ask, Batch, Claim, Contact, Discovery, Event, Lead, Note, User

TODAY = date(2026, 11, 20)
PLAN = history.Plan(Icp(industry=("Dentist", "Coffee shop"), geographies=("Australia",)), searches=(27, 13), target=8)
Row = TypeVar("Row", bound=SQLModel)


class Filled(NamedTuple):
    """A data folder with a filled workspace, and what was told of it."""

    settings: Settings
    told: dict[str, Any]

    def rows(self, table: type[Row]) -> Sequence[Row]:
        """Every row of a table."""
        return asyncio.run(_rows(self.settings, table))


async def _rows(settings: Settings, table: type[Row]) -> Sequence[Row]:
    database = db.open_database(settings.database)
    try:
        async with database.read() as tx:
            [workspace] = await people.every_workspace(tx)
        async with database.read(workspace.id) as tx:
            return (await tx.exec(select(table))).all()
    finally:
        await database.dispose()


async def _make(settings: Settings, **about: Any) -> None:
    database = db.open_database(settings.database)
    try:
        async with database.begin(uuid4()) as tx:
            made = await people.make_workspace(tx, "Demo")
            for name, value in about.items():
                setattr(made, name, value)
    finally:
        await database.dispose()


def folder_of(path: Path, migrated: Path, **about: Any) -> Settings:
    """The settings of a data folder with one workspace."""
    path.mkdir()
    (path / "leadboard.db").write_bytes(migrated.read_bytes())
    settings = Settings(LEADBOARD_DATA_DIR=path)  # type: ignore[call-arg]
    asyncio.run(_make(settings, **about))
    return settings


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Filled:
    settings = folder_of(tmp_path_factory.mktemp("seed") / "data", migrated_sqlite, demo=True)
    return Filled(settings, command.seed(settings, today=TODAY, plan=PLAN))


def test_searches_found_the_leads_which_are_companies_of_the_demo_world(filled: Filled):
    world, leads = World(), filled.rows(Lead)
    assert filled.told["leads"] == len(leads) == 2 * PLAN.target
    assert {core_name(each.name) for each in leads} <= {core_name(each.name) for each in world.companies}
    searches = sorted(filled.rows(Discovery), key=lambda each: each.created_at)
    assert [(each.status, each.created) for each in searches] == [("complete", PLAN.target)] * 2
    assert [each.created_at for each in searches] == [history.morning(TODAY, days) for days in PLAN.searches]
    assert {each.lead_id for each in filled.rows(Claim)} == {each.id for each in leads}
    assert all(each.fit_score >= 0 for each in leads)


def test_the_people_of_the_best_leads_were_looked_up_in_the_demo_world(filled: Filled):
    world, contacts = World(), filled.rows(Contact)
    known = {person.name for team in world.people.values() for person in team}
    assert contacts
    assert {each.name for each in contacts} <= known
    assert all(each.als_score is not None for each in contacts)
    assert [each.status for each in filled.rows(Batch)] == ["complete"] * 2
    asked = filled.rows(Ask)
    assert asked
    assert all(each.demo and each.asked_at.date() < TODAY for each in asked)


def test_members_moved_leads_through_the_stages_at_believable_times(filled: Filled):
    events = sorted(filled.rows(Event), key=lambda each: each.n)
    assert [each.at for each in events] == sorted(each.at for each in events)
    assert events[-1].at < datetime.combine(TODAY, time(), UTC)
    members = {each.name for each in history.team(World(), "demo")}
    assert {each.name for each in filled.rows(User)} == members
    moved = [each for each in events if each.kind == "lead_moved"]
    assert {each.actor for each in moved} <= members
    assert all(each.at.weekday() < 5 and 9 <= each.at.hour < 18 for each in moved)
    columns = Counter(each.column for each in filled.rows(Lead))
    assert filled.told["columns"] == dict(sorted(columns.items()))
    assert len(columns) >= 4
    assert filled.rows(Note)


def test_every_stage_knows_what_it_has_to(filled: Filled):
    for lead in filled.rows(Lead):
        assert bool(lead.lost_reason) == (lead.column == "disqualified")
        assert bool(lead.meeting_at) == (lead.column == "meeting_booked")
        assert bool(lead.owner_id) == (lead.column != "harvested")
        if lead.column == "negotiating":
            assert lead.value


def test_a_workspace_with_leads_is_left_as_it_is(filled: Filled):
    before = len(filled.rows(Event))
    with pytest.raises(Refused, match="has leads already"):
        command.seed(filled.settings, today=TODAY, plan=PLAN)
    assert len(filled.rows(Event)) == before


@pytest.mark.parametrize(
    ("name", "says"), [("", "no demo workspace here"), ("demo", "is no demo workspace"), ("Other", "no demo workspace")]
)
def test_a_workspace_that_is_no_demo_is_refused(name: str, says: str, tmp_path: Path, migrated_sqlite: Path):
    settings = folder_of(tmp_path / "data", migrated_sqlite)
    with pytest.raises(Refused, match=says):
        command.seed(settings, name)
    assert not asyncio.run(_rows(settings, Lead))


def test_the_same_lead_has_the_same_story_on_the_same_day():
    world, found = World(), history.morning(TODAY, 18)
    end = datetime.combine(TODAY, time(), UTC)
    stories = {each.domain: tuple(history.story(world, each.domain, found, end)) for each in world.companies}
    assert stories == {each.domain: tuple(history.story(World(), each.domain, found, end)) for each in world.companies}
    assert len({deed.what for deeds in stories.values() for deed in deeds}) > 20
    for deeds in stories.values():
        assert [deed.at for deed in deeds] == sorted(deed.at for deed in deeds)
        assert all(found < deed.at < end for deed in deeds)


def test_a_story_is_told_as_far_as_it_has_happened():
    world, found = World(), history.morning(TODAY, 18)
    key = world.companies[0].domain
    whole = list(history.story(world, key, found, found + timedelta(60)))
    for deed in whole:
        so_far = list(history.story(world, key, found, deed.at))
        assert [each.at for each in so_far] == [each.at for each in whole[: len(so_far)]]
