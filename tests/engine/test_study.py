"""A study as it runs: the website is read once, each step is told, and what cannot be read says so."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from leadboard.domain.budgets import Kind
from leadboard.domain.site import read_page
from leadboard.domain.study import STEPS, StudyStatus, proposals
from leadboard.engine.model.gateway import Gateway, Terms
from leadboard.engine.model.ledger import BudgetLedger
from leadboard.engine.site_reader import SiteRead, unread
from leadboard.engine.study import BROKEN, Studying
from leadboard.engine.thinking import PAGES
from leadboard.engine.tools import Tools
from leadboard.errors import TryLater
from leadboard.store import budgets, db, studies
from leadboard.store.tables import ModelCall, Study, Workspace
from tests.engine.skills.sites import SPECIALIST
from tests.support.model import Service

ADDRESS = "https://www.tidewater.com.au"
SITE = PAGES.dump_python(tuple(read_page(html, ADDRESS + path) for path, html in SPECIALIST.items()), mode="json")


class Shelf:
    """A reader that has the website already; counts how often it is asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asked, self.demo = list(answers), 0, False

    async def read(self, start: str, region: str | None, demo: bool = False) -> SiteRead:
        self.asked, self.demo = self.asked + 1, demo
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


READ = SiteRead({"pages": SITE, "fetched_ms": [1], "error": "", "skipped": [], "tier": "static"}, "Read 1 page.")


async def requested(team) -> UUID:
    async with db.begin(team.id) as tx:
        study, _ = await studies.request(tx, "tidewater.com.au", team.admin.user_id, "Ada")
    return study.id


async def stored(team, study_id: UUID) -> Study:
    async with db.read(team.id) as tx:
        return await tx.find(Study, study_id)


def studying(team, study_id: UUID, *answers: Any) -> tuple[Studying, Shelf]:
    shelf = Shelf(*answers)
    return Studying(Tools(shelf), team.id, study_id), shelf  # type: ignore[arg-type]


async def test_a_website_is_read_and_every_step_is_told(any_database, team):
    study_id = await requested(team)
    work, _ = studying(team, study_id, READ)
    assert await work.read(False) is None
    await work.think()
    study = await stored(team, study_id)
    assert (study.status, study.error, study.pages) == (StudyStatus.COMPLETED, "", None)
    assert {each["name"] for each in study.steps} == set(STEPS)
    assert all(each["ok"] for each in study.steps)
    assert study.found
    assert proposals(study.found)[0].values == ("Healthcare",)


async def test_a_model_helps_a_study_within_its_budget(database, team):
    study_id = await requested(team)
    service = Service()
    model = Gateway(Terms(), BudgetLedger(10**8, 10**8, 10**6), "sk-test", transport=service.transport)
    work = Studying(Tools(Shelf(READ), model=model), team.id, study_id)  # type: ignore[arg-type]
    await work.read(False)
    await work.think()
    study = await stored(team, study_id)
    assert study.status == StudyStatus.COMPLETED
    async with db.read(team.id) as tx:
        calls = (await tx.exec(select(ModelCall))).all()
        spent = await budgets.spent(tx, Kind.MODELS, (f"study {study_id}", date(2000, 1, 1)))
    assert {call.purpose for call in calls} >= {"extract_services", "extract_value_prop", "extract_portfolio"}
    assert study.found
    assert study.found["cost"] == spent == sum(call.micros for call in calls) > 0
    assert study.found["tokens"] > 0


async def test_a_study_without_budget_is_done_by_the_rules(database, team):
    study_id = await requested(team)
    service = Service()
    model = Gateway(Terms(), BudgetLedger(10**8, 10**8, 1), "sk-test", transport=service.transport)
    work = Studying(Tools(Shelf(READ), model=model), team.id, study_id)  # type: ignore[arg-type]
    await work.read(False)
    await work.think()
    study = await stored(team, study_id)
    assert study.found
    assert (study.status, study.found["cost"], service.asked) == (StudyStatus.COMPLETED, 0, [])


async def test_a_demo_workspace_studies_a_website_of_the_demo_world(database, team):
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = True
        study, _ = await studies.request(tx, "brightwell-coffee.example", team.admin.user_id, "Ada")
    work, shelf = studying(team, study.id, READ)
    await work.read(False)
    assert shelf.demo


async def test_a_study_that_was_interrupted_does_not_read_the_website_again(database, team):
    study_id = await requested(team)
    work, shelf = studying(team, study_id, READ)
    await work.read(False)
    again, shelf_again = studying(team, study_id, READ)
    assert await again.read(False) is None
    await again.think()
    assert (shelf.asked, shelf_again.asked) == (1, 0)
    assert (await stored(team, study_id)).status == StudyStatus.COMPLETED


async def test_a_study_that_has_ended_is_not_changed_by_a_late_step(database, team):
    study_id = await requested(team)
    work, _ = studying(team, study_id, READ)
    await work.read(False)
    await work.think()
    before = (await stored(team, study_id)).model_dump()
    late, shelf = studying(team, study_id, READ)
    await late.read(False)
    await late.think()
    await late.give_up()
    assert (await stored(team, study_id)).model_dump() == before
    assert shelf.asked == 0


@pytest.mark.parametrize(
    "answer",
    [
        SiteRead(unread("tidewater.com.au could not be reached."), ""),
        TryLater("tidewater.com.au could not be reached.", 5),
    ],
)
async def test_a_website_that_cannot_be_read_fails_the_study_with_its_sentence(database, team, answer):
    study_id = await requested(team)
    work, _ = studying(team, study_id, answer)
    assert await work.read(True) is None
    await work.think()
    study = await stored(team, study_id)
    assert (study.status, study.error) == (StudyStatus.FAILED, "tidewater.com.au could not be reached.")


async def test_a_website_that_asks_for_patience_gets_it(database, team):
    study_id = await requested(team)
    work, shelf = studying(team, study_id, TryLater("Later.", 5), TryLater("Later.", 999), READ)
    assert [await work.read(False) for _ in range(3)] == [5, 60, None]
    assert shelf.asked == 3
    await work.think()
    assert (await stored(team, study_id)).status == StudyStatus.COMPLETED


async def test_too_little_text_says_what_to_do(database, team):
    study_id = await requested(team)
    page = PAGES.dump_python((read_page("<p>Soon.</p>", ADDRESS),), mode="json")
    work, _ = studying(team, study_id, SiteRead({**READ.site, "pages": page}, "Read 1 page."))
    await work.read(False)
    await work.think()
    study = await stored(team, study_id)
    assert study.status == StudyStatus.FAILED
    assert "fill the profile in by hand" in study.error


async def test_a_fault_of_ours_ends_the_study_with_a_sentence(database, team):
    study_id = await requested(team)
    work, _ = studying(team, study_id, READ)
    await work.give_up()
    study = await stored(team, study_id)
    assert (study.status, study.error) == (StudyStatus.FAILED, BROKEN)
