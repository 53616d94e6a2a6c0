"""A lead over the board: its own address, its tabs, its sources, and the way back."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server


def test_a_lead_opens_over_the_board_and_closing_it_returns_to_its_card(
    server: Server, ada: Somebody, place: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, place.board)
    name = next(iter(place.leads))
    page.get_by_role("link", name=name, exact=True).click()
    sheet = page.get_by_role("dialog", name=name)
    expect(sheet).to_be_visible()
    expect(page).to_have_url(f"{server.url}{place.board}/{place.leads[name]}")
    page.go_back()
    expect(sheet).to_be_hidden()
    expect(page).to_have_url(f"{server.url}{place.board}")
    expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()


def test_every_statement_of_a_package_shows_the_words_it_rests_on(
    server: Server, ada: Somebody, worked_place: Place, visitors: Visitors
) -> None:
    name = list(worked_place.leads)[1]
    page = visitors.page(server, ada, f"{worked_place.board}/{worked_place.leads[name]}")
    sheet = page.get_by_role("dialog", name=name)
    expect(sheet).to_contain_text("Enriched")
    quote = sheet.get_by_role("blockquote").first
    expect(quote).to_be_visible()
    expect(quote.get_by_role("link").first).to_have_attribute("rel", "noopener noreferrer nofollow")
    for tab in ("Intelligence", "Claims", "Contacts", "Messages", "Timeline", "Summary"):
        link = sheet.get_by_role("link", name=tab)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        expect(page).to_have_url(re.compile(rf"\?tab={tab.lower()}$"))
    sheet.get_by_role("link", name="Claims").click()
    phone = sheet.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("phone", re.IGNORECASE)))
    expect(phone.first).to_contain_text("+1")
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
    expect(page).to_have_url(f"{server.url}{worked_place.board}")
