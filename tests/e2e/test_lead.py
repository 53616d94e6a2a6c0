"""A lead over the board: its own address, its tabs, its sources, and the way back."""

from playwright.sync_api import Page, expect

from tests.e2e import sights
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
