"""Sources that disagree, settled by one person and seen by the other; and changes taken back where they are told."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from leadboard.domain.rights import Role
from leadboard.store import db
from leadboard.store.tables import Claim
from tests.e2e import accessible, seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

NAME = "Nordlicht Robotics"


@pytest.fixture
def disputed(server: Server, ada: Somebody, ben: Somebody) -> Place:
    """A workspace with one lead, about whose size two pages disagree."""
    lead = seed.lead(NAME, "nordlicht.example", headcount_min=118, headcount_max=118)
    place = seed.workspace(server, "Claims", [(ada, Role.OWNER), (ben, Role.MEMBER)], [lead])

    async def say() -> None:
        async with db.begin(place.id) as tx:
            for value, page, confidence in (("118", "team", 0.86), ("96", "imprint", 0.71)):
                of_lead = {"workspace_id": place.id, "lead_id": place.leads[NAME], "field": "headcount"}
                source = f"https://nordlicht.example/{page}"
                tx.add(Claim(**of_lead, value=value, source=source, method="text", confidence=confidence))

    seed.in_store(server, say)
    return place


def _offer(page: Page) -> Locator:
    """The way back on the line of the activity that tells of a choice."""
    line = page.get_by_role("complementary", name="Activity").get_by_role("listitem")
    return line.filter(has_text="chose “96”").get_by_role("button", name="Undo")


def test_who_is_right_is_chosen_seen_by_the_other_and_taken_back_where_it_is_told(
    server: Server, ada: Somebody, ben: Somebody, disputed: Place, visitors: Visitors
) -> None:
    hers, his = (
        visitors.page(server, who, f"{disputed.board}/{disputed.leads[NAME]}?tab=claims") for who in (ada, ben)
    )
    for page in (hers, his):
        expect(page.get_by_role("radio", name="118")).to_be_checked()
    hers.get_by_role("radio", name="96").click()
    for page in (hers, his):
        expect(page.get_by_role("radio", name="96")).to_be_checked()
        expect(page.get_by_text("Ada Moreno settled this, so machines leave it alone.")).to_be_visible()
    accessible.expect_accessible(his)

    hers.keyboard.press("n")
    expect(hers.get_by_label("Write a note")).to_be_focused()
    expect(hers).to_have_url(re.compile(r"\?tab=notes$"))
    for page in (hers, his):
        page.get_by_role("dialog", name=NAME).get_by_role("button", name="Close", exact=True).click()
    expect(his.get_by_text("chose “96” for the employees")).to_be_visible()
    expect(_offer(his)).to_have_count(0)
    hers.get_by_role("status", name="Messages").get_by_role("button", name="Close message").click()
    _offer(hers).click()
    expect(sights.toast(hers, f"Undone: Chose the employees of {NAME}")).to_be_visible()
    expect(_offer(hers)).to_have_count(0)
    expect(his.get_by_text("Ada Moreno undid the edit of")).to_be_visible()


def test_the_way_back_leaves_the_activity_when_its_time_is_up_and_stays_in_the_history(
    server: Server, ada: Somebody, disputed: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, f"{disputed.board}/{disputed.leads[NAME]}?tab=claims")
    sheet = page.get_by_role("dialog", name=NAME)
    page.get_by_role("radio", name="96").click()
    expect(page.get_by_role("radio", name="96")).to_be_checked()
    sheet.get_by_role("button", name="Close", exact=True).click()
    expect(_offer(page)).to_be_visible()
    _offer(page).evaluate("offer => { offer.dataset.until = '2026-01-01T00:00:00+00:00' }")
    expect(_offer(page)).to_have_count(0)

    page.get_by_role("link", name=NAME, exact=True).first.click()
    sheet.get_by_role("link", name="Timeline").click()
    told = sheet.get_by_role("listitem")
    expect(told).to_contain_text("chose “96” for the employees, as nordlicht.example/imprint says")
    told.get_by_role("button", name="Undo").click()
    expect(told.first).to_contain_text("undid the edit of")
