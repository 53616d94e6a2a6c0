"""Facts set in place and notes, as two people work on one lead: by keyboard, live, with what was typed kept."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from leadboard.domain.rights import Role
from tests.e2e import accessible, seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

NAME = "Halden Instruments"


@pytest.fixture
def one(server: Server, ada: Somebody, ben: Somebody) -> Place:
    """A workspace with one lead."""
    lead = seed.lead(NAME, "halden.example", industry="Toys")
    return seed.workspace(server, "Editing", [(ada, Role.OWNER), (ben, Role.MEMBER)], [lead])


def _sheet(visitors: Visitors, server: Server, who: Somebody, place: Place, tab: str = "") -> Page:
    page = visitors.page(server, who, f"{place.board}/{place.leads[NAME]}{tab}")
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    return page


def _fact(page: Page, label: str) -> Locator:
    """A fact with its value, or its field."""
    term = page.get_by_role("term").filter(has_text=re.compile(f"^{label}$"))
    return page.get_by_role("dialog").locator("dl > div").filter(has=term)


def _field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def test_a_fact_is_set_by_keyboard_locked_seen_by_the_other_and_taken_back_with_u(
    server: Server, ada: Somebody, ben: Somebody, one: Place, visitors: Visitors
) -> None:
    hers, his = (_sheet(visitors, server, who, one) for who in (ada, ben))
    hers.get_by_role("button", name="Edit industry").focus()
    hers.keyboard.press("Enter")
    expect(_field(hers, "Industry")).to_be_focused()
    hers.keyboard.type("Laboratory robotics")
    hers.keyboard.press("Enter")

    for page in (hers, his):
        expect(_fact(page, "Industry")).to_contain_text("Laboratory robotics")
        lock = _fact(page, "Industry").get_by_role("button", name="Let machines fill industry again.")
        expect(lock).to_have_attribute("title", re.compile("Ada Moreno set this"))
    expect(hers.get_by_role("button", name="Edit industry")).to_be_focused()
    expect(sights.toast(hers, f"Changed the industry of {NAME}")).to_be_visible()
    hers.keyboard.press("u")
    for page in (hers, his):
        expect(_fact(page, "Industry")).to_contain_text("Toys")
        expect(_fact(page, "Industry").get_by_role("button", name="Let machines")).to_have_count(0)


def test_what_is_typed_outlives_an_error_and_the_others_changes_and_escape_leaves_the_sheet_open(
    server: Server, ada: Somebody, ben: Somebody, one: Place, visitors: Visitors
) -> None:
    hers, his = (_sheet(visitors, server, who, one) for who in (ada, ben))
    hers.get_by_role("button", name="Edit employees").click()
    _field(hers, "Employees").fill("lots")
    hers.get_by_role("heading", name="Company facts").click()
    expect(_fact(hers, "Employees")).to_contain_text("“lots” is not a number of people.")

    _fact(his, "Industry").get_by_text("Toys").click()
    _field(his, "Industry").fill("Optics")
    his.keyboard.press("Tab")
    his.get_by_role("heading", name="Company facts").click()
    expect(_fact(hers, "Industry")).to_contain_text("Optics")
    expect(_field(hers, "Employees")).to_have_value("lots")
    accessible.expect_accessible(hers)

    _field(hers, "Employees").fill("11-50")
    _field(hers, "Employees").press("Enter")
    expect(_fact(his, "Employees")).to_contain_text("11–50")
    hers.get_by_role("button", name="Edit city").click()
    _field(hers, "City").fill("Nowhere")
    hers.keyboard.press("Escape")
    expect(_fact(hers, "City")).to_contain_text("Not known")
    expect(hers.get_by_role("dialog", name=NAME)).to_be_visible()


def test_a_note_is_written_seen_by_the_other_and_its_deletion_undone_from_the_toast(
    server: Server, ada: Somebody, ben: Somebody, one: Place, visitors: Visitors
) -> None:
    hers, his = (_sheet(visitors, server, who, one, "?tab=notes") for who in (ada, ben))
    field = hers.get_by_role("textbox", name="Write a note")
    field.fill("Call in May.\n<b>Ask for Ida</b>")
    hers.get_by_role("dialog").get_by_role("link", name="Summary").click()
    expect(hers.get_by_role("heading", name="Company facts")).to_be_visible()
    hers.keyboard.press("7")
    expect(field).to_have_value("Call in May.\n<b>Ask for Ida</b>")
    field.press("Control+Enter")
    for page in (hers, his):
        expect(page.get_by_role("list", name="Notes").get_by_role("listitem")).to_contain_text("<b>Ask for Ida</b>")
    expect(field).to_have_value("")
    expect(his.get_by_role("button", name="Delete note")).to_have_count(0)
    accessible.expect_accessible(hers)

    hers.get_by_role("button", name="Delete note").click()
    expect(his.get_by_text("No notes yet")).to_be_visible()
    hers.get_by_role("status", name="Messages").get_by_role("button", name="Undo").click()
    for page in (hers, his):
        expect(page.get_by_text("Call in May.")).to_be_visible()
        expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
