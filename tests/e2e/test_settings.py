"""The account and the settings of a workspace, as people change them."""

import re

from playwright.sync_api import expect

from tests.e2e import seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server


def test_a_new_name_is_kept_and_none_is_refused_at_its_field(server: Server, visitors: Visitors) -> None:
    page = visitors.page(server, seed.somebody(server, "Cleo Marsh"), "/account")
    name = page.get_by_label("What your team should call you")
    expect(name).to_have_value("Cleo Marsh")
    name.fill("  ")
    page.get_by_role("button", name="Change name").click()
    expect(page.get_by_text("Say what your team should call you.")).to_be_visible()
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill("Cleo Brandt")
    page.get_by_role("button", name="Change name").click()
    expect(page.get_by_text("Your name is changed")).to_be_visible()
    page.reload()
    expect(name).to_have_value("Cleo Brandt")


def test_theme_and_shortcuts_are_matters_of_this_browser(
    server: Server, ada: Somebody, place: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, "/account")
    page.get_by_role("radio", name="Dark").check()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    letters = page.get_by_role("checkbox", name="Single letters are shortcuts")
    expect(letters).to_be_checked()
    letters.uncheck()
    page.reload()
    expect(letters).not_to_be_checked()
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()

    page.goto(place.board)
    sights.expect_leads(page, "Harvested", 12)
    card = page.get_by_role("main").get_by_role("listitem").first
    card.get_by_role("link").first.focus()
    page.keyboard.press("e")
    page.keyboard.press("ArrowDown")
    expect(card.get_by_role("link").first).not_to_be_focused()
    expect(page).to_have_url(re.compile(r"/board$"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_details_of_a_workspace_change_for_all_who_may_and_wrong_ones_are_said(
    server: Server, ada: Somebody, ben: Somebody, place: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, f"/w/{place.slug}/settings")
    form = page.locator("form").filter(has=page.get_by_label("Time zone"))
    form.get_by_label("Name").fill("Northfold Group")
    form.get_by_label("Currency").fill("EU")
    form.get_by_label("Time zone").fill("Berlin")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("There is no such currency.")).to_be_visible()
    expect(form.get_by_text("There is no such time zone.")).to_be_visible()
    expect(form.get_by_label("Name")).to_have_value("Northfold Group")
    form.get_by_label("Currency").fill("usd")
    form.get_by_label("Time zone").fill("europe/berlin")
    form.get_by_role("button", name="Save").click()
    expect(sights.toast(page, "Changed the workspace")).to_be_visible()
    expect(form.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    expect(page.get_by_role("button", name=re.compile("Northfold Group"))).to_be_visible()

    read = visitors.page(server, ben, f"/w/{place.slug}/settings")
    expect(read.get_by_text("Northfold Group · USD · Europe/Berlin")).to_be_visible()
    expect(read.get_by_label("Time zone")).to_have_count(0)
