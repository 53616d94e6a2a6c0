"""The Sales board as people work on it: move by menu, key and drag, undo, two people at one card."""

import pytest
from playwright.sync_api import Page, expect

from leadboard.domain.rights import Role
from tests.e2e import accessible, seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

NAMES = ("Fjord Bakery", "Halden Instruments", "Kestrel Foods")


@pytest.fixture
def selling(server: Server, ada: Somebody, ben: Somebody) -> Place:
    """A workspace whose leads are enriched, the most valuable first."""
    done = {"column": "enriched", "stage": "enriched", "status": "enriched"}
    leads = [
        seed.lead(name, f"{name.split()[0].lower()}.example", value=(3 - n) * 1_000_000, **done)
        for n, name in enumerate(NAMES)
    ]
    return seed.workspace(server, "Selling", [(ada, Role.OWNER), (ben, Role.MEMBER)], leads)


def _sales(place: Place) -> str:
    return f"/w/{place.slug}/sales"


def _move(page: Page, name: str, to: str) -> None:
    card = sights.card(page, name)
    card.hover()
    card.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=f"Move to {to}", exact=True).click()


def test_a_move_by_menu_is_seen_by_the_other_and_taken_back_with_u(
    server: Server, ada: Somebody, ben: Somebody, selling: Place, visitors: Visitors
) -> None:
    hers, his = (visitors.page(server, who, _sales(selling)) for who in (ada, ben))
    for page in (hers, his):
        sights.expect_leads(page, "Enriched", 3)
    expect(hers.get_by_role("main").get_by_role("listitem").first).to_contain_text("Fjord Bakery")

    _move(hers, "Fjord Bakery", "Negotiating")
    for page in (hers, his):
        sights.expect_leads(page, "Negotiating", 1)
        sights.expect_leads(page, "Enriched", 2)
    expect(sights.toast(hers, "Moved Fjord Bakery to Negotiating")).to_be_visible()
    expect(his.get_by_role("complementary", name="Activity")).to_contain_text("moved Fjord Bakery to Negotiating")

    hers.keyboard.press("u")
    for page in (hers, his):
        sights.expect_leads(page, "Negotiating", 0)
        sights.expect_leads(page, "Enriched", 3)


def test_a_card_is_dragged_to_a_column(server: Server, ada: Somebody, selling: Place, visitors: Visitors) -> None:
    page = visitors.page(server, ada, _sales(selling))
    sights.expect_leads(page, "Enriched", 3)
    sights.card(page, "Halden Instruments").drag_to(sights.column(page, "First contact"))
    sights.expect_leads(page, "First contact", 1)
    page.get_by_role("link", name="Enrichment", exact=True).click()
    sights.expect_leads(page, "Enriched", 2)


def test_the_keyboard_alone_moves_a_lead(server: Server, ada: Somebody, selling: Place, visitors: Visitors) -> None:
    page = visitors.page(server, ada, _sales(selling))
    sights.expect_leads(page, "Enriched", 3)
    page.get_by_role("link", name="Kestrel Foods", exact=True).focus()
    page.keyboard.press("m")
    expect(page.get_by_role("menuitem", name="Move to Review")).to_be_focused()
    expect(page.get_by_role("menuitem", name="Move to Enriched")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Move to First contact")).to_be_focused()
    page.keyboard.press("Enter")
    sights.expect_leads(page, "First contact", 1)


def test_who_moved_it_first_is_told_and_one_may_insist(
    server: Server, ada: Somebody, ben: Somebody, selling: Place, visitors: Visitors
) -> None:
    hers, his = (visitors.page(server, who, _sales(selling)) for who in (ada, ben))
    for page in (hers, his):
        sights.expect_leads(page, "Enriched", 3)
    card = sights.card(his, "Halden Instruments")
    card.hover()
    card.get_by_role("button", name="More for Halden Instruments").click()
    _move(hers, "Halden Instruments", "Review")
    expect(his.get_by_role("button", name="Updates wait: 1", exact=True)).to_be_visible()
    his.get_by_role("menuitem", name="Move to Negotiating").click()
    expect(sights.toast(his, "Ada Moreno moved Halden Instruments to Review in the meantime")).to_be_visible()
    sights.expect_leads(his, "Negotiating", 0)

    his.get_by_role("button", name="Keep mine").click()
    for page in (hers, his):
        sights.expect_leads(page, "Negotiating", 1)
        sights.expect_leads(page, "Review", 0)


def test_a_lead_opens_over_the_sales_board_and_closes_back_to_it(
    server: Server, ada: Somebody, selling: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, _sales(selling))
    page.get_by_role("link", name="Kestrel Foods", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Kestrel Foods")
    assert f"{_sales(selling)}/{selling.leads['Kestrel Foods']}" in page.url
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.rstrip("/").endswith(_sales(selling))


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sales_board_is_accessible(
    server: Server, ada: Somebody, selling: Place, visitors: Visitors, theme: str, width: int
) -> None:
    page = visitors.page(server, ada, _sales(selling), color_scheme=theme, viewport={"width": width, "height": 900})
    sights.expect_leads(page, "Enriched", 3)
    accessible.expect_accessible(page)
