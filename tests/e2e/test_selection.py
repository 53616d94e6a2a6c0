"""Several leads at once: how they are selected, what is done with them, and the way back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from leadboard.domain.rights import Role
from tests.e2e import seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

NAMES = ("Fjord Bakery", "Halden Instruments", "Kestrel Foods", "Lom Timber")


@pytest.fixture
def selling(server: Server, ada: Somebody, ben: Somebody) -> Place:
    """A workspace with four enriched leads, the most valuable first."""
    done = {"column": "enriched", "stage": "enriched", "status": "enriched"}
    leads = [
        seed.lead(name, f"{name.split()[0].lower()}.example", value=(9 - n) * 1_000_000, **done)
        for n, name in enumerate(NAMES)
    ]
    return seed.workspace(server, "Selecting", [(ada, Role.OWNER), (ben, Role.MEMBER)], leads)


def _sales(visitors: Visitors, server: Server, who: Somebody, place: Place) -> Page:
    page = visitors.page(server, who, f"/w/{place.slug}/sales")
    sights.expect_leads(page, "Enriched", 4)
    return page


def _bar(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Selected leads")


def _name(page: Page, name: str) -> Locator:
    return sights.card(page, name).get_by_role("link", name=name)


def test_selected_leads_move_together_and_come_back_together(
    server: Server, ada: Somebody, ben: Somebody, selling: Place, visitors: Visitors
) -> None:
    hers, his = (_sales(visitors, server, who, selling) for who in (ada, ben))
    _name(hers, NAMES[0]).click(modifiers=["ControlOrMeta"])
    expect(_bar(hers)).to_contain_text("1 selected")
    _name(hers, NAMES[2]).click()
    expect(_bar(hers)).to_contain_text("2 selected")
    _bar(hers).get_by_role("button", name="Move").click()
    hers.get_by_role("menuitem", name="Negotiating").click()
    for page in (hers, his):
        sights.expect_leads(page, "Negotiating", 2)
        sights.expect_leads(page, "Enriched", 2)
    expect(_bar(hers)).to_be_hidden()
    expect(sights.toast(hers, "Moved 2 leads to Negotiating")).to_be_visible()
    hers.keyboard.press("u")
    for page in (hers, his):
        sights.expect_leads(page, "Enriched", 4)


def test_keys_select_cards_and_escape_lets_go(
    server: Server, ada: Somebody, selling: Place, visitors: Visitors
) -> None:
    page = _sales(visitors, server, ada, selling)
    _name(page, NAMES[0]).focus()
    page.keyboard.press("x")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(_bar(page)).to_contain_text("3 selected")
    expect(_name(page, NAMES[2])).to_be_focused()
    page.keyboard.press("x")
    expect(_bar(page)).to_contain_text("2 selected")
    page.keyboard.press("ControlOrMeta+a")
    expect(_bar(page)).to_contain_text("4 selected")
    page.keyboard.press("Escape")
    expect(_bar(page)).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=NAMES[2])).to_be_visible()


def test_selected_leads_get_an_owner_and_tags_and_are_deleted_with_a_way_back(
    server: Server, ada: Somebody, ben: Somebody, selling: Place, visitors: Visitors
) -> None:
    page = _sales(visitors, server, ada, selling)
    _name(page, NAMES[0]).click(modifiers=["Shift"])
    _name(page, NAMES[1]).click(modifiers=["Shift"])
    expect(_bar(page)).to_contain_text("2 selected")
    _bar(page).get_by_role("button", name="Assign").click()
    page.get_by_role("menuitem", name=ben.name).click()
    expect(sights.toast(page, f"Assigned 2 leads to {ben.name}")).to_be_visible()
    for name in NAMES[:2]:
        expect(sights.card(page, name).get_by_title(ben.name)).to_be_visible()

    page.get_by_role("button", name="Actions for Enriched").click()
    page.get_by_role("menuitem", name="Select all shown").click()
    expect(_bar(page)).to_contain_text("4 selected")
    _bar(page).get_by_role("button", name="Tag").click()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("No tag was given. Type at least one.", exact=True)).to_be_visible()
    expect(page.locator(".toast.error")).to_have_count(0)
    page.get_by_label("Tags, with commas between them").fill("spring, north")
    page.get_by_role("button", name="Add").click()
    expect(sights.toast(page, "Tagged 4 leads with spring, north")).to_be_visible()

    card = sights.card(page, NAMES[3])
    card.hover()
    card.get_by_role("button", name=f"More for {NAMES[3]}").click()
    page.get_by_role("menuitem", name="Select").click()
    expect(_bar(page)).to_contain_text("1 selected")
    _bar(page).get_by_role("button", name="Delete").click()
    sights.expect_leads(page, "Enriched", 3)
    expect(sights.toast(page, f"Deleted {NAMES[3]}")).to_be_visible()
    page.get_by_role("status", name="Messages").get_by_role("button", name="Undo").click()
    sights.expect_leads(page, "Enriched", 4)


def test_a_member_deletes_nothing_and_a_viewer_selects_nothing(
    server: Server, ada: Somebody, ben: Somebody, selling: Place, visitors: Visitors
) -> None:
    page = _sales(visitors, server, ben, selling)
    _name(page, NAMES[0]).click(modifiers=["ControlOrMeta"])
    expect(_bar(page).get_by_role("button", name="Assign")).to_be_visible()
    expect(_bar(page).get_by_role("button", name="Delete")).to_have_count(0)
    vera = seed.somebody(server, "Vera Lind")
    place = seed.workspace(server, "Looked at", [(ada, Role.OWNER), (vera, Role.VIEWER)], seed.company_leads(1))
    page = visitors.page(server, vera, place.board)
    sights.expect_leads(page, "Harvested", 1)
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").focus()
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(_bar(page)).to_have_count(0)
